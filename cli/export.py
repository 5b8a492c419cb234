"""`dateline export`: everything as RDF, or the events as a list."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from cli.failures import Exit, Failure
from cli.knowledge import opened
from cli.options import kb_option
from cli.output import csv_lines, to_json
from cli.timeline import COLUMNS, flat, pages
from kb.knowledge_base import KnowledgeBase
from kb.store import EXPORTS
from kb.views import TimelineFilter

LISTS = ("jsonl", "csv")


@click.command("export")
@kb_option
@click.option(
    "--format",
    "form",
    type=click.Choice([*EXPORTS, *LISTS]),
    default="trig",
    show_default=True,
    help="RDF (trig and nquads keep the graph of each article apart), or all events as JSON "
    "Lines or CSV.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to a file instead of standard output.",
)
def command(kb_path: Path, form: str, output: Path | None) -> None:
    """Write the whole knowledge base as RDF, or all its events as a list.

    \b
    Examples:
      dateline export -o news.trig
      dateline export --format nquads | gzip > news.nq.gz
      dateline export --format csv -o events.csv
    """
    with opened(kb_path) as kb, target(output) as out:
        if form in LISTS:
            for line in listed(kb, form):
                out.write(line.encode("utf-8"))
        else:
            kb.export(out, form)
        out.flush()
    if output:
        click.echo(f"Written: {output}", err=True)


def listed(kb: KnowledgeBase, form: str) -> Iterator[str]:
    """All events, background too, as lines of text."""
    events = pages(kb, TimelineFilter(), 0)
    if form == "csv":
        yield from csv_lines(COLUMNS, (flat(event) for event in events))
    else:
        yield from (f"{to_json(event)}\n" for event in events)


@contextmanager
def target(path: Path | None) -> Iterator[BinaryIO]:
    """The file to write; a half-written one never takes the place of an earlier one."""
    if path is None:
        yield sys.stdout.buffer
        return
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with unfinished.open("wb") as out:
            yield out
        unfinished.replace(path)
    except OSError as error:
        raise Failure(f"{path} can't be written: {error.strerror or error}", Exit.USAGE) from error
    finally:
        unfinished.unlink(missing_ok=True)
