"""`dateline query`, `export` and `reindex`."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from pathlib import Path

import pytest
import rdflib

from cli.failures import Exit
from tests.cli.running import PROGRAM, failed, lines, run

SELECT = "SELECT ?label WHERE { ?e a sem:Event ; rdfs:label ?label } ORDER BY ?label LIMIT 3"


def test_query_formats_agree(kb: Path) -> None:
    def answer(form: str) -> str:
        result = run("query", SELECT, "--kb", kb, "--format", form)
        assert result.exit_code == 0, result.output
        return result.stdout

    labels = [b["label"]["value"] for b in json.loads(answer("json"))["results"]["bindings"]]
    assert len(labels) == 3
    assert [row["label"] for row in csv.DictReader(io.StringIO(answer("csv")))] == labels
    assert [line.rstrip() for line in answer("table").splitlines()] == ["label", *labels]
    assert answer("tsv").splitlines()[0] == "?label"
    assert all(label in answer("xml").replace("&apos;", "'") for label in labels)


def test_query_from_file_and_standard_input(kb: Path, tmp_path: Path) -> None:
    direct = run("query", SELECT, "--kb", kb).stdout
    (tmp_path / "question.rq").write_text(SELECT)
    assert run("query", "--file", tmp_path / "question.rq", "--kb", kb).stdout == direct
    assert run("query", "--file", "-", "--kb", kb, stdin=SELECT).stdout == direct


def test_ask_is_answered_with_a_word(kb: Path) -> None:
    assert run("query", "ASK { ?e a sem:Event }", "--kb", kb).stdout == "yes\n"
    assert run("query", "ASK { ?e a dl:NoSuchClass }", "--kb", kb).stdout == "no\n"


@pytest.mark.parametrize(
    ("form", "parser"), [("turtle", "turtle"), ("ntriples", "nt"), ("jsonld", "json-ld")]
)
def test_constructed_graphs_are_read_by_others(kb: Path, form: str, parser: str) -> None:
    result = run("query", "DESCRIBE ent:amazon", "--kb", kb, "--format", form)
    graph = rdflib.Graph().parse(data=result.stdout, format=parser)
    assert len(graph) > 2


def test_malformed_query_is_told_by_line_and_column(kb: Path) -> None:
    result = run("query", "SELECT ?e WHERE {\n ?e a }", "--kb", kb)
    failed(result, Exit.QUERY)
    assert re.search(r"[Ll]ine 2, column \d+", result.stderr)


def test_updates_are_refused(kb: Path) -> None:
    failed(run("query", "DROP ALL", "--kb", kb), Exit.QUERY, "update")


def test_format_that_does_not_fit_the_query(kb: Path) -> None:
    # In a process of its own: the error that Click's runner keeps would keep the store open.
    command = [*PROGRAM, "query", SELECT, "--kb", str(kb), "--format", "turtle"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == Exit.USAGE
    assert done.stdout == ""
    assert "--format turtle does not fit this query" in done.stderr


def test_query_and_file_are_either_or(kb: Path) -> None:
    failed(run("query", "--kb", kb), Exit.USAGE)


def test_export_holds_every_graph_and_is_read_by_others(kb: Path, tmp_path: Path) -> None:
    target = tmp_path / "all.trig"
    result = run("export", "--kb", kb, "-o", target)
    assert result.exit_code == 0, result.output
    dataset = rdflib.Dataset()
    dataset.parse(target, format="trig")
    quads = run("export", "--kb", kb, "--format", "nquads").stdout.splitlines()
    assert len(set(dataset.quads())) == len(set(quads))
    assert list(tmp_path.iterdir()) == [target]


def test_export_of_events(kb: Path) -> None:
    events = lines(run("export", "--kb", kb, "--format", "jsonl"))
    listed = lines(run("timeline", "--kb", kb, "--all", "--format", "jsonl"))
    assert [event["slug"] for event in events] == [event["slug"] for event in listed]


def test_export_to_a_place_that_cannot_be_written(kb: Path, tmp_path: Path) -> None:
    failed(run("export", "--kb", kb, "-o", tmp_path / "no" / "x.trig"), Exit.USAGE, "x.trig")


def test_reindex_gives_the_same_timeline(tmp_path: Path, article: Path) -> None:
    path = tmp_path / "kb"
    run("ingest", article, "--published", "2021-01-12", "--kb", path)
    before = run("timeline", "--kb", path, "--all", "--format", "jsonl").stdout
    assert before
    for file in path.rglob("*.sqlite*"):
        file.unlink()
    assert run("reindex", "--kb", path).exit_code == 0
    assert run("timeline", "--kb", path, "--all", "--format", "jsonl").stdout == before
