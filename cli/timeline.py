"""`dateline timeline`: events in order of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from cli.choosing import event_options
from cli.knowledge import opened
from cli.options import kb_option
from cli.output import csv_lines, is_terminal, print_json_lines, print_table, safe
from cli.paging import paged
from kb.knowledge_base import KnowledgeBase
from kb.views import MAIN_LINE, EventSummary, Order, TimelineFilter

PAGE = 200
COLUMNS = (
    "id",
    "earliest",
    "latest",
    "when",
    "label",
    "action",
    "polarity",
    "factuality",
    "participants",
    "reports",
    "sources",
    "disputed",
    "quote",
)


@click.command("timeline")
@kb_option
@event_options
@click.option("--all", "everything", is_flag=True, help="Background events, too.")
@click.option(
    "--order",
    type=click.Choice(["oldest", "newest"]),
    default="oldest",
    show_default=True,
    help="What comes first.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help="At most N events; 0 for all.  [default: 50 in a table, else all]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv"]),
    default="table",
    show_default=True,
    help="A table for people; JSON Lines or CSV for programs.",
)
def command(
    kb_path: Path,
    wanted: TimelineFilter,
    everything: bool,
    order: Order,
    limit: int | None,
    form: str,
) -> None:
    """List events in order of time.

    A date is a year, a month, a week or a day: 2021, 2021-01, 2021-W01 or 2021-01-08. An event
    whose time is known as a range is listed when the range touches the one asked for.

    \b
    Examples:
      dateline timeline --entity amazon --from 2021-01
      dateline timeline --text 'app store' --format csv > events.csv
      dateline timeline --all --format jsonl | jq -r .label
    """
    salience = 0.0 if everything else MAIN_LINE
    wanted = replace(wanted, salience=salience, order=order)
    if limit is None:
        limit = 50 if form == "table" else 0
    with opened(kb_path) as kb:
        events = pages(kb, wanted, limit)
        if form == "jsonl":
            print_json_lines(events)
        elif form == "csv":
            for line in csv_lines(COLUMNS, (flat(event) for event in events)):
                click.echo(line, nl=False)
        else:
            shown = list(events)
            if shown:
                print_events(shown)
            _say_what_is_left(kb.timeline(wanted, limit=1).total, limit)


def pages(kb: KnowledgeBase, wanted: TimelineFilter, limit: int) -> Iterator[EventSummary]:
    """The events that a filter lets through, page by page; all of them where limit is 0."""

    def ask(cursor: str | None, size: int) -> tuple[tuple[EventSummary, ...], str | None]:
        page = kb.timeline(wanted, cursor=cursor, limit=size)
        return page.events, page.next

    return paged(ask, limit)


def print_events(events: list[EventSummary]) -> None:
    """A table of events; on a terminal the id stands under the label, to keep rows narrow."""
    if is_terminal():
        rows = [
            (
                event.when.text,
                Text(safe(event.label)).append(f"\n{event.slug}", "dim"),
                _told(event),
            )
            for event in events
        ]
        print_table(("When", "Event", "Sources"), rows)
    else:
        print_table(
            ("When", "Event", "Sources", "Id"),
            [(event.when.text, event.label, _told(event), event.slug) for event in events],
        )


def _told(event: EventSummary) -> str:
    return f"{event.sources} (disputed)" if event.disputed else str(event.sources)


def flat(event: EventSummary) -> dict[str, Any]:
    """An event as a row of CSV."""
    return {
        "id": event.slug,
        "earliest": event.when.earliest,
        "latest": event.when.latest,
        "when": event.when.text,
        "label": event.label,
        "action": event.action,
        "polarity": event.polarity,
        "factuality": event.factuality,
        "participants": "; ".join(f"{role}: {words}" for role, _, words in event.participants),
        "reports": event.reports,
        "sources": event.sources,
        "disputed": "; ".join(event.disputed),
        "quote": event.quote,
    }


def _say_what_is_left(total: int, limit: int) -> None:
    if limit and total > limit:
        click.echo(f"{limit} of {total} events; --limit 0 lists all.", err=True)
    elif not total:
        click.echo("No event fits. --all lists background events, too.", err=True)
