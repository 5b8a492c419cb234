"""Headings of a timeline."""

from __future__ import annotations

import pytest

from kb.views import EventSummary
from kb.when import when
from web.days import by_month, machine_date


def event(slug: str, earliest: str | None, latest: str | None, precision: str) -> EventSummary:
    return EventSummary(
        slug=slug,
        label=slug,
        action="Close",
        action_label="close",
        when=when(earliest, latest, precision),
        polarity="positive",
        factuality="asserted",
        salience=1.0,
        reports=1,
        sources=1,
        disputed=(),
        participants=(),
        quote="",
    )


def test_events_stand_under_their_month_and_day_in_the_order_given() -> None:
    months = by_month(
        [
            event("a", "2020-12-31", "2020-12-31", "day"),
            event("b", "2021-01-04", "2021-01-10", "week"),
            event("c", "2021-01-08", "2021-01-08", "day"),
            event("d", "2021-01-08T14:00", "2021-01-08T14:59", "hour"),
            event("e", None, "2021-01-11", "interval"),
        ]
    )
    assert [(m.label, [d.label for d in m.days]) for m in months] == [
        ("December 2020", ["31 December 2020"]),
        (
            "January 2021",
            [when("2021-01-04", "2021-01-10", "week").text, "8 January 2021", "by 11 January 2021"],
        ),
    ]
    assert [e.slug for e in months[1].days[1].events] == ["c", "d"]
    assert len({m.id for m in months}) == len(months)


def test_a_year_is_not_headed_by_january_and_an_unknown_date_by_none() -> None:
    months = by_month(
        [event("a", "2021-01-01", "2021-12-31", "year"), event("b", None, None, "day")]
    )
    assert [m.label for m in months] == ["2021", "Date unknown"]


@pytest.mark.parametrize(
    ("earliest", "latest", "precision", "machine"),
    [
        ("2021-01-08", "2021-01-08", "day", "2021-01-08"),
        ("2021-01-08T14:00", "2021-01-08T14:59", "hour", "2021-01-08"),
        ("2021-01-01", "2021-01-31", "month", "2021-01"),
        ("2021-01-01", "2021-12-31", "year", "2021"),
        ("2021-01-04", "2021-01-10", "week", None),
        (None, "2021-01-10", "interval", None),
    ],
)
def test_machine_dates_claim_no_more_than_is_known(
    earliest: str | None, latest: str, precision: str, machine: str | None
) -> None:
    assert machine_date(when(earliest, latest, precision)) == machine
