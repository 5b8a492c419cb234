"""Dates of the command line: a year, a month, a week or a day, as bounds of a range."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from extractors.sources.publication import parse_published
from kb.periods import bounds

AGE = re.compile(r"(\d{1,5})([dhm])")
UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1)}


class Bound(click.ParamType[str]):
    """A day; of a year, a month or an ISO 8601 week, its first or its last.

    >>> Bound(last=True).convert("2021-02", None, None)
    '2021-02-28'
    >>> Bound(last=True).convert("2021-W01", None, None)
    '2021-01-10'
    """

    name = "DATE"

    def __init__(self, last: bool) -> None:
        self.last = last

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The day in ISO 8601. A value that is no date is a usage error."""
        try:
            return bounds(value.strip())[self.last].isoformat()
        except ValueError:
            self.fail(
                f"{value!r} is no date: write 2021-01-08, 2021-W01, 2021-01 or 2021", param, ctx
            )


class Published(click.ParamType[str]):
    """A date of publication, a day or a moment."""

    name = "DATE"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The date in ISO 8601. A value that names no day, or could name two, is a usage error."""
        try:
            return parse_published(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Moment(click.ParamType[datetime]):
    """A moment in the past: a day (its beginning), a date-time, or how long ago.

    Without a zone, UTC is meant.
    """

    name = "DATE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The moment with its zone. What is none is a usage error."""
        if isinstance(value, datetime):
            return value
        age = AGE.fullmatch(value.strip())
        if age is not None:
            return datetime.now(UTC) - int(age[1]) * UNITS[age[2]]
        try:
            found = datetime.fromisoformat(value.strip())
        except ValueError:
            self.fail(
                f"{value!r} is no moment: write 2026-01-08, 2026-01-08T12:00 or an age such as "
                "30d, 12h or 45m",
                param,
                ctx,
            )
        return found if found.tzinfo else found.replace(tzinfo=UTC)
