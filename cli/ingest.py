"""`dateline ingest`: articles into a knowledge base."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from cli.knowledge import opened, place
from cli.options import ArticleOptions, article_options, base_option, kb_option
from cli.output import print_table
from cli.reading import Reader
from kb.ingestion import IngestResult


@click.command("ingest")
@article_options
@kb_option
@base_option
@click.pass_context
def command(
    context: click.Context,
    articles: ArticleOptions,
    kb_path: Path,
    base: str | None,
) -> None:
    """Read articles into a knowledge base, which is made where there is none.

    Reads plain text and HTML: files, directories of them, or standard input (-). A page brings
    its own title, date, address and publisher; options go before what the page says. Plain text
    may begin with the same in lines between '---' (see the files in samples/).

    Each article is stored whole or not at all. An article that is ingested again changes
    nothing; a new version of it, known by its address, replaces the earlier one. An article that
    can't be read is named and left out, and the others go on.

    \b
    Examples:
      dateline ingest article.txt --published 2021-01-11 --publisher "The Example"
      dateline ingest saved-pages/ --kb news/
      curl -s https://example.org/story | dateline ingest - --url https://example.org/story
    """
    from extractors.pipeline import Extractor

    reader = Reader(articles)
    results: list[IngestResult] = []
    with reader.progress:
        # A missing model stops everything before a directory is made.
        extractor = Extractor(articles.model, config=articles.config, reader=articles.reader)
        extractor.load()
        with opened(kb_path, create=True, base=base) as kb:
            for result in kb.ingest(reader.articles(), extractor):
                if result.status == "failed":
                    reader.fail(result.message or f"{result.slug} was not stored")
                else:
                    reader.progress.update()
                results.append(result)
            overview = kb.overview()
    if results:
        print_table(
            ("Article", "Status", "Claims"),
            [(r.title or r.slug, r.status, r.claims or None) for r in results],
        )
    counts = Counter(result.status for result in results)
    parts = [f"{counts[s]} {s}" for s in ("added", "replaced", "unchanged") if counts[s]]
    if reader.failed:
        parts.append(f"{reader.failed} failed")
    click.echo(
        f"\n{', '.join(parts)}. {place(kb_path)} holds {overview.events} events "
        f"of {overview.articles} articles."
    )
    context.exit(reader.exit_code())
