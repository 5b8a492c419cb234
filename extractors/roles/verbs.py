"""The participants of what a verb tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from spacy.tokens import Token

from extractors.actions.finding import Action
from extractors.extraction import RoleName
from extractors.grammar import (
    NOMINAL,
    by_agents,
    expand,
    is_passive,
    objects,
    prepositional,
    subjects,
)
from extractors.roles.denotations import Denotations
from extractors.roles.nouns import noun_arguments
from extractors.roles.prepositions import ABOUT, AT_PLACE, AWAY, TOWARDS

# What an intransitive verb is about: "relied on", "waited for", "complied with".
OF_INTRANSITIVE = frozenset({"with", "for", "on", "upon", "to", "at", "against", "about", "of"})
# Kinds of action (of ontology.ttl) by what their grammar tells of the participants.
GIVING = frozenset({"Give", "Supply", "Sell", "Pay", "Invest", "Offer"})
EXCLUDING = frozenset({"Expel", "Dismiss", "Ban", "Moderate", "Remove"})
BRINGING_ABOUT = frozenset({"Cause", "Encourage", "Prevent", "Begin", "End", "Delay"})
BEFALLING = frozenset({"Die", "SufferHarm"})
HAPPENING = frozenset({"Be", "Occur", "Move", "Change"})
BODIES = frozenset({"ORG", "PRODUCT", "GROUP"})

Pairs = Iterator[tuple[RoleName, Token]]


def verb_arguments(verb: Token, action: Action, denotations: Denotations) -> Pairs:
    """The roles of a verb's participants with the heads that fill them; some head may recur."""
    light = None if action.complement is None else verb.doc[action.complement]
    done = objects(verb)
    if is_passive(verb):
        yield from _passive(verb, action, done, denotations)
    else:
        yield from _active(verb, action, done, denotations, light)
    yield from (
        ("recipient", head)
        for head in expand(c for c in verb.children if c.dep_ == "dative" and c.pos_ in NOMINAL)
    )
    taken = bool(done) and done != [light]
    yield from _prepositions(verb, action, taken, denotations)
    if light is not None and light.pos_ == "NOUN":
        yield from noun_arguments(light, denotations, light_verb=True)


def _passive(verb: Token, action: Action, done: Sequence[Token], denotations: Denotations) -> Pairs:
    by = by_agents(verb)
    yield from (("agent", head) for head in by or _excluders(verb, action, denotations))
    undergoers = _caused(verb, action, denotations) or _doers(verb)
    yield from (("recipient" if done else "patient", head) for head in undergoers)
    yield from (("patient", head) for head in done)


def _active(
    verb: Token,
    action: Action,
    done: Sequence[Token],
    denotations: Denotations,
    light: Token | None,
) -> Pairs:
    befallen = "nobody" if done and verb.lemma_ != "be" else _befallen(verb, action, denotations)
    for head in _doers(verb):
        undergoes = befallen == "anybody" or (
            befallen == "things" and not denotations.is_animate(head)
        )
        yield ("patient" if undergoes else "agent"), head
    told = denotations.lexicon.is_speech(action.lemma) and any(
        c.dep_ in ("ccomp", "xcomp") for c in verb.children
    )
    yield from (("recipient" if told else "patient", head) for head in done if head != light)
    if verb.lemma_ == "be":
        attributes = (c for c in verb.children if c.dep_ == "attr" and c.pos_ in NOMINAL)
        yield from (("patient", head) for head in expand(attributes))


def _doers(verb: Token) -> list[Token]:
    """The verb's subjects but the "it" that only announces a clause: "it is expected that"."""
    announces = any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children) and (
        is_passive(verb) or any(c.dep_ in ("acomp", "attr") for c in verb.children)
    )
    return [t for t in subjects(verb) if not (announces and t.lower_ == "it" and t.head == verb)]


def _excluders(verb: Token, action: Action, denotations: Denotations) -> Iterator[Token]:
    """Who acts in a passive without agent: the body that one is "banned from", "kicked off"."""
    if action.type in EXCLUDING:
        for prep, head in prepositional(verb):
            if prep.lower_ in ("from", "off", "of") and denotations.likely_type_of(head) in BODIES:
                yield head


def _caused(verb: Token, action: Action, denotations: Denotations) -> list[Token]:
    """What a trailing participle says was brought about: an event, not the noun parsers choose.

    In "a sequel to the riots in the capital, sparked by a shooting" it is the riots that were
    sparked, though the parse has the sequel.
    """
    noun, events = verb.head, denotations.events
    if verb.dep_ == "acl" and action.type in BRINGING_ABOUT and noun.i not in events:
        for i in range(verb.i - 1, noun.i, -1):
            if i in events and verb.doc[i].pos_ == "NOUN":
                return [verb.doc[i]]
    return []


def _befallen(
    verb: Token, action: Action, denotations: Denotations
) -> Literal["anybody", "things", "nobody"]:
    """Whom what a verb without object tells befalls: "the plane crashed", "prices fell".

    Unaccusative verbs (Perlmutter 1978) are those of being, dying and suffering, and, of things,
    those of moving, happening and changing.
    """
    if verb.lemma_ == "be":
        return "anybody"
    kinds = denotations.kinds(action.type)
    complements = ("ccomp",) if "Be" in kinds else ("ccomp", "xcomp")
    if any(c.dep_ in complements for c in verb.children):
        return "nobody"
    if kinds & BEFALLING:
        return "anybody"
    if kinds & HAPPENING:
        linked = any(c.dep_ in ("attr", "acomp") for c in verb.children)
        return "anybody" if linked else "things"
    return "nobody"


def _prepositions(verb: Token, action: Action, has_object: bool, denotations: Denotations) -> Pairs:
    passive = is_passive(verb)
    speaks = denotations.lexicon.is_speech(action.lemma)
    gives = bool(denotations.kinds(action.type) & GIVING)
    for prep, head in prepositional(verb):
        word = prep.lower_
        if word == "by":
            if not passive:
                yield "instrument", head
            continue
        place = denotations.is_place(head)
        if prep.i == action.complement and not (place or passive or word in AWAY):
            yield "patient", head
        elif word in AT_PLACE and place:
            yield "place", head
        elif word == "to" and gives and denotations.type_of(head) == "GPE":
            yield "recipient", head
        elif word in TOWARDS and place:
            yield "destination", head
        elif word in AWAY:
            yield "source", head
        elif prep.dep_ == "dative" or (word == "to" and speaks):
            yield "recipient", head
        elif not has_object and not passive and word in OF_INTRANSITIVE:
            yield "patient", head
            has_object = True
        elif word in TOWARDS:
            yield ("recipient" if denotations.is_animate(head) else "destination"), head
        elif word == "with":
            yield "instrument", head
        elif word in ABOUT:
            yield "topic", head
        else:
            yield "other", head
