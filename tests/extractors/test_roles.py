"""Who did what to whom, over the constructions of news prose."""

from __future__ import annotations

import pytest
from spacy.language import Language

from extractors.actions.finding import find_actions
from extractors.actions.lexicon import load_lexicon
from extractors.roles import find_arguments

Expected = dict[str, set[str]]


def _roles(nlp: Language, sentence: str, trigger: str) -> Expected:
    doc = nlp(sentence)
    lexicon = load_lexicon()
    types = {t.i: t.ent_type_ for t in doc if t.ent_type_ in ("GPE", "ORG", "PERSON", "LOC", "FAC")}
    actions = find_actions(doc, lexicon)
    arguments = find_arguments(doc, actions, lexicon, types)
    token = next(t for t in doc if t.text == trigger)
    found: Expected = {}
    for argument in arguments[token.i]:
        found.setdefault(argument.role, set()).add(doc[argument.start : argument.end].text)
    return found


@pytest.mark.parametrize(
    ("sentence", "trigger", "expected"),
    [
        pytest.param(
            "Norway and Sweden signed the treaty.",
            "signed",
            {"agent": {"Norway", "Sweden"}, "patient": {"the treaty"}},
            id="conjoined subjects",
        ),
        pytest.param(
            "The statue was removed by council workers.",
            "removed",
            {"agent": {"council workers"}, "patient": {"The statue"}},
            id="passive",
        ),
        pytest.param(
            "Lawmakers sent the president a letter.",
            "sent",
            {"agent": {"Lawmakers"}, "patient": {"a letter"}, "recipient": {"the president"}},
            id="recipient",
        ),
        pytest.param(
            "The bank told customers that it would close.",
            "told",
            {"agent": {"The bank"}, "recipient": {"customers"}},
            id="the hearer is a recipient",
        ),
        pytest.param(
            "The regulator withdrew its approval after the bank tried to hide its losses.",
            "hide",
            {"agent": {"the bank"}, "patient": {"its losses"}},
            id="control",
        ),
        pytest.param(
            "The firm, which had sacked 300 workers, apologised.",
            "sacked",
            {"agent": {"The firm"}, "patient": {"300 workers"}},
            id="relative clause",
        ),
        pytest.param(
            "The council's removal of the statue angered residents.",
            "removal",
            {"agent": {"The council's"}, "patient": {"the statue"}},
            id="nominal event",
        ),
        pytest.param(
            "Rebels carried out an attack on the minister.",
            "attack",
            {"agent": {"Rebels"}, "patient": {"the minister"}},
            id="noun performed by a support verb",
        ),
        pytest.param(
            "Troops arrived in Nairobi from Kampala.",
            "arrived",
            {"agent": {"Troops"}, "place": {"Nairobi"}, "source": {"Kampala"}},
            id="place and source",
        ),
    ],
)
def test_roles(nlp: Language, sentence: str, trigger: str, expected: Expected) -> None:
    assert _roles(nlp, sentence, trigger) == expected


def test_a_time_fills_no_other_role(nlp: Language) -> None:
    sentence = "Police closed the square on Monday."
    assert all("Monday" not in words for words in _roles(nlp, sentence, "closed").values())


CONSTRUCTIONS = [
    # passives and reduced relatives
    ("The ferry was raised by divers.", "raised", {"agent": {"divers"}, "patient": {"The ferry"}}),
    (
        "The letters published by the union embarrassed the ministry.",
        "published",
        {"agent": {"the union"}, "patient": {"The letters"}},
    ),
    ("Workers dismissed in May have sued the brewery.", "dismissed", {"patient": {"Workers"}}),
    (
        "Workers dismissed in May have sued the brewery.",
        "sued",
        {"agent": {"Workers"}, "patient": {"the brewery"}},
    ),
    (
        "The players were banned from the league.",
        "banned",
        {"agent": {"the league"}, "patient": {"The players"}},
    ),
    # control and raising
    (
        "The court ordered the mayor to reopen the market.",
        "reopen",
        {"agent": {"the mayor"}, "patient": {"the market"}},
    ),
    (
        "The mayor was ordered by the court to reopen the market.",
        "reopen",
        {"agent": {"The mayor"}, "patient": {"the market"}},
    ),
    (
        "The bank used the money to buy a brewery.",
        "buy",
        {"agent": {"The bank"}, "patient": {"a brewery"}},
    ),
    (
        "Farmers appear to have blocked the road.",
        "blocked",
        {"agent": {"Farmers"}, "patient": {"the road"}},
    ),
    (
        "She was the first woman to lead the bank.",
        "lead",
        {"agent": {"the first woman"}, "patient": {"the bank"}},
    ),
    # coordination with shared arguments
    (
        "Police arrested the driver and seized a lorry.",
        "seized",
        {"agent": {"Police"}, "patient": {"a lorry"}},
    ),
    (
        "Divers found and later raised the wreck.",
        "found",
        {"agent": {"Divers"}, "patient": {"the wreck"}},
    ),
    # gerunds and participles
    (
        "Claiming that the dam leaked, engineers closed the gates.",
        "Claiming",
        {"agent": {"engineers"}},
    ),
    (
        "The storm hit the coast, killing nine sailors.",
        "killing",
        {"agent": {"The storm"}, "patient": {"nine sailors"}},
    ),
    (
        "The minister resigned after losing the vote.",
        "losing",
        {"agent": {"The minister"}, "patient": {"the vote"}},
    ),
    (
        "It was a sequel to the riots in the capital, sparked by a ruling.",
        "sparked",
        {"agent": {"a ruling"}, "patient": {"the riots in the capital"}},
    ),
    # light and aspectual verbs, event nouns that are received
    (
        "The council took action against the landlord.",
        "action",
        {"agent": {"The council"}, "patient": {"the landlord"}},
    ),
    (
        "Rebels began shelling the port.",
        "shelling",
        {"agent": {"Rebels"}, "patient": {"the port"}},
    ),
    (
        "The brewery stopped selling cider.",
        "selling",
        {"agent": {"The brewery"}, "patient": {"cider"}},
    ),
    ("The minister received criticism.", "criticism", {"patient": {"The minister"}}),
    # particle verbs
    (
        "The airline laid off 300 pilots.",
        "laid",
        {"agent": {"The airline"}, "patient": {"300 pilots"}},
    ),
    (
        "The union called off the strike.",
        "called",
        {"agent": {"The union"}, "patient": {"the strike"}},
    ),
    # causatives
    (
        "The regulator forced the airline to close two routes.",
        "close",
        {"agent": {"the airline"}, "patient": {"two routes"}},
    ),
    (
        "The minister made the bank repay its customers.",
        "repay",
        {"agent": {"the bank"}, "patient": {"its customers"}},
    ),
    # copular event nouns, "be" with a preposition
    (
        "The ruling was a defeat for the chancellor.",
        "defeat",
        {"patient": {"the chancellor"}},
    ),
    (
        "The owners are in talks with the union.",
        "talks",
        {"agent": {"The owners"}, "recipient": {"the union"}},
    ),
    # nominalisations with arguments
    (
        "The sale of the brewery to investors angered residents.",
        "sale",
        {"patient": {"the brewery"}, "recipient": {"investors"}},
    ),
    (
        "The attack on the convoy by gunmen alarmed the army.",
        "attack",
        {"agent": {"gunmen"}, "patient": {"the convoy"}},
    ),
    (
        "A hearing by video angered the union.",
        "hearing",
        {"instrument": {"video"}},
    ),
    (
        "The airline announced cuts to its fleet.",
        "cuts",
        {"agent": {"The airline"}, "recipient": {"its fleet"}},
    ),
    # headlines
    (
        "Union calls off strike after pay deal",
        "calls",
        {"agent": {"Union"}, "patient": {"strike"}, "other": {"pay deal"}},
    ),
    ("Minister forced to resign", "forced", {"patient": {"Minister"}}),
    ("Two divers found dead off Malta", "found", {"patient": {"Two divers"}, "place": {"Malta"}}),
    # recipients, instruments, places, sources, destinations
    (
        "The bank sold 40 trucks to Peru.",
        "sold",
        {"agent": {"The bank"}, "patient": {"40 trucks"}, "recipient": {"Peru"}},
    ),
    (
        "The lorry carried apples from Kent to Paris.",
        "carried",
        {
            "agent": {"The lorry"},
            "patient": {"apples"},
            "source": {"Kent"},
            "destination": {"Paris"},
        },
    ),
    (
        "In Oslo, thieves smashed the window with a hammer.",
        "smashed",
        {
            "agent": {"thieves"},
            "patient": {"the window"},
            "instrument": {"a hammer"},
            "place": {"Oslo"},
        },
    ),
    # what befalls its subject
    ("The plane crashed near Lima.", "crashed", {"patient": {"The plane"}, "place": {"Lima"}}),
    ("Nine sailors died.", "died", {"patient": {"Nine sailors"}}),
    ("The price fell.", "fell", {"patient": {"The price"}}),
]


@pytest.mark.parametrize(("sentence", "trigger", "expected"), CONSTRUCTIONS)
def test_constructions(nlp: Language, sentence: str, trigger: str, expected: Expected) -> None:
    assert _roles(nlp, sentence, trigger) == expected


def test_it_that_announces_a_clause_takes_no_part(nlp: Language) -> None:
    sentence = "It is expected that the bank will close."
    assert _roles(nlp, sentence, "expected") == {}


def test_a_phrase_with_its_apposition_and_the_pronoun_that_takes_it_up(nlp: Language) -> None:
    doc = nlp("Ana Reyes, a lawyer, sued the firm that sold the boat.")
    actions = find_actions(doc, load_lexicon())
    arguments = find_arguments(doc, actions, load_lexicon())
    words = {t.text: t.i for t in doc}
    (agent,) = (a for a in arguments[words["sued"]] if a.role == "agent")
    assert doc[agent.whole[0] : agent.whole[1]].text == "Ana Reyes, a lawyer"
    (seller,) = (a for a in arguments[words["sold"]] if a.role == "agent")
    assert doc[seller.head].text == "firm"
    assert seller.pronoun == words["that"]
