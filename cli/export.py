"""`dateline export`: everything as RDF, or events as a list."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, BinaryIO, cast

import click

from cli.choosing import event_options
from cli.failures import Exit, Failure
from cli.knowledge import opened
from cli.options import kb_option
from cli.output import csv_lines, to_json
from cli.timeline import COLUMNS, flat, pages
from kb.knowledge_base import KnowledgeBase
from kb.store import EXPORTS
from kb.views import MAIN_LINE, EventSummary, EventView, TimelineFilter

LISTS = ("jsonl", "csv")
SUFFIXES = {
    ".trig": "trig", ".nq": "nquads", ".ttl": "turtle", ".nt": "ntriples", ".jsonld": "jsonld",
    ".rdf": "rdfxml", ".jsonl": "jsonl", ".csv": "csv",
}  # fmt: skip
COLUMNS_OF_REPORTS = ("iri", "salience", "quotes", "articles", "publishers", "addresses")


@click.command("export")
@kb_option
@click.option(
    "--format",
    "form",
    type=click.Choice([*EXPORTS, *LISTS]),
    help="RDF (trig, nquads and jsonld keep the graph of each article apart, and can be "
    "imported), or events as JSON Lines or CSV.  [default: by the name of FILE, else trig]",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to a file instead of standard output; compressed where its name ends in .gz.",
)
@event_options
@click.option(
    "--main", is_flag=True, help="Of events, only what articles are about; no background."
)
def command(
    kb_path: Path, form: str | None, output: Path | None, wanted: TimelineFilter, main: bool
) -> None:
    """Write the whole knowledge base as RDF, or events as a list.

    What trig, nquads and jsonld hold is complete: 'dateline import' makes the same knowledge base
    of it. Lists hold every field of an event, with all its reports: their words, articles,
    publishers and addresses. --entity and the options below choose events, and go with lists only.

    \b
    Examples:
      dateline export -o news.trig.gz
      dateline export --format nquads | gzip > news.nq.gz
      dateline export --entity amazon --from 2021-01 -o events.csv
    """
    form = form or named(output) or "trig"
    if main:
        wanted = replace(wanted, salience=MAIN_LINE)
    if form not in LISTS and wanted != TimelineFilter():
        raise click.UsageError(f"{form} is the whole knowledge base: choose events for a list.")
    with opened(kb_path) as kb, target(output) as out:
        if form in LISTS:
            for line in listed(kb, form, wanted):
                out.write(line.encode("utf-8"))
        else:
            kb.export(out, form)
        out.flush()
    if output:
        click.echo(f"Written: {output}", err=True)


def named(output: Path | None) -> str | None:
    """The format that a file's name stands for, None of others."""
    if output is None:
        return None
    name = output.with_suffix("") if output.suffix == ".gz" else output
    return SUFFIXES.get(name.suffix.lower())


def listed(kb: KnowledgeBase, form: str, wanted: TimelineFilter) -> Iterator[str]:
    """The events of a filter, one after the other, as lines of text."""
    views = (kb.event(event.slug, wanted.as_of) for event in pages(kb, wanted, 0))
    found = (view for view in views if view is not None)
    if form == "csv":
        yield from csv_lines((*COLUMNS, *COLUMNS_OF_REPORTS), (row(view) for view in found))
    else:
        yield from (f"{to_json(whole(view))}\n" for view in found)


def whole(view: EventView) -> dict[str, Any]:
    """An event with all its claims, as JSON Lines hold it."""
    return asdict(view.summary) | {
        "iri": view.iri,
        "claims": [asdict(report) for report in view.reports],
    }


def row(view: EventView) -> dict[str, Any]:
    """An event as a row of CSV; what its reports say stands line by line within a cell."""
    event: EventSummary = view.summary
    articles = {report.article.slug: report.article for report in view.reports}.values()
    sentences = (report.before + report.trigger + report.after for report in view.reports)
    return flat(event) | {
        "iri": view.iri,
        "salience": event.salience,
        "quotes": _lines(" ".join(sentence.split()) for sentence in sentences),
        "articles": _lines(article.slug for article in articles),
        "publishers": _lines(article.publisher for article in articles),
        "addresses": _lines(article.url for article in articles),
    }


def _lines(values: Iterator[str | None] | Iterator[str]) -> str:
    return "\n".join(dict.fromkeys(value for value in values if value))


@contextmanager
def target(path: Path | None) -> Iterator[BinaryIO]:
    """The file to write; a half-written one never takes the place of an earlier one."""
    if path is None:
        yield sys.stdout.buffer
        return
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with unfinished.open("wb") as raw:
            if path.suffix == ".gz":
                # Neither name nor time in the head: the same content gives the same file.
                with gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as out:
                    yield cast(BinaryIO, out)
            else:
                yield raw
        unfinished.replace(path)
    except OSError as error:
        raise Failure(f"{path} can't be written: {error.strerror or error}", Exit.USAGE) from error
    finally:
        unfinished.unlink(missing_ok=True)
