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
