"""The lexicon gives the action that words evoke, and says what is wrong with an ontology."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.lexicon import LexiconError, load_lexicon


@pytest.mark.parametrize(
    ("lemma", "context", "action"),
    [
        ("fire", {"object_types": ["PERSON"]}, "Dismiss"),
        ("fire", {"objects": ["missile"]}, "Attack"),
        ("pull", {"objects": ["support"]}, "Withdraw"),
        ("call", {"particles": ["off"]}, "Cancel"),
        ("call", {"particles": ["for"]}, "Request"),
        ("go", {"particles": ["offline"]}, "GoOffline"),
        ("kick", {"particles": ["off"], "objects": ["user"]}, "Remove"),
        ("put", {"particles": ["on"], "prepositional_objects": ["trial"]}, "Try"),
        ("apologise", {}, "Apologize"),
        ("re-elect", {}, "Appoint"),
    ],
)
def test_the_most_specific_reading_wins(
    lemma: str, context: dict[str, list[str]], action: str
) -> None:
    match = load_lexicon().verb(lemma, **context)
    assert match is not None
    assert match.action == action


def test_unknown_words_evoke_nothing() -> None:
    lexicon = load_lexicon()
    assert lexicon.verb("defenestrate") is None
    assert lexicon.noun("teapot") is None


def test_nouns_compounds_and_gerunds() -> None:
    lexicon = load_lexicon()
    assert lexicon.noun("air strike") is not None
    assert lexicon.noun("building") is None
    removal = lexicon.noun("removal")
    assert removal is not None and removal.action == "Remove" and not removal.ambiguous


def test_what_a_word_says_of_its_complement() -> None:
    lexicon = load_lexicon()
    assert [
        lexicon.complement_factuality(w) for w in ("plan", "urge", "try", "prevent", "say")
    ] == [
        "planned",
        "requested",
        "attempted",
        "prevented",
        None,
    ]
    assert lexicon.implicative("fail") == "negative"
    assert lexicon.implicative("manage") == "positive"
    assert lexicon.is_speech("claim") and not lexicon.is_speech("remove")
    assert lexicon.is_aspectual("begin") and lexicon.is_cognition("believe")


def test_plover_depends_on_modality() -> None:
    lexicon = load_lexicon()
    assert lexicon.plover("Aid") == "AID"
    assert lexicon.plover("Aid", "planned") == "AGREE"
    assert lexicon.plover("Attack", "planned") == "THREATEN"
    assert lexicon.plover("Aid", "requested") == "DEMAND"
    assert lexicon.plover("Aid", polarity="negative") == "REJECT"


SMALL = """@prefix dl: <https://w3id.org/dateline/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
dl:Action a dl:ActionType ; skos:prefLabel "act" ; skos:definition "d" ; skos:example "e" .
dl:Sing a dl:ActionType ; skos:broader dl:Action ; skos:prefLabel "sing" ; skos:definition "d" ;
  skos:example "e" ; dl:verb "sing" .
"""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("dl:Action a", "not valid Turtle"),
        ("", "has no dl:Action"),
        (SMALL.replace("skos:broader dl:Action", "skos:broader dl:Dance"), "needs skos:broader"),
        (SMALL.replace('dl:verb "sing"', 'dl:verb "sing loudly"'), "needs one word"),
        (
            SMALL + SMALL.rsplit("dl:Sing", 1)[1].join(["dl:Chant", ""]),
            "evokes both dl:Chant and dl:Sing|evokes both dl:Sing and dl:Chant",
        ),
    ],
)
def test_a_broken_ontology_is_said_so(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "ontology.ttl"
    path.write_text(text, "utf-8")
    with pytest.raises(LexiconError, match=message):
        load_lexicon(path)


def test_adding_an_action_is_an_edit_of_the_ontology_alone(tmp_path: Path) -> None:
    path = tmp_path / "ontology.ttl"
    path.write_text(SMALL, "utf-8")
    match = load_lexicon(path).verb("sing")
    assert match is not None and match.action == "Sing"
