"""`dateline refresh`: stored articles read again when what reads them has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from cli.dates import Moment
from cli.failures import Exit, Failure
from cli.knowledge import opened
from cli.options import config_option, kb_option, model_option, reader_option
from cli.output import print_table, safe, to_json
from kb.comparing import Altered, Difference, Told
from kb.knowledge_base import KnowledgeBase
from kb.lookup import find_articles
from kb.refreshing import Refreshed, outdated, refresh


@click.command("refresh")
@kb_option
@click.option(
    "--article",
    "names",
    multiple=True,
    metavar="ID",
    help="Only this article, by id, IRI or address; may be given several times.",
)
@click.option(
    "--older-than",
    type=Moment(),
    help="Only articles read before this: a date, a date-time, or an age such as 30d or 12h.",
)
@click.option("--all", "everything", is_flag=True, help="Articles that are current, too.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and store nothing.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl"]),
    default="table",
    show_default=True,
    help="What changed as a table for people; as JSON Lines, one article a line, for programs.",
)
@model_option
@config_option
@reader_option
@click.pass_context
def command(
    context: click.Context,
    kb_path: Path,
    names: tuple[str, ...],
    older_than: datetime | None,
    everything: bool,
    dry_run: bool,
    form: str,
    model: str | None,
    config: Path | None,
    reader: str | None,
) -> None:
    """Read articles again whose reading is out of date, and say what changed.

    A reading is out of date when the version of Dateline, the model, the settings or the ontology
    behind it are not those of now. The text comes out of the knowledge base; no file is needed.
    Decisions of people (see 'dateline curate') are kept. Each article is replaced whole or stays
    as it was; a run that was stopped goes on where it stopped when it is started again.

    \b
    Examples:
      dateline refresh --dry-run
      dateline refresh --reader accurate --format jsonl > changes.jsonl
      dateline refresh --article 2021-01-11-parler-goes-offline-1f0c8a2b --all
    """
    from extractors.pipeline import Extractor

    extractor = Extractor(model, config=config, reader=reader)
    extractor.load()
    totals: Counter[str] = Counter()
    with opened(kb_path, write=not dry_run) as kb:
        chosen = outdated(kb, extractor, older_than=older_than, everything=everything)
        if names:
            wanted = named(kb, names)
            chosen = [slug for slug in chosen if slug in wanted]
        for result in run(kb, extractor, chosen, dry_run):
            count(result, totals)
            if form == "jsonl":
                click.echo(to_json(result))
            elif result.difference:
                tell(result)
    click.echo(summary(totals, dry_run), err=form == "jsonl")
    if totals["failed"]:
        context.exit(Exit.PARTLY if totals["changed"] + totals["same"] else Exit.ARTICLE)


def named(kb: KnowledgeBase, names: tuple[str, ...]) -> set[str]:
    """The articles of these names. Raises Failure on a name that none has."""
    found: set[str] = set()
    for name in names:
        slugs = find_articles(kb, name)
        if not slugs:
            raise Failure(f"There is no article {name!r} in the knowledge base.", Exit.NOT_FOUND)
        found |= set(slugs)
    return found


def run(kb: KnowledgeBase, extractor: Any, slugs: list[str], dry_run: bool) -> Iterator[Refreshed]:
    """Refresh articles with a bar on standard error, and failures told as they happen."""
    with tqdm(total=len(slugs), unit="article", disable=None, leave=False) as progress:
        for result in refresh(kb, extractor, slugs, dry_run=dry_run):
            progress.update()
            if result.message:
                with progress.external_write_mode():
                    click.echo(f"Error: {result.message}", err=True)
            yield result


def count(result: Refreshed, totals: Counter[str]) -> None:
    """Add an article and its events to the totals."""
    difference = result.difference
    totals[result.status] += 1
    totals["events added"] += len(difference.added)
    totals["events gone"] += len(difference.gone)
    totals["events changed"] += len(difference.changed)
    totals.update(f"of {field}" for one in difference.changed for field in one.fields)


def tell(result: Refreshed) -> None:
    """Print what changed of an article."""
    click.echo(safe(f"{result.title or result.slug} ({result.slug})"))
    print_table(("", "Event", "What changed"), rows(result.difference))
    click.echo()


def rows(difference: Difference) -> Iterator[tuple[str, str, str]]:
    """The events that came, went and changed, as rows of a table."""
    for told in difference.added:
        yield "+", told.label, _described(told)
    for told in difference.gone:
        yield "-", told.label, _described(told)
    for one in difference.changed:
        yield "~", one.after.label, "; ".join(_step(one, field) for field in one.fields)


def _described(told: Told) -> str:
    return ", ".join(part for part in (told.action, told.time) if part)


def _step(altered: Altered, field: str) -> str:
    before, after = (_value(getattr(told, field)) for told in (altered.before, altered.after))
    return f"{field}: {before} -> {after}"


def _value(value: str | tuple[str, ...] | None) -> str:
    return (", ".join(value) if isinstance(value, tuple) else value) or "none"


def summary(totals: Counter[str], dry_run: bool) -> str:
    """All that changed, in a sentence or two."""
    articles = totals["changed"] + totals["same"] + totals["failed"]
    if not articles:
        return "Every article is current."
    done = "would be read anew" if dry_run else "read anew"
    failed = f", {totals['failed']} failed" if totals["failed"] else ""
    fields = [f"{field[3:]} of {n}" for field, n in totals.items() if field.startswith("of ")]
    parts = ", ".join(sorted(fields))
    return (
        f"{articles - totals['failed']} articles {done}{failed}: {totals['events added']} events "
        f"added, {totals['events gone']} gone, {totals['events changed']} changed"
        f"{f' ({parts})' if parts else ''}."
    )
