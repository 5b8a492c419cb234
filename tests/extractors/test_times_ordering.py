"""What comes first: order from connectives and tense, free of contradiction, and what follows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from extractors.articles import Article
from extractors.extraction import Extraction, Time
from extractors.language import parse
from extractors.pipeline import Extractor
from extractors.times.allen import BEFORE, Network
from extractors.times.ordering import Order, consistent, find_order, placed

# A Monday.
PUBLISHED = "2021-01-11"


def _order(nlp: Language, text: str, *triggers: str) -> list[tuple[str, str, str]]:
    doc = next(parse(nlp, [text]))
    indices = [next(t.i for t in doc if t.text == word) for word in triggers]
    found = find_order(doc, indices)
    return [(one.type, doc[one.source].text, doc[one.target].text) for one in found]


@pytest.mark.parametrize(
    ("text", "triggers", "order"),
    [
        (
            "The bridge fell after the river rose.",
            ("fell", "rose"),
            ("before", "rose", "fell"),
        ),
        (
            "The crew left before the ship sank.",
            ("left", "sank"),
            ("before", "left", "sank"),
        ),
        (
            "The bridge fell after the flood.",
            ("fell", "flood"),
            ("before", "flood", "fell"),
        ),
        (
            "The crowd sang while the band marched.",
            ("sang", "marched"),
            ("simultaneous", "marched", "sang"),
        ),
        (
            "The minister resigned during the inquiry.",
            ("resigned", "inquiry"),
            ("includes", "inquiry", "resigned"),
        ),
        (
            "The mayor said that the bridge had collapsed.",
            ("said", "collapsed"),
            ("before", "collapsed", "said"),
        ),
        (
            "The mayor said that the bridge would reopen.",
            ("said", "reopen"),
            ("before", "said", "reopen"),
        ),
        (
            "The agency planned to launch the rocket.",
            ("planned", "launch"),
            ("before", "planned", "launch"),
        ),
    ],
)
def test_order_is_read_from_connectives_and_tense(
    nlp: Language, text: str, triggers: tuple[str, ...], order: tuple[str, str, str]
) -> None:
    assert _order(nlp, text, *triggers) == [order]


def test_the_weakest_relation_of_a_circle_is_dropped() -> None:
    circle = [
        Order("before", 1, 2, 0.9),
        Order("before", 2, 3, 0.8),
        Order("before", 3, 1, 0.6),
    ]
    assert consistent(circle, {}) == circle[:2]


def test_times_that_exclude_each_other_outweigh_words() -> None:
    times = {1: Time("2021-01-09", "2021-01-09"), 2: Time("2021-01-04", "2021-01-04")}
    assert consistent([Order("before", 1, 2)], times) == []
    assert consistent([Order("before", 2, 1)], times) == [Order("before", 2, 1)]


_ORDERS = st.lists(
    st.builds(
        Order,
        st.sampled_from(["before", "after", "includes", "simultaneous"]),
        st.integers(0, 7),
        st.integers(0, 7),
        st.sampled_from([0.5, 0.7, 0.9]),
    ),
    max_size=30,
)


@given(_ORDERS)
def test_what_is_kept_has_no_circle_and_a_pair_is_related_once(orders: list[Order]) -> None:
    kept = consistent(orders, {})
    assert len({frozenset((one.source, one.target)) for one in kept}) == len(kept)
    network: Network[int] = Network()
    for one in kept:
        if one.type == "before":
            assert network.add(one.source, one.target, BEFORE)
    assert set(kept) <= set(orders)


@given(_ORDERS, st.lists(st.dates(), min_size=8, max_size=8))
def test_narrowing_never_makes_an_interval_empty(orders: list[Order], days: list[object]) -> None:
    times = {
        n: Time(str(day), str(day)) if n % 2 else Time(None, "2100-01-01", grounding="publication")
        for n, day in enumerate(days)
    }
    for n, time in placed(consistent(orders, times), times, "2100-01-01").items():
        assert time is not None
        if n % 2:
            assert time == times[n]
        elif time.earliest is not None and time.latest is not None:
            assert time.earliest <= time.latest


def _extract(text: str) -> Extraction:
    return Extractor().extract(Article("one", text, "A title", PUBLISHED))


def _time(extraction: Extraction, word: str) -> Time | None:
    text = extraction.text
    return next(e.time for e in extraction.events if text[e.trigger.start : e.trigger.end] == word)


def test_an_event_is_placed_by_what_comes_after_it() -> None:
    extraction = _extract(
        "The firm sacked the clerk before he sued the owner on January 5, 2021 in Oslo."
    )
    time = _time(extraction, "sacked")
    assert time is not None
    assert (time.earliest, time.latest, time.grounding) == (None, "2021-01-05", "order")


def test_a_plan_lies_before_what_is_planned() -> None:
    extraction = _extract("On Friday the firm promised to rebuild the quay.")
    promised, rebuild = _time(extraction, "promised"), _time(extraction, "rebuild")
    assert promised is not None
    assert rebuild is not None
    assert (promised.earliest, promised.latest) == ("2021-01-08", "2021-01-08")
    assert (rebuild.earliest, rebuild.latest, rebuild.grounding) == ("2021-01-08", None, "order")


def test_events_placed_by_order_alone_are_less_sure() -> None:
    extraction = _extract("The firm sacked the clerk before he sued the owner on Friday.")
    by_word = {extraction.text[e.trigger.start : e.trigger.end]: e for e in extraction.events}
    assert by_word["sacked"].confidence < by_word["sued"].confidence
