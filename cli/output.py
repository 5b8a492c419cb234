"""Writing results: tables for people, JSON Lines and CSV for programs.

All three go to standard output; progress and messages go to standard error. Text of articles
is hostile: control characters never reach a terminal, formulas never reach a spreadsheet.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from itertools import chain
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

# C0 and C1 controls but for line break and tab, and the marks that reorder what one reads.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
PIPE_WIDTH = 100_000
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a cell begins that a spreadsheet may take for a formula (OWASP, CSV injection)."""


def is_terminal() -> bool:
    """Whether a person looks at standard output."""
    return sys.stdout.isatty()


def console() -> Console:
    """Standard output; no colour, no wrapping and no cutting where it is not a terminal."""
    wide = None if is_terminal() else PIPE_WIDTH
    return Console(file=sys.stdout, width=wide, highlight=False, markup=False, emoji=False)


def safe(text: str) -> str:
    """Text that may be shown on a terminal.

    >>> safe("Parler\\x1b[31m goes offline")
    'Parler\\ufffd[31m goes offline'
    """
    return CONTROLS.sub("\ufffd", text)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table without lines: headings, then rows; empty cells where a value is None."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else _cell(cell) for cell in row))
    screen = console()
    if is_terminal():
        screen.print(table)
        return
    with screen.capture() as captured:
        screen.print(table)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())


def _cell(value: object) -> Text:
    return Text("" if value is None else safe(str(value)))


def print_json_lines(records: Iterable[object]) -> None:
    """One JSON object a line; dataclasses by their fields."""
    for record in records:
        click.echo(to_json(record))


def to_json(record: object, indent: int | None = None) -> str:
    """A dataclass or a plain value as JSON."""
    plain = asdict(record) if is_dataclass(record) and not isinstance(record, type) else record
    return json.dumps(plain, ensure_ascii=False, indent=indent)


def csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Lines of comma-separated values, the first one with the names (RFC 4180)."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, lineterminator="\r\n")
    for cells in chain([columns], ([_csv_cell(row.get(c)) for c in columns] for row in rows)):
        writer.writerow(cells)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _csv_cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
