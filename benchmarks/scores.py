"""The score table of docs/extraction.md, made by the evaluation's scorer.

    python -m benchmarks.scores --scorer FILE NAME=GOLD... [--tasks NAME=TASK,TASK...]
                                [--found NAME=FILE]

Each GOLD is read by `benchmarks.system`, unless what was found in it is given (by
`benchmarks.crossvalidate`, say); the scorer is run as ``FILE TASK --gold GOLD --system
FOUND --json`` for each task. The table takes the place of what stands between the two markers of
the page. Figures are of the documents that are given: say in the page which of them were tuned on.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import system

PAGE = Path(__file__).resolve().parent.parent / "docs" / "extraction.md"
START, END = "<!-- scores -->", "<!-- end of scores -->"
DETAILS = ("by_class", "by_type", "recall_by", "by_role", "by_syntactic", "by_pos")
Row = tuple[str, str, float, float, float]
TASKS = "events,polarity,factuality,timexes,participants,entities"


def main(arguments: Sequence[str] | None = None) -> None:
    """Score, and write the table into the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", metavar="NAME=GOLD", help="corpora, each with a name")
    parser.add_argument("--scorer", type=Path, required=True, help="the scorer's script")
    parser.add_argument(
        "--tasks", action="append", default=[], metavar="NAME=TASK,...",
        help=f"what to score of a corpus; {TASKS} unless told",
    )  # fmt: skip
    parser.add_argument(
        "--found", action="append", default=[], metavar="NAME=FILE",
        help="what was found in a corpus, in the scorer's format",
    )  # fmt: skip
    options = parser.parse_args(arguments)
    given = dict(one.split("=", 1) for one in options.found)
    tasks = dict(one.split("=", 1) for one in options.tasks)
    corpora = dict(one.split("=", 1) for one in options.gold)
    rows = [
        row
        for name, gold in corpora.items()
        for row in scored(
            options.scorer, name, Path(gold), tasks.get(name, TASKS).split(","), given.get(name)
        )
    ]
    PAGE.write_text(with_table(PAGE.read_text("utf-8"), table(rows)), "utf-8")


def scored(
    scorer: Path, name: str, gold: Path, tasks: Sequence[str], given: str | None = None
) -> Iterator[Row]:
    """The figures of all that is found in a corpus; `given` is a file with what was found."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(given) if given else Path(folder) / "found.jsonl"
        kind = "actions" if "actions" in tasks else "documents"
        if not given:
            system.main([kind, "--gold", str(gold), "--out", str(found)])
        for task in tasks:
            files = ["--gold", str(gold), "--system", str(found), "--json"]
            command = [sys.executable, str(scorer), task, *files]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            for measure, figures in _measures(json.loads(done.stdout), task):
                yield name, measure, *figures


def _measures(
    scores: Mapping[str, Any], name: str
) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """What the scorer's answer measures; single classes and types are left to its own report."""
    if "f1" in scores:
        yield name, (scores["precision"], scores["recall"], scores["f1"])
    for key, below in scores.items():
        if isinstance(below, Mapping) and not any(word in key for word in DETAILS):
            yield from _measures(below, f"{name}: {key.replace('_', ' ')}")


def table(rows: Sequence[Row]) -> str:
    """The rows as Markdown."""
    head = "| corpus | measure | precision | recall | F1 |\n|---|---|---|---|---|\n"
    return head + "".join(
        f"| {c} | {m} | {p:.3f} | {r:.3f} | {f:.3f} |\n" for c, m, p, r, f in rows
    )


def with_table(page: str, made: str) -> str:
    """The page with a table between its markers. Raises ValueError when they are missing.

    >>> with_table("<!-- scores -->\\nold\\n<!-- end of scores -->", "new\\n")
    '<!-- scores -->\\nnew\\n<!-- end of scores -->'
    """
    before, opening, rest = page.partition(START)
    _, closing, after = rest.partition(END)
    if not opening or not closing:
        raise ValueError(f"{PAGE} has no {START} and {END}: put them where the table goes")
    return f"{before}{START}\n{made}{END}{after}"


if __name__ == "__main__":
    main()
