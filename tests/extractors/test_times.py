"""Time expressions: what is found, with which type and value, and what is left alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from extractors.extraction import Timex
from extractors.language import parse
from extractors.times import find_timexes, interval

# A Monday.
PUBLISHED = "2021-01-11"


def _find(nlp: Language, text: str, published: str | None = PUBLISHED) -> tuple[Timex, ...]:
    return find_timexes(next(parse(nlp, [text])), published)


def _values(nlp: Language, text: str, published: str | None = PUBLISHED) -> list[tuple[str, str]]:
    return [(text[t.start : t.end], t.value) for t in _find(nlp, text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The treaty was signed on March 5, 2019 in Oslo.", ("March 5, 2019", "2019-03-05")),
        ("The treaty was signed on 5 March 2019 in Oslo.", ("5 March 2019", "2019-03-05")),
        ("She was born on the 2nd of May 1961.", ("the 2nd of May 1961", "1961-05-02")),
        ("The law dates from Sept. '98.", ("Sept. '98", "1998-09")),
        ("The log says 2020-11-30.", ("2020-11-30", "2020-11-30")),
        ("The form is dated 7/8/07.", ("7/8/07", "2007-07-08")),
        ("The form is dated 13/4/1998.", ("13/4/1998", "1998-04-13")),
        ("Sales fell in the third quarter of 2018.", ("the third quarter of 2018", "2018-Q3")),
        ("Sales fell in the first half of 2018.", ("the first half of 2018", "2018-H1")),
        ("Spending doubled in fiscal 2019.", ("fiscal 2019", "FY2019")),
        ("The dam was built in the summer of 1957.", ("the summer of 1957", "1957-SU")),
        ("Rents rose all through the 1990s.", ("the 1990s", "199X")),
        ("Rents rose all through the '80s.", ("the '80s", "198X")),
        ("Trains came in the late 19th century.", ("the late 19th century", "18XX")),
        ("The shop closed on Christmas Eve 2018.", ("Christmas Eve 2018", "2018-12-24")),
        ("They met last Thanksgiving.", ("last Thanksgiving", "2020-11-26")),
        ("The king died in 44 B.C. in Rome.", ("44 B.C.", "BC0044")),
    ],
)
def test_calendar_dates(nlp: Language, text: str, expected: tuple[str, str]) -> None:
    assert _values(nlp, text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The senator resigned on Sunday.", ("Sunday", "2021-01-10")),
        ("The senator will resign on Sunday.", ("Sunday", "2021-01-17")),
        ("The court is scheduled to rule on Thursday.", ("Thursday", "2021-01-14")),
        ("The senator resigned Monday.", ("Monday", "2021-01-11")),
        ("The senator resigned last Friday.", ("last Friday", "2021-01-08")),
        ("They will meet again next Tuesday.", ("next Tuesday", "2021-01-19")),
        ("The ship sank in November.", ("November", "2020-11")),
        ("The ship will sail in November.", ("November", "2021-11")),
        ("The rebels attacked the town on Dec. 28.", ("Dec. 28", "2020-12-28")),
        ("The fair opens on Feb. 3.", ("Feb. 3", "2021-02-03")),
        ("Prices fell last week.", ("last week", "2021-W01")),
        ("Prices fell over the weekend.", ("the weekend", "2021-W01-WE")),
        ("Prices fell last month.", ("last month", "2020-12")),
        ("Prices will fall early next year.", ("early next year", "2022")),
        ("Prices fell in the last quarter.", ("the last quarter", "2020-Q4")),
        ("They married a year ago.", ("a year ago", "2020")),
        ("They married six months ago.", ("six months ago", "2020-07")),
        ("They left two weeks ago.", ("two weeks ago", "2020-W53")),
        ("They left three days ago.", ("three days ago", "2021-01-08")),
        ("Bids are due by the end of the month.", ("the end of the month", "2021-01")),
        ("She spoke yesterday.", ("yesterday", "2021-01-10")),
        ("She is now the mayor.", ("now", "PRESENT_REF")),
        ("She recently moved to Lyon.", ("recently", "PAST_REF")),
        ("No one knows the future.", ("the future", "FUTURE_REF")),
    ],
)
def test_relative_dates_count_from_publication(
    nlp: Language, text: str, expected: tuple[str, str]
) -> None:
    assert _values(nlp, text) == [expected]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The bridge collapsed on Friday night.", "2021-01-08TNI"),
        ("The bridge collapsed last night.", "2021-01-10TNI"),
        ("The bridge collapsed at 10:35 a.m. on Tuesday.", "2021-01-05T10:35"),
        ("The bridge collapsed at 12:05 a.m. on Tuesday.", "2021-01-05T00:05"),
        ("The bridge collapsed at 18:00 UTC on 4 January 2021.", "2021-01-04T18:00Z"),
        ("The bridge collapsed at four o'clock on Tuesday morning.", "2021-01-05T04:00"),
        ("The bridge collapsed at noon on Tuesday.", "2021-01-05T12:00"),
    ],
)
def test_times_of_day(nlp: Language, text: str, value: str) -> None:
    first = _find(nlp, text)[0]
    assert (first.type, first.value) == ("TIME", value)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("The siege lasted three days.", "DURATION", ("three days", "P3D")),
        ("It was a 16-hour flight.", "DURATION", ("16-hour", "PT16H")),
        ("They waited for half an hour.", "DURATION", ("half an hour", "PT30M")),
        ("The tour took 5 1/2 hours.", "DURATION", ("5 1/2 hours", "PT5H30M")),
        ("They fought for twenty-five years.", "DURATION", ("twenty-five years", "P25Y")),
        ("They fought for decades.", "DURATION", ("decades", "PXY")),
        ("They have met every two years.", "SET", ("every two years", "P2Y")),
        ("They meet every Monday.", "SET", ("every Monday", "XXXX-WXX-1")),
        ("They meet twice a week.", "SET", ("twice a week", "P1W")),
        ("The plant loses $3 million a year.", "SET", ("a year", "P1Y")),
    ],
)
def test_durations_and_sets(nlp: Language, text: str, kind: str, expected: tuple[str, str]) -> None:
    (found,) = _find(nlp, text)
    assert (text[found.start : found.end], found.value) == expected
    assert found.type == kind
    assert found.earliest is None
    assert found.latest is None


def test_duration_that_ends_at_publication_has_bounds(nlp: Language) -> None:
    (past,) = _find(nlp, "The site gained a million users in the past two days.")
    (ahead,) = _find(nlp, "Fares will rise over the next six months.")
    assert (past.value, past.earliest, past.latest) == ("P2D", "2021-01-09", "2021-01-11")
    assert (ahead.value, ahead.earliest, ahead.latest) == ("P6M", "2021-01-11", "2021-07-11")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("He was mayor between 2003 and 2006.", ["2003", "2006"]),
        ("The fair ran from Monday to Thursday.", ["2021-01-04", "2021-01-07"]),
        ("The fair was held on April 24 and 25, 2019.", ["2019-04-24", "2019-04-25"]),
        ("He played there in the 2008-09 season.", ["2008", "2009"]),
    ],
)
def test_ranges_give_both_ends(nlp: Language, text: str, values: list[str]) -> None:
    assert [t.value for t in _find(nlp, text)] == values


def test_text_carries_its_own_time(nlp: Language) -> None:
    text = (
        "On June 3, 2015 the river broke its banks. Two days later the army came. "
        "That day the bridge fell. The following year a new one was built."
    )
    assert [t.value for t in _find(nlp, text)] == ["2015-06-03", "2015-06-05", "2015-06-05", "2016"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The senator resigned on Sunday.", "XXXX-WXX-7"),
        ("The senator resigned on Aug. 7.", "XXXX-08-07"),
        ("Prices fell last week.", "XXXX-WXX"),
        ("Prices fell last year.", "XXXX"),
        ("The senator resigned yesterday.", "XXXX-XX-XX"),
        ("Prices fell over the weekend.", "XXXX-WXX-WE"),
        ("Prices fell in the third quarter.", "XXXX-Q3"),
    ],
)
@pytest.mark.parametrize("published", [None, "2021", "2021-01"])
def test_without_a_day_of_publication_nothing_is_grounded(
    nlp: Language, text: str, value: str, published: str | None
) -> None:
    (found,) = _find(nlp, text, published)
    assert (found.value, found.earliest, found.latest) == (value, None, None)


def test_absolute_dates_need_no_publication(nlp: Language) -> None:
    (found,) = _find(nlp, "The treaty was signed on March 5, 2019.", None)
    assert (found.earliest, found.latest, found.precision) == ("2019-03-05", "2019-03-05", "day")


def test_unreadable_publication_date_is_named(nlp: Language) -> None:
    with pytest.raises(ValueError, match=r"'last Tuesday'.*write it as"):
        _find(nlp, "The senator resigned on Sunday.", "last Tuesday")


@pytest.mark.parametrize(
    "text",
    [
        "The meeting set for Feb. 30, 2021 never took place.",
        "The visitors won 2-1 after extra time.",
        "The watch cost $1990 and the chain $2,005.",
        "The firm sold 1998 cars and 2004 trucks.",
        "Theresa May said that she may run again.",
        "April Jones and June Smith march with the workers.",
        "The Sun and USA Today ran the story.",
        "The fall of the city shocked the troops.",
        "A second man came to the door.",
        "The 44-year-old driver and a girl who is six years old were hurt.",
        "He stayed in Room 1998 and took Flight 2010.",
        "Call 555-1998 for help.",
        "In 3912 the machines will rule.",
    ],
)
def test_what_only_looks_like_a_time_gives_no_date(nlp: Language, text: str) -> None:
    assert [t for t in _find(nlp, text) if t.type in ("DATE", "TIME")] == []


@pytest.mark.parametrize(
    "text", ["The lease ends in the year 9999.", "He died in 44 B.C. in Rome."]
)
def test_years_out_of_range_have_no_bounds(nlp: Language, text: str) -> None:
    (found,) = _find(nlp, text)
    assert (found.earliest, found.latest, found.precision) == (None, None, None)


def test_offsets_hold_with_curly_quotes_and_accents(nlp: Language) -> None:
    text = "“Élan” began in Orléans last week, and today’s “fête” – the firm’s – ends at 9 p.m."
    assert [text[t.start : t.end] for t in _find(nlp, text)] == ["last week", "today", "9 p.m."]


_PIECES = st.sampled_from(
    "on in the of last next May March Sun Sunday Feb. 30 31 1998 2-1 $1990 '98 1990s 10:35 25:71 "
    "a.m. GMT two hundred and a half days year ago later B.C. quarter ' \" ( ) - – / % 7/8/07 "
    "2021-02-30 99999999999999999999 twenty dozen weekend every fiscal ٣ é".split()
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pieces=st.lists(_PIECES, min_size=1, max_size=25), published=st.dates().map(str))
def test_any_words_give_sound_expressions(nlp: Language, pieces: list[str], published: str) -> None:
    text = " ".join(pieces)
    found = _find(nlp, text, published)
    for before, after in pairwise(found):
        assert before.end <= after.start
    for timex in found:
        assert text[timex.start : timex.end].strip() == text[timex.start : timex.end] != ""
        assert timex.value
        if timex.type in ("DATE", "TIME") and timex.precision not in ("approximate", "interval"):
            assert (timex.earliest, timex.latest, timex.precision) == interval(timex.value)
        if timex.earliest is not None and timex.latest is not None:
            assert timex.earliest <= timex.latest
