"""`dateline stories`: what belongs together, by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from rich.text import Text

from cli.knowledge import opened
from cli.options import kb_option, table_or_lines_option
from cli.output import is_terminal, print_json_lines, print_table, safe
from cli.paging import paged
from kb.knowledge_base import KnowledgeBase
from kb.views import StorySummary


@click.command("stories")
@kb_option
@click.option("--entity", metavar="ID", help="Only stories with this entity, such as 'amazon'.")
@click.option("--text", metavar="WORDS", help="Only stories with these words in name or events.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help="At most N stories; 0 for all.  [default: 50 in a table, else all]",
)
@table_or_lines_option
def command(
    kb_path: Path, entity: str | None, text: str | None, limit: int | None, form: str
) -> None:
    """List stories, those that went on last first.

    A story is what articles tell together: events with the same participants in the same weeks.
    Its events are listed by 'dateline timeline --story ID'.

    \b
    Examples:
      dateline stories --entity amazon
      dateline stories --text lawsuit --format jsonl | jq -r .name
    """
    if limit is None:
        limit = 50 if form == "table" else 0
    with opened(kb_path) as kb:
        found = pages(kb, entity, text, limit)
        if form == "jsonl":
            print_json_lines(found)
            return
        shown = list(found)
        if shown:
            print_stories(shown)
        else:
            click.echo("No story fits.", err=True)
        if limit and len(shown) == limit:
            click.echo(f"At most {limit} stories are listed; --limit 0 lists all.", err=True)


def pages(
    kb: KnowledgeBase, entity: str | None, text: str | None, limit: int
) -> Iterator[StorySummary]:
    """The stories that fit, page by page; all of them where limit is 0."""

    def ask(cursor: str | None, size: int) -> tuple[tuple[StorySummary, ...], str | None]:
        page = kb.stories(entity, text, cursor, size)
        return page.stories, page.next

    return paged(ask, limit)


def print_stories(stories: list[StorySummary]) -> None:
    """A table of stories; on a terminal the id stands under the name, to keep rows narrow."""
    if is_terminal():
        rows = [
            (
                story.when.text,
                Text(safe(story.name)).append(f"\n{story.slug}", "dim"),
                str(story.main),
                str(story.articles),
            )
            for story in stories
        ]
        print_table(("When", "Story", "Main events", "Articles"), rows)
    else:
        print_table(
            ("When", "Story", "Main events", "Articles", "Id"),
            [
                (story.when.text, story.name, str(story.main), str(story.articles), story.slug)
                for story in stories
            ],
        )
