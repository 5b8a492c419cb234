"""Which time an event gets, over the constructions of news prose."""

from __future__ import annotations

import pytest
from spacy.language import Language

from extractors.extraction import Time
from extractors.language import parse
from extractors.times import anchor, find_timexes

# A Monday.
PUBLISHED = "2021-01-11"
Bounds = tuple[str | None, str | None]


def _anchor(
    nlp: Language, text: str, *triggers: str, published: str | None = PUBLISHED
) -> list[Time | None]:
    doc = next(parse(nlp, [text]))
    indices = [next(t.i for t in doc if t.text == word) for word in triggers]
    return anchor(doc, indices, find_timexes(doc, published), published)


def _bounds(nlp: Language, text: str, *triggers: str) -> list[Bounds | None]:
    return [(t.earliest, t.latest) if t else None for t in _anchor(nlp, text, *triggers)]


LAST_WEEK = ("2021-01-04", "2021-01-10")
SUNDAY = ("2021-01-10", "2021-01-10")
BEFORE_PUBLICATION = (None, "2021-01-11")
GOES_ON = (None, None)


@pytest.mark.parametrize(
    ("text", "trigger", "bounds"),
    [
        ("The ministry closed the border last week.", "closed", LAST_WEEK),
        ("On Sunday the ministry closed the border.", "closed", SUNDAY),
        ("Drivers complained over the weekend.", "complained", ("2021-01-09", "2021-01-10")),
        ("The app gained users in the past two days.", "gained", ("2021-01-09", "2021-01-11")),
        ("The bank has been closed since Friday.", "closed", ("2021-01-08", "2021-01-11")),
        ("He ran the bank until 2016.", "ran", (None, "2016-12-31")),
        ("He ran the bank between 2003 and 2006.", "ran", ("2003-01-01", "2006-12-31")),
        ("The club has grown since its founding in 1990.", "grown", ("1990-01-01", "2021-01-11")),
        ("The ship will leave on Friday.", "leave", ("2021-01-15", "2021-01-15")),
        ("The city mourned after the violence last week.", "violence", LAST_WEEK),
        ("Lawmakers spoke of last week's attack.", "attack", LAST_WEEK),
        ("The bridge fell at 10:35 a.m. on Sunday.", "fell", ("2021-01-10T10:35",) * 2),
        ("Shortly before 4 a.m. on Sunday the house voted.", "voted", SUNDAY),
        ("The house will vote in two weeks.", "vote", ("2021-01-25", "2021-01-31")),
        ("The firm will pay within three months.", "pay", ("2021-01-11", "2021-04-11")),
        ("He joined more than ten years ago.", "joined", (None, "2011-12-31")),
        ("The store sold more this week.", "sold", ("2021-01-11", "2021-01-11")),
    ],
)
def test_time_beside_its_event(nlp: Language, text: str, trigger: str, bounds: Bounds) -> None:
    assert _bounds(nlp, text, trigger) == [bounds]


@pytest.mark.parametrize(
    ("text", "triggers", "bounds"),
    [
        (
            "The mayor said on Sunday that the bridge had collapsed.",
            ("said", "collapsed"),
            [SUNDAY, (None, "2021-01-10")],
        ),
        (
            "Police said Sunday they arrested the driver on Friday.",
            ("said", "arrested"),
            [SUNDAY, ("2021-01-08", "2021-01-08")],
        ),
        (
            "Speaking to reporters on Sunday, the mayor said that two firms quit.",
            ("Speaking", "said"),
            [SUNDAY, SUNDAY],
        ),
        (
            "The firm fired him on Sunday and sued his brother.",
            ("fired", "sued"),
            [SUNDAY, SUNDAY],
        ),
        (
            "The shop closed after the council cut its grant last week.",
            ("cut", "closed"),
            [LAST_WEEK, ("2021-01-04", "2021-01-11")],
        ),
        (
            "Last week investigators charged a man who robbed a bank in 2016.",
            ("charged", "robbed"),
            [LAST_WEEK, ("2016-01-01", "2016-12-31")],
        ),
        (
            "The agency plans to launch the rocket on Friday.",
            ("plans", "launch"),
            [GOES_ON, ("2021-01-15", "2021-01-15")],
        ),
        (
            "The 2016 bombing that killed nine people shocked the country.",
            ("bombing", "killed"),
            [("2016-01-01", "2016-12-31")] * 2,
        ),
    ],
)
def test_each_event_of_a_sentence_gets_its_own_time(
    nlp: Language, text: str, triggers: tuple[str, ...], bounds: list[Bounds | None]
) -> None:
    assert _bounds(nlp, text, *triggers) == bounds


def test_days_after_an_event_put_it_some_days_back(nlp: Language) -> None:
    text = "The host shut the forum down just days after rioters burned the town hall."
    shut, burned = _bounds(nlp, text, "shut", "burned")
    assert shut == BEFORE_PUBLICATION
    assert burned == ("2021-01-04", "2021-01-10")


def test_the_day_after_another_event(nlp: Language) -> None:
    text = "The app was dropped on Friday, the day after the site had banned him."
    assert _bounds(nlp, text, "banned") == [("2021-01-07", "2021-01-07")]


def test_counted_days_after_an_event_with_a_known_day(nlp: Language) -> None:
    text = "The host shut the forum down on Sunday, two days after rioters burned the hall."
    assert _bounds(nlp, text, "burned") == [("2021-01-08", "2021-01-08")]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The court has banned the party.", "banned"),
        ("The court banned the party.", "banned"),
        ("The party, banned by the court, has no seats.", "banned"),
        ("The judge appears to have banned the party.", "banned"),
        ("Court bans party over funding", "bans"),
    ],
)
def test_what_has_happened_lies_before_publication(nlp: Language, text: str, trigger: str) -> None:
    (time,) = _anchor(nlp, text, trigger)
    assert time == Time(None, "2021-01-11", grounding="publication")


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The court would ban the party if it could.", "ban"),
        ("The court said it would ban the party.", "ban"),
        ("The court wants to ban the party.", "ban"),
        ("If the court bans the party, its leader will quit.", "bans"),
        ("The court might ban the party.", "ban"),
    ],
)
def test_what_lies_ahead_is_left_open(nlp: Language, text: str, trigger: str) -> None:
    assert _bounds(nlp, text, trigger) == [None]


@pytest.mark.parametrize(
    "text", ["The court will ban the party.", "The mayor said that the court will ban the party."]
)
def test_what_will_happen_lies_after_publication(nlp: Language, text: str) -> None:
    (time,) = _anchor(nlp, text, "ban")
    assert time == Time("2021-01-11", None, grounding="publication")


def test_what_is_said_in_the_present_has_been_said(nlp: Language) -> None:
    assert _bounds(nlp, "The firm says that it owns the quay.", "says", "owns") == [
        BEFORE_PUBLICATION,
        GOES_ON,
    ]


def test_headlines_tell_what_has_happened(nlp: Language) -> None:
    text = (
        "Harbour operator drops ferry line after report\n\n"
        "The operator runs four lines. It owns the quay.\n"
    )
    assert _bounds(nlp, text, "drops", "runs", "owns") == [BEFORE_PUBLICATION, GOES_ON, GOES_ON]


def test_time_to_come_is_not_that_of_what_has_been_decided(nlp: Language) -> None:
    text = "The league extended its deadline until Friday."
    assert _bounds(nlp, text, "extended") == [BEFORE_PUBLICATION]


def test_without_publication_only_absolute_times_bound_an_event(nlp: Language) -> None:
    text = "The firm closed in March 2019 and its owner left town last week."
    closed, left = _anchor(nlp, text, "closed", "left", published=None)
    assert closed is not None
    assert (closed.earliest, closed.latest) == ("2019-03-01", "2019-03-31")
    assert left is None or left.earliest != "2021-01-04"


def test_time_names_the_words_that_it_rests_on(nlp: Language) -> None:
    text = "The ministry closed the border last week."
    (time,) = _anchor(nlp, text, "closed")
    assert time is not None
    assert time.start is not None
    assert text[time.start : time.end] == "last week"
    assert (time.value, time.precision, time.grounding) == ("2021-W01", "week", "expression")


@pytest.mark.parametrize(
    ("text", "trigger", "bounds"),
    [
        # From the event told before, where the text names no day.
        (
            "The mayor resigned last week. The following day, prosecutors charged her.",
            "charged",
            ("2021-01-05", "2021-01-11"),
        ),
        (
            "The app was deleted two days after the riot on 6 January. The next day it sued.",
            "sued",
            ("2021-01-09", "2021-01-09"),
        ),
        # So long after, or before, another event.
        (
            "The app was deleted two days after the riot on 6 January.",
            "deleted",
            ("2021-01-08", "2021-01-08"),
        ),
        (
            "The boy was found a week after he vanished on Jan. 2.",
            "found",
            ("2021-01-09", "2021-01-09"),
        ),
        (
            "Three weeks before the election in November 2020, the mayor resigned.",
            "resigned",
            ("2020-10-11", "2020-11-09"),
        ),
        (
            "She quit weeks after the merger in May 2019.",
            "quit",
            ("2019-05-08", "2019-07-05"),
        ),
        (
            "He was born the day after the war ended on 8 May 1945.",
            "born",
            ("1945-05-09", "1945-05-09"),
        ),
        # An end that is told, and a stretch of working days.
        (
            "It will take six aircraft from 2024 to 2026.",
            "take",
            ("2024-01-01", "2026-12-31"),
        ),
        ("The index fell for the past five trading days.", "fell", ("2021-01-04", "2021-01-11")),
        # A part of a year.
        ("Wages fell in early 2019.", "fell", ("2019-01-01", "2019-04-30")),
    ],
)
def test_times_counted_from_events(nlp: Language, text: str, trigger: str, bounds: Bounds) -> None:
    others = [
        w for w in ("resigned", "deleted", "riot", "vanished", "election", "ended") if w in text
    ]
    events = [trigger, *(word for word in (*others, "merger") if word != trigger and word in text)]
    assert _bounds(nlp, text, *events)[0] == bounds


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The firm sells tea in Kenya.", "sells"),
        ("Police are looking for a suspect.", "looking"),
        ("The bridge is being built.", "built"),
        ("She does not sell tea.", "sell"),
    ],
)
def test_what_goes_on_holds_at_publication(nlp: Language, text: str, trigger: str) -> None:
    (time,) = _anchor(nlp, text, trigger)
    assert time is not None
    assert (time.earliest, time.latest, time.holds) == (None, None, PUBLISHED)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("If the firm sells tea, it pays taxes.", "sells"),
        ("The firm has sold tea.", "sold"),
        ("The firm may sell tea.", "sell"),
        ("The firm sold tea.", "sold"),
        ("The firm opens a shop on Friday.", "opens"),
        ("Firm buys rival", "buys"),
    ],
)
def test_what_does_not_go_on_does_not_hold(nlp: Language, text: str, trigger: str) -> None:
    (time,) = _anchor(nlp, text, trigger)
    assert time is None or time.holds is None
