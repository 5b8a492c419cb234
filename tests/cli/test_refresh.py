"""`dateline refresh` on a knowledge base of one small article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.failures import Exit
from tests.cli.running import failed, lines, run


@pytest.fixture
def own(tmp_path: Path, article: Path) -> Path:
    path = tmp_path / "kb"
    assert run("ingest", article, "--published", "2021-01-12", "--kb", path).exit_code == 0
    return path


def test_what_is_current_is_left_alone(own: Path) -> None:
    result = run("refresh", "--kb", own)
    assert result.exit_code == 0, result.output
    assert result.stdout == "Every article is current.\n"


def test_another_reader_makes_a_reading_out_of_date(own: Path) -> None:
    dry = run("refresh", "--kb", own, "--reader", "none", "--dry-run", "--format", "jsonl")
    assert dry.exit_code == 0, dry.output
    (told,) = lines(dry)
    assert told["status"] in {"same", "changed"}
    assert set(told["difference"]) == {"added", "gone", "changed"}
    done = run("refresh", "--kb", own, "--reader", "none")
    assert done.stdout.splitlines()[-1].startswith("1 articles read anew: ")
    assert "current" in run("refresh", "--kb", own, "--reader", "none").stdout
    assert "1 articles" in run("refresh", "--kb", own, "--reader", "none", "--all").stdout
    shown = json.loads(run("info", "--kb", own, "--format", "json").stdout)
    assert shown["articles"] == 1


def test_a_name_that_no_article_has_is_a_failure(own: Path) -> None:
    failed(run("refresh", "--kb", own, "--article", "nowhere"), Exit.NOT_FOUND, "nowhere")
    failed(run("refresh", "--kb", own, "--older-than", "soon"), Exit.USAGE, "soon")
