"""Which time of the text "two days later", "that year" and "the following March" count from."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from extractors.language import parse
from extractors.times import find_timexes

# A Monday.
PUBLISHED = "2021-01-11"


def _last(nlp: Language, text: str) -> tuple[str, str | None, str | None]:
    found = find_timexes(next(parse(nlp, [text])), PUBLISHED)[-1]
    return found.value, found.earliest, found.latest


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # A report does not move the story on.
        (
            "The mayor was attacked on Jan. 2, police said on Friday. Two days later she died.",
            "2021-01-04",
        ),
        ("Police said on Friday that a boy was hit on Jan. 2. The next day he died.", "2021-01-03"),
        # Nor does what lies ahead.
        (
            "She arrived on Thursday for a trial that opens on Friday. The following day she fell.",
            "2021-01-08",
        ),
        # Nor the past of the past.
        (
            "The mine closed on 5 May 2015. It had burnt on 3 March 2015. The next day men left.",
            "2015-05-06",
        ),
        # The main clause counts before a participle.
        ("The firm, founded in 1990, was sold in May 2004. A year later it closed.", "2005"),
        # What goes before in the sentence counts first.
        ("He was hired in March 2010. He was fired in 2012 and hired again a year later.", "2013"),
        # The same quarter as the one that the text is about.
        (
            "Sales in the quarter ended March 31 fell. They rose in the same quarter a year ago.",
            "2019-Q1",
        ),
        # After a week, the day is not known.
        ("He fled on 2 December. A week later he called. The following day he rang.", "XXXX-XX-XX"),
        # With nothing but a report, the report counts.
        ("The minister said on Friday that she would run. Two days later she gave up.", None),
        ("The bank was founded in 1990. In June of that year it moved.", "1990-06"),
        ("The bank was founded in May 1990. It moved in June the following year.", "1991-06"),
        ("The bank was founded in May 1990. It moved the following March.", "1991-03"),
        ("The bank was founded in May 1990. It moved that September.", "1990-09"),
    ],
)
def test_expressions_count_from_the_event_told_last(
    nlp: Language, text: str, value: str | None
) -> None:
    assert _last(nlp, text)[0] == (value or "2021-01-10")


def test_some_day_of_a_month_stays_open(nlp: Language) -> None:
    text = "The envoy was shot last October near Cairo. The embassy closed that same day."
    assert _last(nlp, text) == ("2020-10-XX", "2020-10-01", "2020-10-31")
    text = "The envoy was shot last October near Cairo. The embassy closed two days later."
    assert _last(nlp, text) == ("2020-10-XX", "2020-10-03", "2020-11-02")


@pytest.mark.parametrize(
    "text",
    ["A year later, they divorced.", "That year he married.", "The next day, the strike began."],
)
def test_with_nothing_to_count_from_nothing_is_grounded(nlp: Language, text: str) -> None:
    assert _last(nlp, text)[1:] == (None, None)


def test_comparisons_look_back_from_publication(nlp: Language) -> None:
    assert _last(nlp, "Earnings were $3 a share, up from $2 a year earlier.")[0] == "2020"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He left the day after Christmas.", "2020-12-26"),
        ("He left the day before the Fourth of July.", "2020-07-03"),
        ("He left the day after Nov. 3, 2020.", "2020-11-04"),
        ("He left the week before Thanksgiving.", "2020-W47"),
        ("They talked the day before last Tuesday's hearing.", "2021-01-04"),
        ("They moved the year before last.", "2019"),
        ("They met the week before last.", "2020-W53"),
        ("They will meet the week after next.", "2021-W04"),
        ("They met the night before last.", "2021-01-09TNI"),
        ("The band began to play twenty years ago today.", "2001-01-11"),
        ("Classes start a week from Friday.", "2021-01-22"),
        ("Classes start two weeks from tomorrow.", "2021-01-26"),
    ],
)
def test_days_beside_named_ones(nlp: Language, text: str, value: str) -> None:
    assert _last(nlp, text)[0] == value


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    day=st.dates(date(1990, 1, 1), date(2020, 12, 31)),
    amount=st.integers(2, 60),
    later=st.booleans(),
)
def test_counted_days_come_back(nlp: Language, day: date, amount: int, later: bool) -> None:
    text = (
        f"The bridge fell on {day:%B} {day.day}, {day.year}. "
        f"{amount} days {'later' if later else 'earlier'} a ship sank."
    )
    expected = day + timedelta(days=amount if later else -amount)
    assert _last(nlp, text) == (expected.isoformat(),) * 3
