"""`dateline ingest`, and knowledge bases that can't be opened."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.failures import Exit
from tests.cli.running import ARTICLE, failed, run


def test_ingesting_twice_changes_nothing(tmp_path: Path, article: Path) -> None:
    path = tmp_path / "kb"
    first = run("ingest", article, "--published", "2021-01-12", "--kb", path)
    assert first.exit_code == 0, first.output
    assert "added" in first.stdout
    before = run("export", "--kb", path, "--format", "nquads").stdout
    second = run("ingest", article, "--published", "2021-01-12", "--kb", path)
    assert second.exit_code == 0
    assert "unchanged" in second.stdout
    assert sorted(run("export", "--kb", path, "--format", "nquads").stdout.splitlines()) == sorted(
        before.splitlines()
    )


def test_one_bad_article_stops_no_other(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a-empty.txt").write_bytes(b"")
    (news / "b-good.txt").write_text(ARTICLE)
    result = run("ingest", news, "--published", "2021-01-12", "--kb", tmp_path / "kb")
    assert result.exit_code == Exit.PARTLY
    assert "a-empty.txt" in result.stderr
    assert (
        json.loads(run("info", "--kb", tmp_path / "kb", "--format", "json").stdout)["articles"] == 1
    )


def test_nothing_readable_fails_and_makes_nothing_up(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = run("ingest", tmp_path / "empty.txt", "--kb", tmp_path / "kb")
    assert result.exit_code == Exit.ARTICLE
    assert "empty.txt" in result.stderr


def test_base_of_iris_is_chosen_once(tmp_path: Path, article: Path) -> None:
    path = tmp_path / "kb"
    run("ingest", article, "--kb", path, "--base", "https://news.example.org/")
    assert (
        "<https://news.example.org/event/"
        in run("export", "--kb", path, "--format", "nquads").stdout
    )
    again = run("ingest", article, "--kb", path, "--base", "https://other.example.org/")
    failed(again, Exit.STORE, "https://news.example.org/")


@pytest.mark.parametrize("name", ["timeline", "info", "export", "serve", "reindex"])
def test_absent_knowledge_base_is_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / "nowhere"
    result = run(name, "--kb", path)
    failed(result, Exit.STORE, "nowhere")
    assert not path.exists()


def test_directory_of_something_else_is_left_alone(tmp_path: Path, article: Path) -> None:
    other = tmp_path / "photos"
    other.mkdir()
    (other / "holiday.jpg").write_bytes(b"\xff\xd8")
    failed(run("ingest", article, "--kb", other), Exit.STORE, "photos")
    assert [p.name for p in other.iterdir()] == ["holiday.jpg"]
