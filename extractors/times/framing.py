"""From a time expression and its preposition to the interval of the event it dates."""

from __future__ import annotations

from datetime import date

from extractors.extraction import Precision, Time, Timex
from extractors.times.attachment import Attached
from extractors.times.calendars import Tense, add, add_days, length, value_at
from extractors.times.intervals import interval

_Bounds = tuple[str | None, str | None, Precision | None]
_OPEN: _Bounds = (None, None, None)


def time_of(
    attached: Attached, preposition: str, tense: Tense, today: str | None, grounding: str
) -> Time | None:
    """The interval of an event with this tense that the expression dates.

    `today` is the day of publication. None where the expression says nothing of when (a bare
    duration, a repeated time, "now"), or where it can't be this event's: what has happened is
    not dated by a day after publication, nor what lies ahead by one before.

    >>> time_of(attached, "since", -1, "2011-10-06", "expression")  # doctest: +SKIP
    Time(earliest='2004-01-01', latest='2011-10-06', precision='interval', value='2004', ...)
    >>> time_of(attached, "", 1, "2011-10-06", "expression") is None  # doctest: +SKIP
    True
    """
    timex = attached.timex
    if timex.type == "SET":
        return None
    if timex.type == "DURATION" and timex.earliest is None:
        return _ahead(timex, preposition, tense, today, grounding)
    bounds = _bounds(attached, preposition, tense, today)
    if today is not None:
        bounds = _fit(bounds, tense, today, timex.type == "DURATION")
    earliest, latest, precision = bounds
    if earliest is None and latest is None:
        return None
    if earliest is not None and latest is not None and earliest[:10] > latest[:10]:
        return None
    return Time(earliest, latest, precision, timex.value, timex.start, timex.end, grounding)


def _ahead(
    timex: Timex, preposition: str, tense: Tense, today: str | None, grounding: str
) -> Time | None:
    """ "Will vote in two weeks", "will pay within a month": counted from publication."""
    unit, amount = length(timex.value)
    if tense <= 0 or today is None or amount is None or preposition not in ("in", "within"):
        return None
    start = date.fromisoformat(today)
    end = add(start, amount, unit)
    if end is None:
        return None
    if preposition == "within" or unit[1].startswith("T"):
        bounds: _Bounds = (today, end.isoformat(), "interval")
    else:
        bounds = interval(value_at(end, unit))
    if bounds[0] is None:
        return None
    return Time(max(bounds[0], today), *bounds[1:], None, timex.start, timex.end, grounding)


def _bounds(attached: Attached, preposition: str, tense: Tense, today: str | None) -> _Bounds:
    timex = attached.timex
    if timex.value == "PAST_REF":
        return timex.earliest, timex.latest or today, timex.precision
    if timex.value == "FUTURE_REF":
        return today, None, None
    if attached.until is not None and attached.until.latest is not None:
        return timex.earliest, attached.until.latest, "interval"
    if timex.earliest is None or timex.latest is None:
        # "More than ten years ago": one side is open.
        return (timex.earliest, timex.latest, timex.precision) if not preposition else _OPEN
    if preposition == "since":
        return timex.earliest, today, "interval"
    if preposition in ("until", "till", "by"):
        return None, timex.latest, "interval"
    if preposition.startswith("just "):
        # "Just before midnight" is that day; "just before Christmas" need not be that week.
        if timex.type == "TIME":
            return timex.earliest[:10], timex.latest[:10], "day"
        preposition = preposition.removeprefix("just ")
    if preposition == "before":
        day = add_days(date.fromisoformat(timex.earliest[:10]), -1)
        return None, (day.isoformat() if day else None), "interval"
    if preposition == "after":
        return timex.earliest, (today if tense < 0 else None), "interval"
    return timex.earliest, timex.latest, timex.precision


def _fit(bounds: _Bounds, tense: Tense, today: str, lasting: bool) -> _Bounds:
    """Bounds cut at publication for what has happened; none where tense and time disagree."""
    earliest, latest, precision = bounds
    if tense < 0:
        if earliest is not None and (earliest[:10] > today or (lasting and earliest[:10] == today)):
            return None, None, None
        if latest is not None and latest[:10] > today:
            latest = today
    elif tense > 0 and latest is not None and latest[:10] < today:
        return None, None, None
    return earliest, latest, precision
