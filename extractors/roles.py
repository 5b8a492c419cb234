"""Who takes part in an event, and as what: arguments from the dependency parse.

Role names are those of ontology.ttl (agent, patient, recipient, instrument, place, source,
destination, topic, other); times are the business of `extractors.times`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from extractors.actions.finding import Action
from extractors.actions.lexicon import Lexicon
from extractors.entities.types import NOUN_TYPES
from extractors.extraction import RoleName
from extractors.grammar import (
    NOMINAL,
    expand,
    full_extent,
    governing_verb,
    is_passive,
    noun_phrase,
    objects,
    prepositional,
    relative_pronoun,
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
OF_INTRANSITIVE = frozenset({"with", "for", "on", "upon", "to", "at", "against", "about", "of"})
BODIES = frozenset({"ORG", "PRODUCT", "GROUP"})
EXCLUDING = frozenset({"Expel", "Dismiss", "Ban", "Remove"})
BRINGING_ABOUT = frozenset({"Cause", "Encourage", "Prevent", "Begin", "End", "Delay"})
STATE = frozenset({"in", "under", "on", "at"})
UNDERGOING = frozenset({"undergo", "suffer", "experience", "face", "sustain", "receive"})
COMMITTING = frozenset(
    {
        "Agree",
        "Announce",
        "Negotiate",
        "Plan",
        "Decide",
        "Propose",
        "Promise",
        "SignAgreement",
        "SettleDispute",
        "Begin",
        "Continue",
        "End",
        "Cancel",
        "CarryOut",
        "Win",
    }
)
GIVING = frozenset({"Give", "Supply", "Sell", "Pay", "Invest", "Offer"})
BEFALLING = frozenset({"Die", "SufferHarm"})
HAPPENING = frozenset({"Be", "Occur", "Move", "Change"})
NOUN_PATIENT = frozenset({"against", "on", "for", "into", "over"})


@dataclass(frozen=True, slots=True)
class Argument:
    """A participant of an action: its role, its head token and its span of tokens [start, end).

    `whole` is the span with the appositions and participles that describe the head, `pronoun`
    the relative pronoun that speaks of it within the action's own clause.
    """

    role: RoleName
    head: int
    start: int
    end: int
    whole: tuple[int, int]
    pronoun: int | None = None


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
    actions = tuple(actions)
    kinds = {action.token: action.type for action in actions}
    for action in actions:
        token = doc[action.token]
        pairs = (
            _verb_arguments(token, action, lexicon, types, kinds)
            if action.kind == "verb"
            else _noun_arguments(token, lexicon, types, kinds)
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
            last = full_extent(head, end)
            whole = (start, end) if start <= trigger.i < last else (start, last)
            pronoun = relative_pronoun(trigger, head)
            yield Argument(
                role, head.i, start, end, whole, pronoun.i if pronoun is not None else None
            )


def _is_word(token: Token) -> bool:
    return any(character.isalnum() for character in token.text)


def _verb_arguments(
    verb: Token,
    action: Action,
    lexicon: Lexicon,
    types: Mapping[int, str],
    kinds: Mapping[int, str],
) -> Iterator[tuple[RoleName, Token]]:
    doers, done = _doers(verb), objects(verb)
    light = doc_token(verb, action.complement)
    if is_passive(verb):
        by = _by_agents(verb)
        yield from (("agent", head) for head in by or _excluders(verb, action, lexicon, types))
        doers = _caused(verb, action, doers, kinds)
        yield from (("recipient" if done else "patient", head) for head in doers)
        yield from (("patient", head) for head in done)
    else:
        copula = verb.lemma_ == "be"
        theme = _subject_is_theme(verb, action, done, lexicon)
        for head in doers:
            undergoes = theme == "always" or (
                theme == "things" and not _is_animate(head, lexicon, types)
            )
            yield ("patient" if undergoes else "agent"), head
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
        yield from _noun_arguments(light, lexicon, types, {}, light_verb=True)


def _excluders(
    verb: Token, action: Action, lexicon: Lexicon, types: Mapping[int, str]
) -> Iterator[Token]:
    """Who acts in a passive without agent: the body that one is "banned from", "kicked off"."""
    if action.type in EXCLUDING:
        for prep, head in prepositional(verb):
            if prep.lower_ in ("from", "off", "of") and _body(head, lexicon, types) in BODIES:
                yield head


def _caused(
    verb: Token, action: Action, doers: list[Token], kinds: Mapping[int, str]
) -> list[Token]:
    """What a trailing participle says was brought about: events, not the noun that parsers choose.

    In "a reminder of the riots in the capital, sparked by a shooting" it is the riots that were
    sparked, though the parse has the reminder.
    """
    if verb.dep_ != "acl" or action.type not in BRINGING_ABOUT or verb.head.i in kinds:
        return doers
    for i in range(verb.i - 1, verb.head.i, -1):
        if i in kinds and verb.doc[i].pos_ == "NOUN":
            return [verb.doc[i]]
    return doers


def _doers(verb: Token) -> list[Token]:
    """The verb's subjects but the "it" that only announces a clause: "it is expected that"."""
    announces = any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children) and (
        is_passive(verb) or any(c.dep_ in ("acomp", "attr") for c in verb.children)
    )
    return [t for t in subjects(verb) if not (announces and t.lower_ == "it" and t.head == verb)]


def _subject_is_theme(
    verb: Token, action: Action, done: Sequence[Token], lexicon: Lexicon
) -> Literal["always", "things", "never"]:
    """Whether what an active verb tells befalls its subject: "the plane crashed", "prices fell".

    Unaccusative verbs (Perlmutter 1978) are those of being, dying and suffering, and, of things,
    those of moving, happening and changing.
    """
    if verb.lemma_ == "be":
        return "always"
    kinds = {action.type, *lexicon.ancestors(action.type)}
    clauses = ("ccomp",) if "Be" in kinds else ("ccomp", "xcomp")
    if done or any(c.dep_ in clauses for c in verb.children):
        return "never"
    if kinds & BEFALLING:
        return "always"
    if kinds & HAPPENING:
        linked = any(c.dep_ in ("attr", "acomp") for c in verb.children)
        return "always" if linked else "things"
    return "never"


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
    kinds = {action.type, *lexicon.ancestors(action.type)}
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
        elif word == "to" and place and kinds & GIVING and _kind(head, lexicon, types) == "GPE":
            yield "recipient", head
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
    noun = lexicon.entity_type(head.lemma_) or lexicon.entity_type(head.lower_)
    return types.get(head.i) or head.ent_type_ or noun


def _is_place(head: Token, lexicon: Lexicon, types: Mapping[int, str]) -> bool:
    return _kind(head, lexicon, types) in PLACE_TYPES


def _is_animate(head: Token, lexicon: Lexicon, types: Mapping[int, str]) -> bool:
    if head.lower_ in ("it", "this", "that", "these"):
        return types.get(head.i) in ANIMATE_TYPES
    return head.pos_ == "PRON" or _body(head, lexicon, types) in ANIMATE_TYPES


def _body(head: Token, lexicon: Lexicon, types: Mapping[int, str]) -> str | None:
    """The entity type of a noun, by the wider list of nouns where the lexicon has none."""
    nouns = (head.lemma_.lower(), head.lower_)
    return _kind(head, lexicon, types) or next(
        (NOUN_TYPES[noun] for noun in nouns if noun in NOUN_TYPES), None
    )


def _noun_arguments(
    noun: Token,
    lexicon: Lexicon,
    types: Mapping[int, str],
    kinds: Mapping[int, str],
    light_verb: bool = False,
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
            yield from _performers(noun, lexicon, kinds)
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


def _performers(
    noun: Token, lexicon: Lexicon, kinds: Mapping[int, str]
) -> Iterator[tuple[RoleName, Token]]:
    """Who does what a noun names, from the verb that governs it.

    The subject of a verb that performs it or commits itself to it ("made a proposal", "agreed a
    merger", "announced cuts"), of "be" with a preposition ("is in talks"); the subject of one
    that receives it undergoes it ("received criticism").
    """
    governor = governing_verb(noun)
    if governor is None or noun.dep_ not in ("dobj", "pobj", "conj", "nsubjpass"):
        return
    lemma = governor.lemma_.lower()
    if lemma == "be":
        if noun.dep_ == "pobj" and noun.head.lower_ in STATE:
            yield from (("agent", head) for head in subjects(governor))
        return
    kind = kinds.get(governor.i, "")
    if lemma in UNDERGOING or kind == "Receive":
        if noun.dep_ == "dobj" and not is_passive(governor):
            yield from (("patient", head) for head in subjects(governor))
        return
    if noun.dep_ == "pobj" and not (lexicon.is_support(lemma) and _is_phrasal(noun, governor)):
        return
    if not lexicon.is_support(lemma) and kind not in COMMITTING:
        return
    doers = _by_agents(governor) if is_passive(governor) else subjects(governor)
    yield from (("agent", head) for head in doers)


def _is_phrasal(noun: Token, verb: Token) -> bool:
    """Whether a support verb takes its noun by a preposition alone: "went on strike"."""
    return noun.head.lower_ in ("in", "into", "on") and not any(
        c.dep_ == "dobj" for c in verb.children
    )
