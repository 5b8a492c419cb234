"""Which words of an article speak of an event, and what kind of action each names.

Verbs speak of events unless the grammar uses them otherwise (auxiliaries, participles that
became prepositions or adjectives). Nouns do so when the lexicon knows them as event nouns; a
noun that is only sometimes an event counts where its grammar shows one: it has an argument of
its own, or a verb of occurring or performing governs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from extractors.actions.forms import PREFIXES
from extractors.actions.lexicon import Governed, Lexicon
from extractors.grammar import NOMINAL, is_passive, objects, prepositional, subjects

UNKNOWN = "Action"
SHORT = re.compile(r"(?:[^aeiou]|qu)*[aeiou][^aeiouwxy]")
AUXILIARY = frozenset({"aux", "auxpass"})
# Participles that English uses as prepositions, and verbs that news uses as connectives.
PREPOSITION_LIKE = frozenset({"prep", "mark", "case", "intj"})
ARGUMENT_OF_NOUN = frozenset({"of", "by", "between", "against", "on", "with"})
PARTICLE_DEPS = frozenset({"prt", "prep", "advmod", "acomp", "oprd"})


@dataclass(frozen=True, slots=True)
class Action:
    """An event mention: its trigger word in the parse, and its type in the ontology.

    `token` is the index of the trigger's head token in the Doc ("removed", "removal", "pulled"
    of "pulled its support"); `complement` is the index of the noun that completes a light verb
    or of a particle, where there is one. `type` is an action type of the ontology.
    """

    token: int
    lemma: str
    type: str
    kind: Literal["verb", "noun"]
    complement: int | None = None


def find_actions(
    doc: Doc, lexicon: Lexicon, entity_types: Mapping[int, str] | None = None
) -> tuple[Action, ...]:
    """The event mentions of a document in text order.

    `entity_types` gives the type of the entity (as in `extractors.extraction.EntityType`) that
    each token heads or belongs to; frames such as "fire {person}" are decided by it.
    """
    types = entity_types or {}
    found: list[Action] = []
    for token in doc:
        if types.get(token.i, "EVENT") != "EVENT":
            continue  # "Black Lives Matter" does not matter, "Spirit Airlines" is no spirit
        if token.pos_ in ("VERB", "AUX") or _is_mistagged_verb(token):
            if _is_verbal_event(token):
                found.append(_verb_action(token, lexicon, types))
        elif token.pos_ in ("NOUN", "PROPN") and (action := _noun_action(token, lexicon)):
            found.append(action)
    return tuple(found)


def _is_mistagged_verb(token: Token) -> bool:
    """A participle that the tagger calls an adjective, though it has an auxiliary or agent."""
    return token.tag_ in ("VBN", "VBD", "VBG") or (
        token.pos_ == "ADJ"
        and token.lower_.endswith("ed")
        and any(child.dep_ in ("auxpass", "agent", "nsubjpass") for child in token.children)
    )


def _is_verbal_event(token: Token) -> bool:
    if token.dep_ in AUXILIARY or token.dep_ in PREPOSITION_LIKE or token.tag_ == "MD":
        return False
    if token.dep_ in ("amod", "compound", "nmod") or _is_people(token):
        return False
    if token.is_punct or not any(c.isalpha() for c in token.text) or _is_fragment(token):
        return False
    return not (token.pos_ == "AUX" and not _has_predicate(token))


def _is_people(token: Token) -> bool:
    """A participle used as a noun: "the wounded", "the accused"."""
    return (
        token.tag_ in ("VBN", "VBD")
        and token.dep_ in ("dobj", "pobj", "nsubj", "nsubjpass")
        and any(child.dep_ == "det" for child in token.children)
    )


def _is_fragment(token: Token) -> bool:
    """What is left of a word that its writer broke up: "re - hired", "couldn' t"."""
    if token.i + 1 == len(token.doc):
        return False
    following = token.nbor(1).text
    if following == "-":
        return f"{token.lower_}-" in PREFIXES
    return len(token) == 1 or (following in ("'", "’") and token.lower_.endswith("n"))


def _has_predicate(token: Token) -> bool:
    return any(
        child.dep_ in ("attr", "acomp", "nsubj", "prep", "dobj", "expl", "ccomp", "xcomp")
        for child in token.children
    )


def _verb_action(token: Token, lexicon: Lexicon, types: Mapping[int, str]) -> Action:
    lemma = verb_lemma(token, lexicon)
    particles = {c.lower_: c.i for c in token.children if _is_particle(c) and not _tells_time(c)}
    things = {form: o.i for o in _measured(_objects(token), lexicon) for form in _forms(o)}
    pairs = list(prepositional(token))
    governed = {form: o.i for _, o in pairs for form in _forms(o)}
    actors = _actors(token) if lexicon.asks_for_subject(lemma) else []
    match = lexicon.verb(
        lemma,
        particles=particles.keys(),
        objects=things.keys(),
        object_types={types[i] for i in things.values() if i in types},
        prepositional_objects=[
            Governed(prep.lower_, form, types.get(o.i)) for prep, o in pairs for form in _forms(o)
        ],
        subjects={form for actor in actors for form in _forms(actor)},
        subject_types={types[actor.i] for actor in actors if actor.i in types},
    )
    if match is None:
        return Action(token.i, lemma, UNKNOWN, "verb")
    known = things | particles if match.kind == "phrasal" else particles | governed | things
    complement = next((known[word] for word in reversed(match.words) if word in known), None)
    return Action(token.i, lemma, match.action, "verb", complement)


def _is_particle(child: Token) -> bool:
    """Whether it may be a word of a phrasal verb: "off", "offline", the "positive" of a test."""
    return child.dep_ in PARTICLE_DEPS or (child.dep_ == "dobj" and child.pos_ == "ADJ")


def _forms(noun: Token) -> set[str]:
    """Its lemma and its form: the lexicon lists "talk" as well as "flames"."""
    return {noun.lemma_.lower(), noun.lower_}


def verb_lemma(verb: Token, lexicon: Lexicon) -> str:
    """The verb's lemma, with the silent e that lemmatizers lose: "staged" is no form of "stag".

    A short verb that ends in one vowel and one consonant doubles it ("stagged"); where the form
    does not, the lemma ends in e.
    """
    lemma = verb.lemma_.lower()
    if verb.lower_ not in (f"{lemma}ed", f"{lemma}ing") or not SHORT.fullmatch(lemma):
        return lemma
    doubles = not lemma.endswith("s")  # "bused" is of "bus"
    return f"{lemma}e" if doubles or lexicon.verb(f"{lemma}e") else lemma


def _actors(verb: Token) -> list[Token]:
    """Who acts: the subject, or the passive's agent."""
    if not is_passive(verb):
        return list(subjects(verb))
    return [head for prep, head in prepositional(verb) if prep.lower_ == "by"]


def _measured(heads: Iterator[Token], lexicon: Lexicon) -> Iterator[Token]:
    """The heads, each measure followed by what it measures: "tons of rice" is rice, too."""
    for head in heads:
        yield head
        if head.pos_ == "NUM" or lexicon.is_measure(head.lemma_):
            yield from (
                below
                for prep, below in prepositional(head)
                if prep.lower_ == "of" and below.pos_ in NOMINAL
            )


def _tells_time(preposition: Token) -> bool:
    """Whether it only opens a date: "fired on Friday" is no firing on anybody."""
    return any(g.ent_type_ in ("DATE", "TIME") for g in preposition.children)


def _objects(verb: Token) -> Iterator[Token]:
    """The verb's object heads, active or passive, with what is conjoined to them."""
    if is_passive(verb):
        yield from subjects(verb)
    yield from objects(verb)
    yield from (c for c in verb.children if c.dep_ in ("attr", "dative") and c.pos_ in NOMINAL)


def _noun_action(token: Token, lexicon: Lexicon) -> Action | None:
    if token.dep_ in ("compound", "nmod") and token.head.pos_ in ("NOUN", "PROPN"):
        return None
    if token.pos_ == "PROPN" and (token.ent_type_ or not token.text[:1].isupper()):
        return None
    entry = lexicon.noun(_hyphenated(token)) or lexicon.noun(token.lemma_.lower())
    if entry is None or (entry.ambiguous and not _shows_event(token)):
        return None
    return Action(token.i, token.lemma_.lower(), entry.action, "noun")


def _hyphenated(noun: Token) -> str:
    """The compound that a noun is part of: "break-in" for its "break", "cease-fire" for "fire"."""
    doc, i = noun.doc, noun.i
    if not noun.whitespace_ and i + 2 < len(doc) and _joins(doc, i + 1):
        return f"{noun.lower_}-{doc[i + 2].lemma_.lower()}"
    if i >= 2 and _joins(doc, i - 1):
        return f"{doc[i - 2].lower_}-{noun.lemma_.lower()}"
    return noun.lemma_.lower()


def _joins(doc: Doc, i: int) -> bool:
    """Whether a token is a hyphen with no space on either side."""
    return doc[i].text == "-" and not (doc[i - 1].whitespace_ or doc[i].whitespace_)


def _shows_event(noun: Token) -> bool:
    """Whether a noun that may be an event has an argument of its own."""
    return any(
        child.dep_ == "poss" or (child.dep_ == "prep" and child.lower_ in ARGUMENT_OF_NOUN)
        for child in noun.children
    )
