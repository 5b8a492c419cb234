"""Pronouns and descriptions: whom they stand for, and when to keep silent."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from extractors.coreference.participants import participant_mentions
from extractors.coreference.resolving import read, resolve
from extractors.entities.finding import find_entities
from extractors.entities.index import EntityIndex
from extractors.extraction import Entity, Mention
from extractors.language import straighten


@dataclass(frozen=True, slots=True)
class Quotation:
    """What coreference needs of a quotation."""

    start: int
    end: int
    speaker: Mention | None


def place(text: str, words: str, nth: int = 0) -> Mention:
    """Where `words` stand in the text, as whole words, for the n-th time from 0."""
    found = list(re.finditer(rf"\b{re.escape(words)}\b", text))[nth]
    return Mention(found.start(), found.end())


def solve(
    nlp: Language, text: str, quotations: tuple[Quotation, ...] = ()
) -> tuple[Doc, tuple[Entity, ...]]:
    """The parse and the entities with all of their mentions."""
    doc = nlp(straighten(text))
    return doc, resolve(doc, find_entities(doc), quotations)


def spoken_of(text: str, entities: tuple[Entity, ...], mention: Mention) -> set[str]:
    """The names of the entities that have this mention."""
    return {e.name for e in entities if mention in e.mentions}


CASES = [
    ("Norlund withdrew its inspectors on Monday.", "its", 0, {"Norlund"}),
    ("Ingrid Solheim left Norlund. She had led it for years.", "She", 0, {"Ingrid Solheim"}),
    ("Gab, which is popular in Texas, grew.", "which", 0, {"Gab"}),
    ("Ted Cruz, who led the effort, spoke in Houston.", "who", 0, {"Ted Cruz"}),
    ("Google and Apple removed the game from their stores.", "their", 0, {"Google", "Apple"}),
    ("Boeing told Ryanair that it had found a fault.", "it", 0, {"Boeing"}),
    (
        "Google removed Parler from its store, and Apple took it out a day later.",
        "it", 0, {"Parler"},
    ),
    (
        "Parler, the social network, dropped offline. The platform had relied on Amazon.",
        "The platform", 0, {"Parler"},
    ),
    (
        "Amazon pulled its support for Parler, the alternative social network, on Sunday. "
        "The tech giant gave no reason.",
        "The tech giant", 0, {"Amazon"},
    ),
    (
        "Amazon told Parler on Friday that it would suspend the company's account.",
        "the company", 0, {"Parler"},
    ),
    (
        "President Emmanuel Macron flew to Berlin. The president met workers.",
        "The president", 0, {"Emmanuel Macron"},
    ),
    (
        "The Justice Department sued Google in Texas. The department wants a fine.",
        "The department", 0, {"Justice Department"},
    ),
    (
        "Airbus said on Monday that the A380 would fly in May. The aircraft is late.",
        "The aircraft", 0, {"A380"},
    ),
    ("Emma Stone met Paul Dano in Rome. Mr Dano said he was happy.", "he", 0, {"Paul Dano"}),
    ("Big Tech is strong, an example of Facebook flexing its muscles.", "its", 0, {"Facebook"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "nth", "names"), CASES)
def test_who_is_meant(nlp: Language, text: str, words: str, nth: int, names: set[str]) -> None:
    _, entities = solve(nlp, text)
    assert spoken_of(text, entities, place(text, words, nth)) == names


SILENT = [
    ("Norlund left Turin. It is clear that the bridge is unsafe.", "It"),
    ("Norlund left Turin. It was not known who would follow.", "It"),
    ("Visitors complained to Norlund that they were unable to enter.", "they"),
    ("Norlund signed the contract. Another company lost the bid.", "Another company"),
    ("Norlund is large. The company that built the tower is small.", "The company"),
]


@pytest.mark.parametrize(("text", "words"), SILENT)
def test_nobody_named_is_meant(nlp: Language, text: str, words: str) -> None:
    _, entities = solve(nlp, text)
    assert spoken_of(text, entities, place(text, words)) == set()


def test_first_person_in_a_quotation(nlp: Language) -> None:
    text = (
        "“I am sorry, and we will rebuild our app,” said Plover’s chief executive Ingrid Solheim. "
        "We went to see the place."
    )
    quotation = Quotation(
        1, text.index("”"), place(text, "Plover’s chief executive Ingrid Solheim")
    )
    _, entities = solve(nlp, text, (quotation,))
    assert spoken_of(text, entities, place(text, "I")) == {"Ingrid Solheim"}
    assert spoken_of(text, entities, place(text, "we")) == {"Plover"}
    assert spoken_of(text, entities, place(text, "our")) == {"Plover"}
    assert spoken_of(text, entities, place(text, "We")) == set()


def test_an_organisation_speaks_for_itself_and_to_another(nlp: Language) -> None:
    text = "Amazon told Parler that it had seen “posts on your website that violate our terms”."
    quotation = Quotation(text.index("“") + 1, text.index("”"), place(text, "Amazon"))
    _, entities = solve(nlp, text, (quotation,))
    assert spoken_of(text, entities, place(text, "your")) == {"Parler"}
    assert spoken_of(text, entities, place(text, "our")) == {"Amazon"}


def test_the_index_finds_noun_phrases_by_their_heads(nlp: Language) -> None:
    text = (
        "Parler, the social network, sued Amazon. The likes of Senator Ted Cruz had used the "
        "platform. Amazon's spokesman spoke. Google and Apple kept their stores."
    )
    doc, entities = solve(nlp, text)
    index = EntityIndex(doc, entities)
    ids = {e.name: e.id for e in entities}

    def at(words: str) -> str | None:
        mention = place(text, words)
        return index.entity_at(mention.start, mention.end)

    assert at("Senator Ted Cruz") == at("The likes of Senator Ted Cruz") == ids["Ted Cruz"]
    assert at("the platform") == at("the social network") == ids["Parler"]
    assert at("Amazon's spokesman") is None
    assert at("Amazon") == ids["Amazon"]
    assert at("their stores") is None
    their = place(text, "their")
    assert index.entity_at(their.start, their.end) is None
    assert index.entities_at(their.start, their.end) == (ids["Google"], ids["Apple"])


def test_unnamed_participants_are_typed_and_take_their_pronouns(nlp: Language) -> None:
    text = "Three soldiers left the hospital in Turin. They were tired. The attack had no effect."
    doc = nlp(text)
    found = participant_mentions(read(doc, find_entities(doc)))
    kinds = {text[p.start : p.end]: p.type for p in found}
    assert kinds["Three soldiers"] == "PERSON"
    assert kinds["They"] == "PERSON"
    assert kinds["the hospital"] in ("FAC", "ORG")
    assert "The attack" not in kinds
    referents = {text[p.start : p.end]: p.referent for p in found}
    assert referents["They"] == referents["Three soldiers"]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.sampled_from(
            [
                "Amazon said", "that it", "he", "she", "they", "who", "the company", "the app",
                "itself", "and", "Google", "Mr Cruz", "his", "its", "of", ".", "\n\n", "“we", "our",
                "us”", "likes", "which", "is", "told", "😀", "the likes of", ",", "you",
            ]
        ),
        max_size=50,
    )
)  # fmt: skip
def test_mentions_stay_in_the_text_and_names_stay(nlp: Language, pieces: list[str]) -> None:
    text = " ".join(pieces)
    doc = nlp(straighten(text))
    before = find_entities(doc)
    quotation = Quotation(0, len(text), Mention(0, max(1, len(text) // 2)))
    after = resolve(doc, before, (quotation,) if text else ())
    assert [e.id for e in after] == [e.id for e in before]
    for old, new in zip(before, after, strict=True):
        assert set(old.mentions) <= set(new.mentions)
        assert all(0 <= m.start < m.end <= len(text) for m in new.mentions)
        assert list(new.mentions) == sorted(set(new.mentions))
