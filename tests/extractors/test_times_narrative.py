"""The day of the story: where events happen that name no time of their own."""

from __future__ import annotations

import pytest
from spacy.language import Language

from extractors.extraction import Time
from extractors.language import parse
from extractors.times import anchor, find_timexes

# A Monday.
PUBLISHED = "2021-01-11"
FRIDAY_ON = ("2021-01-08", "2021-01-11")
BY_NOW = (None, "2021-01-11")


def _times(nlp: Language, text: str, *triggers: str) -> list[Time | None]:
    doc = next(parse(nlp, [text]))
    indices = [next(t.i for t in doc if t.text == word) for word in triggers]
    return anchor(doc, indices, find_timexes(doc, PUBLISHED), PUBLISHED)


def _bounds(nlp: Language, text: str, *triggers: str) -> list[object]:
    return [(t.earliest, t.latest) if t else None for t in _times(nlp, text, *triggers)]


def test_the_story_goes_on_from_the_day_that_opens_it(nlp: Language) -> None:
    text = "The council closed the quay on Friday. The mayor blamed the port firm."
    _, blamed = _times(nlp, text, "closed", "blamed")
    assert blamed == Time(*FRIDAY_ON, "interval", grounding="frame")


@pytest.mark.parametrize(
    ("text", "triggers"),
    [
        # What had happened by then did not happen then.
        ("The council closed the quay on Friday. The firm had lost its permit.", ["lost"]),
        # A look back leaves the story.
        (
            "The council closed the quay on Friday. In 2016 the firm bought it. "
            "The firm painted it.",
            ["bought", "painted"],
        ),
        # Others tell of their own times.
        ('The council closed the quay on Friday. "We built it," said the owner.', ["built"]),
        ("The council closed the quay on Friday. The owner, who built it, wept.", ["built"]),
        # An old day does not open a story.
        ("The council closed the quay on March 3, 2019. The mayor blamed the firm.", ["blamed"]),
    ],
)
def test_what_is_not_of_the_story_is_left_open(
    nlp: Language, text: str, triggers: list[str]
) -> None:
    assert _bounds(nlp, text, "closed", *triggers)[-1] in (BY_NOW, None)


def test_reports_come_back_to_the_story(nlp: Language) -> None:
    text = (
        "The council closed the quay on Friday. In 2016 the firm bought it. "
        "The mayor denied the charge."
    )
    assert _bounds(nlp, text, "closed", "bought", "denied") == [
        ("2021-01-08", "2021-01-08"),
        ("2016-01-01", "2016-12-31"),
        FRIDAY_ON,
    ]


def test_a_new_paragraph_comes_back_to_the_story(nlp: Language) -> None:
    text = (
        "The council closed the quay on Friday.\n\nIn 2016 the firm bought it.\n\n"
        "Workers blocked the road."
    )
    assert _bounds(nlp, text, "closed", "bought", "blocked")[2] == FRIDAY_ON


def test_the_finer_of_two_times_counts(nlp: Language) -> None:
    text = "On Sunday, at this year's fair, the firm unveiled a ferry."
    assert _bounds(nlp, text, "unveiled") == [("2021-01-10", "2021-01-10")]
