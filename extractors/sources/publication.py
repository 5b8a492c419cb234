"""The publication date of an article: reading it, and saying where it was read.

All relative dates of an article hang on its publication date, so it is never guessed: a
value that names no real day, or could name two, is refused; the date of a file is never
looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal

Provenance = Literal["option", "metadata", "text", "url"]
StampKind = Literal["bare", "published", "updated"]

EARLIEST_YEAR = 1605  # the first newspaper
LONGEST_STAMP = 200  # characters
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = r"(?P<{m}>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_ZONE = (
    r"(?:\s*(?:Z|UTC|GMT|BST|CET|CEST|[ECMP][SD]?T|A[EW][SD]T|IST|[+-]\d\d:?\d\d)\b"
    r"(?:\s*[+-]\d+)?)?"
)
_CLOCK = r"(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)" + _ZONE
_ISO = r"(?P<iso>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)?)?)"
_WRITTEN = (
    rf"{_WEEKDAY}(?:(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH.format(m='month1')},?[\s-]+(?P<year1>\d{{4}})"
    rf"|{_MONTH.format(m='month2')}\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}}))"
)
_DATE = rf"(?:{_ISO}|{_WRITTEN})"
_JOIN = r"\s*(?:,|\||·|•|-|–|—|at|@)?\s*"
_FULL_DATE = re.compile(
    rf"(?:{_CLOCK}{_JOIN}(?:on\s+)?)?{_DATE}(?:{_JOIN}{_CLOCK})?", re.IGNORECASE
)
_LABEL = (
    r"(?:(?P<published>(?:first\s+|originally\s+)?(?:published|posted|issued|date(?:\s+published)?|publication\s+date)"
    r"|(?P<updated>(?:last\s+)?(?:updated|modified|edited|revised)))"
    r"(?:\s+on|\s+at)?\s*[:|–—-]?\s*)"
)
# Case counts here alone: names are capitalised, sentences are not.
_NAME = r"[A-Z][\w'’.-]+(?: (?:[a-z]{1,3} )?[A-Z][\w'’.-]+){0,3}"
_AUTHOR = rf"(?-i:(?:(?:[Bb]y|BY) )?{_NAME}(?:(?: and |, | & ){_NAME}){{0,3}}\s*[|,·•–—-]\s*)"
_STAMP = re.compile(
    rf"(?:{_AUTHOR})?{_LABEL}?{_FULL_DATE.pattern}\.?(?:\s*[|,·•–—(-]?\s*(?:last\s+)?(?:updated|modified)\b.{{0,60}})?",
    re.IGNORECASE,
)
_URL_DATE = re.compile(
    r"/((?:1[6-9]|20)\d\d)[/-]([a-z]{3}|\d{1,2})[/-](\d{1,2})(?=[/.?#-]|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A line that is nothing but a date: `kind` says how it is labelled."""

    value: str
    kind: StampKind


def parse_published(value: str) -> str:
    """An ISO 8601 date or date-time, from a date as people and pages write it.

    >>> parse_published("Monday, January 11th, 2021")
    '2021-01-11'
    >>> parse_published("2021-01-11T06:48Z")
    '2021-01-11T06:48:00+00:00'

    Read are ISO 8601, RFC 5322 ("Mon, 11 Jan 2021 06:48:00 GMT") and written English dates.
    The zone is kept as written, so that the day is that of the newsroom's own clock. Raises
    ValueError for a date that does not exist, lies before 1605 or in the future, names no
    day, or is written in figures that may be day first or month first.
    """
    text = " ".join(value.split())
    if re.fullmatch(_ISO, text):
        return _checked(_from_iso(text), value)
    if match := _FULL_DATE.fullmatch(text):
        if match["iso"]:
            return _checked(_from_iso(match["iso"]), value)
        if rfc := _from_rfc(text):
            return _checked(rfc, value)
        return _checked(_from_written(match), value)
    if re.fullmatch(r"\d{1,2}([/.-])\d{1,2}\1(\d{2}|\d{4})", text):
        raise ValueError(f"the date {value!r} may be day first or month first: write YYYY-MM-DD")
    if rfc := _from_rfc(text):
        return _checked(rfc, value)
    raise ValueError(f"{value!r} is not a date: write YYYY-MM-DD")


def read_stamp(line: str) -> Stamp | None:
    """The date of a line that holds a date, its label or a byline, and nothing else.

    >>> read_stamp("Published: 11 January 2021 at 06.48 GMT")
    Stamp(value='2021-01-11', kind='published')
    >>> read_stamp("On 11 January 2021 the site went dark.") is None
    True
    """
    match = _STAMP.fullmatch(" ".join(line.split())) if len(line) <= LONGEST_STAMP else None
    if not match:
        return None
    kind: StampKind = (
        "updated" if match["updated"] else "published" if match["published"] else "bare"
    )
    try:
        moment = _from_iso(match["iso"]) if match["iso"] else _from_written(match)
        return Stamp(_checked(moment, line), kind)
    except ValueError:
        return None


def date_in_url(url: str) -> str | None:
    """The day in an address such as ``/2021/01/11/`` or ``/2021/jan/11/``; None without one.

    >>> date_in_url("https://courier.example/world/2021/jan/11/parler-offline")
    '2021-01-11'
    """
    match = _URL_DATE.search(url)
    if not match:
        return None
    year, month, day = match.groups()
    number = MONTHS.get(month.lower(), 0) if month.isalpha() else int(month)
    try:
        return _checked(date(int(year), number, int(day)), url)
    except ValueError:
        return None


def _from_iso(text: str) -> date | datetime:
    """The day or moment of an ISO 8601 text. Raises ValueError when there is no such day."""
    try:
        if len(text) == len("2021-01-11"):
            return date.fromisoformat(text)
        return datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-").replace(" Z", "Z"))
    except ValueError as error:
        raise ValueError(f"there is no date {text!r} ({error})") from error


def _from_rfc(text: str) -> datetime | None:
    if not re.search(r"\d:\d\d", text) or not re.search(r"(GMT|UTC|[+-]\d{4})$", text):
        return None
    try:
        return parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None


def _from_written(match: re.Match[str]) -> date:
    day = match["day1"] or match["day2"]
    month = MONTHS[(match["month1"] or match["month2"]).lower()]
    year = match["year1"] or match["year2"]
    try:
        return date(int(year), month, int(day))
    except ValueError as error:
        raise ValueError(f"there is no date {match[0]!r} ({error})") from error


def _checked(moment: date | datetime, value: str) -> str:
    """The ISO 8601 form, once the year is one in which news can have been published."""
    day = moment.date() if isinstance(moment, datetime) else moment
    if day.year < EARLIEST_YEAR:
        raise ValueError(f"{value!r} lies before {EARLIEST_YEAR}, when no newspaper was printed")
    # One day of grace: it is tomorrow already in some newsroom's time zone.
    if day > datetime.now(UTC).date() + timedelta(days=1):
        raise ValueError(f"{value!r} lies in the future")
    if isinstance(moment, datetime):
        return moment.replace(microsecond=0).isoformat()
    return moment.isoformat()
