"""Timelines: pages that fit together, filters that hold together, search that can't be broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.cursors import Cursor, Key
from kb.errors import CursorError
from kb.knowledge_base import KnowledgeBase
from kb.views import EventSummary, Order, TimelineFilter
from tests.kb.building import Story
from tests.kb.conftest import put

WHENS = [
    ("2021-01-08", "2021-01-08"),
    ("2021-01-08", "2021-01-08"),
    ("2021-01-08T14:00", "2021-01-08T14:59"),
    ("2021-01-09", "2021-01-09"),
    (None, "2021-01-08"),
    (None, "2021-01-08"),
    ("2021-01-04", "2021-01-10"),
    ("2020-01-01", "2020-12-31"),
    ("2020-01-01", "2029-12-31"),
    ("2021-02-01", None),
    None,
    None,
    None,
]
PEOPLE = "Ada Bert Cleo Dora Emil Fay Gus Hal Ida Jon Kim Lou Mia".split()


def dated_stories() -> list[Story]:
    """One article for each kind of date; every other one is of little salience."""
    found = []
    for n, (name, when) in enumerate(zip(PEOPLE, WHENS, strict=True)):
        text = f"{name} left the Senate, and the crowd “roared”. Others waited."
        story = Story(f"a{n:02}", None, f"Outlet {n}", text)
        story.entity(name, "PERSON").entity("Senate", "ORG")
        story.event(
            "left",
            "Resign" if n % 3 else "Arrest",
            f"{name} leaves the Senate",
            when=(*when, None) if when else None,
            salience=0.8 if n % 2 else 0.25,
            agent=name,
            patient="Senate",
        )
        found.append(story)
    return found


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(tmp_path_factory.mktemp("dated") / "kb", create=True) as kb:
        put(kb, dated_stories())
        yield kb


def names(events: tuple[EventSummary, ...]) -> list[str]:
    return [event.label.partition(" ")[0] for event in events]


def test_oldest_first_with_vague_dates_after_exact_ones_and_none_last(dated: KnowledgeBase) -> None:
    page = dated.timeline(TimelineFilter())
    assert [event.when.text for event in page.events] == [
        "2020",
        "2020s",
        "week of 4 January 2021",
        "8 January 2021",
        "8 January 2021",
        "8 January 2021, 14:00–14:59",
        "by 8 January 2021",
        "by 8 January 2021",
        "9 January 2021",
        "from 1 February 2021 on",
        "date unknown",
        "date unknown",
        "date unknown",
    ]
    assert page.total == 13


def test_newest_first_is_the_reverse_but_for_events_without_a_date(dated: KnowledgeBase) -> None:
    oldest = dated.timeline(TimelineFilter()).events
    newest = dated.timeline(TimelineFilter(order="newest")).events
    assert names(newest[:10]) == names(oldest[:10])[::-1]
    assert {event.when.text for event in newest[10:]} == {"date unknown"}


FILTERS = [
    TimelineFilter(),
    TimelineFilter(salience=0.5),
    TimelineFilter(entity="senate"),
    TimelineFilter(action="Resign"),
    TimelineFilter(entity="senate", action="Resign", salience=0.5),
    TimelineFilter(date_from="2021-01-08", date_to="2021-01-09"),
    TimelineFilter(text="senate"),
    TimelineFilter(text="roared", entity="senate"),
]


@pytest.mark.parametrize("order", ["oldest", "newest"])
@pytest.mark.parametrize("limit", [1, 3, 5])
@pytest.mark.parametrize("filter", FILTERS, ids=str)
def test_pages_forward_and_back_hold_every_event_once(
    dated: KnowledgeBase, filter: TimelineFilter, limit: int, order: Order
) -> None:
    filter = replace(filter, order=order)
    whole = dated.timeline(filter, limit=100)
    assert whole.next is None and whole.previous is None
    assert whole.total == len(whole.events) > 0
    page = dated.timeline(filter, limit=limit)
    forward = [page]
    while page.next:
        page = dated.timeline(filter, page.next, limit)
        forward.append(page)
    assert [event for found in forward for event in found.events] == list(whole.events)
    assert forward[0].previous is None
    back = [page]
    while page.previous:
        page = dated.timeline(filter, page.previous, limit)
        back.append(page)
    returned = [event for found in reversed(back) for event in found.events]
    assert returned == list(whole.events)
    assert all(found.next for found in back[1:])


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2021-01-09", "2021-01-09", {"2020s", "week of 4 January 2021", "9 January 2021"}),
        ("2020-06-01", "2020-06-30", {"2020s", "2020"}),
        ("2021-01-11", None, {"2020s", "from 1 February 2021 on"}),
        (None, "2020-05", {"2020s", "2020"}),
        ("2019", "2019", set()),
    ],
)
def test_a_range_of_dates_selects_what_may_have_happened_in_it(
    dated: KnowledgeBase, start: str | None, end: str | None, expected: set[str]
) -> None:
    page = dated.timeline(TimelineFilter(date_from=start, date_to=end))
    assert {event.when.text for event in page.events} == expected
    assert page.total == len(page.events)


@pytest.mark.parametrize("bad", ["yesterday", "2021-02-30", "08/01/2021", ""])
def test_a_date_that_is_none_is_refused(dated: KnowledgeBase, bad: str) -> None:
    with pytest.raises(ValueError):
        dated.timeline(TimelineFilter(date_from=bad))
    with pytest.raises(ValueError):
        dated.timeline(TimelineFilter(date_to=bad))


def test_filters_on_what_is_not_there_give_nothing(dated: KnowledgeBase) -> None:
    for filter in (
        TimelineFilter(entity="nobody"),
        TimelineFilter(action="NoSuchAction"),
        TimelineFilter(article="never-seen"),
        TimelineFilter(text="xylophone"),
        TimelineFilter(text="senate", entity="nobody"),
    ):
        page = dated.timeline(filter)
        assert (page.events, page.total, page.next, page.previous) == ((), 0, None, None)


def test_events_of_one_article(dated: KnowledgeBase) -> None:
    page = dated.timeline(TimelineFilter(article="a03"))
    assert names(page.events) == ["Dora"]


def test_search_finds_labels_and_quotes_by_stem_and_beginning(dated: KnowledgeBase) -> None:
    for text in ("crowds roaring", "dora SENA", "“roared”", "leave dora"):
        assert "Dora" in names(dated.timeline(TimelineFilter(text=text)).events), text
    assert names(dated.timeline(TimelineFilter(text="dora waited")).events) == []


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=40)
    | st.sampled_from(
        ['"', "'", "senate OR", "NEAR(", "NOT", "label:dora", "*", "^dora", "a AND b)", "--", "{x}"]
    )
)
def test_no_search_text_is_an_operator_or_an_error(dated: KnowledgeBase, text: str) -> None:
    page = dated.timeline(TimelineFilter(text=text))
    assert page.total == len(page.events) or page.next
    dated.find_entities(text)


def test_facets_count_what_the_timeline_shows(dated: KnowledgeBase) -> None:
    for filter in (*FILTERS, TimelineFilter(salience=0.33), TimelineFilter(article="a01")):
        facets = dated.facets(filter)
        for key in ("action", "entity"):
            for facet in facets[key]:
                narrowed = replace(filter, **{key: facet.value})  # type: ignore[arg-type]
                if getattr(filter, key) is None:
                    assert dated.timeline(narrowed).total == facet.count, (filter, facet)
        counts = [facet.count for facet in facets["action"]]
        assert counts == sorted(counts, reverse=True)


def test_totals_follow_what_comes_and_goes(kb: KnowledgeBase) -> None:
    told = dated_stories()
    put(kb, told)
    put(kb, told, version="2")
    for story in told[:6]:
        kb.remove_article(story.doc_id)
    for filter in FILTERS:
        page = kb.timeline(filter)
        assert page.total == len(page.events)
    view = kb.entity("senate")
    assert view is not None
    assert (view.events, view.articles) == (7, 7)
    assert sum(count for *_, count in view.top_actions) == 7
    assert {ref.name for ref, _ in view.companions} == set(PEOPLE[6:])
    overview = kb.overview()
    assert (overview.articles, overview.events, overview.claims) == (7, 7, 7)
    assert overview.entities == 8


@given(st.text(), st.text(), st.booleans(), st.booleans())
def test_cursors_come_back_as_they_were(sort: str, slug: str, undated: bool, back: bool) -> None:
    try:
        f"{sort}{slug}".encode()
    except UnicodeEncodeError:
        return
    cursor = Cursor(Key(int(undated), sort, slug), back)
    assert Cursor.decode(cursor.encode()) == cursor


@given(st.text(min_size=1) | st.binary(min_size=1).map(lambda data: data.hex()))
def test_a_cursor_that_was_not_given_out_is_refused(text: str) -> None:
    with pytest.raises(CursorError):
        Cursor.decode(text)


def test_a_bad_cursor_or_limit_is_an_error_with_a_reason(dated: KnowledgeBase) -> None:
    with pytest.raises(ValueError, match="no cursor of this list"):
        dated.timeline(TimelineFilter(), "WzEsMiwzXQ")
    with pytest.raises(ValueError, match="at least one"):
        dated.timeline(TimelineFilter(), limit=0)


def test_articles_are_listed_newest_first_by_page(kb: KnowledgeBase) -> None:
    for n, published in enumerate(["2021-01-07", "2021-01-09", None, "2021-01-09", "2020-12-31"]):
        text = f"Story {n} was told."
        put(kb, [Story(f"s{n}", published, "The Courier", text, title=f"Story {n}")])
    seen, cursor = [], None
    while True:
        page = kb.articles(cursor, 2)
        assert page.total == 5
        seen += [ref.slug for ref in page.articles]
        if page.next is None:
            break
        cursor = page.next
    assert seen == ["s3", "s1", "s0", "s4", "s2"]
    assert page.previous is not None
    assert [ref.slug for ref in kb.articles(page.previous, 2).articles] == ["s0", "s4"]


def test_an_empty_knowledge_base_has_empty_pages(tmp_path: Path) -> None:
    with KnowledgeBase.open(tmp_path / "kb", create=True) as kb:
        assert kb.timeline(TimelineFilter()).total == 0
        assert kb.overview().earliest is None
        assert kb.facets(TimelineFilter()) == {"action": (), "entity": ()}
        assert kb.articles().articles == ()
        assert not (kb.event("x") or kb.entity("x") or kb.article("x"))
