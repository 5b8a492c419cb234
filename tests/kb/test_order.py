"""Events of one day stand on a timeline in the order in which they happened."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.extraction import Precision
from kb.knowledge_base import KnowledgeBase
from kb.order import positions
from kb.records import ClaimRecord
from kb.views import TimelineFilter
from tests.kb.building import Reader, Story

DAY: tuple[str, str, Precision] = ("2021-01-08", "2021-01-08", "day")


def _claim(name: str, start: int, before: tuple[str, ...] = ()) -> ClaimRecord:
    return ClaimRecord(
        name, start, start + 1, 0, "", "", "Action", "", "positive", "asserted", None, None, None,
        None, None, None, None, False, 0.5, 0.5, (), (), before,
    )  # fmt: skip


def test_what_came_first_stands_first_and_the_rest_as_told() -> None:
    claims = [_claim("a", 0), _claim("b", 10), _claim("c", 20, ("a",)), _claim("d", 30)]
    assert positions(claims) == {"b": 0, "c": 1, "a": 2, "d": 3}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=25))
def test_every_claim_gets_a_place_and_each_before_is_kept(pairs: list[tuple[int, int]]) -> None:
    forward = {(min(p), max(p)) for p in pairs if p[0] != p[1]}
    claims = [_claim(str(n), 9 - n, tuple(str(b) for a, b in forward if a == n)) for n in range(10)]
    found = positions(claims)
    assert sorted(found.values()) == list(range(10))
    assert all(found[str(a)] < found[str(b)] for a, b in forward)


def test_a_circle_does_not_hang() -> None:
    claims = [_claim("a", 0, ("b",)), _claim("b", 1, ("a",))]
    assert positions(claims) == {"a": 0, "b": 1}


def _labels(path: Path, story: Story) -> list[str]:
    with KnowledgeBase.open(path / "kb", create=True) as kb:
        list(kb.ingest([story.article()], Reader([story])))
        return [event.label for event in kb.timeline(TimelineFilter()).events]


@pytest.mark.parametrize("sank", [DAY, (None, "2021-01-08", "interval")])
def test_the_timeline_follows_the_order_that_an_article_tells(
    tmp_path: Path, sank: tuple[str | None, str, Precision]
) -> None:
    story = (
        Story("ferry", "2021-01-11", "Harbour News", "The board met. The mayor wept after it sank.")
        .event("met", "Meet", "Board meets", when=DAY)
        .event("wept", "Action", "Mayor weeps", when=DAY)
        .event("sank", "Action", "Ferry sinks", when=sank)
        .link("before", 3, 2)
    )
    assert _labels(tmp_path, story) == ["Board meets", "Ferry sinks", "Mayor weeps"]


def test_a_filter_up_to_a_day_takes_in_what_is_only_known_to_lie_before_its_end(
    tmp_path: Path,
) -> None:
    story = Story("one", "2021-01-08", None, "The board met.").event(
        "met", "Meet", "Board meets", when=(None, "2021-01-08", None)
    )
    with KnowledgeBase.open(tmp_path / "kb", create=True) as kb:
        list(kb.ingest([story.article()], Reader([story])))
        until = kb.timeline(TimelineFilter(date_to="2021-01-08")).events
        before = kb.timeline(TimelineFilter(date_to="2021-01-07")).events
    assert (len(until), len(before)) == (1, 0)
