"""How named stretches of the year are read: seasons, quarters, business years, feasts."""

from __future__ import annotations

import re
from datetime import date

from extractors.times.calendars import (
    Tense,
    add,
    add_days,
    add_months,
    feast,
    near,
    season_start,
    value_at,
)
from extractors.times.context import NOTHING, Context, Reader, Reading
from extractors.times.dates import full_year, read_date, relative
from extractors.times.direction import plainly_past, tense_at
from extractors.times.grammar import Match
from extractors.times.intervals import LAST_YEAR, days, interval
from extractors.times.relatives import amount_of, duration_value, unit_of


def read_season(match: Match, context: Context) -> Reading | None:
    """Seasons, by their year, by "last" and "next", or by tense."""
    values, published = match.values, context.published
    season: str = values["season"]
    if "year" in values:
        year = full_year(values["year"], published)
        return Reading(f"{'XXXX' if year is None else f'{year:04d}'}-{season}")
    if published is None:
        return Reading(f"XXXX-{season}")
    starts = [season_start(y, season) for y in range(published.year - 2, published.year + 3)]
    rel = relative(values.get("rel"))
    running = max(s for s in starts if s <= published)
    # Whether the season that began last is the one of today.
    current = (published - running).days < 92
    if rel == -1:
        chosen = starts[starts.index(running) - 1] if current else running
    elif rel == 1:
        chosen = starts[starts.index(running) + 1]
    elif rel == 0:
        chosen = running if current else near(starts, published, 0) or running
        if not current and chosen.year != published.year:
            chosen = season_start(published.year, season)
    else:
        word = context.word(match)
        tense, sure = tense_at(context.doc, word), plainly_past(context.doc, word)
        chosen = running if current else near(starts, published, tense or -1, sure) or running
    return Reading(f"{chosen.year:04d}-{season}")


def read_quarter(match: Match, context: Context) -> Reading | None:
    """Quarters and halves of years, business ones among them."""
    values, published = match.values, context.published
    number, letter = int(values["ordinal"]), "Q" if values["period"] == "quarter" else "H"
    if number > (4 if letter == "Q" else 2):
        return None
    if "year" in values:
        year = full_year(values["year"], published)
        if year is None:
            return Reading(f"XXXX-{letter}{number}")
    elif published is None:
        return Reading(f"XXXX-{letter}{number}")
    elif "year_rel" in values and values["year_rel"] != "the":
        year = published.year + (relative(values["year_rel"]) or 0)
    else:
        months = 3 if letter == "Q" else 6
        starts = [
            date(y, months * (number - 1) + 1, 1)
            for y in range(published.year - 1, published.year + 2)
        ]
        rel = relative(values.get("rel"))
        tense = 1 if rel == 1 else tense_at(context.doc, context.word(match), owned=False) or -1
        year = _period_near(starts, months, published, tense).year
    return Reading(f"{'FY' if 'fiscal' in values else ''}{year:04d}-{letter}{number}")


def _period_near(starts: list[date], months: int, published: date, tense: Tense) -> date:
    """The start of the quarter or half that a writer means: results are told when most of it is
    over, plans are made for what has not ended."""
    if tense > 0:
        ends = [(add_months(start, months) or start, start) for start in starts]
        return min((start for end, start in ends if end > published), default=published)
    told = [(add_months(start, 2 * months // 3) or start, start) for start in starts]
    return max((start for mostly, start in told if mostly <= published), default=published)


def read_period_ended(match: Match, context: Context) -> Reading | None:
    """The quarter ended March 31, the nine months ended Sept. 30: back from its last day."""
    values = match.values
    unit = unit_of(values["unit"], context) if values["unit"] != "period" else None
    unit = (6, "M") if values["unit"] == "half" else unit
    day = read_date(match, context)
    amount = amount_of(values.get("amount", 1)) if values.get("amount") != "full" else 1
    if unit is None or amount is None or day is None or day is NOTHING:
        return None
    first, _, precision = interval(day.value)
    if first is None or precision != "day":
        return None
    end = date.fromisoformat(first)
    after = add_days(end, 1)
    start = add(after, -amount, unit) if after is not None else None
    bounds = days(start, end, "interval")
    if amount != 1 or values["unit"] in ("months", "weeks", "month", "week"):
        return Reading(duration_value(amount, unit), type="DURATION", bounds=bounds)
    if unit[1] == "Y":
        whole = (end.month, end.day) == (12, 31) and "fiscal" not in values
        return Reading(f"{'' if whole else 'FY'}{end.year:04d}", bounds=bounds)
    # Firms end their quarters some days before or after those of the calendar.
    middle = add_days(end, -35)
    return None if middle is None else Reading(value_at(middle, unit), bounds=bounds)


def read_reported_quarter(match: Match, context: Context) -> Reading | None:
    """The quarter that a report is about: the one last named, or the last that is over."""
    named = context.recent_period(match, quarter=True)
    if named is not None:
        return Reading(named)
    if context.published is None:
        return Reading("XXXX-QX")
    last = add_months(context.published.replace(day=1), -3)
    return None if last is None else Reading(value_at(last, (3, "M")))


def read_year_earlier(match: Match, context: Context) -> Reading | None:
    """The year-earlier quarter, the same period last year: of what was named last."""
    value = context.recent_period(match) or ""
    if match.values["period"] == "quarter":
        found = read_reported_quarter(match, context)
        value = found.value if found is not None else ""
    within = re.fullmatch(r"(FY)?(\d{4})(-.+)?", value)
    if within is not None:
        return Reading(f"{within[1] or ''}{int(within[2]) - 1:04d}{within[3] or ''}")
    if context.published is None:
        return Reading("XXXX")
    return Reading(f"{context.published.year - 1:04d}")


def read_year_end(match: Match, context: Context) -> Reading | None:
    """By year-end: the end of the year of publication, or of the last where it is past."""
    published = context.published
    if published is None:
        return Reading("XXXX")
    ends = [date(year, 12, 31) for year in (max(published.year - 1, 1), published.year)]
    day = near(ends, published, tense_at(context.doc, context.word(match)))
    return Reading(f"{(day or published).year:04d}")


def read_fiscal_year(match: Match, context: Context) -> Reading | None:
    """Fiscal 1998: FY1998."""
    if "year" in match.values:
        year = full_year(match.values["year"], context.published)
        return Reading("FYXXXX" if year is None else f"FY{year:04d}")
    if context.published is None:
        return Reading("FYXXXX")
    return Reading(f"FY{context.published.year + (relative(match.values['rel']) or 0):04d}")


def read_holiday(match: Match, context: Context) -> Reading | None:
    """Feasts, by the rules of the lexicon."""
    values, published = match.values, context.published
    rule: str = values["holiday"]
    if "year" in values:
        year = int(values["year"])
        if not 1000 <= year <= LAST_YEAR:
            return NOTHING
        day = feast(rule, year)
    elif published is None:
        return Reading(f"XXXX-{rule}" if re.fullmatch(r"\d\d-\d\d", rule) else "XXXX-XX-XX")
    else:
        feasts = [feast(rule, y) for y in range(max(published.year - 1, 1), published.year + 2)]
        rel = relative(values.get("rel"))
        tense = -1 if rel == -1 else 1 if rel == 1 else tense_at(context.doc, context.word(match))
        if rel == -1:
            feasts = [d for d in feasts if d < published]
        elif rel == 1:
            feasts = [d for d in feasts if d > published]
        day = near(feasts, published, tense) or feasts[-1]
    if "weekend" in values:
        # A feast on a Monday or Tuesday ends the weekend that goes before it.
        near_by = add_days(day, -day.isoweekday()) if day.isoweekday() < 3 else day
        return None if near_by is None else Reading(value_at(near_by, (1, "WE")))
    return Reading(value_at(day, (1, "W")) if "week" in values else day.isoformat())


READERS: dict[str, Reader] = {
    "season": read_season,
    "quarter": read_quarter,
    "period_ended": read_period_ended,
    "reported_quarter": read_reported_quarter,
    "year_earlier": read_year_earlier,
    "year_end": read_year_end,
    "fiscal_year": read_fiscal_year,
    "holiday": read_holiday,
}
