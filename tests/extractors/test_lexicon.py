"""The lexicon gives the action that words evoke, and says what is wrong with an ontology."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extractors.actions.lexicon import Governed, LexiconError, load_lexicon


@pytest.mark.parametrize(
    ("lemma", "context", "action"),
    [
        ("fire", {"object_types": ["PERSON"]}, "Dismiss"),
        ("fire", {"objects": ["worker"]}, "Dismiss"),
        ("fire", {"objects": ["missile"]}, "Shoot"),
        ("fire", {}, "Shoot"),
        ("pull", {"objects": ["support"]}, "Withdraw"),
        ("pull", {"objects": ["rope"]}, "Transport"),
        ("call", {"particles": ["off"]}, "Cancel"),
        ("call", {"particles": ["for"]}, "Request"),
        ("call", {"particles": ["off"], "objects": ["meeting"]}, "Cancel"),
        ("go", {"particles": ["offline"]}, "GoOffline"),
        ("go", {"particles": ["to"]}, "Travel"),
        ("kick", {"particles": ["off"], "objects": ["user"]}, "Moderate"),
        ("kick", {"particles": ["off"], "objects": ["supporter"]}, "Expel"),
        ("set", {"particles": ["to"], "objects": ["fire"]}, "Destroy"),
        ("kick", {"particles": ["off"], "objects": ["season"]}, "Begin"),
        ("put", {"particles": ["on"], "prepositional_objects": [Governed("on", "trial")]}, "Try"),
        (
            "take",
            {"particles": ["into"], "prepositional_objects": [Governed("into", "custody")]},
            "Arrest",
        ),
        ("take", {"objects": ["action"]}, "CarryOut"),
        ("run", {"objects": ["company"]}, "Govern"),
        ("run", {}, "Move"),
        ("strike", {}, "StrikeWork"),
        ("beat", {"objects": ["protester"]}, "Injure"),
        ("hand", {"particles": ["over"], "objects": ["suspect"]}, "Extradite"),
        ("break", {"particles": ["out"]}, "Become"),
        ("lose", {"objects": ["life"]}, "Die"),
        ("lose", {"objects": ["election"]}, "LoseContest"),
        ("apologise", {}, "Apologize"),
        ("re-elect", {}, "Elect"),
        ("extol", {}, "Praise"),
    ],
)
def test_the_most_specific_reading_wins(lemma: str, context: dict[str, Any], action: str) -> None:
    match = load_lexicon().verb(lemma, **context)
    assert match is not None
    assert match.action == action


@pytest.mark.parametrize(
    ("verb", "particles", "noun", "action"),
    [
        ("make", [], "decision", "Decide"),
        ("hold", [], "talk", "Negotiate"),
        ("carry", ["out"], "inspection", "Investigate"),
        ("launch", [], "attack", "Attack"),
        ("give", [], "speech", "Say"),
        ("suffer", [], "defeat", "LoseContest"),
        ("undergo", [], "surgery", "TreatMedically"),
    ],
)
def test_a_support_verb_takes_its_meaning_from_its_noun(
    verb: str, particles: list[str], noun: str, action: str
) -> None:
    match = load_lexicon().verb(verb, particles=particles, objects=[noun])
    assert match is not None
    assert (match.action, match.kind) == (action, "light")
    assert match.words[-1] == noun


@pytest.mark.parametrize(
    ("verb", "noun", "action"),
    [
        ("cancel", "visit", "SanctionParty"),
        ("dismiss", "appeal", "Reject"),
        ("support", "effort", "Support"),
        ("demand", "inquiry", "Demand"),
    ],
)
def test_a_full_verb_keeps_its_own_meaning(verb: str, noun: str, action: str) -> None:
    match = load_lexicon().verb(verb, objects=[noun])
    assert match is not None
    assert (match.action, match.kind) == (action, "verb")


def test_unknown_words_evoke_nothing() -> None:
    lexicon = load_lexicon()
    assert lexicon.verb("defenestrate") is None
    assert lexicon.noun("teapot") is None


@pytest.mark.parametrize(
    ("noun", "action"),
    [
        ("removal", "Remove"),
        ("earthquake", "NaturalDisaster"),
        ("lawsuit", "Sue"),
        ("press conference", "Announce"),
        ("air strike", "Attack"),
        ("hunger strike", "StrikeWork"),
        ("drone attack", "Attack"),
        ("ceasefire", "CeaseFire"),
        ("organisation", None),
        ("filming", "Publish"),
        ("building", None),
        ("market", None),
        ("company", None),
        ("application software", None),
        ("stock exchange", None),
        ("party", None),
    ],
)
def test_a_noun_names_an_event_or_a_thing(noun: str, action: str | None) -> None:
    entry = load_lexicon().noun(noun)
    assert (entry.action if entry else None) == action


def test_some_nouns_need_an_argument() -> None:
    lexicon = load_lexicon()
    for noun, ambiguous in (("removal", False), ("application", True), ("display", True)):
        entry = lexicon.noun(noun)
        assert entry is not None
        assert entry.ambiguous is ambiguous, noun


def test_a_common_noun_tells_the_class_of_its_bearer() -> None:
    lexicon = load_lexicon()
    assert lexicon.entity_type("worker") == "PERSON"
    assert lexicon.entity_type("airline") == "ORG"
    assert lexicon.entity_type("sorrow") is None


def test_the_taxonomy_is_a_tree() -> None:
    lexicon = load_lexicon()
    assert lexicon.ancestors("Murder") == ("Kill", "UseForce", "Action")
    assert lexicon.is_a("Threaten", "Communicate") and not lexicon.is_a("Kill", "Communicate")
    assert {"Kill", "Murder"} <= lexicon.descendants("UseForce")
    assert lexicon.descendants("Action") == frozenset(lexicon.types)


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


@pytest.mark.parametrize(
    ("action", "factuality", "polarity", "expected"),
    [
        ("GiveAid", "asserted", "positive", "AID"),
        ("GiveAid", "planned", "positive", "AGREE"),
        ("GiveAid", "requested", "positive", "DEMAND"),
        ("GiveAid", "asserted", "negative", "REJECT"),
        ("Attack", "planned", "positive", "THREATEN"),
        ("Attack", "attempted", "positive", "FIGHT"),
        ("Attack", "asserted", "negative", None),
        ("Murder", "asserted", "positive", "ASSAULT"),
        ("Reject", "planned", "positive", "REJECT"),
        ("Travel", "asserted", "positive", None),
    ],
)
def test_plover_depends_on_modality(
    action: str, factuality: str, polarity: str, expected: str | None
) -> None:
    assert load_lexicon().plover(action, factuality, polarity) == expected


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


@pytest.mark.parametrize(
    ("verb", "subject", "action"),
    [
        ("explode", "bomb", "Bomb"),
        ("explode", "boiler", "Explode"),
        ("hit", "missile", "Attack"),
        ("hit", "hurricane", "NaturalDisaster"),
        ("clash", "protester", "Protest"),
        ("clash", "militia", "Fight"),
        ("clash", "cousin", "Discuss"),
    ],
)
def test_who_acts_can_decide(verb: str, subject: str, action: str) -> None:
    match = load_lexicon().verb(verb, subjects=[subject])
    assert match is not None
    assert match.action == action


def test_the_object_named_in_a_frame_goes_before_a_mere_preposition() -> None:
    match = load_lexicon().verb("move", particles=["to"], objects=["warship"])
    assert match is not None
    assert match.action == "Deploy"


def test_a_british_spelling_has_the_readings_of_the_american_one() -> None:
    match = load_lexicon().verb("recognise", objects=["government"])
    assert match is not None
    assert match.action == "RecognizeDiplomatically"


def test_measures_are_told_from_things() -> None:
    lexicon = load_lexicon()
    assert lexicon.is_measure("ton") and lexicon.is_measure("dozen")
    assert not lexicon.is_measure("rice")


@pytest.mark.parametrize(
    ("verb", "preposition", "noun", "action"),
    [
        ("break", "into", "network", "Hack"),
        ("break", "into", "shop", "Steal"),
        ("deal", "with", "dispute", "SettleDispute"),
        ("deal", "with", "broker", "Handle"),
    ],
)
def test_a_frame_looks_at_what_the_preposition_governs(
    verb: str, preposition: str, noun: str, action: str
) -> None:
    governed = [Governed(preposition, noun)]
    match = load_lexicon().verb(verb, particles=[preposition], prepositional_objects=governed)
    assert match is not None
    assert match.action == action
