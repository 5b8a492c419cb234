"""From a time expression and its preposition to the interval of the event it dates."""

from __future__ import annotations

from datetime import date

from extractors.extraction import Precision, Time
from extractors.times.attachment import Attached
from extractors.times.calendars import Tense, add_days


def time_of(attached: Attached, tense: Tense, published: str | None, grounding: str) -> Time | None:
    """The interval of an event with this tense that the expression dates.

    None where the expression says nothing of when (a bare duration, a repeated time), or
    where it can't be this event's: a past event is not dated by a day after publication.

    >>> time_of(since_2004, -1, "2011-10-06", "expression").latest  # doctest: +SKIP
    '2011-10-06'
    """
    timex = attached.timex
    today = published[:10] if published else None
    earliest, latest, precision = timex.earliest, timex.latest, timex.precision
    if timex.type == "SET" or (timex.type == "DURATION" and earliest is None):
        return None
    if timex.value == "PRESENT_REF":
        return None
    if timex.value == "PAST_REF":
        latest = latest or today
    elif timex.value == "FUTURE_REF":
        earliest = earliest or today
    if earliest is None and latest is None:
        return None
    if attached.until is not None and attached.until.latest is not None:
        latest, precision = attached.until.latest, "interval"
    else:
        earliest, latest, precision = _by_preposition(attached.preposition, earliest, latest, precision, tense, today)
    if tense < 0 and today is not None:
        if earliest is not None and earliest[:10] > today:
            return None
        if latest is not None and latest[:10] > today:
            latest = today
    if earliest is not None and latest is not None and earliest > latest and earliest[:10] > latest[:10]:
        return None
    return Time(earliest, latest, precision, timex.value, timex.start, timex.end, grounding)


def _by_preposition(
    preposition: str,
    earliest: str | None,
    latest: str | None,
    precision: Precision | None,
    tense: Tense,
    today: str | None,
) -> tuple[str | None, str | None, Precision | None]:
    if preposition in ("since", "from"):
        return earliest, (today if tense <= 0 and preposition == "since" else latest if preposition == "from" else None), (
            "interval" if preposition == "since" else precision
        )
    if preposition in ("until", "till", "by"):
        return None, latest, "interval"
    if preposition == "before" and earliest is not None:
        day = add_days(date.fromisoformat(earliest[:10]), -1)
        return None, (day.isoformat() if day else None), "interval"
    if preposition == "after":
        return earliest, (today if tense < 0 else None), "interval"
    return earliest, latest, precision
