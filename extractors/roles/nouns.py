"""The participants of what a noun names: its own arguments, and those its verb lends it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extractors.extraction import RoleName
from extractors.grammar import (
    NOMINAL,
    by_agents,
    expand,
    governing_verb,
    is_passive,
    prepositional,
    subjects,
)
from extractors.roles.denotations import ANIMATE_TYPES, PLACE_TYPES, Denotations
from extractors.roles.prepositions import ABOUT, AT_PLACE, AWAY, TOWARDS

THING_TYPES = frozenset({"PRODUCT", "WORK", "LAW"})
NAMED_TYPES = ANIMATE_TYPES | PLACE_TYPES | {"PRODUCT", "WORK"}
# Prepositions of what an event noun is directed at: "an attack on", "a campaign against".
DIRECTED_AT = frozenset({"against", "on", "for", "into", "over"})
# Prepositions of "is in talks", "came under attack", "is on strike".
STATE = frozenset({"in", "under", "on", "at"})
# Verbs whose subject undergoes what their object names: "suffered an attack".
UNDERGOING = frozenset({"undergo", "suffer", "experience", "face", "sustain", "receive"})
# Kinds of action whose subject does what the object names: "announced cuts", "won a battle".
COMMITTING = frozenset(
    "Agree Announce Begin Cancel CarryOut Continue Decide End Negotiate Plan Promise Propose "
    "SettleDispute SignAgreement Win".split()
)

Pairs = Iterator[tuple[RoleName, Token]]


def noun_arguments(noun: Token, denotations: Denotations, *, light_verb: bool = False) -> Pairs:
    """The roles of an event noun's participants with the heads that fill them.

    With `light_verb` the noun completes a verb ("took action"), whose subject acts.
    """
    by = by_agents(noun)
    yield from (("instrument" if _is_means(head) else "agent", head) for head in by)
    if not light_verb:
        owners = expand(c for c in noun.children if c.dep_ == "poss" and c.pos_ in NOMINAL)
        for head in owners:
            thing = denotations.type_of(head) in THING_TYPES
            yield ("patient" if by or thing else "agent"), head
        if not owners and not by:
            yield from _performers(noun, denotations)
    yield from (("patient", head) for prep, head in prepositional(noun) if prep.lower_ == "of")
    for child in noun.children:
        kind = denotations.types.get(child.i) or child.ent_type_
        if child.dep_ in ("compound", "nmod", "amod") and kind in NAMED_TYPES:
            yield ("agent" if kind in ANIMATE_TYPES else "patient"), child
    yield from _prepositions(noun, denotations)


def _prepositions(noun: Token, denotations: Denotations) -> Pairs:
    for prep, head in prepositional(noun):
        word = prep.lower_
        if word in ("of", "by"):
            continue
        if word in AT_PLACE and denotations.is_place(head):
            yield "place", head
        elif word == "between":
            yield "agent", head
        elif word in DIRECTED_AT:
            yield "patient", head
        elif word in TOWARDS:
            yield ("destination" if denotations.is_place(head) else "recipient"), head
        elif word in AWAY:
            yield "source", head
        elif word == "with":
            yield "recipient", head
        elif word in ABOUT:
            yield "topic", head
        else:
            yield "other", head


def _is_means(noun: Token) -> bool:
    """Whether "by" tells the means, as it does of a bare noun: "a hearing by video"."""
    return noun.tag_ == "NN" and not any(noun.children)


def _performers(noun: Token, denotations: Denotations) -> Pairs:
    """Who does what a noun names, from the verb that governs it.

    The subject of a verb that performs it or commits itself to it ("made a proposal", "agreed a
    merger", "announced cuts"), of "be" with a preposition ("is in talks"); the subject of one
    that receives it undergoes it ("received criticism").
    """
    verb = governing_verb(noun)
    if verb is None or noun.dep_ not in ("dobj", "pobj", "conj", "nsubjpass"):
        return
    lemma, kind = verb.lemma_.lower(), denotations.events.get(verb.i, "")
    if lemma == "be":
        if noun.dep_ == "pobj" and noun.head.lower_ in STATE:
            yield from (("agent", head) for head in subjects(verb))
    elif lemma in UNDERGOING or kind == "Receive":
        if noun.dep_ == "dobj" and not is_passive(verb):
            yield from (("patient", head) for head in subjects(verb))
    elif _performs(verb, noun, denotations) or (noun.dep_ != "pobj" and kind in COMMITTING):
        doers = by_agents(verb) if is_passive(verb) else subjects(verb)
        yield from (("agent", head) for head in doers)


def _performs(verb: Token, noun: Token, denotations: Denotations) -> bool:
    """Whether a support verb takes the noun, directly or by a preposition alone: "go on strike"."""
    if not denotations.lexicon.is_support(verb.lemma_.lower()):
        return False
    return noun.dep_ != "pobj" or (
        noun.head.lower_ in STATE | {"into"} and not any(c.dep_ == "dobj" for c in verb.children)
    )
