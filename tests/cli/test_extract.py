"""`dateline extract`, on samples and on bad input."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.failures import Exit
from extractors.extraction import Extraction
from tests.cli.running import ANSI, ARTICLE, failed, run


def test_extract_prints_one_line_an_article(samples_path: Path) -> None:
    files = sorted(samples_path.glob("*.txt"))[:2]
    result = run("extract", *files)
    assert result.exit_code == 0, result.output
    found = [Extraction.from_json(line) for line in result.stdout.splitlines()]
    assert len(found) == len(files)
    for extraction in found:
        assert extraction.events
        for event in extraction.events:
            assert extraction.text[event.trigger.start : event.trigger.end].strip()


def test_extract_reads_standard_input(article: Path) -> None:
    result = run("extract", "-", "--published", "2021-01-12", stdin=ARTICLE)
    (extraction,) = (Extraction.from_json(line) for line in result.stdout.splitlines())
    assert extraction.published == "2021-01-12"
    days = {e.time.earliest for e in extraction.events if e.lemma == "reopen" and e.time}
    assert "2021-01-11" in days


def test_extract_as_a_table_reads_well_in_a_pipe(article: Path) -> None:
    result = run("extract", article, "--published", "2021-01-12", "--format", "table")
    assert result.exit_code == 0
    assert not ANSI.search(result.stdout)
    assert re.search(r"2021-01-11 .*bridge", result.stdout)
    assert all(line == line.rstrip() for line in result.stdout.splitlines())


def test_unknown_publication_date_is_said(article: Path) -> None:
    result = run("extract", article)
    assert result.exit_code == 0
    assert "publication date unknown" in result.stderr
    extraction = Extraction.from_json(result.stdout)
    assert extraction.published is None
    assert all(event.time is None or event.time.earliest is None for event in extraction.events)


GERMAN = (
    "Die Bundesregierung hat am Freitag beschlossen, die Steuern im nächsten Jahr zu senken. "
    "Der Minister sagte, das sei ein wichtiger Schritt für das Land und seine Bürger."
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (bytes(range(256)) * 8, "binary"),
        (GERMAN.encode(), "German"),
        (b"%PDF-1.7 ...", "PDF"),
    ],
)
def test_bad_input_gets_one_message_that_names_it(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    result = run("extract", path)
    failed(result, Exit.ARTICLE, "bad.txt", words)
    assert len(result.stderr.splitlines()) == 1


def test_force_reads_another_language(tmp_path: Path) -> None:
    path = tmp_path / "german.txt"
    path.write_text(GERMAN)
    assert run("extract", path, "--force").exit_code == 0


def test_missing_file_is_named() -> None:
    failed(run("extract", "no-such-file.txt"), Exit.ARTICLE, "no-such-file.txt")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--published", "2021-13-40"], "2021-13-40"),
        (["--published", "01/02/2021"], "day first or month first"),
        (["--format", "yaml"], "yaml"),
    ],
)
def test_wrong_options_are_usage_errors(article: Path, options: list[str], words: str) -> None:
    failed(run("extract", article, *options), Exit.USAGE, words)


def test_title_of_two_articles_is_a_usage_error(article: Path) -> None:
    failed(run("extract", article, article, "--title", "x"), Exit.USAGE, "give one input")


def test_missing_model_says_how_to_install_it(article: Path) -> None:
    result = run("extract", article, "--model", "en_no_such_model")
    failed(result, Exit.MODEL, "en_no_such_model", "pip install")
