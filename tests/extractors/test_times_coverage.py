"""The breadth of the tagger: what the guidelines and news prose ask for, and what must be left."""

from __future__ import annotations

from calendar import month_name
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from extractors.language import parse
from extractors.times import find_timexes, interval
from extractors.times.narrowing import narrowed

# A Monday.
PUBLISHED = "2021-01-11"
Found = list[tuple[str, str]]


def _values(nlp: Language, text: str, published: str | None = PUBLISHED) -> Found:
    found = find_timexes(next(parse(nlp, [text])), published)
    return [(text[t.start : t.end], t.value) for t in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Profit for the quarter was $3 million.", [("the quarter", "2020-Q4")]),
        ("Profit rose in the latest quarter.", [("the latest quarter", "2020-Q4")]),
        ("Sales fell in Q3 2020.", [("Q3 2020", "2020-Q3")]),
        ("Sales fell in the 2019 fourth quarter.", [("the 2019 fourth quarter", "2019-Q4")]),
        (
            "In the third quarter of 2019 it lost $2 million, against $1 million a year earlier.",
            [("the third quarter of 2019", "2019-Q3"), ("a year earlier", "2018-Q3")],
        ),
        (
            "Profit in the third quarter of 2019 beat that of the year-earlier quarter.",
            [("the third quarter of 2019", "2019-Q3"), ("the year-earlier quarter", "2018-Q3")],
        ),
        (
            "Sales in the third quarter of fiscal 2020 fell.",
            [("the third quarter of fiscal 2020", "FY2020-Q3")],
        ),
        (
            "Costs rose in the first nine months of 2020.",
            [("the first nine months", "P9M"), ("2020", "2020")],
        ),
        ("Sales fell in the last quarter of 2019.", [("the last quarter of 2019", "2019-Q4")]),
        ("Shares have lost a third in the year to date.", [("the year to date", "2021")]),
        ("Stocks recovered by year-end.", [("year-end", "2020")]),
    ],
)
def test_business_periods(nlp: Language, text: str, found: Found) -> None:
    assert _values(nlp, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rents rose all through the 1990's.", [("the 1990's", "199X")]),
        ("Canals were dug in the 1700s.", [("the 1700s", "17XX")]),
        ("Rome grew rich in the first century B.C.", [("the first century B.C.", "BC00XX")]),
        ("It rained in the mid-'80s.", [("the mid-'80s", "198X")]),
        ("Music changed in the sixties.", [("the sixties", "196X")]),
        ("Work began in mid-2018.", [("mid-2018", "2018")]),
        ("Work began in early spring.", [("early spring", "2020-SP")]),
        ("It was warm last winter.", [("last winter", "2019-WI")]),
        ("They will meet next Christmas.", [("next Christmas", "2021-12-25")]),
        ("They met over Labor Day weekend.", [("Labor Day weekend", "2020-W36-WE")]),
        ("He played there in 2019/20.", [("2019", "2019"), ("20", "2020")]),
        ("They mourned the dead of the Sept. 11 attacks.", [("Sept. 11", "2001-09-11")]),
    ],
)
def test_years_seasons_and_feasts(nlp: Language, text: str, found: Found) -> None:
    assert _values(nlp, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They voted on the 5th.", [("the 5th", "2021-01-05")]),
        ("They voted on the 15th of last month.", [("the 15th of last month", "2020-12-15")]),
        ("They voted on the fifth of January.", [("the fifth of January", "2021-01-05")]),
        ("They voted on Tuesday 5th.", [("Tuesday 5th", "2021-01-05")]),
        ("They voted on Jan. 5, this year.", [("Jan. 5, this year", "2021-01-05")]),
        (
            "They voted on the first Monday in October.",
            [("the first Monday in October", "2020-10-05")],
        ),
        (
            "They voted on the last day of March 2019.",
            [("the last day of March 2019", "2019-03-31")],
        ),
        (
            "They voted in the first week of March 2019.",
            [("the first week of March 2019", "2019-W10")],
        ),
        (
            "They voted in the last week of December.",
            [("the last week of December", "2020-W53")],
        ),
        (
            "They voted in the week ending January 9.",
            [("the week ending January 9", "2021-W01")],
        ),
        ("They voted a week ago today.", [("a week ago today", "2021-01-04")]),
        ("They voted a week ago Sunday.", [("a week ago Sunday", "2021-01-03")]),
        ("They voted two years ago this week.", [("two years ago this week", "2019-W02")]),
        ("They will vote a year from now.", [("a year from now", "2022")]),
        ("They will vote in ten years' time.", [("ten years' time", "2031")]),
        ("They will vote this coming Saturday.", [("this coming Saturday", "2021-01-16")]),
        ("They will vote a week on Friday.", [("a week on Friday", "2021-01-22")]),
        ("They will vote in December.", [("December", "2021-12")]),
        ("They voted last week on Monday.", [("last week on Monday", "2021-01-04")]),
        ("That Friday they voted.", [("That Friday", "2021-01-08")]),
        (
            "The shop opens at 9 a.m. each day.",
            [("9 a.m.", "XXXX-XX-XXT09:00"), ("each day", "P1D")],
        ),
        ("She was born on a Friday.", [("a Friday", "XXXX-WXX-5")]),
        (
            "The fair opens on May 11, three days later than planned.",
            [("May 11", "2021-05-11"), ("three days", "P3D")],
        ),
    ],
)
def test_days_and_what_they_are_counted_from(nlp: Language, text: str, found: Found) -> None:
    assert _values(nlp, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It came at ten minutes to three.", [("ten minutes to three", "2021-01-11T02:50")]),
        ("It came at twenty after twelve.", [("twenty after twelve", "2021-01-11T12:20")]),
        ("It came at half past noon.", [("half past noon", "2021-01-11T12:30")]),
        ("It came at eleven in the morning.", [("eleven in the morning", "2021-01-11T11:00")]),
        ("It came at dawn on Saturday.", [("dawn on Saturday", "2021-01-09TMO")]),
        ("It came late last night.", [("late last night", "2021-01-10TNI")]),
        ("It snowed overnight.", [("overnight", "2021-01-10TNI")]),
        (
            "It came on the morning of December 7.",
            [("the morning of December 7", "2020-12-07TMO")],
        ),
        (
            "The mill burned on Friday. A guard left at 6 a.m. ten days before the fire.",
            [("Friday", "2021-01-08"), ("6 a.m.", "XXXX-XX-XXT06:00"), ("ten days", "P10D")],
        ),
        ("It came shortly after midnight.", [("midnight", "2021-01-11T00:00")]),
        (
            "It went down at 2:00 AM PST, January 11.",
            [("2:00 AM PST, January 11", "2021-01-11T02:00")],
        ),
        ("It came at 1700 GMT on Friday.", [("1700 GMT on Friday", "2021-01-08T17:00Z")]),
    ],
)
def test_parts_of_the_day(nlp: Language, text: str, found: Found) -> None:
    assert _values(nlp, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It took an hour and 20 minutes.", [("an hour and 20 minutes", "PT1H20M")]),
        ("It took three months and two days.", [("three months and two days", "P3M2D")]),
        ("It took hours.", [("hours", "PTXH")]),
        ("It took nearly three years.", [("nearly three years", "P3Y")]),
        ("It took at least a month.", [("at least a month", "P1M")]),
        ("A two-and-a-half-year inquiry ended.", [("two-and-a-half-year", "P2.5Y")]),
        ("They meet every summer.", [("every summer", "XXXX-SU")]),
        ("They meet every Christmas.", [("every Christmas", "XXXX-12-25")]),
        ("They meet on Monday mornings.", [("Monday mornings", "XXXX-WXX-1TMO")]),
        ("They meet every other week.", [("every other week", "P2W")]),
        ("They meet twice-weekly.", [("twice-weekly", "P1W")]),
    ],
)
def test_lengths_and_repetitions(nlp: Language, text: str, found: Found) -> None:
    assert _values(nlp, text) == found


@pytest.mark.parametrize(
    ("text", "value", "bounds"),
    [
        ("The calendar changed in September 1752.", "1752-09", ("1752-09-01", "1752-09-30")),
        ("The lease ends on December 31, 9999.", "9999-12-31", (None, None)),
        ("Caesar died in 44 B.C. in Rome.", "BC0044", (None, None)),
        ("Pompeii was buried in A.D. 79.", "0079", ("0079-01-01", "0079-12-31")),
        ("She left in '45.", "1945", ("1945-01-01", "1945-12-31")),
        ("She left in '15.", "2015", ("2015-01-01", "2015-12-31")),
    ],
)
def test_far_and_short_years(
    nlp: Language, text: str, value: str, bounds: tuple[str | None, str | None]
) -> None:
    (found,) = find_timexes(next(parse(nlp, [text])), PUBLISHED)
    assert (found.value, (found.earliest, found.latest)) == (value, bounds)


def test_a_part_of_a_year_keeps_its_place_in_the_calendar(nlp: Language) -> None:
    (part, _) = find_timexes(
        next(parse(nlp, ["Costs rose in the last three months of 2020."])), PUBLISHED
    )
    assert (part.earliest, part.latest) == ("2020-10-01", "2020-12-31")


@pytest.mark.parametrize(
    ("text", "mod"),
    [
        ("Work began in early 2019.", "START"),
        ("Work began in mid-2018.", "MID"),
        ("Work began in the late 19th century.", "END"),
        ("Work began late last year.", "END"),
        ("Work ends early next week.", "START"),
        ("Bids are due by the end of the month.", "END"),
        ("They left late last night.", "END"),
        ("They left about two years ago.", "APPROX"),
        ("The chapel was built around 1990.", "APPROX"),
        ("It took more than a year.", "MORE_THAN"),
        ("It took at least three days.", "EQUAL_OR_MORE"),
        ("It took nearly three days.", "LESS_THAN"),
        ("It took three days.", None),
    ],
)
def test_modifiers_are_kept(nlp: Language, text: str, mod: str | None) -> None:
    (found,) = find_timexes(next(parse(nlp, [text])), PUBLISHED)
    assert found.mod == mod


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("They married about 20 years ago.", ("1999-01-11", "2003-01-11", "approximate")),
        ("They married a decade ago.", ("2010-01-11", "2012-01-11", "approximate")),
        ("They married more than ten years ago.", (None, "2011-12-31", "interval")),
        ("They married almost two years ago.", ("2019-01-11", "2021-01-11", "interval")),
        ("They married two years ago.", ("2019-01-01", "2019-12-31", "year")),
        ("The chapel was built around 1990.", ("1988-01-01", "1992-12-31", "approximate")),
    ],
)
def test_what_is_told_loosely_is_not_made_exact(
    nlp: Language, text: str, bounds: tuple[str | None, str | None, str]
) -> None:
    (found,) = find_timexes(next(parse(nlp, [text])), PUBLISHED)
    assert (found.earliest, found.latest, found.precision) == bounds


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("Work began in early 2019.", ("2019-01-01", "2019-04-30")),
        ("Work began in mid-2018.", ("2018-05-01", "2018-08-31")),
        ("Work began late last year.", ("2020-09-01", "2020-12-31")),
        ("Work began late in 2019.", ("2019-09-01", "2019-12-31")),
        ("Work began in early December.", ("2020-12-01", "2020-12-11")),
        ("Work began in the late 1990s.", ("1996-01-01", "1999-12-31")),
        ("Work began in the early 19th century.", ("1800-01-01", "1839-12-31")),
        ("Work will begin early next week.", ("2021-01-18", "2021-01-20")),
        ("Work began in the middle of 2018.", ("2018-05-01", "2018-08-31")),
        ("Work began earlier this year.", ("2021-01-01", "2021-01-11")),
        ("Work will begin later this month.", ("2021-01-11", "2021-01-31")),
        ("Work will begin later this week.", ("2021-01-11", "2021-01-17")),
        ("Work began on Sunday.", ("2021-01-10", "2021-01-10")),
    ],
)
def test_a_part_of_a_stretch_is_narrower(nlp: Language, text: str, bounds: tuple[str, str]) -> None:
    (found,) = find_timexes(next(parse(nlp, [text])), PUBLISHED)
    assert (found.earliest, found.latest) == bounds


def test_later_in_a_year_begins_with_what_was_told(nlp: Language) -> None:
    text = "She was elected on 3 March 2019 and resigned later that year."
    later = find_timexes(next(parse(nlp, [text])), PUBLISHED)[-1]
    assert (later.value, later.earliest, later.latest) == ("2019", "2019-03-03", "2019-12-31")


@given(
    value=st.sampled_from(["2019", "2019-02", "199X", "18XX", "2020-W07", "2021-Q3", "2020-H1"]),
    mod=st.sampled_from(["START", "MID", "END"]),
)
def test_thirds_lie_inside_and_cover_the_whole(value: str, mod: str) -> None:
    whole = interval(value)
    first, last, _ = narrowed(whole, mod)
    assert whole[0] is not None and whole[1] is not None
    assert first is not None and last is not None
    assert whole[0] <= first <= last <= whole[1]
    parts = [narrowed(whole, one) for one in ("START", "MID", "END")]
    days = [(date.fromisoformat(str(a)), date.fromisoformat(str(b))) for a, b, _ in parts]
    assert all(later[0] <= before[1] + timedelta(days=1) for before, later in pairwise(days))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Profit for the quarter ended March 31 rose.", [("the quarter", "2020-Q1")]),
        ("Profit for the quarter that ended Dec. 26 rose.", [("the quarter", "2020-Q4")]),
        ("Profit in the nine months ended Sept. 30 rose.", [("the nine months", "P9M")]),
        ("Profit rose in the fiscal year ended June 30.", [("the fiscal year", "FY2020")]),
        ("Profit rose in the year ended Dec. 31, 2019.", [("the year", "2019")]),
    ],
)
def test_what_ended_on_a_day_lies_behind(nlp: Language, text: str, found: Found) -> None:
    for published in ("2021-01-11", "2021-01-29"):
        assert _values(nlp, text, published)[:1] == found


@pytest.mark.parametrize(
    ("text", "value", "bounds"),
    [
        ("Shares fell in the past five trading days.", "P5D", ("2021-01-04", "2021-01-11")),
        ("Sales will double in the next two full years.", "P2Y", ("2021-01-11", "2023-01-11")),
        ("He has been in the capital for the last week.", "P1W", ("2021-01-04", "2021-01-11")),
        ("Prices have doubled in the last year.", "P1Y", ("2020-01-11", "2021-01-11")),
        ("Sales fell for three straight years.", "P3Y", (None, None)),
    ],
)
def test_lengths_of_days_of_a_kind(
    nlp: Language, text: str, value: str, bounds: tuple[str | None, str | None]
) -> None:
    (found,) = find_timexes(next(parse(nlp, [text])), PUBLISHED)
    assert (found.type, found.value) == ("DURATION", value)
    assert (found.earliest, found.latest) == bounds


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Sales fell in the first quarter.", "2020-Q1"),
        ("Sales will rise in the first quarter.", "2021-Q1"),
        ("The company forecast first-quarter sales of $2 billion.", "2021-Q1"),
        ("It snowed in March.", "2020-03"),
        ("The union called a strike for March.", "2021-03"),
        ("The first half of the year was better.", "2020-H1"),
        ("It earned more in FY2019.", "FY2019"),
    ],
)
def test_periods_told_have_mostly_passed(nlp: Language, text: str, value: str) -> None:
    assert [found for _, found in _values(nlp, text)] == [value]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The shop was shut between 8 and 10 p.m. on Friday.",
            [("8", "2021-01-08T20:00"), ("10 p.m. on Friday", "2021-01-08T22:00")],
        ),
        (
            "The shop was open from 9 to 5 p.m. on Friday.",
            [("9", "2021-01-08T09:00"), ("5 p.m. on Friday", "2021-01-08T17:00")],
        ),
        ("He said that Friday was cold.", [("Friday", "2021-01-08")]),
        ("He called in the '30s.", [("the '30s", "193X")]),
        ("He married half a century ago.", [("half a century ago", "1971")]),
        ("Sales for the current quarter fell.", [("the current quarter", "2021-Q1")]),
        ("It rained in the month of May 2019.", [("the month of May 2019", "2019-05")]),
        ("They met in the week beginning Jan. 4.", [("the week beginning Jan. 4", "2021-W01")]),
        ("It could take as long as a month.", [("a month", "P1M")]),
        ("They signed after weeks of talks.", [("weeks", "PXW")]),
        ("It has been a year since the storm.", [("a year", "P1Y")]),
        ("He was president (1990-1995).", [("1990", "1990"), ("1995", "1995")]),
    ],
)
def test_more_of_what_news_writes(nlp: Language, text: str, found: Found) -> None:
    assert _values(nlp, text) == found


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    month=st.integers(1, 12),
    day=st.integers(29, 40),
    year=st.integers(1000, 2199),
    american=st.booleans(),
)
def test_only_days_that_exist_are_stored(
    nlp: Language, month: int, day: int, year: int, american: bool
) -> None:
    name = month_name[month]
    written = f"{name} {day}, {year}" if american else f"{day} {name} {year}"
    values = [value for _, value in _values(nlp, f"The dam broke on {written} at night.")]
    try:
        expected = date(year, month, day).isoformat()
    except ValueError:
        assert not any(value.startswith(f"{year}-{month:02d}-") for value in values)
    else:
        assert expected in values


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    amount=st.integers(1900, 2050),
    frame=st.sampled_from(
        [
            "The lamp cost ${}.",
            "The lamp cost £{} in the end.",
            "They sold {} cars.",
            "He drives a Boeing {}.",
            "She waited in room {}.",
            "The vote was {}-1.",
            "Call 555-{} for help.",
        ]
    ),
)
def test_amounts_and_numbers_are_no_years(nlp: Language, amount: int, frame: str) -> None:
    assert _values(nlp, frame.format(amount)) == []


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    edge=st.sampled_from(["early", "late", "mid-"]),
    year=st.integers(1900, 2020),
)
def test_a_part_of_a_year_lies_inside_it(nlp: Language, edge: str, year: int) -> None:
    text = f"The dam broke in {edge}{'' if edge[-1] == '-' else ' '}{year}."
    (found,) = find_timexes(next(parse(nlp, [text])), PUBLISHED)
    assert found.value == f"{year}"
    assert found.earliest is not None and found.latest is not None
    assert f"{year}-01-01" <= found.earliest < found.latest <= f"{year}-12-31"


@pytest.mark.parametrize(
    "text",
    [
        "The score was 1990-1985.",
        "June Brown and August Wilson met.",
        "She is in her late 50s.",
        "It came with Windows 2000.",
        "It was written in 0000.",
        "It was their second win in as many weeks.",
        "Nobody knew how many years it would take.",
        "She wrote for the Berlin daily.",
        "The weekly Die Woche named him.",
        "It rained on 31 April.",
        "It rained on Feb. 29, 2019.",
        "It rained on 13/13/2013.",
        "The shop is open 24 hours a day, seven days a week.",
        "The Latin quarter of Paris was quiet.",
        "Sun Microsystems hired her.",
        "Shares rose 3/4 to 12 1/8.",
        "They beat the visitors ten to three.",
        "He came in on the 15th hole.",
        "It was an overnight success.",
        "Theresa May and the Sun agreed that they may march on.",
        "The set went 6-4, 2-1 and cost $1990.",
        "The Good Friday Agreement and the Daily Mail were named by members.",
        "She flew to Easter Island and walked down Spring Street.",
        "They watched Saturday Night Live together.",
        "He lives at 1984 Oak Street with family.",
        "He turned 2000 pages and ran 1500 metres.",
    ],
)
def test_what_is_no_time_gives_no_date(nlp: Language, text: str) -> None:
    found = find_timexes(next(parse(nlp, [text])), PUBLISHED)
    assert [t for t in found if t.type != "DURATION"] == []


DAYS = st.dates(date(1901, 1, 1), date(2049, 12, 31))


def _day_in_words(day: date) -> st.SearchStrategy[tuple[str, str]]:
    month = month_name[day.month]
    forms = (
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"{day:%A}, {month} {day.day}, {day.year}",
        f"the {day.day}th of {month} {day.year}" if 4 <= day.day <= 20 else day.isoformat(),
        f"{day.month}/{day.day}/{day.year}",
    )
    return st.tuples(st.sampled_from(forms), st.just(day.isoformat()))


def _value_in_words(day: date) -> st.SearchStrategy[tuple[str, str]]:
    year, month = day.year, month_name[day.month]
    quarter = (day.month - 1) // 3
    ordinal = ("first", "second", "third", "fourth")[quarter]
    season = ("winter", "spring", "summer", "fall")[quarter]
    code = ("WI", "SP", "SU", "FA")[quarter]
    hour = day.day % 12 + 1
    forms = [
        (f"{month} {year}", f"{year}-{day.month:02d}"),
        (f"the year {year}", f"{year}"),
        (f"the {ordinal} quarter of {year}", f"{year}-Q{quarter + 1}"),
        (f"Q{quarter + 1} {year}", f"{year}-Q{quarter + 1}"),
        (f"the {season} of {year}", f"{year}-{code}"),
        (f"fiscal {year}", f"FY{year}"),
        (f"the {year // 10 * 10}s", f"{year // 10}X" if year >= 1910 else "19XX"),
        (f"{hour} p.m. on {month} {day.day}, {year}", f"{day}T{hour % 12 + 12:02d}:00"),
        (f"the night of {month} {day.day}, {year}", f"{day}TNI"),
    ]
    return st.sampled_from(forms)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(case=st.one_of(DAYS.flatmap(_day_in_words), DAYS.flatmap(_value_in_words)))
def test_a_value_written_in_words_comes_back(nlp: Language, case: tuple[str, str]) -> None:
    words, value = case
    text = f"The committee met in {words}."
    (found,) = find_timexes(next(parse(nlp, [text])), None)
    assert (text[found.start : found.end], found.value) == (words, value)
    assert (found.earliest, found.latest, found.precision) == interval(value)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(day=DAYS, weekday=st.integers(1, 7), count=st.integers(2, 99))
def test_weeks_centuries_and_repetitions_come_back(
    nlp: Language, day: date, weekday: int, count: int
) -> None:
    names = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
    year, week, _ = day.isocalendar()
    century = day.year % 19 + 4
    cases = {
        f"the week of {month_name[day.month]} {day.day}, {day.year}": f"{year}-W{week:02d}",
        f"the {century}th century": f"{century - 1:02d}XX",
        f"{count} B.C.": f"BC{count:04d}",
        f"every {names[weekday - 1]}": f"XXXX-WXX-{weekday}",
        f"every {count} days": f"P{count}D",
        f"fiscal {day.year}": f"FY{day.year}",
    }
    for words, value in cases.items():
        assert _values(nlp, f"The committee met in {words}.", None) == [(words, value)]


_UNITS = {"minute": "TM", "hour": "TH", "day": "D", "week": "W", "month": "M", "year": "Y"}


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(amount=st.integers(2, 999), unit=st.sampled_from(sorted(_UNITS)))
def test_a_length_written_in_words_comes_back(nlp: Language, amount: int, unit: str) -> None:
    code = _UNITS[unit]
    value = f"P{'T' if len(code) > 1 else ''}{amount}{code[-1]}"
    assert _values(nlp, f"The siege lasted {amount} {unit}s.") == [(f"{amount} {unit}s", value)]
