"""Objects and what prepositions govern, also where a clause leaves them out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from extractors.grammar.phrases import antecedent, expand
from extractors.grammar.voice import is_passive
from extractors.grammar.words import COMPLEMENTS, NOMINAL, RELATIVE_TAGS, SUBJECTS
from extractors.parse import once

MEASURES = frozenset({"DATE", "TIME", "PERCENT", "QUANTITY", "MONEY", "CARDINAL"})
# Antecedents that a relative clause does not take as its object ("the day he left").
ADVERBIAL_NOUNS = frozenset(
    {"day", "time", "year", "week", "month", "moment", "hour", "way", "reason", "place", "case"}
)


@once
def objects(verb: Token) -> Sequence[Token]:
    """Heads of the direct object, also where a relative clause leaves it out."""
    own = [c for c in verb.children if c.dep_ in ("dobj", "oprd") and c.pos_ in NOMINAL]
    own += _raised_objects(verb) or _mistaken_objects(verb, own) or _shared_objects(verb, own)
    if own:
        return expand(antecedent(token) for token in own)
    gap = relative_gap(verb)
    if gap is not None and not any(c.dep_ == "prep" and not any(c.children) for c in verb.children):
        return [gap]
    return []


def _mistaken_objects(verb: Token, own: Sequence[Token]) -> list[Token]:
    """A name right of a verb without object, which parsers take for an adverb in headlines."""
    if own or is_passive(verb) or any(c.dep_ in ("ccomp", "xcomp") for c in verb.children):
        return []
    return [
        c
        for c in verb.rights
        if c.dep_ == "npadvmod" and c.pos_ == "PROPN" and c.ent_type_ not in MEASURES
    ][:1]


def _shared_objects(verb: Token, own: Sequence[Token]) -> list[Token]:
    """The object that a verb shares with the one joined right after it: "caught and ate fish"."""
    if own or is_passive(verb) or any(c.dep_ in COMPLEMENTS for c in verb.children):
        return []
    for other in verb.rights:
        if other.dep_ != "conj" or other.tag_ != verb.tag_:
            continue
        between = verb.doc[verb.i + 1 : other.i]
        if any(t.dep_ == "cc" for t in between) and all(
            t.dep_ in ("cc", "advmod", "punct", "prt") for t in between
        ):
            return [c for c in other.children if c.dep_ == "dobj" and c.pos_ in NOMINAL]
    return []


def _raised_objects(verb: Token) -> list[Token]:
    """The person who is let, made or asked: in "allowed users to post" the users are the object."""
    clauses = (c for c in verb.children if c.dep_ in ("ccomp", "xcomp") and c.tag_ == "VB")
    return [
        g
        for clause in clauses
        if not any(c.dep_ == "mark" or c.tag_ == "MD" for c in clause.children)
        for g in clause.children
        if g.dep_ in ("nsubj", "nsubjpass") and g.pos_ in NOMINAL and g.i > verb.i
    ]


def relative_gap(verb: Token) -> Token | None:
    """The noun that a relative clause without object modifies: "accounts [it banned]"."""
    if verb.dep_ != "relcl" or is_passive(verb) or verb.head.pos_ not in NOMINAL:
        return None
    children = list(verb.children)
    if not any(c.dep_ in SUBJECTS and c.tag_ not in RELATIVE_TAGS for c in children):
        return None
    if any(c.dep_ in ("dobj", "ccomp", "xcomp", "acomp", "attr") for c in children):
        return None
    if any(
        t.tag_ in ("WRB", "WP$") or (t.dep_ == "pobj" and t.tag_ in RELATIVE_TAGS)
        for t in verb.subtree
    ):
        return None
    return None if verb.head.lemma_.lower() in ADVERBIAL_NOUNS else verb.head


@once
def prepositional(token: Token) -> Sequence[tuple[Token, Token]]:
    """(preposition, object head) pairs of a verb or noun, chains such as "out of" included.

    A preposition that a relative clause leaves stranded ("the service he relied on") is paired
    with the antecedent.
    """
    return tuple(_prepositional(token))


def _prepositional(token: Token) -> Iterator[tuple[Token, Token]]:
    for child in token.children:
        if child.dep_ not in ("prep", "agent", "dative") or child.pos_ not in (
            "ADP",
            "SCONJ",
            "ADV",
        ):
            continue
        targets = [g for g in child.children if g.dep_ == "pobj"]
        inner = [g for g in child.children if g.dep_ == "prep"]
        if targets:
            yield from ((child, head) for head in expand(antecedent(g) for g in targets))
        elif inner:
            for deeper in inner:
                yield from (
                    (deeper, head)
                    for head in expand(g for g in deeper.children if g.dep_ == "pobj")
                )
        elif token.dep_ == "relcl" and token.head.pos_ in NOMINAL:
            yield child, token.head


def by_agents(word: Token) -> list[Token]:
    """Heads of who acts in a passive or an event noun: "by the ministry and its staff"."""
    by = (c for c in word.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by"))
    return expand(g for prep in by for g in prep.children if g.dep_ == "pobj")
