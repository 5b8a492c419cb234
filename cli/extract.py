"""`dateline extract`: what is found in articles, without storing it."""

from __future__ import annotations

import click
from rich.text import Text

from cli.options import ArticleOptions, article_options
from cli.output import console, print_table, safe
from cli.reading import Reader
from extractors.extraction import Entity, Event, Extraction


@click.command("extract")
@article_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "table"]),
    default="jsonl",
    show_default=True,
    help="JSON Lines, one article a line, for programs; a table of events for people.",
)
@click.pass_context
def command(context: click.Context, articles: ArticleOptions, form: str) -> None:
    """Read articles and print what is found in them; nothing is stored.

    Reads plain text and HTML: files, directories of them, or standard input (-). The fields of
    the JSON Lines are described in docs/extraction.md; offsets count Unicode code points.

    \b
    Examples:
      dateline extract article.txt --published 2021-01-11 --format table
      dateline extract news/ | jq -r '.events[].label'
      curl -s https://example.org/story | dateline extract -
    """
    from extractors.pipeline import Extractor

    reader = Reader(articles)
    with reader.progress:
        extractor = Extractor(articles.model, config=articles.config, reader=articles.reader)
        for extraction in extractor.extract_all(reader.articles()):
            reader.progress.update()
            with reader.progress.external_write_mode():
                if form == "jsonl":
                    click.echo(extraction.to_json())
                else:
                    print_extraction(extraction)
    context.exit(reader.exit_code())


def print_extraction(extraction: Extraction) -> None:
    """The events of an article as a table, in the order of the text."""
    console().print(Text(safe(extraction.title or extraction.doc_id), "bold"))
    names = {entity.id: entity for entity in extraction.entities}
    print_table(
        ("When", "Action", "Event", "Status", "According to", "Salience"),
        [_row(event, names) for event in extraction.events],
    )
    click.echo()


def _row(event: Event, names: dict[str, Entity]) -> tuple[str, ...]:
    status: list[str] = [event.factuality] if event.factuality != "asserted" else []
    if event.polarity == "negative":
        status.insert(0, "not")
    return (
        _when(event),
        event.action,
        event.label,
        " ".join(status),
        names[event.source].name if event.source in names else "",
        f"{event.salience:.2f}",
    )


def _when(event: Event) -> str:
    if event.time is None:
        return ""
    earliest, latest = event.time.earliest or "", event.time.latest or ""
    return earliest if earliest == latest else f"{earliest}..{latest}"
