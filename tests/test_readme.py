"""What README.md promises: its queries answer, its commands exist, its links lead somewhere."""

from __future__ import annotations

import csv
import io
import re
import shlex
from pathlib import Path

import pytest

from dateline import COMMANDS
from tests.cli.running import ROOT, run

README = (ROOT / "README.md").read_text("utf-8")
QUERIES = re.findall(r"```sparql\n(.*?)```", README, re.DOTALL)


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory, samples_path: Path) -> Path:
    path = tmp_path_factory.mktemp("readme") / "kb"
    assert run("ingest", samples_path, "--kb", path).exit_code == 0
    return path


def test_there_are_five_queries() -> None:
    assert len(QUERIES) >= 5


@pytest.mark.parametrize("query", QUERIES)
def test_query_has_rows_without_holes_in_what_it_must_bind(kb: Path, query: str) -> None:
    result = run("query", query, "--kb", kb, "--format", "csv")
    assert result.exit_code == 0, result.stderr
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert rows
    optional = set(re.findall(r"\?(\w+)", " ".join(re.findall(r"OPTIONAL \{(.*?)\}", query))))
    for row in rows:
        assert {name for name, value in row.items() if not value} <= optional


def test_commands_and_their_options_exist() -> None:
    shown = re.findall(r"^ {4}(?:.*\| |\w+=\w+ )?dateline (.*)$", README, re.MULTILINE)
    assert len(shown) > 5
    for line in shown:
        name, *words = shlex.split(line.split("#")[0])
        assert name in COMMANDS
        text = run(name, "--help").stdout
        for option in (word for word in words if word.startswith("--")):
            assert option in text


def test_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    made = {"docs/screenshots/timeline.png"}
    assert {t for t in targets if "://" not in t and not (ROOT / t).exists()} <= made
