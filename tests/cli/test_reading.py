"""`dateline timeline`, `show` and `info`."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from cli.failures import Exit
from tests.cli.running import ANSI, failed, lines, run


def test_timeline_is_in_order_of_time(kb: Path) -> None:
    events = lines(run("timeline", "--kb", kb, "--all", "--format", "jsonl"))
    dated = [e["when"]["earliest"][:10] for e in events if e["when"]["earliest"]]
    assert len(dated) > 20
    assert dated == sorted(dated)
    newest = lines(run("timeline", "--kb", kb, "--order", "newest", "--format", "jsonl"))
    days = [e["when"]["earliest"][:10] for e in newest if e["when"]["earliest"]]
    assert days == sorted(days, reverse=True)


def test_timeline_filters_narrow_together(kb: Path) -> None:
    result = run("timeline", "--kb", kb, "--entity", "parler", "--from", "2021-01-08",
                 "--to", "2021-01-10", "--format", "jsonl")  # fmt: skip
    events = lines(result)
    assert events
    for event in events:
        slugs = {ref["slug"] for _, ref, _ in event["participants"] if ref}
        assert "parler" in slugs
        when = event["when"]
        assert when["earliest"] or when["latest"]
        assert (when["earliest"] or when["latest"])[:10] <= "2021-01-10"
        assert (when["latest"] or when["earliest"])[:10] >= "2021-01-08"


def test_timeline_as_csv_is_read_back(kb: Path) -> None:
    result = run("timeline", "--kb", kb, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    shown = lines(run("timeline", "--kb", kb, "--format", "jsonl"))
    assert [row["id"] for row in rows] == [event["slug"] for event in shown]
    assert all(row["quote"] for row in rows)


def test_timeline_says_how_much_is_left_out(kb: Path) -> None:
    result = run("timeline", "--kb", kb, "--limit", "3")
    total = len(lines(run("timeline", "--kb", kb, "--format", "jsonl")))
    assert len(result.stdout.splitlines()) == 4
    assert f"3 of {total} events" in result.stderr
    assert not ANSI.search(result.output)


@pytest.mark.parametrize(
    "words",
    [
        ["--from", "2021-02-30"],
        ["--from", "2021-01/2021-03"],
        ["--from", "2021-02", "--to", "2021-01"],
    ],
)
def test_timeline_refuses_dates_that_cannot_be(kb: Path, words: list[str]) -> None:
    failed(run("timeline", "--kb", kb, *words), Exit.USAGE)


def test_show_event_gives_every_report_in_its_words(kb: Path, samples_path: Path) -> None:
    events = lines(run("timeline", "--kb", kb, "--format", "jsonl", "--all"))
    event = max(events, key=lambda e: e["reports"])
    assert event["reports"] > 1
    view = json.loads(run("show", event["slug"], "--kb", kb, "--format", "json").stdout)
    assert len(view["reports"]) == event["reports"]
    text = run("show", event["slug"], "--kb", kb).stdout
    for report in view["reports"]:
        assert report["trigger"] in text
        assert report["article"]["title"] in text
    assert run("show", view["iri"], "--kb", kb).stdout == text


def test_show_entity_lists_its_events(kb: Path) -> None:
    result = run("show", "amazon", "--kb", kb)
    assert result.exit_code == 0
    assert result.stdout.startswith("Amazon\n")
    assert "Parler" in result.stdout
    assert run("show", "entity/amazon", "--kb", kb).stdout == result.stdout


def test_show_article_lists_what_it_reports(kb: Path) -> None:
    event = lines(run("timeline", "--kb", kb, "--format", "jsonl", "--limit", "1"))[0]
    view = json.loads(run("show", event["slug"], "--kb", kb, "--format", "json").stdout)
    article = view["reports"][0]["article"]
    text = run("show", f"article/{article['slug']}", "--kb", kb).stdout
    assert text.startswith(article["title"])
    assert event["label"] in text


def test_show_of_nothing_known(kb: Path) -> None:
    failed(run("show", "atlantis", "--kb", kb), Exit.NOT_FOUND, "atlantis")


def test_info_counts_the_samples(kb: Path, samples_path: Path) -> None:
    overview = json.loads(run("info", "--kb", kb, "--format", "json").stdout)
    assert overview["articles"] == len([*samples_path.glob("*.txt"), *samples_path.glob("*.html")])
    assert str(overview["events"]) in run("info", "--kb", kb).stdout


def test_terminal_codes_of_an_article_are_not_passed_on(tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(
        "<html><head><title>Mayor opens \x9b31mbridge</title></head><body><article><p>Mayor Lena "
        "Abara opened the \x9b31m bridge\u202e on 4 March 2021. The city council praised the "
        "engineers who had built the bridge in two years.</p></article></body></html>"
    )
    run("ingest", path, "--kb", tmp_path / "kb")
    for command in (["timeline", "--all"], ["export", "--format", "csv"]):
        shown = run(*command, "--kb", tmp_path / "kb")
        assert "bridge" in shown.stdout
        if command[0] == "timeline":
            assert not re.search("[\x1b\x9b\u202e]", shown.stdout)


def test_a_week_is_asked_for_by_its_number(kb: Path) -> None:
    by_week = run("timeline", "--kb", kb, "--from", "2021-W01", "--to", "2021-W01")
    by_day = run("timeline", "--kb", kb, "--from", "2021-01-04", "--to", "2021-01-10")
    assert by_week.stdout == by_day.stdout
    assert by_week.stdout
    assert run("timeline", "--kb", kb, "--from", "2021-W54").exit_code == 2
