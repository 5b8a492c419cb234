"""Articles go in whole or not at all, once, and come out again without a trace."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.articles import Article
from extractors.extraction import Role
from kb.identity import settings
from kb.knowledge_base import KnowledgeBase
from kb.store import StoreError
from kb.views import TimelineFilter
from tests.kb.building import Reader, courier, gazette, ledger, stories
from tests.kb.conftest import canonical, put


def test_the_same_article_twice_changes_nothing_and_is_not_read_again(kb: KnowledgeBase) -> None:
    told = stories()
    assert put(kb, told) == ["added"] * 3
    before = canonical(kb)
    reader = Reader(told)
    results = list(kb.ingest([story.article() for story in told], reader))
    assert [result.status for result in results] == ["unchanged"] * 3
    assert reader.read == []
    assert canonical(kb) == before


def test_another_version_of_the_extractor_reads_anew(kb: KnowledgeBase) -> None:
    put(kb, [courier()])
    assert put(kb, [courier()], version="2") == ["replaced"]
    assert kb.overview().articles == 1
    view = kb.article("courier-1")
    assert view is not None
    assert view.extractor == "2, by hand 1"
    assert view.extracted_at is not None


def test_a_corrected_article_replaces_its_earlier_version(filled: KnowledgeBase) -> None:
    corrected = courier()
    corrected.text = corrected.text.replace("on Friday", "on Saturday")
    corrected.entities.clear()
    corrected.events.clear()
    corrected.entity("Google", "ORG").entity("Parler", "ORG").event(
        "removed", "Remove", "Google removes Parler", when=("2021-01-09", "2021-01-09", "day"),
        words="on Saturday", agent="Google", patient="Parler",
    )  # fmt: skip
    assert put(filled, [corrected]) == ["replaced"]
    page = filled.timeline(TimelineFilter(action="Remove"))
    (event,) = page.events
    assert event.when.text == "9 January 2021"
    assert "disputedTime" not in event.disputed
    assert "on Saturday" in event.quote
    assert not filled.find_entities("social network")


def test_what_remains_after_removal_is_what_the_others_alone_would_give(
    kb: KnowledgeBase, tmp_path: Path
) -> None:
    told = stories()
    put(kb, told)
    for story in told:
        with KnowledgeBase.open(tmp_path / f"without-{story.doc_id}", create=True) as other:
            put(other, [one for one in told if one is not story])
            assert kb.remove_article(story.doc_id)
            assert canonical(kb) == canonical(other)
            assert story.doc_id not in "\n".join(canonical(kb))
        put(kb, [story])
    assert not kb.remove_article("never-seen")


def test_the_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    graphs = []
    for n, order in enumerate(itertools.permutations(stories())):
        with KnowledgeBase.open(tmp_path / str(n), create=True) as kb:
            put(kb, list(order))
            graphs.append(canonical(kb))
    assert all(graph == graphs[0] for graph in graphs)


def test_rebuilding_from_the_articles_gives_the_same_graph(filled: KnowledgeBase) -> None:
    put(filled, [ledger()], version="2")
    filled.remove_article("courier-1")
    put(filled, [courier()])
    before = canonical(filled)
    page = filled.timeline(TimelineFilter())
    filled.rebuild()
    assert canonical(filled) == before
    assert filled.timeline(TimelineFilter()) == page


def test_an_article_that_fails_is_told_and_the_others_go_on(kb: KnowledgeBase) -> None:
    unread = Article("unread-1", "Nobody knows what happened here.", title="A riddle")
    heard: list[tuple[str, str]] = []
    results = list(
        kb.ingest(
            [courier().article(), unread, gazette().article()],
            Reader([courier(), gazette()]),
            lambda article, error: heard.append((article.doc_id, str(error))),
        )
    )
    assert [result.status for result in results] == ["added", "failed", "added"]
    assert results[1].message == "unread-1 was not stored: nobody has read unread-1"
    assert heard == [("unread-1", "nobody has read unread-1")]
    assert kb.overview().articles == 2


@pytest.mark.parametrize("fault", ["text", "span", "date", "backwards", "entity"])
def test_an_extraction_that_does_not_fit_stores_nothing(kb: KnowledgeBase, fault: str) -> None:
    put(kb, [ledger()])
    before = canonical(kb)
    story = courier()
    reader = Reader([story])
    extraction = reader.known[story.doc_id]
    event = extraction.events[0]
    assert event.time is not None
    bad = {
        "text": event,
        "span": replace(event, roles=(Role("agent", None, 10, 9999),)),
        "date": replace(event, time=replace(event.time, earliest="2021-02-30")),
        "backwards": replace(event, time=replace(event.time, latest="2021-01-01")),
        "entity": replace(event, source="e99"),
    }[fault]
    text = "Another text altogether." if fault == "text" else story.text
    events = (bad, *extraction.events[1:])
    reader.known[story.doc_id] = replace(extraction, text=text, events=events)
    (result,) = kb.ingest([story.article()], reader)
    assert result.status == "failed"
    assert result.message and "courier-1" in result.message
    assert canonical(kb) == before
    assert kb.overview().articles == 1


def test_a_store_that_fails_leaves_the_index_as_it_was(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(kb, [courier()])
    page = kb.timeline(TimelineFilter())

    def full(operations: object, guard: object) -> None:
        raise StoreError("The disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(kb.store, "commit", full)
        with pytest.raises(StoreError, match="disk is full"):
            put(kb, [ledger()])
    assert kb.timeline(TimelineFilter()) == page
    assert put(kb, [ledger()]) == ["added"]


CHILD = """
import sys
from pathlib import Path
from dataclasses import replace
from kb.identity import settings
from kb.knowledge_base import KnowledgeBase
from tests.kb.building import Reader, stories
kb = KnowledgeBase.open(Path(sys.argv[1]), create=True)
print("open", flush=True)
for n in range(10_000):
    told = stories()
    for story in told:
        story.doc_id = f"{story.doc_id}-{n}"
    for result in kb.ingest([story.article() for story in told], Reader(told)):
        print(result.slug, flush=True)
"""


def test_kill_9_leaves_every_article_whole_or_absent(tmp_path: Path) -> None:
    path = tmp_path / "kb"
    told: set[str] = set()
    for delay in (0.01, 0.13, 0.26):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(path)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        told.add(child.stdout.readline().strip())
        time.sleep(delay)
        os.kill(child.pid, signal.SIGKILL)
        told |= {line.strip() for line in child.stdout if line.endswith("\n")}
        child.wait()
        child.stdout.close()
        with KnowledgeBase.open(path) as kb:
            page = kb.articles(limit=10_000)
            held = {ref.slug for ref in page.articles}
            assert told <= held
            graphs = canonical(kb)
            for slug in held:
                claims = [line for line in graphs if f"article/{slug}#claim-v1> " in line]
                assert claims, f"{slug} is not whole"
            kb.rebuild()
            assert canonical(kb) == graphs
    assert told


def test_an_index_that_missed_commits_catches_up_at_open(tmp_path: Path) -> None:
    path = tmp_path / "kb"
    with KnowledgeBase.open(path, create=True) as kb:
        put(kb, [courier(), ledger()])
    early = (path / "index.sqlite").read_bytes()
    with KnowledgeBase.open(path) as kb:
        put(kb, [gazette()])
        put(kb, [ledger()], version="2")
        kb.remove_article("courier-1")
        page, overview, graph = kb.timeline(TimelineFilter()), kb.overview(), canonical(kb)
    (path / "index.sqlite").write_bytes(early)
    with KnowledgeBase.open(path) as kb:
        assert kb.timeline(TimelineFilter()) == page
        assert kb.overview() == overview
        assert canonical(kb) == graph


def test_what_other_rules_have_derived_is_made_again_at_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kb"
    with monkeypatch.context() as patch:
        patch.setattr("kb.commits.rules_version", lambda: "older")
        exact = replace(settings(), tolerance=0)
        patch.setattr("kb.identity.rules.settings", lambda: exact)
        with KnowledgeBase.open(path, create=True) as kb:
            put(kb, stories())
            older = canonical(kb)
    with KnowledgeBase.open(path) as kb, KnowledgeBase.open(tmp_path / "new", create=True) as new:
        put(new, stories())
        assert canonical(kb) == canonical(new) != older
        assert kb.timeline(TimelineFilter()) == new.timeline(TimelineFilter())


@pytest.mark.parametrize("content", [None, b"", b"no database at all, only words " * 400])
def test_an_index_that_is_lost_or_spoilt_is_made_again(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "kb"
    with KnowledgeBase.open(path, create=True) as kb:
        put(kb, stories())
        page = kb.timeline(TimelineFilter())
    for name in path.glob("index.sqlite*"):
        name.unlink()
    if content is not None:
        (path / "index.sqlite").write_bytes(content)
    with KnowledgeBase.open(path) as kb:
        assert kb.timeline(TimelineFilter()) == page
