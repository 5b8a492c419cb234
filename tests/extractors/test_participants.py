"""From the words of arguments to the roles of the record."""

from __future__ import annotations

import pytest

from extractors.articles import Article
from extractors.extraction import Event, Role
from extractors.pipeline import Extractor


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def _event(extractor: Extractor, text: str, lemma: str) -> Event:
    found = extractor.extract(Article("a", text, None, "2024-05-02"))
    return next(event for event in found.events if event.lemma == lemma)


def _role(event: Event, name: str) -> Role:
    (role,) = (role for role in event.roles if role.role == name)
    return role


def test_a_pronoun_becomes_the_unnamed_thing_it_takes_up(extractor: Extractor) -> None:
    text = "Visitors complained that they could not open accounts."
    agent = _role(_event(extractor, text, "open"), "agent")
    assert text[agent.start : agent.end] == "Visitors"
    assert agent.pronoun is not None
    assert text[agent.pronoun.start : agent.pronoun.end] == "they"


def test_a_relative_pronoun_is_kept_beside_its_noun(extractor: Extractor) -> None:
    text = "Police arrested a driver who had fled the city."
    event = _event(extractor, text, "flee")
    (fled,) = (role for role in event.roles if role.pronoun is not None)
    assert text[fled.start : fled.end] == "a driver"


def test_unnamed_participants_that_are_joined_are_one(extractor: Extractor) -> None:
    text = "Farmers blocked two bridges and a tunnel."
    patient = _role(_event(extractor, text, "block"), "patient")
    assert text[patient.start : patient.end] == "two bridges and a tunnel"


def test_named_participants_stay_apart(extractor: Extractor) -> None:
    text = "Norway and Sweden signed the treaty."
    agents = [r for r in _event(extractor, text, "sign").roles if r.role == "agent"]
    assert len({agent.entity for agent in agents}) == 2


def test_a_long_phrase_has_a_short_name(extractor: Extractor) -> None:
    text = "Auditors praised a brewery founded in Leeds by monks."
    patient = _role(_event(extractor, text, "praise"), "patient")
    assert text[patient.start : patient.end] == "a brewery founded in Leeds by monks"
    assert patient.text == "a brewery"


def test_who_quotes_an_unnamed_source_is_the_source(extractor: Extractor) -> None:
    text = "John Olsen said every shopkeeper claims that the levy ruined the town."
    found = extractor.extract(Article("a", text, None, "2024-05-02"))
    (ruined,) = (event for event in found.events if event.lemma == "ruin")
    names = {entity.id: entity.name for entity in found.entities}
    assert ruined.source is not None
    assert names[ruined.source] == "John Olsen"
