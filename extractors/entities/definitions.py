"""What an article says its names are: "the messaging app Gab", "Gab, a social network"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from extractors.entities.names import Name
from extractors.entities.types import TITLES

_NAMING = frozenset({"call", "name", "dub", "know", "title", "nickname", "brand"})


@dataclass(frozen=True, slots=True)
class Definition:
    """A noun that says what a name stands for: the index of the name, the noun's token.

    `how` tells the construction: "apposition" ("Gab, a network"), "modifier" ("the planemaker
    Airbus", "President Trump"), "copula" ("Gab is a network") or "naming" ("a network called
    Gab").
    """

    name: int
    noun: int
    how: Literal["apposition", "modifier", "copula", "naming"]


def find_definitions(doc: Doc, names: Sequence[Name]) -> list[Definition]:
    """The defining nouns of all names, in the order of the names."""
    inside = {i for name in names for i in range(name.start, name.end)}
    return [
        Definition(index, noun, how)
        for index, name in enumerate(names)
        for noun, how in _defining(doc, name, inside)
        if noun not in inside and (doc[noun].tag_ != "NNS" or doc[name.head].tag_ != "NNP")
    ]


def _defining(
    doc: Doc, name: Name, inside: set[int]
) -> Iterator[tuple[int, Literal["apposition", "modifier", "copula", "naming"]]]:
    head = doc[name.head]
    for child in head.children:
        if child.dep_ == "appos" and child.i >= name.end and child.pos_ == "NOUN":
            yield child.i, "apposition"
    if head.dep_ == "appos" and head.head.pos_ in ("NOUN", "PROPN"):
        yield head.head.i, "apposition" if name.start - head.head.i > 1 else "modifier"
    if name.start > 0:
        before = doc[name.start - 1]
        if before.lower_ in TITLES or _modifies(before, head, name):
            yield before.i, "modifier"
    if head.dep_ == "nsubj" and head.head.lemma_ == "be" and not _negated(head.head):
        for child in head.head.children:
            if child.dep_ == "attr" and child.pos_ == "NOUN" and child.i > head.i:
                yield child.i, "copula"
    if head.dep_ == "oprd" and head.head.lemma_ in _NAMING:
        verb = head.head
        if verb.dep_ == "acl" and verb.head.pos_ == "NOUN":
            yield verb.head.i, "naming"


def _modifies(before: Token, head: Token, name: Name) -> bool:
    """Whether the word in front of a name is a noun that goes with it: "the planemaker Airbus".
    The parser may take the two for one verb's two subjects."""
    if before.pos_ not in ("NOUN", "PROPN") or not before.is_lower:
        return False
    inside = before.dep_ in ("compound", "nmod", "amod") and name.start <= before.head.i < name.end
    return inside or (before.dep_ == head.dep_ == "nsubj" and before.head.i == head.head.i)


def _negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" or child.tag_ == "MD" for child in verb.children)


#: What people do on a platform, and what they have there.
_POSTING = frozenset(
    "post share write publish message upload join follow account profile user follower message "
    "page friend video channel speech popular available active".split()
)
_USERS = frozenset("user follower app site website feed page account server moderator".split())


def is_platform(name: Token) -> bool:
    """Whether the words around a name show that people post there or use it: "posts on Gab",
    "Gab's users"."""
    if name.dep_ == "pobj" and name.head.lower_ in ("on", "off", "via", "onto"):
        return name.head.head.lemma_ in _POSTING
    if name.dep_ in ("poss", "compound", "nmod"):
        return name.head.lemma_ in _USERS
    if name.dep_ == "pobj" and name.head.lower_ == "of":
        return name.head.head.lemma_ in _USERS
    return name.dep_ == "dobj" and name.head.lemma_ == "join"
