"""Subjects, objects and phrases, wherever English leaves them."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Token

from extractors.grammar import (
    antecedent,
    expand,
    full_extent,
    is_passive,
    noun_phrase,
    objects,
    relative_pronouns,
    subjects,
)


def _verb(doc: Doc, text: str) -> Token:
    return next(token for token in doc if token.text == text)


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("The ministry and the union signed the deal.", "signed", ["ministry", "union"]),
        ("The bank closed two branches and opened a new one.", "opened", ["bank"]),
        ("The company tried to sell its factory.", "sell", ["company"]),
        ("The court forced the firm to pay damages.", "pay", ["firm"]),
        ("The senator promised voters to lower taxes.", "lower", ["senator"]),
        ("Workers who had joined the strike were dismissed.", "joined", ["Workers"]),
        ("The storm flooded the valley, killing dozens of people.", "killing", ["storm"]),
        ("After losing the vote, the minister resigned.", "losing", ["minister"]),
        ("The airline appears to have cancelled the route.", "cancelled", ["airline"]),
        ("Soldiers guarding the bridge opened fire.", "guarding", ["Soldiers"]),
        ("The mayor announced plans to close the port.", "close", ["mayor"]),
        ('"Stop the trains," the driver said.', "Stop", []),
        ("The bank used the money to build a bridge.", "build", ["bank"]),
        ("The law allows the port to grow.", "grow", ["port"]),
        ("She became the first woman to lead the bank.", "lead", ["woman"]),
    ],
)
def test_subjects_are_found_where_english_leaves_them(
    nlp: Language, sentence: str, verb: str, expected: list[str]
) -> None:
    doc = nlp(sentence)
    assert [token.text for token in subjects(_verb(doc, verb))] == expected


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("Police arrested the driver and his brother.", "arrested", ["driver", "brother"]),
        ("The accounts that the network banned had millions of readers.", "banned", ["accounts"]),
        ("The court allowed the newspaper to publish the letters.", "allowed", ["newspaper"]),
        ("The village slept.", "slept", []),
        ("Divers found and later raised the wreck.", "found", ["wreck"]),
    ],
)
def test_objects_include_those_a_relative_clause_leaves_out(
    nlp: Language, sentence: str, verb: str, expected: list[str]
) -> None:
    doc = nlp(sentence)
    assert [token.text for token in objects(_verb(doc, verb))] == expected


@pytest.mark.parametrize(
    ("sentence", "verb", "passive"),
    [
        ("The bridge was closed by the police.", "closed", True),
        ("The letters published by the paper caused a stir.", "published", True),
        ("Ferry delayed after collision", "delayed", True),
        ("Two divers found dead off Malta", "found", True),
        ("Workers dismissed in May have sued the brewery.", "dismissed", True),
        ("Minister forced to resign", "forced", True),
        ("The police closed the bridge.", "closed", False),
        ("The dismissed workers sued.", "sued", False),
        ("The minister has resigned.", "resigned", False),
    ],
)
def test_passives_with_and_without_their_auxiliary(
    nlp: Language, sentence: str, verb: str, passive: bool
) -> None:
    assert is_passive(_verb(nlp(sentence), verb)) is passive


def test_a_relative_pronoun_stands_for_its_noun(nlp: Language) -> None:
    doc = nlp("The firm, which owns three papers, was sold.")
    assert antecedent(_verb(doc, "which")).text == "firm"


def test_a_phrase_leaves_clauses_and_conjuncts_out(nlp: Language) -> None:
    doc = nlp("Dozens of old posts that broke the rules and two videos were removed.")
    start, end = noun_phrase(doc[0])
    assert doc[start:end].text == "Dozens of old posts"


def test_a_pronoun_is_found_for_its_noun(nlp: Language) -> None:
    doc = nlp("The firm that sold the boat and kept the money was fined.")
    firm, that = _verb(doc, "firm"), _verb(doc, "that")
    assert relative_pronouns(_verb(doc, "sold")) == {firm.i: that}
    assert relative_pronouns(_verb(doc, "kept")) == {firm.i: that}
    assert relative_pronouns(_verb(doc, "fined")) == {}


def test_the_whole_phrase_has_its_apposition(nlp: Language) -> None:
    doc = nlp("Ana Reyes, a lawyer, sued the bank.")
    head = _verb(doc, "Reyes")
    start, end = noun_phrase(head)
    assert doc[start : full_extent(head, end)].text == "Ana Reyes, a lawyer"


def test_lists_and_chains_of_thousands(nlp: Language) -> None:
    count = 3000
    listed = Doc(
        nlp.vocab,
        words=["men"] * count,
        heads=[0, *range(count - 1)],
        deps=["ROOT", *["conj"] * (count - 1)],
        pos=["NOUN"] * count,
    )
    assert len(expand([listed[0]])) == count
    chained = Doc(
        nlp.vocab,
        words=["men", *["of", "men"] * count],
        heads=[0, *range(2 * count)],
        deps=["ROOT", *["prep", "pobj"] * count],
        pos=["NOUN", *["ADP", "NOUN"] * count],
    )
    assert noun_phrase(chained[0])[0] == 0
