"""What the clause says of who can be whom: subjects, shared arguments, and what they rule out.

After the binding principles (Chomsky 1981): a pronoun is not its own clause's other argument, a
reflexive is, and a description ("the company") is no subject above it.
"""

from __future__ import annotations

from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_OBJECTS = ("dobj", "dative", "attr", "oprd")
_INHERITING = ("xcomp", "conj", "advcl", "pcomp", "acl")
_DEPENDENT = ("ccomp", "xcomp", "relcl", "acl", "pcomp", "conj")
_FAR = 8


def governing_verb(token: Token) -> Token:
    """The verb above a noun, past prepositions and nouns; the root where there is none."""
    token = token.head
    for _ in range(_FAR):
        if token.pos_ in ("VERB", "AUX") or token.head.i == token.i:
            break
        token = token.head
    return token


def subjects(verb: Token) -> list[int]:
    """The tokens of a verb's subject, its own or the one it shares: of "pull" both in "Amazon
    pulled out" and "Amazon wants to pull out"; of "close" in "it forced Gab to close" Gab."""
    for _ in range(_FAR):
        own = [c.i for c in verb.lefts if c.dep_ in _SUBJECTS]
        if own or verb.dep_ not in _INHERITING:
            return own
        if verb.dep_ == "acl":
            return [verb.head.i]
        above = verb.head
        if verb.dep_ == "pcomp":
            above = governing_verb(verb)
        if verb.dep_ == "xcomp":
            controllers = [c.i for c in above.children if c.dep_ == "dobj" and c.i < verb.i]
            if controllers:
                return controllers
        verb = above
    return []


def _sure_subjects(verb: Token) -> list[int]:
    """The subjects, save of loose participles: whose they are, parsers often get wrong."""
    own = any(c.dep_ in _SUBJECTS for c in verb.lefts)
    return subjects(verb) if own or verb.dep_ != "advcl" or _is_purpose(verb) else []


def _is_purpose(verb: Token) -> bool:
    return verb.dep_ == "advcl" and any(c.tag_ == "TO" for c in verb.lefts)


def coarguments(token: Token) -> list[int]:
    """The tokens of the other arguments of the verb of which a noun is a direct argument."""
    place = token
    while place.dep_ in ("conj", "appos") and place.head.i != place.i:
        place = place.head
    verb = place.head
    if verb.pos_ == "ADP":
        place, verb = verb, verb.head
    if verb.pos_ not in ("VERB", "AUX"):
        return []
    found = [] if place.dep_ in _SUBJECTS else _sure_subjects(verb)
    for child in verb.children:
        if child.i == place.i:
            continue
        if child.dep_ in _OBJECTS:
            found.append(child.i)
        elif child.dep_ in ("prep", "agent"):
            found += [c.i for c in child.rights if c.dep_ == "pobj"]
        elif child.dep_ == "xcomp":
            # Whoever does what the infinitive tells does not do it to himself.
            found += [c.i for c in child.rights if c.dep_ == "dobj"]
    return found


def commanders(token: Token) -> list[int]:
    """The tokens of the subjects above a noun, in its clause and in those it depends on: a
    description is none of them ("Apple wrote that the company ...")."""
    found: list[int] = []
    verb = governing_verb(token)
    for _ in range(_FAR):
        found += [i for i in _sure_subjects(verb) if i != token.i]
        if not (_is_purpose(verb) or verb.dep_ in _DEPENDENT) or verb.head.i == verb.i:
            break
        verb = verb.head if verb.head.pos_ in ("VERB", "AUX") else governing_verb(verb)
    return found


def reporters(token: Token) -> list[int]:
    """The subject of the clause that a pronoun's clause completes: "visitors" for "they" in
    "visitors complained that they were shut out"."""
    verb = token.head
    if token.dep_ not in _SUBJECTS or verb.dep_ != "ccomp":
        return []
    return subjects(verb.head)


def owners_nearby(token: Token) -> list[int]:
    """Whom a possessive or reflexive most likely means: the subject of its own clause; for a
    participle also the noun before it ("an example of Gab flexing its muscles")."""
    verb = governing_verb(token)
    if (
        verb.dep_ in ("acl", "pcomp")
        and verb.i > 0
        and not any(c.dep_ in _SUBJECTS for c in verb.lefts)
    ):
        before = verb.nbor(-1)
        if before.pos_ in ("NOUN", "PROPN", "PRON"):
            return [before.i]
    return [i for i in subjects(verb) if i < token.i]
