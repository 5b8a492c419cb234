"""As of a day: what the articles published up to it told, and nothing that came later."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from benchmarks.synthetic import Prepared, World
from kb.knowledge_base import KnowledgeBase
from kb.views import EventSummary, Order, TimelineFilter
from tests.kb.building import Story, day, stories
from tests.kb.conftest import put
from tests.kb.test_disagreement import notice

ORDERS: tuple[Order, ...] = ("oldest", "newest")


def told(events: tuple[EventSummary, ...]) -> list[tuple[object, ...]]:
    """What rows of a timeline say, but for addresses, which are those of today."""
    return [
        (
            event.label, event.action, event.when, event.polarity, event.factuality,
            event.reports, event.sources, event.disputed,
            sorted((role, ref.name if ref else words) for role, ref, words in event.participants),
        )
        for event in events
    ]  # fmt: skip


def test_an_event_that_was_reported_later_is_not_there(filled: KnowledgeBase) -> None:
    assert filled.timeline(TimelineFilter(as_of="2021-01-08")).events == ()
    labels = {event.label for event in filled.timeline(TimelineFilter(as_of="2021-01-09")).events}
    assert "Google and Apple remove Parler from their app stores" in labels
    assert "Amazon Web Services stops hosting Parler" not in labels
    planned = filled.timeline(TimelineFilter(as_of="2021-01-10", action="Prevent")).events
    assert [(event.factuality, event.reports) for event in planned] == [("planned", 1)]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("known", [1, 2, 3])
def test_it_tells_what_a_knowledge_base_of_these_articles_tells(
    filled: KnowledgeBase, tmp_path: Path, known: int, order: Order
) -> None:
    early = stories()[:known]
    filter = TimelineFilter(order=order)
    with KnowledgeBase.open(tmp_path / "early", create=True) as kb:
        put(kb, early)
        expected = kb.timeline(filter)
    day = str(early[-1].published)
    found = filled.timeline(TimelineFilter(order=order, as_of=day))
    assert sorted(map(str, told(found.events))) == sorted(map(str, told(expected.events)))
    assert found.total == expected.total


def test_dates_counts_and_disputes_are_those_of_the_day(kb: KnowledgeBase) -> None:
    put(kb, [
        notice("The Inland Register", "2021-01-10", "2021-01-08"),
        notice("The Courier", "2021-01-11T06:00:00-05:00", "2021-01-09"),
        notice("The Ledger", "2021-01-12", "2021-01-09"),
        notice("The Inland Register", "2021-01-13", "2021-01-09", "correction"),
    ])  # fmt: skip
    (event,) = kb.timeline(TimelineFilter()).events
    seen = []
    for published in ("2021-01-09", "2021-01-10", "2021-01-11", "2021-01-12", "2021-01-13"):
        view = kb.event(event.slug, as_of=published)
        seen.append(
            view
            and (view.summary.when.text, view.summary.sources, view.summary.disputed != (),
                 len(view.reports), len(view.disputes))
        )  # fmt: skip
    assert seen == [
        None,
        ("8 January 2021", 1, False, 1, 0),
        ("8 January 2021", 2, True, 2, 1),
        ("9 January 2021", 3, True, 3, 1),
        ("9 January 2021", 3, False, 4, 1),
    ]


def test_filters_look_at_what_was_known(kb: KnowledgeBase) -> None:
    late = notice("The Courier", "2021-01-12", "2021-01-09")
    late.text += " Ambika Doran signed it."
    late.entity("Ambika Doran", "PERSON").event(
        "signed", "Warn", "Ambika Doran warns Parler", when=day("2021-01-09"),
        agent="Ambika Doran", patient="Parler",
    ).link("same", 2, 1)  # fmt: skip
    put(kb, [notice("The Ledger", "2021-01-10", "2021-01-09"), late])
    by_her = TimelineFilter(entity="ambika-doran")
    assert len(kb.timeline(by_her).events) == 1
    for filter in (
        TimelineFilter(entity="ambika-doran", as_of="2021-01-11"),
        TimelineFilter(text="doran", as_of="2021-01-11"),
        TimelineFilter(article="the-courier", as_of="2021-01-11"),
        TimelineFilter(date_to="2021-01-08", as_of="2021-01-11"),
    ):
        assert kb.timeline(filter).events == ()
    assert len(kb.timeline(TimelineFilter(text="letters", as_of="2021-01-11")).events) == 1
    assert kb.entity("ambika-doran", as_of="2021-01-11") is None
    parler = kb.entity("parler", as_of="2021-01-11")
    assert parler is not None
    assert (parler.articles, parler.events) == (1, 1)
    assert [ref.slug for ref, _ in parler.companions] == ["amazon"]


def test_an_article_without_a_date_belongs_to_no_day(kb: KnowledgeBase) -> None:
    undated = Story("undated", None, "The Mirror", "Google removed Parler.")
    undated.entity("Google", "ORG").entity("Parler", "ORG")
    undated.event("removed", "Remove", "Google removes Parler", agent="Google", patient="Parler")
    put(kb, [undated])
    assert len(kb.timeline(TimelineFilter()).events) == 1
    assert kb.timeline(TimelineFilter(as_of="2030-01-01")).events == ()


@pytest.mark.parametrize("few", [0, 2_000], ids=["by time", "by first report"])
def test_pages_go_on_where_they_ended_both_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("kb.selection.FEW", few)
    reader = Prepared()
    articles = []
    for article, extraction in World(names=60).articles(150):
        reader.known[article.doc_id] = extraction
        articles.append(article)
    with KnowledgeBase.open(tmp_path / "kb", create=True) as kb:
        assert all(result.status == "added" for result in kb.ingest(articles, reader))
        published = sorted(str(article.published) for article in articles)
        day = published[len(published) // 2]
        for busy, order in product((None, kb.overview().top_entities[0][0].slug), ORDERS):
            filter = TimelineFilter(entity=busy, as_of=day, order=order)
            whole = kb.timeline(filter, limit=5_000).events
            assert (
                0 < len(whole) < len(kb.timeline(replace(filter, as_of=None), limit=9_999).events)
            )
            seen: list[str] = []
            cursor = None
            while cursor is not None or not seen:
                page = kb.timeline(filter, cursor=cursor, limit=17)
                seen += [event.slug for event in page.events]
                cursor = page.next
            assert sorted(seen) == sorted(event.slug for event in whole)
            last = len(page.events)
            back = kb.timeline(filter, cursor=page.previous, limit=17).events
            assert {event.slug for event in back} == set(seen[-last - 17 : -last])


def test_a_query_as_of_a_day_sees_the_articles_of_that_day(filled: KnowledgeBase) -> None:
    def labels(published: str) -> set[str]:
        graphs = filled.graphs_as_of(published)
        answer = filled.query(
            "SELECT ?label WHERE { ?c a dl:Claim ; rdfs:label ?label }", ["text/csv"],
            default_graphs=graphs, named_graphs=graphs, preset_prefixes=True,
        )  # fmt: skip
        rows = csv.reader(io.StringIO(b"".join(answer.chunks).decode()))
        return {row[0] for row in list(rows)[1:]}

    assert labels("2021-01-08") == set()
    assert "Google speaks" in labels("2021-01-09")
    assert "Google removes Parler" not in labels("2021-01-09")
    assert "Google removes Parler" in labels("2021-01-10")


@pytest.mark.parametrize("value", ["yesterday", "2021-13-01", "2021"])
def test_what_is_no_day_is_refused(filled: KnowledgeBase, value: str) -> None:
    with pytest.raises(ValueError, match="no day"):
        filled.timeline(TimelineFilter(as_of=value))
