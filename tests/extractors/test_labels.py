"""Headlines for events: present tense, names for pronouns, truth in the verb."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from extractors.actions.finding import Action, verb_lemma
from extractors.actions.lexicon import load_lexicon
from extractors.extraction import Factuality, Polarity
from extractors.labels import headline, third_person
from extractors.roles import find_arguments


def _headline(
    nlp: Language,
    sentence: str,
    trigger: str,
    polarity: Polarity = "positive",
    factuality: Factuality = "asserted",
    names: dict[str, str] | None = None,
    time: str = "",
) -> str:
    doc = nlp(sentence)
    token = next(t for t in doc if t.text == trigger)
    kind = "verb" if token.pos_ == "VERB" else "noun"
    lemma = verb_lemma(token, load_lexicon()) if kind == "verb" else token.lemma_
    action = Action(token.i, lemma, "Action", "verb" if kind == "verb" else "noun")
    span = doc.char_span(sentence.index(time), sentence.index(time) + len(time)) if time else None
    times = frozenset(t.i for t in span) if span is not None else frozenset()
    arguments = find_arguments(doc, [action], load_lexicon(), {}, times)[token.i]
    known = names or {}
    return headline(
        token, action, arguments, lambda t: known.get(t.text), times, polarity, factuality
    )


def test_the_past_becomes_present_and_the_time_is_left_out(nlp: Language) -> None:
    sentence = "The port authority closed both terminals last week."
    assert _headline(nlp, sentence, "closed", time="last week") == (
        "The port authority closes both terminals"
    )


def test_pronouns_become_names(nlp: Language) -> None:
    label = _headline(
        nlp, "It sued him in March.", "sued", names={"It": "Northgate", "him": "Ruiz"}, time="March"
    )
    assert label.startswith("Northgate sues Ruiz")


def test_a_passive_with_its_agent_is_turned_round(nlp: Language) -> None:
    assert (
        _headline(nlp, "The bridge was closed by the police.", "closed")
        == "The police close the bridge"
    )


def test_a_passive_without_agent_stays_one(nlp: Language) -> None:
    assert _headline(nlp, "Two bridges were closed on the coast.", "closed").startswith(
        "Two bridges are closed"
    )


@pytest.mark.parametrize(
    ("polarity", "factuality", "expected"),
    [
        ("negative", "asserted", "The bank does not open a branch"),
        ("positive", "planned", "The bank to open a branch"),
        ("negative", "planned", "The bank not to open a branch"),
        ("positive", "possible", "The bank may open a branch"),
        ("positive", "attempted", "The bank tries to open a branch"),
    ],
)
def test_what_is_not_plain_fact_is_said_so(
    nlp: Language, polarity: Polarity, factuality: Factuality, expected: str
) -> None:
    assert _headline(nlp, "The bank opened a branch.", "opened", polarity, factuality) == expected


def test_a_nominal_event_keeps_its_phrase(nlp: Language) -> None:
    label = _headline(nlp, "The council's removal of the statue angered residents.", "removal")
    assert label == "The council's removal of the statue"


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=10))
def test_the_third_person_always_ends_in_s(lemma: str) -> None:
    assert third_person(lemma, plural=False).endswith("s")


@pytest.mark.parametrize(
    ("sentence", "trigger", "expected"),
    [
        ("The bank gave the union 24 hours.", "gave", "The bank gives the union 24 hours"),
        ("Both demanded a new vote.", "demanded", "Both demand a new vote"),
        ("The storm spared Norway.", "spared", "The storm spares Norway"),
        (
            "The mayor tried to reopen the old market before the end of the summer holidays.",
            "tried",
            "The mayor tries to reopen the old market",
        ),
        (
            "The ministry acted after two reactors failed.",
            "acted",
            "The ministry acts after two reactors failed",
        ),
        ("There was a strike at the shipyard.", "was", "A strike at the shipyard"),
        ("Sailors and divers were led to safety.", "led", "Sailors and divers are led to safety"),
        ("The ship was named Aurora by the queen.", "named", "The queen names the ship Aurora"),
        (
            "Divers found and later raised the wreck.",
            "found",
            "Divers find the wreck",
        ),
        (
            "Farmers blocked two bridges and a tunnel.",
            "blocked",
            "Farmers block two bridges and a tunnel",
        ),
        ("The valley was flooded by the river.", "flooded", "The valley is flooded by the river"),
        ("Talks between Norway and Chile failed.", "failed", "Talks between Norway and Chile fail"),
        (
            "Rebels carried out an attack on the minister.",
            "attack",
            "Rebels' attack on the minister",
        ),
    ],
)
def test_a_label_says_what_a_newspaper_would(
    nlp: Language, sentence: str, trigger: str, expected: str
) -> None:
    assert _headline(nlp, sentence, trigger) == expected


def test_who_has_been_named_is_taken_up_by_a_pronoun(nlp: Language) -> None:
    names = {"It": "Northgate", "it": "Northgate", "its": "Northgate"}
    label = _headline(nlp, "It said that it had sold its last ferry.", "said", names=names)
    assert label == "Northgate says that it had sold its last ferry"


def test_a_name_keeps_its_small_letter(nlp: Language) -> None:
    label = _headline(nlp, "It sold well.", "sold", names={"It": "iTunes"})
    assert label.startswith("iTunes sells")


def test_a_time_that_tells_which_one_stays(nlp: Language) -> None:
    sentence = "The bank signed a two-year contract in May."
    assert _headline(nlp, sentence, "signed", time="two-year") == (
        "The bank signs a two-year contract in May"
    )


def test_an_amount_of_time_that_is_given_stays(nlp: Language) -> None:
    sentence = "The bank wrote on Friday and had given the owners 24 hours."
    assert (
        _headline(nlp, sentence, "given", time="24 hours") == "The bank gives the owners 24 hours"
    )


def test_nobody_is_not_denied_twice(nlp: Language) -> None:
    label = _headline(nlp, "Nobody signed the treaty.", "signed", polarity="negative")
    assert label == "Nobody signs the treaty"


def test_who_ends_his_own_doing_is_not_kept_from_it(nlp: Language) -> None:
    label = _headline(nlp, "The brewery stopped selling cider.", "selling", "negative", "prevented")
    assert label == "The brewery stops selling cider"
