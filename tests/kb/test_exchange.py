"""A knowledge base goes out into a file and comes back the same, or not at all."""

from __future__ import annotations

import gzip
import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kb.curation.deciding import Curator
from kb.errors import ExchangeError
from kb.exchange import Imported, Rule, import_file
from kb.incoming import FORMATS, form_of
from kb.knowledge_base import KnowledgeBase
from kb.linking.links import Link
from kb.views import TimelineFilter
from tests.kb.building import Reader, Story, courier, gazette, ledger, stories
from tests.kb.conftest import canonical, put

Other = "https://other.example/news/"


def everything(kb: KnowledgeBase) -> list[str]:
    """All quads, those of the log of commits too."""
    output = io.BytesIO()
    kb.export(output, "nquads")
    return sorted(output.getvalue().decode().splitlines())


def curated(path: Path, told: list[Story], base: str | None = None) -> None:
    """A knowledge base with a history: an article that was replaced, and two decisions."""
    with KnowledgeBase.open(path, create=True, base=base) as kb:
        put(kb, told[:1])
        put(kb, told, version="2")
        list(kb.ingest([replace(told[0].article(), read_from="a.txt")], Reader(told)))
        curator = Curator(kb, "Ada Lindqvist")
        curator.rename("entity/parler", "Parler, the app", "there are others")
        (decision,) = curator.retype("entity/apple", "PRODUCT", "a mistake")
        curator.undo(decision.id, "it was right")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source"
    curated(path, stories())
    return path


def exported(path: Path, file: Path) -> Path:
    form = form_of(file)
    assert form is not None
    with KnowledgeBase.open(path) as kb:
        output = io.BytesIO()
        kb.export(output, form)
    data = output.getvalue()
    file.write_bytes(gzip.compress(data) if file.suffix == ".gz" else data)
    return file


@pytest.mark.parametrize("name", ["all.trig", "all.nq", "all.jsonld", "all.nq.gz", "all.trig.gz"])
def test_a_round_trip_loses_and_adds_nothing(source: Path, tmp_path: Path, name: str) -> None:
    file = exported(source, tmp_path / name)
    copy = tmp_path / "copy"
    found = import_file(copy, file, form_of(file) or "")
    assert found == Imported(3, 0, 0, 0, 2)
    with KnowledgeBase.open(source) as one, KnowledgeBase.open(copy) as other:
        assert everything(other) == everything(one)
        assert other.timeline(TimelineFilter()) == one.timeline(TimelineFilter())
        assert other.overview() == one.overview()
        before = everything(other)
        told = stories()
        list(other.ingest([replace(told[0].article(), read_from="a.txt")], Reader(told)))
        assert put(other, told[1:], version="2") == ["unchanged"] * 2
        assert everything(other) == before
    assert {file.name for file in copy.iterdir()} == {"store", "index.sqlite"}


def test_two_knowledge_bases_become_the_one_of_all_articles(source: Path, tmp_path: Path) -> None:
    first, second, whole = (tmp_path / name for name in ("first", "second", "whole"))
    for path, told in ((first, [courier()]), (second, [gazette(), ledger()]), (whole, stories())):
        with KnowledgeBase.open(path, create=True) as kb:
            put(kb, told)
    file = exported(second, tmp_path / "second.nq")
    assert import_file(first, file, "nquads") == Imported(2, 0, 0, 0, 0)
    assert import_file(first, file, "nquads") == Imported(0, 0, 0, 2, 0)
    with KnowledgeBase.open(first) as kb, KnowledgeBase.open(whole) as other:
        assert canonical(kb) == canonical(other)
        assert kb.timeline(TimelineFilter()) == other.timeline(TimelineFilter())
        kb.rebuild()
        assert canonical(kb) == canonical(other)


def test_decisions_come_along_into_a_knowledge_base_that_is_there(
    source: Path, tmp_path: Path
) -> None:
    file = exported(source, tmp_path / "all.trig")
    target = tmp_path / "target"
    with KnowledgeBase.open(target, create=True) as kb:
        put(kb, [gazette()])
    assert import_file(target, file, "trig", rule="theirs").decisions == 2
    with KnowledgeBase.open(target) as kb, KnowledgeBase.open(source) as other:
        assert canonical(kb) == canonical(other)
    assert import_file(target, file, "trig").decisions == 0


@pytest.mark.parametrize(
    ("rule", "fate", "version"),
    [("newer", (1, 0), "2"), ("theirs", (1, 0), "2"), ("mine", (0, 1), "1")],
)
def test_of_two_readings_one_stays_by_the_rule(
    tmp_path: Path, rule: Rule, fate: tuple[int, int], version: str
) -> None:
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    with KnowledgeBase.open(mine, create=True) as kb:
        put(kb, [courier()])
    with KnowledgeBase.open(theirs, create=True) as kb:
        put(kb, [courier()], version="2")
        later = "2099-01-01T00:00:00+00:00"
        kb.writer.write([replace(_graph(kb, "courier-1"), generated=later)])
    found = import_file(mine, exported(theirs, tmp_path / "t.nq"), "nquads", rule=rule)
    assert (found.replaced, found.kept) == fate
    with KnowledgeBase.open(mine) as kb:
        view = kb.article("courier-1")
        assert view is not None and view.reading is not None
        assert view.reading.version == version


def _graph(kb: KnowledgeBase, slug: str):  # type: ignore[no-untyped-def]
    from kb.store.embedded import EmbeddedStore
    from kb.writing import ArticleGraph

    assert isinstance(kb.store, EmbeddedStore)
    found = kb.writer.index.fingerprints([slug])[slug]
    return ArticleGraph(slug, list(kb.store.quads(kb.iris.graph(slug))), found, "")


def test_another_base_is_refused_or_brought_under_that_of_here(
    source: Path, tmp_path: Path
) -> None:
    file = exported(source, tmp_path / "all.trig")
    target, fresh, plain = tmp_path / "target", tmp_path / "fresh", tmp_path / "plain"
    with KnowledgeBase.open(target, create=True, base=Other) as kb:
        put(kb, [ledger()], version="2")
        before = everything(kb)
    with pytest.raises(ExchangeError, match=r"https://dateline.example/.*--rebase"):
        import_file(target, file, "trig")
    with KnowledgeBase.open(target) as kb:
        assert everything(kb) == before
    import_file(target, file, "trig", rebase=True)
    import_file(fresh, file, "trig", rebase=True, base=Other)
    curated(plain, stories(), Other)
    with KnowledgeBase.open(target) as one, KnowledgeBase.open(fresh) as two:
        assert canonical(one) == canonical(two)
        assert not any("dateline.example" in line for line in canonical(one))
    with KnowledgeBase.open(source) as kb:
        moved = sorted(line.replace(kb.base, Other) for line in everything(kb))
    with KnowledgeBase.open(fresh) as kb:
        assert everything(kb) == moved


def link(target: str) -> Link:
    return Link(
        "thing:google", f"http://known.example/{target}", "Google", None, 0.9, "accepted",
        "label", "http://known.example/sparql", "2026-01-01T00:00:00Z",
    )  # fmt: skip


def test_links_come_along_and_are_united(tmp_path: Path) -> None:
    one, two, fresh = (tmp_path / name for name in ("one", "two", "fresh"))
    for path, target, told in ((one, "Q1", [courier()]), (two, "Q2", [ledger()])):
        with KnowledgeBase.open(path, create=True) as kb:
            put(kb, told)
            kb.writer.write(linked={"thing:google": [link(target)]})
    file = exported(two, tmp_path / "two.nq")
    import_file(fresh, file, "nquads")
    with KnowledgeBase.open(fresh) as kb, KnowledgeBase.open(two) as other:
        assert everything(kb) == everything(other)
    for _ in range(2):
        import_file(one, file, "nquads")
        with KnowledgeBase.open(one) as kb:
            held = kb.writer.index.links()["thing:google"]
            assert [found.target[-2:] for found in held] == ["Q1", "Q2"]
            graph = canonical(kb)
            assert sum("ontology#linkTarget>" in line for line in graph) == 2
            kb.rebuild()
            assert canonical(kb) == graph


Change = Callable[[str], str]
KB = "<https://dateline.example/graph/knowledge-base>"
ONE = "<https://dateline.example/graph/courier-1>"


def without(part: str) -> Change:
    """Take out the lines with a part."""
    return lambda text: "".join(line for line in text.splitlines(True) if part not in line)


def with_line(line: str) -> Change:
    return lambda text: f"{text}{line}\n"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text[: len(text) // 2] + " oops", ["nquads", "line"]),
        (without("nif-core#isString"), ["isString", "no article's graph"]),
        (without("nif-core#beginIndex"), ["beginIndex"]),
        (without("dateline/ontology#extractorVersion"), ["extractorVersion"]),
        (without(f"{ONE} <http://purl.org/dc/terms/identifier>"), ["does not know", "courier-1"]),
        (without("prov#generatedAtTime"), ["date-time"]),
        (without("ontology#base>"), ["no knowledge base"]),
        (without(f"{ONE} ."), ["courier-1 is missing"]),
        (with_line(f"<urn:a> <urn:b> <urn:c> {ONE} ."), ["urn:a", "line"]),
        (with_line(f"_:x <urn:b> <urn:c> {ONE} ."), ["blank node"]),
        (with_line("<urn:a> <urn:b> <urn:c> ."), ["outside all graphs"]),
        (with_line("<urn:a> <urn:b> <urn:c> <urn:graph> ."), ["urn:graph", "line"]),
        (with_line(f"<urn:kb> <https://w3id.org/dateline/ontology#base> 'x' {KB} ."), ["nquads"]),
        (
            with_line(
                "<https://dateline.example/curation/x> <urn:b> <urn:c> "
                "<https://dateline.example/graph/curation> ."
            ),
            ["exactly one class", "line"],
        ),
        (lambda text: text.replace("2021-01-08T", "2021-02-31T"), ["courier-1"]),
    ],
)
def test_a_wrong_file_is_told_and_nothing_is_imported(
    source: Path, tmp_path: Path, change: Change, words: list[str]
) -> None:
    file = exported(source, tmp_path / "all.nq")
    file.write_text(change(file.read_text()))
    target, fresh = tmp_path / "target", tmp_path / "fresh"
    with KnowledgeBase.open(target, create=True) as kb:
        put(kb, [ledger()])
        before = everything(kb)
    for path in (target, fresh):
        with pytest.raises(ExchangeError) as error:
            import_file(path, file, "nquads")
        for word in [*words, "all.nq"]:
            assert word in str(error.value)
    with KnowledgeBase.open(target) as kb:
        assert everything(kb) == before
    assert {file.name for file in target.iterdir()} == {"store", "index.sqlite"}
    assert not list(fresh.iterdir())


def test_the_line_of_a_mistake_is_told(source: Path, tmp_path: Path) -> None:
    file = exported(source, tmp_path / "all.nq")
    lines = file.read_text().splitlines()
    lines[40] = lines[40].replace("<", "", 1)
    file.write_text("\n".join(lines))
    with pytest.raises(ExchangeError) as error:
        import_file(tmp_path / "fresh", file, "nquads")
    assert error.value.line == 41


def test_half_a_compressed_file_is_no_file(source: Path, tmp_path: Path) -> None:
    file = exported(source, tmp_path / "all.nq.gz")
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(ExchangeError, match="gzip"):
        import_file(tmp_path / "fresh", file, "nquads")
    assert set(FORMATS) == {"trig", "nquads", "jsonld"}


KILLED = """
import os, sys, signal
from pathlib import Path
from kb.exchange import import_file
from kb.writing import Writer
step, count = sys.argv[3], int(sys.argv[4])
owner, name = {"rename": (Path, "rename"), "write": (Writer, "write")}[step]
whole = getattr(owner, name)
def fatal(self, *arguments, **options):
    global count
    count -= 1
    if not count:
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(self, *arguments, **options)
setattr(owner, name, fatal)
import_file(Path(sys.argv[1]), Path(sys.argv[2]), "nquads", rule="theirs")
"""


@pytest.mark.parametrize(
    ("step", "count", "done"),
    [("write", 1, False), ("write", 2, False), ("rename", 1, False), ("rename", 2, True),
     ("rename", 3, True)],
)  # fmt: skip
def test_an_import_killed_at_any_step_is_whole_or_has_not_been(
    source: Path, tmp_path: Path, step: str, count: int, done: bool
) -> None:
    file = exported(source, tmp_path / "all.nq")
    target = tmp_path / "target"
    with KnowledgeBase.open(target, create=True) as kb:
        put(kb, [gazette()])
        before = canonical(kb)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(target), str(file), step, str(count)],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONPATH": "."},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    with KnowledgeBase.open(target) as kb, KnowledgeBase.open(source) as whole:
        assert canonical(kb) == (canonical(whole) if done else before)
        kb.reindex()
        assert canonical(kb) == (canonical(whole) if done else before)
    assert {file.name for file in target.iterdir()} == {"store", "index.sqlite"}
