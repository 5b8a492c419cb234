"""`dateline forget` on a knowledge base of one small article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.failures import Exit
from tests.cli.running import failed, run


@pytest.fixture
def own(tmp_path: Path, article: Path) -> Path:
    path = tmp_path / "kb"
    done = run("ingest", article, "--published", "2021-01-12", "--kb", path,
               "--url", "https://harbour.example/bridge")  # fmt: skip
    assert done.exit_code == 0, done.output
    return path


def test_an_article_goes_by_its_address_and_what_went_is_told(own: Path) -> None:
    result = run("forget", "https://harbour.example/bridge", "--kb", own, "--yes",
                 "--format", "json")  # fmt: skip
    assert result.exit_code == 0, result.output
    gone = json.loads(result.stdout)
    assert gone["articles"][0][1] == "Harbour bridge reopens after repairs"
    assert gone["claims"] >= gone["events"] > 0
    assert b"harbour" not in b"".join(f.read_bytes().lower() for f in own.rglob("*") if f.is_file())
    again = run("forget", "https://harbour.example/bridge", "--kb", own, "--yes")
    failed(again, Exit.NOT_FOUND, "https://harbour.example/bridge")


def test_nothing_goes_where_nobody_confirms(own: Path) -> None:
    failed(run("forget", "https://harbour.example/bridge", "--kb", own), Exit.USAGE, "--yes")
    failed(run("forget", "--no-compact", "--kb", own), Exit.USAGE, "Name an article")
    assert json.loads(run("info", "--kb", own, "--format", "json").stdout)["articles"] == 1
