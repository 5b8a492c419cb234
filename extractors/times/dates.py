"""How dates of the calendar are read: days, months, years, decades, centuries."""

from __future__ import annotations

import re
from datetime import date

from extractors.times.calendars import (
    add_days,
    add_months,
    near,
    nth_weekday,
    valid_day,
    value_at,
)
from extractors.times.context import NOTHING, Context, Reader, Reading
from extractors.times.direction import plainly_past, tense_at
from extractors.times.grammar import Match
from extractors.times.intervals import FIRST_YEAR, LAST_YEAR, days, interval
from extractors.times.words import words

_ENDED = words("ended")
RELATIVE = {
    "last": -1,
    "past": -1,
    "this": 0,
    "the": 0,
    "next": 1,
    "coming": 1,
    "previous": -1,
    "following": 1,
}


def relative(value: object) -> int | None:
    """-1, 0 or 1 for the word before a unit, None where there is no such word."""
    if value is None or isinstance(value, int):
        return value
    return RELATIVE.get(str(value).split()[-1], 0)


def full_year(written: object, published: date | None) -> int | None:
    """A year in full: two figures mean the last such year, or one of the next twenty."""
    if isinstance(written, int):
        return written
    figures = str(written).strip("'")
    if len(figures) == 4:
        return int(figures)
    if published is None:
        return None
    century = published.year // 100 * 100
    year = century + int(figures)
    return year - 100 if year > published.year + 20 else year


def _lies_behind(match: Match, context: Context) -> bool:
    """Whether the word before says that a day has passed: "the quarter ended March 31"."""
    return match.values.get("end_word") == "ended" or context.word_before(match) in _ENDED


def read_date(match: Match, context: Context) -> Reading | None:
    """Month, day and year, as far as they are given; the rest by tense and nearness."""
    values, published = match.values, context.published
    month: int = values["month"]
    day: int | None = values.get("day")
    if day is not None and valid_day(2000, month, day) is None:
        return NOTHING
    year = None
    if "year" in values:
        year = full_year(values["year"], published)
        if year is None:
            return Reading(
                f"XX{str(values['year'])[-2:]}-{month:02d}" + (f"-{day:02d}" if day else "")
            )
    elif "year_rel" in values and published is not None:
        year = published.year + (relative(values["year_rel"]) or 0)
    if year is not None:
        if day is not None and valid_day(year, month, day) is None:
            return NOTHING
        return Reading(f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else ""))
    if published is None:
        return Reading(f"XXXX-{month:02d}" + (f"-{day:02d}" if day else ""))
    return _nearest(match, context, published, month, day)


def _nearest(
    match: Match, context: Context, published: date, month: int, day: int | None
) -> Reading | None:
    around = (
        range(published.year - 1, published.year + 2)
        if (month, day) != (2, 29)
        else range(published.year - 4, published.year + 5)
    )
    found = [d for y in around if (d := valid_day(y, month, day or 1)) is not None]
    rel = relative(match.values.get("rel"))
    weekday = match.values.get("weekday")
    if weekday is not None and (fitting := [d for d in found if d.isoweekday() == weekday]):
        found = fitting
    if day is None:
        base = published.replace(day=1)
        if rel == -1:
            chosen = max(d for d in found if d < base)
        elif rel == 1:
            chosen = min(d for d in found if d > base)
        else:
            chosen = _by_tense(found, base, match, context) or base
        return Reading(f"{chosen:%Y-%m}")
    if rel == -1:
        chosen = max((d for d in found if d < published), default=found[0])
    elif _lies_behind(match, context):
        chosen = max((d for d in found if d <= published), default=found[0])
    elif rel == 1:
        chosen = min((d for d in found if d > published), default=found[-1])
    else:
        chosen = _by_tense(found, published, match, context) or found[0]
    return Reading(chosen.isoformat())


def _by_tense(found: list[date], base: date, match: Match, context: Context) -> date | None:
    word = context.word(match)
    return near(found, base, tense_at(context.doc, word), plainly_past(context.doc, word))


def read_day_of_month(match: Match, context: Context) -> Reading | None:
    """The 15th, the 15th of last month: this month's, or the one that the tense points to."""
    published, day = context.published, int(match.values["day"])
    if day > 31:
        return None
    if published is None:
        return Reading(f"XXXX-XX-{day:02d}")
    month = published.replace(day=1)
    rel = relative(match.values.get("month_rel"))
    found = [
        chosen
        for step in ((-1, 0, 1) if rel is None else (rel,))
        if (base := add_months(month, step)) is not None
        and (chosen := valid_day(base.year, base.month, day)) is not None
    ]
    chosen = _by_tense(found, published, match, context)
    return NOTHING if chosen is None else Reading(chosen.isoformat())


def read_nth_weekday(match: Match, context: Context) -> Reading | None:
    """The first Monday of October."""
    month = read_date(match_without(match, "weekday"), context)
    nth = match.values.get("ordinal") or match.values.get("nth")
    if month is None or month is NOTHING or not re.fullmatch(r"\d{4}-\d\d", month.value):
        return month
    year, number = int(month.value[:4]), int(month.value[5:])
    which = nth if isinstance(nth, int) else -1
    if not FIRST_YEAR <= year <= LAST_YEAR or which > 5:
        return NOTHING
    day = nth_weekday(year, number, int(match.values["weekday"]), which)
    return Reading(day.isoformat()) if day.month == number else NOTHING


def read_nth_week(match: Match, context: Context) -> Reading | None:
    """The second week of March: the weeks that have most of their days in the month."""
    month = read_date(match, context)
    nth = match.values.get("ordinal") or match.values.get("nth")
    if month is None or month is NOTHING or not re.fullmatch(r"\d{4}-\d\d", month.value):
        return month
    first, last, _ = interval(month.value)
    if first is None or last is None or (isinstance(nth, int) and nth > 4):
        return NOTHING
    if isinstance(nth, int):
        middle = add_days(date.fromisoformat(first), 7 * nth - 4)
    else:
        middle = add_days(date.fromisoformat(last), -3)
    return None if middle is None else Reading(value_at(middle, (1, "W")))


def match_without(match: Match, slot: str) -> Match:
    """A match as if one of its slots were empty."""
    values = {name: value for name, value in match.values.items() if name != slot}
    return Match(match.rule, match.start, match.end, values)


def read_edge_day(match: Match, context: Context) -> Reading | None:
    """The first day of March, the last day of 2019."""
    whole = read_date(match, context) if "month" in match.values else read_year(match, context)
    if whole is None or whole is NOTHING:
        return whole
    first, last, _ = interval(whole.value)
    day = first if match.values["edge"] in ("first", "opening") else last
    return Reading(day or "XXXX-XX-XX")


def read_part_of_date(match: Match, context: Context) -> Reading | None:
    """The night of 23 October."""
    day = read_date(match, context)
    if day is None or day is NOTHING:
        return day
    return Reading(f"{day.value}T{match.values['part']}")


def read_day_pair(match: Match, context: Context) -> Reading | None:
    """Two days of one month ("April 24 and 25", "May 3-5")."""
    first, second = int(match.values["first"]), int(match.values["day"])
    reading = read_date(match, context)
    if second <= first or reading is None or reading is NOTHING:
        return None
    return Reading(reading.value, first=f"{reading.value[:-2]}{first:02d}")


def read_iso(match: Match, context: Context) -> Reading | None:
    """A date as ISO 8601 writes it, or a day that has a name."""
    value: str = match.values.get("iso") or match.values["named_day"]
    year, month, day = (int(part) for part in value[:10].split("-"))
    if valid_day(year, month, day) is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return NOTHING
    return Reading(value.upper(), type="TIME" if "t" in value else None)


def read_slash(match: Match, context: Context) -> Reading | None:
    """7/8/07: month first, as American news writes it, unless only the other order is a date."""
    parts = match.values["slash"].split("/")
    if len(parts) != 3:
        return None
    year = full_year(int(parts[2]) if len(parts[2]) == 4 else parts[2], context.published)
    if year is None or not 1000 <= year <= LAST_YEAR:
        return NOTHING
    first, second = int(parts[0]), int(parts[1])
    day = valid_day(year, first, second) or valid_day(year, second, first)
    return NOTHING if day is None else Reading(day.isoformat())


def read_year(match: Match, context: Context) -> Reading | None:
    """A year by itself."""
    year = full_year(match.values["year"], context.published)
    if year is None:
        return Reading(f"XX{str(match.values['year'])[-2:]}")
    if "about" in match.values and FIRST_YEAR + 2 < year < LAST_YEAR - 2:
        whole = days(date(year - 2, 1, 1), date(year + 2, 12, 31), "approximate")
        return Reading(f"{year:04d}", bounds=whole)
    return Reading(f"{year:04d}")


def read_year_pair(match: Match, context: Context) -> Reading | None:
    """Two years of one century ("1990-91")."""
    first = int(match.values["first"])
    second = first // 100 * 100 + int(match.values["second"])
    return Reading(f"{second:04d}", first=f"{first:04d}") if 0 < second - first < 30 else None


def read_era(match: Match, context: Context) -> Reading | None:
    """Years before and after Christ; TIMEX3 writes the former BC0044."""
    if "bc" in match.values:
        year = match.values["bc"]
        return Reading(f"BC{year:04d}") if isinstance(year, int) and year < 10_000 else None
    year = match.values["ad"]
    return Reading(f"{year:04d}") if isinstance(year, int) and 0 < year <= LAST_YEAR else None


def read_decade(match: Match, context: Context) -> Reading | None:
    """The 1990s, the '90s, the nineties."""
    values = match.values
    decade = str(values.get("decade", ""))
    if "decade_name" in values:
        two: int = values["decade_name"]
    elif len(decade) == 4:
        # "The 1800s" are a century; "the 2000s" are more often their first ten years.
        century = decade[2:] == "00" and decade < "2000"
        return Reading(f"{decade[:2]}XX" if century else f"{decade[:3]}X")
    elif len(decade) == 2 and decade[1] == "0":
        two = int(decade)
    else:
        return None
    year = full_year(f"{two:02d}", context.published)
    if year is not None and context.published is not None and year > context.published.year:
        # Decades are spoken of when they have begun.
        year -= 100
    return Reading(f"XX{two // 10}X" if year is None else f"{year // 10:03d}X")


def read_century(match: Match, context: Context) -> Reading | None:
    """The 19th century: 18XX."""
    number: int = match.values["century"]
    if "era" in match.values:
        return Reading(f"BC{number - 1:02d}XX")
    return Reading(f"{number - 1:02d}XX") if 1 <= number <= 22 else None


def read_week_of(match: Match, context: Context) -> Reading | None:
    """The week of March 6."""
    inner = read_date(match, context)
    if inner is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", inner.value):
        return inner
    return Reading(value_at(date.fromisoformat(inner.value), (1, "W")))


READERS: dict[str, Reader] = {
    "date": read_date,
    "day_of_month": read_day_of_month,
    "nth_weekday": read_nth_weekday,
    "nth_week": read_nth_week,
    "edge_day": read_edge_day,
    "part_of_date": read_part_of_date,
    "day_pair": read_day_pair,
    "iso": read_iso,
    "slash": read_slash,
    "year": read_year,
    "year_pair": read_year_pair,
    "era": read_era,
    "decade": read_decade,
    "century": read_century,
    "week_of": read_week_of,
}
