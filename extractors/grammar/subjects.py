"""Subjects, wherever English leaves them.

A parse attaches a subject to one verb only; readers carry it on through conjunction, control,
raising, relative clauses and participles. These functions do the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from extractors.entities.types import NOUN_TYPES
from extractors.grammar.phrases import antecedent, expand
from extractors.grammar.voice import CAUSATIVE, is_passive
from extractors.grammar.words import DEPTH, FINITE_TAGS, NOMINAL, RELATIVE_TAGS, SUBJECTS, VERBAL
from extractors.parse import once

# Verbs whose object does not become the subject of the infinitive ("promised them to go").
SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "use", "take"})
AGENTIVE_TYPES = frozenset({"PERSON", "ORG", "GROUP", "NORP", "GPE"})


@once
def subjects(verb: Token) -> Sequence[Token]:
    """Heads of the verb's surface subject, found wherever English leaves it; empty if nowhere."""
    return _subjects(verb, DEPTH)


def _subjects(verb: Token, depth: int) -> list[Token]:
    if depth == 0:
        return []
    own = [child for child in verb.children if child.dep_ in SUBJECTS and child.pos_ in NOMINAL]
    if len(own) > 1:  # "posts which it said broke the rules": the pronoun is of the lower verb
        own = [child for child in own if child.tag_ not in RELATIVE_TAGS] or own
    if own:
        return [head for token in own for head in expand([antecedent(token)])]
    mistaken = _mistaken_subjects(verb, depth)
    if mistaken:
        return mistaken
    if any(child.dep_ in ("expl", *SUBJECTS) for child in verb.children):
        return expand(c for c in verb.children if c.dep_ == "attr" and c.pos_ in NOMINAL)
    return _inherited_subjects(verb, depth)


def _mistaken_subjects(verb: Token, depth: int) -> list[Token]:
    """The subject of a headline that the parser takes for a compound or hangs on the first verb.

    "Norsea sells ferries" with a compound "Norsea"; "Norsea sells ferries, buys trams" and
    "Workers dismissed in May sue", where the first verb becomes the subject of the second.
    """
    finite = verb.tag_ in FINITE_TAGS or any(c.dep_ in ("aux", "auxpass") for c in verb.lefts)
    for child in verb.lefts if finite else ():
        if child.dep_ == "compound" and child.pos_ in ("NOUN", "PROPN"):
            return expand([child])
        if child.dep_ in SUBJECTS and child.tag_ in (*FINITE_TAGS, "VBN"):
            return _subjects(child, depth - 1)
    return []


def _inherited_subjects(verb: Token, depth: int) -> list[Token]:
    head = verb.head
    if verb.dep_ == "ROOT" or head == verb:
        return _headline_subjects(verb, depth)
    if verb.dep_ in ("ccomp", "parataxis") and not is_infinite(verb):
        return []
    if verb.dep_ in ("acl", "relcl"):
        return _subjects_of_modifier(verb, depth)
    if verb.dep_ == "xcomp" and head.dep_ == "ROOT" and head.pos_ not in VERBAL:
        return [head] if head.i == head.left_edge.i else []  # "Norsea to close terminal"
    if verb.dep_ == "pcomp" and head.pos_ in ("ADP", "SCONJ"):
        return _governor_subjects(head.head, depth)
    if verb.dep_ == "xcomp" and head.pos_ in VERBAL and head.lemma_ not in SUBJECT_CONTROL:
        controllers = expand(
            c for c in head.children if c.dep_ in ("dobj", "dative") and c.pos_ in NOMINAL
        )
        if controllers and not is_passive(head) and _controls(head, controllers):
            return controllers
    return _governor_subjects(head, depth)


def _controls(verb: Token, objects_: Sequence[Token]) -> bool:
    """Whether the object does what the infinitive tells: "asked the firm to pay".

    Not so in "used the money to pay", unless the verb lets or makes things happen.
    """
    if verb.lemma_.lower() in CAUSATIVE:
        return True
    kinds = (o.ent_type_ or NOUN_TYPES.get(o.lemma_.lower()) for o in objects_)
    return any(o.pos_ == "PRON" for o in objects_) or any(kind in AGENTIVE_TYPES for kind in kinds)


def is_infinite(verb: Token) -> bool:
    """Whether the verb is an infinitive with "to" or a participle, which borrow their subject."""
    return verb.tag_ in ("VBG", "VBN") or any(
        child.dep_ == "aux" and child.lower_ == "to" for child in verb.children
    )


def _headline_subjects(verb: Token, depth: int) -> list[Token]:
    """The subject of "Apple releases phone, announces update", where the first verb hangs below."""
    before = (c for c in verb.lefts if c.dep_ in ("ccomp", "parataxis", "dep") and c.pos_ in VERBAL)
    return next((found for c in before if (found := _subjects(c, depth - 1))), [])


def _governor_subjects(head: Token, depth: int) -> list[Token]:
    """The subjects that a dependent takes over from what governs it."""
    if head.pos_ in VERBAL or head.dep_ in ("ROOT", "acomp", "advcl", "ccomp"):
        return _subjects(head, depth - 1)
    if head.dep_ in ("acomp", "oprd", "attr") and head.head.pos_ in VERBAL:
        return _subjects(head.head, depth - 1)
    owners = [child for child in head.children if child.dep_ == "poss" and child.pos_ in NOMINAL]
    if owners:
        return expand(owners)
    if head.pos_ in ("NOUN", "PROPN") and (governor := governing_verb(head)) is not None:
        return _subjects(governor, depth - 1)
    return []


def _subjects_of_modifier(verb: Token, depth: int) -> list[Token]:
    noun = verb.head
    infinitive = verb.tag_ == "VB" and any(
        c.dep_ == "aux" and c.lower_ == "to" for c in verb.children
    )
    if infinitive and noun.pos_ in ("NOUN", "PROPN", "ADJ"):
        if noun.dep_ == "ROOT" or _is_singled_out(noun):
            return expand([noun])
        return _governor_subjects(noun, depth)
    return expand([noun]) if noun.pos_ in NOMINAL else []


def _is_singled_out(noun: Token) -> bool:
    """Whether an infinitive tells what the noun does: "the first ship to cross"."""
    return any(
        c.tag_ == "JJS" or c.ent_type_ == "ORDINAL" or c.lower_ in ("only", "last", "next", "first")
        for c in noun.lefts
        if c.dep_ in ("amod", "nummod")
    )


def governing_verb(noun: Token) -> Token | None:
    """The verb whose subject or object the noun is, directly or through one preposition."""
    head = noun.head
    if noun.dep_ == "pobj" and head.pos_ == "ADP":
        head = head.head
    return head if head.pos_ in VERBAL and head != noun else None
