"""The front door: opening, what can be wrong with a directory, exports, and descriptions."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Dataset, Graph, URIRef

from kb.iris import article_slug, check_base
from kb.knowledge_base import KnowledgeBase
from kb.querying import GRAPHS
from kb.store import EXPORTS, StoreError
from kb.terms import DL, SEM
from kb.views import TimelineFilter
from tests.kb.building import courier, gazette, stories
from tests.kb.conftest import canonical, put


def test_what_was_stored_is_there_after_closing(tmp_path: Path) -> None:
    path = tmp_path / "kb"
    with KnowledgeBase.open(path, create=True) as kb:
        put(kb, stories())
        page, graph = kb.timeline(TimelineFilter()), canonical(kb)
    with KnowledgeBase.open(path) as kb:
        assert kb.timeline(TimelineFilter()) == page
        assert canonical(kb) == graph
        assert put(kb, [gazette()]) == ["unchanged"]


def test_a_reader_may_open_beside_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "kb"
    with KnowledgeBase.open(path, create=True) as kb:
        put(kb, stories())
        kb.store.flush()
        with KnowledgeBase.open(path, read_only=True) as reader:
            assert reader.timeline(TimelineFilter()) == kb.timeline(TimelineFilter())
            assert reader.event(reader.timeline(TimelineFilter()).events[0].slug) is not None
            with pytest.raises(StoreError, match="reading only"):
                put(reader, [courier()], version="2")


def test_a_directory_in_use_is_named_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "kb"
    code = (
        "import sys; from pathlib import Path; from kb.knowledge_base import KnowledgeBase\n"
        "try: KnowledgeBase.open(Path(sys.argv[1]))\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    with KnowledgeBase.open(path, create=True):
        found = subprocess.run(
            [sys.executable, "-c", code, str(path)],
            capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
        )  # fmt: skip
    assert found.stdout.startswith("StoreError")
    assert str(path) in found.stdout
    assert "in use by another process" in found.stdout


def test_directories_that_are_no_knowledge_base(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no knowledge base in"):
        KnowledgeBase.open(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()
    file = tmp_path / "file"
    file.write_text("words")
    with pytest.raises(StoreError, match="is a file"):
        KnowledgeBase.open(file, create=True)
    with pytest.raises(StoreError, match="holds other files"):
        KnowledgeBase.open(tmp_path, create=True)
    assert sorted(child.name for child in tmp_path.iterdir()) == ["file"]
    other = tmp_path / "other"
    other.mkdir()
    pyoxigraph.Store(other / "store").flush()
    with pytest.raises(StoreError, match="holds no knowledge base"):
        KnowledgeBase.open(other)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_directory_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="permissions"):
        KnowledgeBase.open(tmp_path / "kb", create=True)
    tmp_path.chmod(0o700)


def test_a_path_below_a_file_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words")
    with pytest.raises(StoreError, match="file"):
        KnowledgeBase.open(tmp_path / "file" / "kb", create=True)


def test_the_base_is_chosen_once(tmp_path: Path) -> None:
    path = tmp_path / "kb"
    with KnowledgeBase.open(path, create=True, base="https://news.example/kb") as kb:
        assert kb.base == "https://news.example/kb/"
        put(kb, [courier()])
        event = kb.event(kb.timeline(TimelineFilter(action="Remove")).events[0].slug)
        assert event is not None
        assert event.iri.startswith("https://news.example/kb/event/2021-01-08-google-and-apple")
    with KnowledgeBase.open(path, base="https://news.example/kb/") as kb:
        assert kb.base == "https://news.example/kb/"
    with pytest.raises(StoreError, match=r"news\.example/kb/.*never changes"):
        KnowledgeBase.open(path, base="https://other.example/")
    with KnowledgeBase.open(path) as kb:
        assert kb.overview().articles == 1


@pytest.mark.parametrize(
    "base", ["", "kb", "ftp://x/", "https://x/#a", "https://x y/", "http://<>/"]
)
def test_what_can_be_no_base(tmp_path: Path, base: str) -> None:
    with pytest.raises(ValueError, match="base"):
        KnowledgeBase.open(tmp_path / "kb", create=True, base=base)
    assert not (tmp_path / "kb").exists()


def test_a_base_is_a_place() -> None:
    assert check_base("https://a.example") == "https://a.example/"


@pytest.mark.parametrize("doc_id", ["../../etc", "a b", "x>y", "ünïcode", "", "a/b?c#d", "-x"])
def test_any_identifier_becomes_a_safe_slug(doc_id: str) -> None:
    slug = article_slug(doc_id)
    assert slug and not set(slug) & set(" /?#<>%")
    assert article_slug(slug) == slug


@pytest.mark.parametrize("form", EXPORTS)
def test_exports_are_read_by_others(filled: KnowledgeBase, form: str) -> None:
    output = io.BytesIO()
    filled.export(output, form)
    names = {"ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
    graph = Dataset(default_union=True)
    graph.parse(data=output.getvalue(), format=names.get(form, form))
    events = set(graph.subjects(URIRef(DL.claim.value), None))
    assert len(events) == filled.overview().events


def test_an_export_goes_to_a_file(filled: KnowledgeBase, tmp_path: Path) -> None:
    filled.export(tmp_path / "all.nq", "nquads")
    assert set(canonical(filled)) < set((tmp_path / "all.nq").read_text().splitlines())
    with pytest.raises(ValueError, match="turtle"):
        filled.export(tmp_path / "x", "docx")


def test_an_event_is_described_with_its_claims_and_their_words(filled: KnowledgeBase) -> None:
    (event,) = filled.timeline(TimelineFilter(action="Remove")).events
    turtle = filled.describe("event", event.slug, "text/turtle")
    assert turtle is not None
    text = turtle.decode()
    assert "@prefix dl:" in text
    graph = Graph().parse(data=text)
    node = URIRef(filled.iris.event(event.slug).value)
    claims = set(graph.objects(node, URIRef(DL.claim.value)))
    assert len(claims) == 3
    for claim in claims:
        (evidence,) = graph.objects(claim, URIRef(DL.evidence.value))
        assert list(graph.predicate_objects(evidence))
    assert "Google has not removed Parler" in text
    assert "The Gazette" in text
    assert "John Matze spoke" not in text


@pytest.mark.parametrize("media_type", GRAPHS)
@pytest.mark.parametrize(
    ("kind", "slug"), [("entity", "google"), ("article", "ledger-7"), ("event", None)]
)
def test_descriptions_in_every_format(
    filled: KnowledgeBase, kind: str, slug: str | None, media_type: str
) -> None:
    slug = slug or filled.timeline(TimelineFilter()).events[0].slug
    body = filled.describe(kind, slug, media_type)  # type: ignore[arg-type]
    assert body
    assert slug.encode() in body
    if media_type == "application/ld+json":
        json.loads(body)


@pytest.mark.parametrize("slug", ["no-such-thing", "", "a b", "<>", "merged", "../event/x"])
@pytest.mark.parametrize("kind", ["event", "entity", "article"])
def test_what_is_not_there_has_no_description(filled: KnowledgeBase, kind: str, slug: str) -> None:
    if (kind, slug) != ("article", "merged"):
        assert filled.describe(kind, slug, "text/turtle") is None  # type: ignore[arg-type]
    assert not (filled.event(slug) or filled.entity(slug) or filled.article(slug))


def test_the_article_page_shows_everything_in_its_place(filled: KnowledgeBase) -> None:
    view = filled.article("ledger-7")
    assert view is not None
    assert (view.ref.publisher, view.ref.published) == ("The Ledger", "2021-01-10")
    assert view.ref.url == "https://news.example/ledger-7"
    assert view.language == "en"
    assert view.extractor == "1, by hand 1"
    marks = {(h.kind, view.text[h.start : h.end]): h for h in view.highlights}
    assert marks["entity", "AWS"].slug == "amazon-web-services"
    assert marks["entity", "AWS"].label == "Amazon Web Services"
    assert marks["time", "on Sunday"].slug is None
    event = filled.event(marks["event", "removed"].slug or "")
    assert event is not None
    assert event.summary.reports == 3
    starts = [h.start for h in view.highlights]
    assert starts == sorted(starts)


def test_reindexing_changes_nothing_and_tells_of_each_article(filled: KnowledgeBase) -> None:
    page, overview, graph = filled.timeline(TimelineFilter()), filled.overview(), canonical(filled)
    told: list[None] = []
    filled.reindex(lambda: told.append(None))
    assert len(told) == 3
    assert filled.timeline(TimelineFilter()) == page
    assert filled.overview() == overview
    assert canonical(filled) == graph
    put(filled, [courier()], version="2")
    assert filled.overview().articles == 3


def test_the_merged_graph_is_a_graph_of_its_own(filled: KnowledgeBase) -> None:
    graphs = {line.rsplit(" ", 2)[1] for line in canonical(filled)}
    names = ["merged", "courier-1", "ledger-7", "gazette-3"]
    assert graphs == {f"<{filled.base}graph/{name}>" for name in names}
    events = [line for line in canonical(filled) if f"<{SEM.Event.value}>" in line]
    assert events and all(line.endswith("graph/merged> .") for line in events)
