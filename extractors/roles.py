"""Who takes part in an event, and as what: arguments from the dependency parse.

Role names are those of ontology.ttl (agent, patient, recipient, instrument, place, source,
destination, topic, other); times are the business of `extractors.times`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extractors.actions.finding import Action
from extractors.actions.lexicon import Lexicon
from extractors.extraction import RoleName
from extractors.grammar import (
    NOMINAL,
    expand,
    governing_verb,
    is_passive,
    noun_phrase,
    objects,
    prepositional,
    subjects,
)

PLACE_TYPES = frozenset({"GPE", "LOC", "FAC"})
ANIMATE_TYPES = frozenset({"PERSON", "ORG", "GROUP", "NORP", "GPE"})
THING_TYPES = frozenset({"PRODUCT", "WORK", "LAW"})
NAMED_TYPES = frozenset({"PERSON", "ORG", "GROUP", "NORP", "GPE", "PRODUCT", "FAC", "LOC", "WORK"})
TIME_TYPES = frozenset({"DATE", "TIME"})
AT_PLACE = frozenset(
    {"in", "at", "on", "near", "inside", "outside", "across", "throughout", "off", "over"}
)
TOWARDS = frozenset({"to", "into", "onto", "toward", "towards"})
AWAY = frozenset({"from", "off"})
ABOUT = frozenset({"about", "over", "on", "regarding", "concerning"})
OF_INTRANSITIVE = frozenset(
    {"with", "for", "on", "upon", "to", "into", "at", "against", "about", "of", "in"}
)
NOUN_PATIENT = frozenset({"against", "on", "for", "into", "over"})


@dataclass(frozen=True, slots=True)
class Argument:
    """A participant of an action: its role, its head token and its span of tokens [start, end)."""

    role: RoleName
    head: int
    start: int
    end: int


def find_arguments(
    doc: Doc,
    actions: Iterable[Action],
    lexicon: Lexicon,
    entity_types: Mapping[int, str] | None = None,
    times: frozenset[int] = frozenset(),
) -> dict[int, tuple[Argument, ...]]:
    """The arguments of each action, by the action's trigger token.

    `entity_types` tells places from other objects of prepositions; `times` are the tokens of
    time expressions, which fill no other role.
    """
    types = entity_types or {}
    found: dict[int, tuple[Argument, ...]] = {}
    for action in actions:
        token = doc[action.token]
        pairs = (
            _verb_arguments(token, action, lexicon, types)
            if action.kind == "verb"
            else _noun_arguments(token, lexicon, types)
        )
        found[action.token] = tuple(_arguments(token, pairs, times))
    return found


def _arguments(
    trigger: Token, pairs: Iterable[tuple[RoleName, Token]], times: frozenset[int]
) -> Iterator[Argument]:
    """Each participant once, with its phrase; never a time, never the trigger itself."""
    seen: set[int] = set()
    for role, head in pairs:
        if head.i in seen or head == trigger or head.i in times or head.ent_type_ in TIME_TYPES:
            continue
        if (head.pos_ not in NOMINAL and not head.ent_type_) or not _is_word(head):
            continue
        seen.add(head.i)
        start, end = noun_phrase(head, times)
        if not start <= trigger.i < end:
            yield Argument(role, head.i, start, end)


def _is_word(token: Token) -> bool:
    return any(character.isalnum() for character in token.text)


def _verb_arguments(
    verb: Token, action: Action, lexicon: Lexicon, types: Mapping[int, str]
) -> Iterator[tuple[RoleName, Token]]:
    doers, done = subjects(verb), objects(verb)
    light = doc_token(verb, action.complement)
    if is_passive(verb):
        yield from (("agent", head) for head in _by_agents(verb))
        yield from (("recipient" if done else "patient", head) for head in doers)
        yield from (("patient", head) for head in done)
    else:
        copula = verb.lemma_ == "be"
        yield from (("patient" if copula else "agent", head) for head in doers)
        told = lexicon.is_speech(action.lemma) and any(
            c.dep_ in ("ccomp", "xcomp") for c in verb.children
        )
        role: RoleName = "recipient" if told else "patient"
        yield from ((role, head) for head in done if head != light)
        if copula:
            attributes = (c for c in verb.children if c.dep_ == "attr" and c.pos_ in NOMINAL)
            yield from (("patient", head) for head in expand(attributes))
    yield from (
        ("recipient", head)
        for head in expand(c for c in verb.children if c.dep_ == "dative" and c.pos_ in NOMINAL)
    )
    taken = bool(done) and done != [light]
    yield from _verb_prepositions(verb, action, taken, lexicon, types)
    if light is not None and light.pos_ == "NOUN":
        yield from _noun_arguments(light, lexicon, types, light_verb=True)


def doc_token(token: Token, index: int | None) -> Token | None:
    """Another token of the same document, by its index."""
    return None if index is None else token.doc[index]


def _by_agents(verb: Token) -> list[Token]:
    by = (c for c in verb.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by"))
    return expand(g for prep in by for g in prep.children if g.dep_ == "pobj")


def _verb_prepositions(
    verb: Token, action: Action, has_object: bool, lexicon: Lexicon, types: Mapping[int, str]
) -> Iterator[tuple[RoleName, Token]]:
    passive = is_passive(verb)
    for prep, head in prepositional(verb):
        word = prep.lower_
        if word == "by":
            if not passive:
                yield "instrument", head
            continue
        place = _is_place(head, lexicon, types)
        if prep.i == action.complement and not (place or passive or word in AWAY):
            yield "patient", head
        elif word in AT_PLACE and place:
            yield "place", head
        elif word in TOWARDS and place:
            yield "destination", head
        elif word in AWAY:
            yield "source", head
        elif prep.dep_ == "dative" or (word == "to" and lexicon.is_speech(action.lemma)):
            yield "recipient", head
        elif not has_object and not passive and word in OF_INTRANSITIVE:
            yield "patient", head
            has_object = True
        elif word in TOWARDS:
            yield ("recipient" if _is_animate(head, lexicon, types) else "destination"), head
        elif word == "with":
            yield "instrument", head
        elif word in ABOUT:
            yield "topic", head
        else:
            yield "other", head


def _kind(head: Token, lexicon: Lexicon, types: Mapping[int, str]) -> str | None:
    """The entity type of what a noun denotes: of the entity, else of the common noun."""
    return types.get(head.i) or head.ent_type_ or lexicon.entity_type(head.lemma_)


def _is_place(head: Token, lexicon: Lexicon, types: Mapping[int, str]) -> bool:
    return _kind(head, lexicon, types) in PLACE_TYPES


def _is_animate(head: Token, lexicon: Lexicon, types: Mapping[int, str]) -> bool:
    return head.pos_ == "PRON" or _kind(head, lexicon, types) in ANIMATE_TYPES


def _noun_arguments(
    noun: Token, lexicon: Lexicon, types: Mapping[int, str], light_verb: bool = False
) -> Iterator[tuple[RoleName, Token]]:
    by = list(_by_agents(noun))
    owners = expand(c for c in noun.children if c.dep_ == "poss" and c.pos_ in NOMINAL)
    of = [head for prep, head in prepositional(noun) if prep.lower_ == "of"]
    yield from (("agent", head) for head in by)
    if not light_verb:
        for head in owners:
            thing = _kind(head, lexicon, types) in THING_TYPES
            yield ("patient" if by or thing else "agent"), head
        if not owners and not by:
            yield from (("agent", head) for head in _performers(noun, lexicon))
    yield from (("patient", head) for head in of)
    for child in noun.children:
        kind = types.get(child.i) or child.ent_type_
        if child.dep_ in ("compound", "nmod", "amod") and kind in NAMED_TYPES:
            yield ("agent" if kind in ANIMATE_TYPES else "patient"), child
    for prep, head in prepositional(noun):
        word = prep.lower_
        if word in ("of", "by"):
            continue
        if word in AT_PLACE and _is_place(head, lexicon, types):
            yield "place", head
        elif word == "between":
            yield "agent", head
        elif word in NOUN_PATIENT:
            yield "patient", head
        elif word in TOWARDS:
            yield ("destination" if _is_place(head, lexicon, types) else "recipient"), head
        elif word in AWAY:
            yield "source", head
        elif word == "with":
            yield "recipient", head
        elif word in ABOUT:
            yield "topic", head
        else:
            yield "other", head


def _performers(noun: Token, lexicon: Lexicon) -> list[Token]:
    """The subject of a verb that performs what the noun names: "Apple made an announcement"."""
    governor = governing_verb(noun)
    if (
        governor is None
        or noun.dep_ not in ("dobj", "pobj")
        or not lexicon.is_support(governor.lemma_)
    ):
        return []
    return _by_agents(governor) if is_passive(governor) else subjects(governor)
