"""Publication dates: read as people write them, refused when they can't be right."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.sources.publication import date_in_url, parse_published, read_stamp

PAST = st.dates(min_value=date(1605, 1, 1), max_value=date(2024, 12, 31))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2021-01-11", "2021-01-11"),
        ("2021-01-11T06:48", "2021-01-11T06:48:00"),
        ("2021-01-11T06:48:03.250Z", "2021-01-11T06:48:03+00:00"),
        ("2021-01-11 06:48 +0100", "2021-01-11T06:48:00+01:00"),
        ("Mon, 11 Jan 2021 06:48:00 GMT", "2021-01-11T06:48:00+00:00"),
        ("11 January 2021", "2021-01-11"),
        ("Monday 11th of January 2021", "2021-01-11"),
        ("Jan. 11, 2021 at 6:48 am ET", "2021-01-11"),
    ],
)
def test_dates_as_they_are_written(written: str, read: str) -> None:
    assert parse_published(written) == read


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("11/01/2021", "day first or month first"),
        ("2021-02-30", "no date"),
        ("31 June 2020", "no date"),
        ("3912-01-01", "future"),
        ("1021-01-01", "before 1605"),
        ("2021", "not a date"),
        ("January 2021", "not a date"),
        ("yesterday", "not a date"),
        ("", "not a date"),
    ],
)
def test_dates_that_are_refused(written: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_published(written)


def test_tomorrow_is_today_in_another_time_zone() -> None:
    today = date.today()
    assert parse_published((today + timedelta(days=1)).isoformat())
    with pytest.raises(ValueError, match="future"):
        parse_published((today + timedelta(days=3)).isoformat())


@given(PAST, st.sampled_from(["%d %B %Y", "%B %d, %Y", "%A, %d %b %Y", "%b. %d, %Y"]))
def test_written_dates_read_back(day: date, style: str) -> None:
    assert parse_published(day.strftime(style)) == day.isoformat()


@given(st.text(max_size=40))
def test_anything_is_a_date_or_refused(value: str) -> None:
    try:
        assert date.fromisoformat(parse_published(value)[:10])
    except ValueError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("line", "day", "kind"),
    [
        ("January 11, 2021", "2021-01-11", "bare"),
        ("Published: 11 January 2021 at 06.48 GMT", "2021-01-11", "published"),
        ("First published on Mon 11 Jan 2021 06.48 GMT", "2021-01-11", "published"),
        ("Published 11 January 2021, updated 12 January 2021", "2021-01-11", "published"),
        ("Last modified on Mon 11 Jan 2021", "2021-01-11", "updated"),
        ("By Ann Lee | 11 January 2021", "2021-01-11", "bare"),
        ("06:48, 11 January 2021", "2021-01-11", "bare"),
    ],
)
def test_lines_that_are_dates(line: str, day: str, kind: str) -> None:
    stamp = read_stamp(line)
    assert stamp is not None
    assert (stamp.value, stamp.kind) == (day, kind)


@pytest.mark.parametrize(
    "line",
    [
        "On 11 January 2021 the site went dark.",
        "The mob stormed the building, 6 January 2021",
        "Published: 30 February 2021",
        "In May 2021",
        "Founded 11 January 1902 by dockers",
    ],
)
def test_lines_that_are_none(line: str) -> None:
    assert read_stamp(line) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/world/2021/01/11/ferry", "2021-01-11"),
        ("https://a.example/world/2021/jan/11/ferry", "2021-01-11"),
        ("https://a.example/2021-01-11-ferry.html", "2021-01-11"),
        ("https://a.example/2021/13/11/ferry", None),
        ("https://a.example/2021/01/ferry", None),
        ("https://a.example/item/20210111", None),
    ],
)
def test_days_in_addresses(url: str, day: str | None) -> None:
    assert date_in_url(url) == day
