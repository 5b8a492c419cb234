"""A page of events in the headings under which a reader looks for them: months, then days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from kb.views import EventSummary, When

MONTHS = (
    "January February March April May June July August September October November December"
).split()
# An interval of one of these precisions is headed by its own words: "2021" is not January 2021.
LONG = frozenset({"quarter", "season", "year", "decade", "century", "approximate"})
UNKNOWN = "Date unknown"


@dataclass(frozen=True, slots=True)
class Day:
    """Events under one date heading. `machine` is the datetime attribute, where there is one."""

    label: str
    machine: str | None
    events: tuple[EventSummary, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """Days under one heading, with an id that no other heading of the page has."""

    id: str
    label: str
    days: tuple[Day, ...]


def by_month(events: Iterable[EventSummary]) -> tuple[Month, ...]:
    """The events grouped as they come: order is the caller's, nothing is moved.

    A heading claims no more than is known: an event of "week of 4 January 2021" stands under
    January 2021 and those words, one of "2021" under 2021 alone.
    """
    months = []
    for number, (label, group) in enumerate(groupby(events, key=month_label), start=1):
        days = tuple(
            Day(day, machine_date_of_heading(same[0].when), tuple(same))
            for day, same in ((day, list(same)) for day, same in groupby(group, key=day_label))
        )
        months.append(Month(f"month-{number}", label, days))
    return tuple(months)


def month_label(event: EventSummary) -> str:
    """The month an event stands under, or the words of a longer or unknown time."""
    when = event.when
    known = when.earliest or when.latest
    if known is None:
        return UNKNOWN
    if when.precision in LONG:
        return when.text
    return f"{MONTHS[int(known[5:7]) - 1]} {known[:4]}"


def day_label(event: EventSummary) -> str:
    """The day an event stands under, or the words of its interval."""
    day = _one_day(event.when)
    return long_date(day) if day else event.when.text


def long_date(iso: str) -> str:
    """An ISO date or date-time as people write its day; anything else as it stands.

    >>> long_date("2021-01-08T14:00")
    '8 January 2021'
    """
    match = re.match(r"(\d{4})-(0[1-9]|1[0-2])-(\d\d)(?:T|$)", iso)
    if match is None:
        return iso
    return f"{int(match[3])} {MONTHS[int(match[2]) - 1]} {match[1]}"


def machine_date_of_heading(when: When) -> str | None:
    """The datetime attribute of the heading that `day_label` gives."""
    return _one_day(when) or machine_date(when)


def machine_date(when: When) -> str | None:
    """The interval as HTML's <time datetime> has it: a day, month or year; None for others."""
    if when.earliest is None or when.latest is None:
        return None
    if _one_day(when):
        return when.earliest if when.earliest == when.latest else when.earliest[:10]
    if when.precision == "month":
        return when.earliest[:7]
    return when.earliest[:4] if when.precision == "year" else None


def _one_day(when: When) -> str | None:
    if when.earliest and when.latest and when.earliest[:10] == when.latest[:10]:
        return when.earliest[:10]
    return None
