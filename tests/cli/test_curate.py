"""`dateline curate`: decisions at the command line, and the trail that they leave."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from cli.failures import Exit
from tests.cli.running import failed, lines, run


@pytest.fixture
def kb(kb: Path, tmp_path: Path) -> Path:
    """A knowledge base of the samples that may be written."""
    return Path(shutil.copytree(kb, tmp_path / "own"))


def decide(kb: Path, *arguments: str, author: str = "Ann Archer") -> str:
    """Take a decision. Returns its id."""
    result = run(
        "curate", *arguments, "--kb", kb, "--author", author, "--reason", "the register says so"
    )
    assert result.exit_code == 0, result.stderr
    return result.stdout.partition(":")[0]


def shown(kb: Path, name: str) -> dict[str, Any]:
    result = run("show", name, "--kb", kb, "--format", "json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def reports(kb: Path, event: str) -> list[dict[str, Any]]:
    return list(shown(kb, f"event/{event}")["reports"])


def exported(kb: Path) -> list[str]:
    """The quads but those of decisions and commits."""
    quads = run("export", "--kb", kb, "--format", "nquads").stdout.splitlines()
    apart = ("graph/curation> .", "graph/knowledge-base> .")
    return sorted(quad for quad in quads if not quad.endswith(apart))


def test_a_merge_is_shown_listed_and_undone(kb: Path) -> None:
    before = exported(kb)
    merge = decide(kb, "merge-entities", "gab", "--into", "parler")
    failed(run("show", "entity/gab", "--kb", kb), Exit.NOT_FOUND)
    assert "Gab" in shown(kb, "entity/parler")["aliases"]
    text = run("show", "entity/parler", "--kb", kb).stdout
    assert "gab merged into parler, by Ann Archer because the register says so" in text
    (row,) = lines(run("curate", "log", "--thing", "gab", "--kb", kb, "--format", "jsonl"))
    assert (row["id"], row["state"], row["author"]) == (merge, "acts", "Ann Archer")
    undone = run("curate", "undo", merge, "--kb", kb, "--author", "Bob", "--reason", "it is not")
    assert undone.stdout.endswith("(withdrawn)\n")
    assert exported(kb) == before
    (row,) = lines(run("curate", "log", "--author", "Bob", "--kb", kb, "--format", "jsonl"))
    assert (row["state"], row["withdrawn"]["reason"]) == ("withdrawn", "it is not")
    assert lines(run("curate", "log", "--standing", "--kb", kb, "--format", "jsonl")) == []
    again = run("curate", "undo", merge, "--kb", kb, "--reason", "again")
    failed(again, Exit.CURATION, "withdrawn already, by Bob")
    redone = run("curate", "redo", merge, "--kb", kb, "--author", "Ann", "--reason", "it is")
    assert redone.exit_code == 0
    assert exported(kb) != before


def test_a_report_is_corrected_by_its_place(kb: Path) -> None:
    (event, *_) = lines(
        run("timeline", "--entity", "parler", "--action", "Remove", "--kb", kb, "--format", "jsonl")
    )
    report = reports(kb, event["slug"])[0]
    place = f"{report['article']['slug']}@{report['start']}-{report['end']}"
    decide(
        kb, "correct", place, "--date", "2021-02", "--polarity", "negative", "--set",
        "agent=amazon", "--clear", "source",
    )  # fmt: skip
    (found,) = lines(
        run(
            "timeline", "--article", report["article"]["slug"], "--from", "2021-02-01", "--to",
            "2021-02-28", "--all", "--kb", kb, "--format", "jsonl",
        )
    )  # fmt: skip
    (corrected,) = reports(kb, found["slug"])
    assert corrected["when"]["text"] == "February 2021"
    assert corrected["polarity"] == "negative"
    assert corrected["before"] + corrected["trigger"] == report["before"] + report["trigger"]
    agents = [ref["slug"] for role, ref, _ in corrected["participants"] if role == "agent"]
    assert agents == ["amazon"]
    text = run("show", f"event/{found['slug']}", "--kb", kb).stdout
    words = "Decided: corrected: polarity negative; date February 2021; no source; no agent; agent "
    assert words in text


def test_a_rejected_event_is_gone_until_the_decision_is(kb: Path) -> None:
    (event, *_) = lines(run("timeline", "--entity", "parler", "--kb", kb, "--format", "jsonl"))
    before = exported(kb)
    rejection = decide(kb, "reject", event["slug"])
    failed(run("show", f"event/{event['slug']}", "--kb", kb), Exit.NOT_FOUND)
    run("curate", "undo", rejection, "--kb", kb, "--reason", "it was one")
    assert exported(kb) == before


def test_decisions_go_from_one_knowledge_base_to_another(kb: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(kb, tmp_path / "other"))
    decide(kb, "rename", "entity/parler", "Parler LLC")
    decide(kb, "merge-entities", "gab", "--into", "twitter")
    for name in ("decisions.ttl", "decisions.trig", "decisions.nq"):
        file = tmp_path / name
        assert run("curate", "export", "--kb", kb, "-o", file).exit_code == 0
        told = run("curate", "import", file, "--kb", other).stdout
        new = 2 if name == "decisions.ttl" else 0
        assert told == f"{new} decisions taken over, {2 - new} known already.\n"
    assert exported(other) == exported(kb)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["merge-entities", "nobody", "--into", "parler"], Exit.NOT_FOUND, "'nobody'"),
        (["merge-entities", "parler", "--into", "parler"], Exit.CURATION, "into itself"),
        (["reject", "no-such-event"], Exit.NOT_FOUND, "dateline timeline"),
        (["reject", "nowhere@1-2"], Exit.NOT_FOUND, "no article 'nowhere'"),
        (["correct", "nowhere", "--date", "soon"], Exit.CURATION, "'soon'"),
        (["correct", "x", "--from", "2021-02-02", "--to", "2021-02-01"], Exit.CURATION, "ends"),
        (["correct", "nowhere", "--action", "Remov"], Exit.CURATION, "did you mean Remove"),
        (["correct", "nowhere", "--set", "agent"], Exit.USAGE, "ROLE=WHO"),
        (["split-entity", "parler"], Exit.CURATION, "what to split off"),
        (["rename", "parler", "  "], Exit.CURATION, "new name"),
        (["undo", "nothing"], Exit.NOT_FOUND, "curate log"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_says_why(
    kb: Path, arguments: list[str], code: Exit, words: str
) -> None:
    failed(run("curate", *arguments, "--kb", kb, "--reason", "so it is"), code, words)
    assert lines(run("curate", "log", "--kb", kb, "--format", "jsonl")) == []


def test_a_reason_is_needed(kb: Path) -> None:
    failed(run("curate", "rename", "parler", "P", "--kb", kb), Exit.USAGE, "--reason")
    empty = run("curate", "rename", "parler", "P", "--kb", kb, "--reason", " ")
    failed(empty, Exit.CURATION, "a reason")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("dl:newLabel", "dl:newLabel ;", "This is no turtle"),
        ("dl:EntityRenaming", "dl:EntityRenamed", "exactly one class"),
        ("dl:reason", "dl:because", "lacks dl:reason"),
        ("dl:newLabel", "dl:newLable", "lacks dl:newLabel"),
        ("dl:newLabel", 'dl:sense "x" ; dl:newLabel', "#sense> here, which is not understood"),
        ('"thing:parler"', '"parler"', "key of a name"),
        ('prov:generatedAtTime "2', 'prov:generatedAtTime "x', "date-time"),
        ("rdfs:label", "rdfs:seeAlso", "rdfs:label"),
    ],
)
def test_a_file_that_is_wrong_is_told_by_its_line_and_nothing_is_taken_over(
    kb: Path, tmp_path: Path, old: str, new: str, words: str
) -> None:
    decide(kb, "retype", "parler", "PRODUCT")
    decide(kb, "rename", "entity/parler", "Parler LLC")
    other, file = tmp_path / "other", tmp_path / "decisions.ttl"
    assert run("ingest", _article(tmp_path), "--kb", other).exit_code == 0
    text = run("curate", "export", "--kb", kb).stdout
    assert old in text
    file.write_text(text.replace(old, new, 1))
    failed(run("curate", "import", file, "--kb", other), Exit.CURATION, words, "line ")
    assert lines(run("curate", "log", "--kb", other, "--format", "jsonl")) == []


def _article(folder: Path) -> Path:
    path = folder / "bridge.txt"
    path.write_text("Harbour bridge reopens\n\nEngineers reopened the harbour bridge on Monday.\n")
    return path
