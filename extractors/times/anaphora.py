"""How expressions are read that count from what the text spoke of: two days later, that Friday."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from extractors.times.antecedents import antecedent
from extractors.times.calendars import Unit, add, add_days, add_months, unknown_at, value_at
from extractors.times.context import DAY_PRECISIONS, NOTHING, Context, Reader, Reading
from extractors.times.dates import read_date, relative
from extractors.times.grammar import Grammar, Match, load_grammar
from extractors.times.intervals import Bounds, days, interval
from extractors.times.lexing import lex
from extractors.times.periods import read_holiday
from extractors.times.relatives import (
    amount_of,
    duration_value,
    read_weekday,
    unit_named,
    unit_of,
)

# The finer of two is the smaller.
_FINENESS = {"week": 1, "interval": 1, "month": 2, "quarter": 2, "season": 2, "year": 3}
_FINENESS_OF_UNIT = {"D": 0, "W": 1, "WE": 1, "M": 2, "Y": 3}
# Some day of a month: what a day is counted from that the text does not tell.
_SOME_DAY = re.compile(r"\d{4}-\d\d")


_STEPS = ("shift", "shift_one", "same_unit")


class Step(NamedTuple):
    """So many units before (negative) or after what the text spoke of; 0 is the same one."""

    amount: float
    unit: Unit


def step_in(words: str) -> Step | None:
    """The step that "two days later", "the following day" take from what the text spoke of.

    None for other words, and where the text does not say how many.

    >>> step_in("two days later")
    Step(amount=2, unit=(1, 'D'))
    """
    grammar = load_grammar()
    tokens = lex(words, grammar.vocabulary)
    for match in grammar.matches(tokens, 0):
        if match.end == len(tokens.words) and match.rule.kind in _STEPS:
            return step_of(match, grammar)
    return None


def step_of(match: Match, grammar: Grammar) -> Step | None:
    """The step of a match of `_STEPS`."""
    values = match.values
    unit = unit_named(values["unit"], grammar)
    if match.rule.kind == "same_unit":
        return Step(0, unit)
    if match.rule.kind == "shift_one" and "anaphor" in values:
        return Step(values["anaphor"], unit)
    amount = amount_of(values.get("amount"))
    if amount is None:
        return None
    return Step(-amount if values["direction"] in ("before", "earlier") else amount, unit)


def base_day(match: Match, context: Context, unit: Unit, back: bool) -> date | None:
    """The first day of what the text last spoke of, if it was said at least as finely as the unit.

    Reports that compare look back from publication: "a year earlier", "the previous month".
    """
    reference = antecedent(match, context, fine=unit[1] == "D")
    if reference is not None and reference.earliest is not None:
        precision = interval(reference.value)[2] or reference.precision
        fineness = 0 if precision in DAY_PRECISIONS else _FINENESS.get(str(precision), 4)
        if fineness <= _FINENESS_OF_UNIT.get(unit[1], 0):
            start = interval(reference.value)[0] or reference.earliest
            return date.fromisoformat(start[:10])
    return context.published if back and unit[1] in ("Y", "M") else None


def _some_day(match: Match, context: Context, step: Step, part: str) -> Reading | None:
    """ "That day", "two days later", where the text tells the month alone: 2020-10-XX."""
    reference = antecedent(match, context, fine=True)
    if reference is None or step.unit[1] != "D" or not _SOME_DAY.fullmatch(reference.value):
        return None
    first, last, _ = interval(reference.value)
    if first is None or last is None:
        return None
    bounds = _moved(first, last, step)
    return Reading(f"{reference.value}-XX{part}", bounds=bounds)


def _moved(first: str, last: str, step: Step) -> Bounds | None:
    start = add(date.fromisoformat(first), step.amount, step.unit)
    end = add(date.fromisoformat(last), step.amount, step.unit)
    return days(start, end, "interval")


def read_shift(match: Match, context: Context) -> Reading | None:
    """Two days later, a year earlier: from what the text spoke of."""
    unit = unit_of(match.values["unit"], context)
    amount = amount_of(match.values.get("amount"))
    back = match.values["direction"] in ("before", "earlier")
    if unit[1].startswith("T"):
        return Reading(duration_value(amount, unit), type="DURATION")
    if amount is None:
        return Reading("PAST_REF" if back else "FUTURE_REF")
    step = Step(-amount if back else amount, unit)
    base = base_day(match, context, unit, back)
    if base is None:
        return _some_day(match, context, step, "") or Reading(unknown_at(unit))
    day = add(base, step.amount, unit)
    if day is None:
        return None
    # What a quarter is compared with is a quarter.
    if unit[1] == "Y" and back and "-Q" in (context.recent_period(match) or ""):
        return Reading(value_at(day, (3, "M")))
    return Reading(value_at(day, (1, unit[1])))


def read_shift_one(match: Match, context: Context) -> Reading | None:
    """The next day, the previous year, the day before."""
    step = step_of(match, context.grammar)
    if step is None:
        return None
    part = f"T{match.values['part']}" if "part" in match.values else ""
    base = base_day(match, context, step.unit, step.amount < 0)
    day = add(base, *step) if base is not None else None
    if day is not None:
        return Reading(value_at(day, step.unit) + part)
    return _some_day(match, context, step, part) or Reading(unknown_at(step.unit) + part)


def read_same_unit(match: Match, context: Context) -> Reading | None:
    """That day, the same year, that night."""
    unit = unit_of(match.values["unit"], context)
    part = f"T{match.values['part']}" if "part" in match.values else ""
    base = base_day(match, context, unit, back=False)
    if base is None and "running" in match.values:
        base = context.published
    if base is not None:
        return Reading(value_at(base, unit) + part)
    return _some_day(match, context, Step(0, unit), part) or Reading(unknown_at(unit) + part)


def read_same_named(match: Match, context: Context) -> Reading | None:
    """That Friday, the following Monday: in the week that the text spoke of."""
    weekday: int = match.values["weekday"]
    base = base_day(match, context, (1, "W"), back=False)
    if base is None:
        return read_weekday(
            Match(match.rule, match.start, match.end, {"weekday": weekday}), context
        )
    step = relative(match.values.get("anaphor"))
    distance = weekday - base.isoweekday()
    if step == 1:
        distance = distance % 7 or 7
    elif step == -1:
        distance = -((-distance) % 7 or 7)
    day = add_days(base, distance)
    return None if day is None else Reading(day.isoformat())


def read_month_of_year(match: Match, context: Context) -> Reading | None:
    """June of that year, in June the following year."""
    step, month = _step_word(match.values["year_of"]), int(match.values["month"])
    base = base_day(match, context, (1, "Y"), back=step < 0)
    year = add(base, step, (1, "Y")) if base is not None else None
    return Reading(f"{'XXXX' if year is None else f'{year.year:04d}'}-{month:02d}")


def read_month_nearby(match: Match, context: Context) -> Reading | None:
    """The following March, that March: the one after, or in the year of, what was spoken of."""
    step, month = _step_word(match.values["year_of"]), int(match.values["month"])
    base = base_day(match, context, (1, "Y"), back=step < 0)
    if base is None:
        return Reading(f"XXXX-{month:02d}")
    away = month - base.month
    if step > 0:
        away = away % 12 or 12
    elif step < 0:
        away = -((-away) % 12 or 12)
    first = add_months(base.replace(day=1), away)
    return None if first is None else Reading(value_at(first, (1, "M")))


def _step_word(words: object) -> int:
    """-1, 0 or 1 for "the previous", "that same" and "the following"."""
    last = str(words).split()[-1]
    return {"following": 1, "next": 1, "previous": -1, "preceding": -1}.get(last, 0)


def read_day_beside(match: Match, context: Context) -> Reading | None:
    """The day after Christmas, the week before 5 May."""
    if "holiday" in match.values:
        named = read_holiday(match, context)
    elif "weekday" in match.values:
        named = read_weekday(match, context)
    else:
        named = read_date(match, context)
    if named is None or named is NOTHING or not re.fullmatch(r"\d{4}-\d\d-\d\d", named.value):
        return named
    unit = unit_of(match.values["unit"], context)
    day = add(date.fromisoformat(named.value), -1 if _is_before(match) else 1, unit)
    return None if day is None else Reading(value_at(day, unit))


def _is_before(match: Match) -> bool:
    return str(match.values["direction"]) == "before"


READERS: dict[str, Reader] = {
    "shift": read_shift,
    "shift_one": read_shift_one,
    "same_unit": read_same_unit,
    "same_named": read_same_named,
    "month_of_year": read_month_of_year,
    "month_nearby": read_month_nearby,
    "day_beside": read_day_beside,
}
