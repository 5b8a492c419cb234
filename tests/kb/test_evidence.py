"""The sentence that is shown around a trigger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.evidence import LIMIT, sentence

TEXT = (
    "Parler goes offline\n\n"
    "“We will be back,” said John Matze. Amazon Inc. dropped the app at 11.59 p.m. on "
    "Sunday, after J. K. Doe of the U.S. Senate complained! “Why now?” he asked. No answer came.\n"
    "Apple kept silent"
)


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        ("goes", "Parler goes offline"),
        ("said", "“We will be back,” said John Matze."),
        (
            "dropped",
            "Amazon Inc. dropped the app at 11.59 p.m. on Sunday, after J. K. Doe of the U.S. "
            "Senate complained!",
        ),
        ("asked", "“Why now?” he asked."),
        ("came", "No answer came."),
        ("kept", "Apple kept silent"),
    ],
)
def test_sentences_of_news(trigger: str, expected: str) -> None:
    start = TEXT.index(trigger)
    first, last = sentence(TEXT, start, start + len(trigger))
    assert TEXT[first:last] == expected


@given(st.text(alphabet=' .!?\n"”abAB\u202e😀', min_size=1, max_size=2000), st.data())
def test_it_holds_the_trigger_and_stays_short(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 40)))
    first, last = sentence(text, start, end)
    assert 0 <= first <= start < end <= last <= len(text)
    assert last - first <= LIMIT + end - start
