"""Numbers of participants: what they count, and which contradict each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.quantities import quantity


@pytest.mark.parametrize(
    ("phrase", "value", "measure"),
    [
        ("five dead", 5, "people"),
        ("at least seven people in the old town", 7, "people"),
        ("twenty-five police officers", 25, "officer"),
        ("a dozen of the houses", 12, "house"),
        ("a fine of $2.5 million", 2_500_000, "dollars"),
        ("six percent", 6, "percent"),
        ("three of his posts", 3, "post"),
        ("10,000 new users", 10_000, "user"),
    ],
)
def test_a_number_with_what_it_counts(phrase: str, value: float, measure: str) -> None:
    found = quantity(phrase)
    assert found is not None
    assert (found.value, found.measure) == (value, measure)


@pytest.mark.parametrize(
    "phrase", ["the account", "8 January", "2021", "the 40-year-old", "posts on 8 January", ""]
)
def test_no_number_of_anything(phrase: str) -> None:
    assert quantity(phrase) is None


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("five people", "seven people", False),
        ("five people", "at least three people", True),
        ("98 posts", "more than a hundred posts", False),
        ("11.8 million users", "some 12 million users", True),
        ("12 million users", "15 million users", False),
        ("dozens of houses", "34 houses", True),
        ("up to 20 houses", "34 houses", False),
        ("nearly 100 houses", "97 houses", True),
    ],
)
def test_numbers_agree_where_both_may_be_right(one: str, other: str, agree: bool) -> None:
    first, second = quantity(one), quantity(other)
    assert first is not None
    assert second is not None
    assert first.agrees(second) is second.agrees(first) is agree


@given(st.text(max_size=60))
def test_any_words_can_be_read(words: str) -> None:
    found = quantity(words)
    assert found is None or found.low <= found.value <= found.high
