"""Quotations: where speech begins and ends, and whose it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from extractors.actions.lexicon import Lexicon, load_lexicon
from extractors.attribution.quotations import find_quotations
from extractors.language import parse

Found = list[tuple[str, str | None, str | None]]


@pytest.fixture(scope="module")
def lexicon(ontology_path: Path) -> Lexicon:
    return load_lexicon(ontology_path)


def quotations(nlp: Language, lexicon: Lexicon, text: str) -> Found:
    """What is said, by whom, and with which verb."""
    doc = next(parse(nlp, [text]))
    found = find_quotations(doc, lexicon)
    return [
        (
            text[q.start : q.end],
            text[q.speaker.start : q.speaker.end] if q.speaker else None,
            doc[q.cue].text if q.cue is not None else None,
        )
        for q in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“We will fight this,” the mayor said on Friday.",
            [("We will fight this,", "the mayor", "said")],
        ),
        (
            "Anna Berg said: “The bridge is safe.”",
            [("The bridge is safe.", "Anna Berg", "said")],
        ),
        (
            "“Why should they pay twice?” Berg tweeted over the weekend.",
            [("Why should they pay twice?", "Berg", "tweeted")],
        ),
        (
            "“The mine is closed,” said Anna Berg, the director.",
            [("The mine is closed,", "Anna Berg", "said")],
        ),
        (
            "``The mine is closed,'' said Anna Berg.",
            [("The mine is closed,", "Anna Berg", "said")],
        ),
        (
            "According to Berg, the plant is “a danger to the town”.",
            [("a danger to the town", "Berg", "According")],
        ),
        (
            "The firm's chief executive, Anna Berg, said “the plant will reopen”.",
            [("the plant will reopen", "Anna Berg", "said")],
        ),
    ],
)
def test_the_speaker_is_found(nlp: Language, lexicon: Lexicon, text: str, expected: Found) -> None:
    assert quotations(nlp, lexicon, text) == expected


def test_an_interrupted_quotation_has_one_speaker(nlp: Language, lexicon: Lexicon) -> None:
    text = "“We will appeal,” she said, “and we will win.”"
    assert quotations(nlp, lexicon, text) == [
        ("We will appeal,", "she", "said"),
        ("and we will win.", "she", "said"),
    ]


def test_the_next_sentence_is_still_his(nlp: Language, lexicon: Lexicon) -> None:
    text = "“The pump failed,” Olsen said. “We had to leave the ship.”"
    assert quotations(nlp, lexicon, text)[1][:2] == ("We had to leave the ship.", "Olsen")


def test_a_statement_of_two_paragraphs(nlp: Language, lexicon: Lexicon) -> None:
    text = (
        "The director, Anna Berg, said that “every supplier has left us.\n\n"
        "“We will open again in May,” she added.\n\nThe town is quiet."
    )
    assert quotations(nlp, lexicon, text) == [
        ("every supplier has left us.", "Anna Berg", "said"),
        ("We will open again in May,", "she", "added"),
    ]


def test_a_statement_attributed_in_its_second_paragraph(nlp: Language, lexicon: Lexicon) -> None:
    text = "“The quay sank at noon.\n\n“Nobody was hurt,” Olsen said."
    assert [speaker for _, speaker, _ in quotations(nlp, lexicon, text)] == ["Olsen", "Olsen"]


def test_a_paragraph_of_speech_goes_on_with_the_speaker_before(
    nlp: Language, lexicon: Lexicon
) -> None:
    text = "“The quay sank at noon,” Olsen said.\n\n“The town was lucky.”\n\nRain fell."
    assert quotations(nlp, lexicon, text)[1] == ("The town was lucky.", "Olsen", None)


def test_a_quoted_fragment_is_that_of_its_clause(nlp: Language, lexicon: Lexicon) -> None:
    text = "Olsen told the court that the owners had no “emergency plan” for the ferry."
    assert quotations(nlp, lexicon, text) == [("emergency plan", "Olsen", "told")]


def test_scare_quotes_in_the_writers_own_words_have_no_speaker(
    nlp: Language, lexicon: Lexicon
) -> None:
    text = "The so-called ‘peace camp’ was cleared on Monday."
    assert quotations(nlp, lexicon, text) == [("peace camp", None, None)]


def test_single_quotation_marks_are_told_from_apostrophes(nlp: Language, lexicon: Lexicon) -> None:
    text = "‘I don’t think they’ll come,’ said the boys’ mother in the ’90s house."
    assert [said for said, _, _ in quotations(nlp, lexicon, text)] == [
        "I don’t think they’ll come,"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The boys' mother and the girls' father didn't come.",
        'The 13.3" screen weighs 5 kg.',
        "Nothing is quoted here.",
        "",
    ],
)
def test_what_is_no_quotation(nlp: Language, lexicon: Lexicon, text: str) -> None:
    assert quotations(nlp, lexicon, text) == []


def test_a_mark_that_is_never_closed_costs_one_sentence(nlp: Language, lexicon: Lexicon) -> None:
    text = "Olsen called the plan “a disgrace. The council met on Monday.\n\nIt voted for the plan."
    found = quotations(nlp, lexicon, text)
    assert [said for said, _, _ in found] == ["a disgrace."]


@given(st.text(alphabet="ab \n\"'.,“”‘’`I", max_size=80))
def test_quotations_lie_in_the_text_in_order(nlp: Language, lexicon: Lexicon, text: str) -> None:
    doc = nlp.make_doc(next(iter(parse(nlp, [text]))).text)
    for token in doc:
        token.is_sent_start = token.i == 0
    found = find_quotations(doc, lexicon)
    assert [q.start for q in found] == sorted(q.start for q in found)
    for quotation in found:
        assert 0 <= quotation.start < quotation.end <= len(text)
        assert "\n\n" not in text[quotation.start : quotation.end]
