"""Which words speak of events, and of what kind."""

from __future__ import annotations

import pytest
from spacy.language import Language

from extractors.actions.finding import find_actions
from extractors.actions.lexicon import load_lexicon


def _found(nlp: Language, sentence: str) -> dict[str, str]:
    doc = nlp(sentence)
    return {doc[a.token].text: a.type for a in find_actions(doc, load_lexicon())}


def test_verbs_speak_of_events_and_auxiliaries_do_not(nlp: Language) -> None:
    found = _found(nlp, "The court has been asked to stop the sale, which had begun.")
    assert {"asked", "stop", "sale", "begun"} <= found.keys()
    assert not {"has", "been", "had"} & found.keys()


@pytest.mark.parametrize(
    "sentence",
    [
        "According to the paper, the talks ended.",
        "Prices rose in several countries, including Spain.",
        "The increased prices angered shoppers.",
    ],
)
def test_participles_used_as_prepositions_or_adjectives_are_no_events(
    nlp: Language, sentence: str
) -> None:
    assert not {"According", "including", "increased"} & _found(nlp, sentence).keys()


def test_event_nouns_count_and_things_do_not(nlp: Language) -> None:
    found = _found(nlp, "The explosion followed a strike at the factory, near the river.")
    assert {"explosion", "strike"} <= found.keys()
    assert not {"factory", "river"} & found.keys()


def test_the_words_around_a_verb_decide_its_action(nlp: Language) -> None:
    fired = _found(nlp, "The board fired its chief executive on Friday.")
    shot = _found(nlp, "The army fired two missiles at the port.")
    assert fired["fired"] != shot["fired"]


def test_a_light_verb_takes_its_action_from_its_noun(nlp: Language) -> None:
    doc = nlp("The bank pulled its support for the project.")
    action = next(a for a in find_actions(doc, load_lexicon()) if doc[a.token].text == "pulled")
    assert action.complement is not None
    assert doc[action.complement].text == "support"


def test_a_verb_the_taxonomy_does_not_know_is_kept(nlp: Language) -> None:
    assert "defenestrated" in _found(nlp, "Rioters defenestrated the governor.")


@pytest.mark.parametrize(
    ("sentence", "word", "action"),
    [
        ("The union shipped four tons of rice to the island.", "shipped", "GiveAid"),
        ("Police arrested dozens of students.", "arrested", "Arrest"),
        ("A car bomb exploded outside the bank.", "exploded", "Bomb"),
        ("Missiles hit the power station.", "hit", "Attack"),
        ("The council staged a concert in the park.", "staged", "Perform"),
        ("The two leaders spoke by telephone.", "spoke", "Discuss"),
        ("Peru recalled its ambassador from Quito.", "recalled", "BreakRelations"),
        ("The factions agreed a truce.", "agreed", "CeaseFire"),
        ("Police fired tear gas at the crowd.", "fired", "DisperseCrowd"),
        ("Customs seized two tons of cocaine.", "seized", "Confiscate"),
    ],
)
def test_frames_of_object_subject_and_preposition(
    nlp: Language, sentence: str, word: str, action: str
) -> None:
    assert _found(nlp, sentence)[word] == action


def test_a_hyphenated_noun_is_looked_up_whole(nlp: Language) -> None:
    assert "in" in _found(nlp, "The break-in at the museum lasted ten minutes.")


def test_what_is_left_of_a_broken_word_is_no_event(nlp: Language) -> None:
    assert not {"couldn", "s"} & _found(nlp, "That' s the man she couldn' t see.").keys()


def test_a_participle_that_names_people_is_no_event(nlp: Language) -> None:
    assert "wounded" not in _found(nlp, "Medics treated the wounded in a tent.")
    assert "wounded" in _found(nlp, "The blast wounded three traders.")
