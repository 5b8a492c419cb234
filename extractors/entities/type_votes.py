"""What kind of thing each named entity is: evidence from all of its mentions, weighed together.

A model labels each mention by its own sentence, so that one name gets several labels. News tells
the type more reliably than any single sentence: it defines ("the messaging app Gab"), gives
titles, and lets people be introduced by their full names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from spacy.tokens import Doc

from extractors.entities.definitions import Definition, is_platform
from extractors.entities.name_shapes import DESIGNATION
from extractors.entities.names import Name
from extractors.entities.noun_types import noun_typer
from extractors.entities.types import (
    AMBIGUOUS,
    LEGAL_FORMS,
    NAME_HEADS,
    NOUN_TYPES,
    OFFICERS,
    ORG_POSSESSIONS,
    PLACES,
    PLATFORM,
    TITLES,
    NounType,
)
from extractors.extraction import EntityType

Votes = defaultdict[str, float]
_LOCATIVE = frozenset({"in", "near", "across", "throughout", "inside", "outside", "toward"})
_CHANNEL = frozenset({"on", "off", "via", "onto"})
_SPEECH = frozenset({"say", "tell", "claim", "announce", "tweet", "add", "warn", "argue", "deny"})
#: What organisations do more often than people whom nobody introduced.
_INSTITUTIONAL = frozenset(
    "suspend ban block delete remove host launch acquire sue hire announce deny publish sell buy "
    "approve reject employ sponsor regulate unveil release cut drop offer operate".split()
)
_INTRODUCED = 2
#: What things do, and what is done with them when they come out: weak signs of a product.
_THING_VERBS = frozenset("feature contain weigh cost run include come fly ship measure".split())
_MAKING_VERBS = frozenset(
    "unveil introduce launch release ship download install demonstrate".split()
)
_LINE = frozenset("line model version family edition owner lineup prototype series range".split())
_COMPANY_NOUNS = frozenset("ceo cfo coo executive share shareholder customer subsidiary".split())
_BRAND = re.compile(r"i[A-Z]\w+")
_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "your", "this", "these", "new"})


def add_votes(votes: Votes, more: Votes) -> None:
    """Add evidence to evidence."""
    for kind, weight in more.items():
        votes[kind] += weight


def mention_votes(doc: Doc, name: Name, full_names: set[str]) -> Votes:
    """What one mention says about its type.

    `full_names` are the last words of names that the article gives in full, so that a bare
    surname weighs as a person only when somebody bears it.
    """
    votes: Votes = defaultdict(float)
    head, words = doc[name.head], name.text.split()
    weight = 0.4 if name.titled else 1.0
    bare = len(words) == 1 and name.key not in full_names
    if name.label == "PERSON" and bare:
        # News gives people's full names first: the more of them it gives, the less a bare name
        # is a person's.
        weight *= 0.5 if len(full_names) < _INTRODUCED else 0.25
    if name.label not in ("PERSON", None) and len(words) == 1 and not bare:
        weight *= 0.4
    if name.label:
        votes[name.label] += (
            0.5 * weight if name.label == "GROUP" and head.tag_ == "NNP" else weight
        )
    _name_votes(votes, name, words)
    before = doc[name.start - 1] if name.start else None
    if before is not None and before.lower_ in _DETERMINERS:
        votes["PERSON"] -= 1
        if len(words) == 1 and name.end < len(doc) and name.label in ("ORG", "PRODUCT", None):
            votes["PRODUCT"] += 0.6
        if name.label == "PERSON" and len(words) == 1 and head.text.endswith("s"):
            votes["ORG"] += 1
    if name.label in ("ORG", "PRODUCT", None) and (
        (head.dep_ in ("nsubj", "nsubjpass") and head.head.lemma_ in _THING_VERBS)
        or (head.dep_ in ("dobj", "nsubjpass") and head.head.lemma_ in _MAKING_VERBS)
    ):
        votes["PRODUCT"] += 0.7
    if head.dep_ == "pobj" and head.head.lower_ in _CHANNEL:
        votes["PERSON"] -= 1
        votes["GPE"] -= 0.5
    if head.dep_ == "pobj" and head.head.lower_ in _LOCATIVE:
        if name.label in PLACES:
            votes[str(name.label)] += 0.5
        elif bare and name.label in ("PERSON", None):
            votes["GPE"] += 0.6
    if is_platform(head) and name.label in ("PERSON", "ORG", "PRODUCT", None):
        votes["ORG"] += 0.7
    if name.label is None and head.dep_ == "nsubj" and head.head.pos_ == "VERB":
        votes["ORG"] += 0.2
    if name.label is None and head.dep_ == "pobj" and head.head.lower_ == "from":
        votes["GPE"] += 0.2
    if bare and head.dep_ == "nsubj" and head.head.lemma_ in _INSTITUTIONAL:
        votes["ORG"] += 0.5
    if head.dep_ in ("nsubj", "poss"):
        for child in head.children:
            if child.dep_ == "relcl":
                pronouns = [t.lower_ for t in doc[child.left_edge.i : child.i] if t.tag_ in _WH]
                votes["PERSON"] += 2 if "who" in pronouns else -2 if "which" in pronouns else 0
    if head.dep_ == "nsubj" and head.head.lemma_ in _SPEECH:
        for kind in ("PERSON", "ORG"):
            votes[kind] += 0.3
    if head.dep_ == "poss" or (head.dep_ in ("compound", "nmod") and head.head.i >= name.end):
        _possession_votes(votes, head.head.lemma_.casefold(), head.dep_ == "poss")
    elif name.end < len(doc) and doc[name.end].tag_ == "NNS":
        _possession_votes(votes, doc[name.end].lemma_.casefold(), False)
    return votes


_WH = ("WP", "WDT", "WP$")


def _name_votes(votes: Votes, name: Name, words: list[str]) -> None:
    """What the letters of the name itself say."""
    last = words[-1].casefold()
    if len(words) > 1 and last in LEGAL_FORMS:
        votes["ORG"] += 3
    elif len(words) > 1 and last in NAME_HEADS and name.label != "WORK":
        votes[NAME_HEADS[last]] += 2.0
    elif len(words) > 1 and last.isdigit() and words[-2].casefold() in NAME_HEADS:
        votes[NAME_HEADS[words[-2].casefold()]] += 2.0
    elif len(words) > 2 and words[1].casefold() == "of" and words[0].casefold() in NAME_HEADS:
        votes[NAME_HEADS[words[0].casefold()]] += 1.5
    if any(
        _BRAND.fullmatch(word) or DESIGNATION.fullmatch(word) for word in (words[0], words[-1])
    ) or (len(words) > 1 and words[-1][0].isdigit() and name.label not in ("LAW", "EVENT", "GPE")):
        votes["PRODUCT"] += 1.5
    if "&" in words:
        votes["ORG"] += 1


def _possession_votes(votes: Votes, noun: str, possessive: bool) -> None:
    """What having a chief executive, shares or a mother says of its owner."""
    if noun in _LINE and not possessive:
        votes["PRODUCT"] += 1
    elif noun == "headquarters" and not possessive:
        return
    elif noun in ORG_POSSESSIONS:
        if noun in _COMPANY_NOUNS:
            votes["GPE"] -= 2
        votes["ORG"] += 1
        votes["PERSON"] -= 1
        votes["PRODUCT"] -= 1
    elif NOUN_TYPES.get(noun) == "PERSON" and not possessive:
        votes["PERSON"] -= 0.7
        votes["ORG"] += 0.3


def defining_type(doc: Doc, definition: Definition) -> tuple[NounType | None, bool]:
    """The type that a defining noun tells, None for none, and whether the lexicon lists it."""
    noun = doc[definition.noun]
    word = noun.lemma_.casefold()
    if word in AMBIGUOUS:
        return None, True
    kind = noun_typer(doc.vocab).type_of(noun)
    return (None if kind in ("MONEY", "OTHER") else kind), word in NOUN_TYPES


def definition_votes(doc: Doc, definition: Definition, name: Name) -> Votes:
    """What a defining noun says: the strongest evidence, since the writer means to tell."""
    votes: Votes = defaultdict(float)
    noun = doc[definition.noun]
    if definition.how == "modifier" and noun.lower_ in TITLES:
        votes["PERSON"] += 3
        return votes
    kind, listed = defining_type(doc, definition)
    strength = 3.0 if definition.how != "modifier" else 2.0
    strength *= 1.0 if listed else 0.3
    if kind is None:
        return votes
    if kind == PLATFORM:
        votes["ORG"] += strength
        votes["PERSON"] -= 2
    elif kind == "PERSON" and name.label == "GROUP":
        votes["GROUP"] += strength
    elif kind in PLACES and definition.how == "modifier":
        votes[kind] += 1
    else:
        votes[kind] += strength
    if noun.lemma_.casefold() in OFFICERS:
        votes["PERSON"] += 1
    return votes


def decide(votes: Votes, names: Sequence[Name]) -> EntityType:
    """The type with the most evidence; OTHER when there is none."""
    best, weight = "OTHER", 0.0
    for kind in _ORDER:
        if votes[kind] > weight:
            best, weight = kind, votes[kind]
    if best == "OTHER" and any(name.text.isupper() and len(name.text) > 1 for name in names):
        best = "ORG"
    return best  # type: ignore[return-value]


#: Ties go to the type that news names most.
_ORDER = ("PERSON", "ORG", "GPE", "PRODUCT", "WORK", "LOC", "FAC", "EVENT", "LAW", "GROUP")
