"""`dateline export` and `dateline import`."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pytest

from cli.failures import Exit
from tests.cli.running import failed, lines, run


def quads(kb: Path) -> list[str]:
    return sorted(run("export", "--kb", kb, "--format", "nquads").stdout.splitlines())


@pytest.mark.parametrize("name", ["all.trig", "all.nq.gz", "all.jsonld"])
def test_what_was_exported_is_imported_the_same(kb: Path, tmp_path: Path, name: str) -> None:
    file, copy = tmp_path / name, tmp_path / "copy"
    assert run("export", "--kb", kb, "-o", file).exit_code == 0
    done = run("import", file, "--kb", copy, "--report", "json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["added"] > 10
    assert quads(copy) == quads(kb)
    again = run("import", file, "--kb", copy)
    assert again.stdout.startswith("0 articles added, ")


def test_a_compressed_export_is_the_same_file_each_time(kb: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.nq.gz", tmp_path / "two.nq.gz"
    for file in (one, two):
        run("export", "--kb", kb, "-o", file)
    assert one.read_bytes() == two.read_bytes()
    assert sorted(gzip.decompress(one.read_bytes()).decode().splitlines()) == quads(kb)


def test_a_wrong_file_is_a_failure_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "bad.trig"
    file.write_text("@prefix a: <urn:a:> .\na:g { a:s a:p a:o .\n a:s a:p }\n")
    failed(run("import", file, "--kb", tmp_path / "kb"), Exit.ARTICLE, "bad.trig, line 3")
    assert not list((tmp_path / "kb").iterdir())
    plain = tmp_path / "file.txt"
    plain.write_text("")
    failed(run("import", plain, "--kb", tmp_path / "kb"), Exit.USAGE, "--format")
    failed(run("import", tmp_path / "no.trig", "--kb", tmp_path / "kb"), Exit.USAGE, "no.trig")


def test_lists_hold_all_reports_of_the_events_chosen(kb: Path, tmp_path: Path) -> None:
    chosen = ("--kb", kb, "--entity", "amazon", "--from", "2021-01", "--main")
    events = lines(run("export", *chosen, "--format", "jsonl"))
    listed = lines(run("timeline", *chosen[:-1], "--format", "jsonl"))
    assert [event["slug"] for event in events] == [event["slug"] for event in listed]
    assert all(event["claims"] and event["iri"].endswith(event["slug"]) for event in events)
    file = tmp_path / "events.csv"
    assert run("export", *chosen, "-o", file).exit_code == 0
    text = file.read_bytes().decode()
    assert text.count("\r\n") > len(events)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["id"] for row in rows] == [event["slug"] for event in events]
    for row, event in zip(rows, events, strict=True):
        assert int(row["reports"]) == len(event["claims"])
        for claim in event["claims"]:
            sentence = " ".join((claim["before"] + claim["trigger"] + claim["after"]).split())
            assert sentence in row["quotes"]
            assert claim["article"]["slug"] in row["articles"].split("\n")


def test_events_are_chosen_for_lists_only(kb: Path) -> None:
    failed(run("export", "--kb", kb, "--entity", "amazon"), Exit.USAGE, "trig")
