"""Filters in addresses: read, checked, and written back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.views import MAIN_LINE, TimelineFilter
from web.filters import read_filter, write_filter
from web.problems import Problem


def test_an_empty_address_asks_for_main_events_oldest_first() -> None:
    assert read_filter({}) == TimelineFilter(salience=MAIN_LINE)


def test_months_and_years_reach_from_their_first_day_to_their_last() -> None:
    filter = read_filter({"from": "2020", "to": "2020-02"})
    assert (filter.date_from, filter.date_to) == ("2020-01-01", "2020-02-29")


@pytest.mark.parametrize(
    ("args", "named"),
    [
        ({"from": "yesterday"}, "'yesterday' in 'from'"),
        ({"to": "2021-02-30"}, "'2021-02-30' in 'to'"),
        ({"from": "0000"}, "'0000' in 'from'"),
        ({"from": "2021-02", "to": "2021-01"}, "before it begins"),
        ({"order": "random"}, "'order' is 'random'"),
        ({"show": "most"}, "'show' is 'most'"),
    ],
)
def test_what_cannot_be_is_refused_by_name(args: dict[str, str], named: str) -> None:
    with pytest.raises(Problem, match=named) as caught:
        read_filter(args)
    assert caught.value.code == 400


words = st.one_of(st.none(), st.text(min_size=1).map(str.strip).filter(bool))
days = st.one_of(st.none(), st.dates().map(lambda day: day.isoformat()))


@given(
    st.builds(
        TimelineFilter,
        entity=words,
        action=words,
        text=words,
        article=words,
        date_from=days,
        date_to=st.none(),
        salience=st.sampled_from([0.0, MAIN_LINE]),
        order=st.sampled_from(["oldest", "newest"]),
    )
)
def test_what_is_written_into_an_address_is_read_back(filter: TimelineFilter) -> None:
    assert read_filter(write_filter(filter)) == filter


def test_a_change_touches_nothing_else() -> None:
    filter = TimelineFilter(entity="storm-wall", text="port", order="newest")
    assert write_filter(filter, text=None) == {
        "entity": "storm-wall",
        "order": "newest",
        "show": "all",
    }
