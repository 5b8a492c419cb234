"""Whether an event has happened, lies ahead, or is left open by its words."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from extractors.grammar.words import NESTING
from extractors.parse import once
from extractors.times.attachment import clause_verb
from extractors.times.calendars import Tense
from extractors.times.direction import PLANNING, SETTING, SPEECH, tense_of
from extractors.times.words import words

IMPLICATIVE = words("implicative")
_LONGEST_HEADLINE = 30
_CERTAIN = words("certain_future")
_MAIN = ("ROOT", "conj", "ccomp", "relcl", "parataxis")
_PRESENT = words("present")
_RESULTING = words("resulting")
_STATING = (*_MAIN, "acl", "advcl")


@once
def event_tense(token: Token) -> Tense:
    """-1 for what has happened, 1 for what has not, 0 where the words do not tell.

    Nouns take the direction of their clause, verbs their own. The present tense of a headline
    tells what has happened; elsewhere it tells nothing of a point in time.
    """
    return _event_tense(token, NESTING)


def _event_tense(token: Token, depth: int) -> Tense:
    if token.pos_ not in ("VERB", "AUX"):
        return _noun_tense(token)
    helpers = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
    if "to" in helpers:
        return _infinitive_tense(token, helpers, depth)
    found = tense_of(token)
    if any(c.lower_ in ("if", "unless") and c.dep_ == "mark" for c in token.children):
        return -1 if found == -1 else 1
    if token.tag_ in ("VBD", "VBN") and not helpers and token.lemma_.lower() in SETTING:
        return -1
    if found == 0 and token.lemma_.lower() in SPEECH:
        # "The firm says": it has said so when it is written.
        return -1
    if found == 1 and (token.tag_ in ("VBZ", "VBP") or helpers & _PRESENT):
        return -1 if is_headline(token) else 0
    if found is not None:
        return found
    verb = clause_verb(token.head) if token.head.i != token.i else None
    if verb is None or verb.i == token.i or not depth:
        return 0
    return _event_tense(verb, depth - 1)


def lies_ahead(token: Token) -> bool:
    """Whether a verb says of itself that it lies after publication: "will vote", "is to vote".

    What was going to happen, might, or would if something else did, is left open.
    """
    helpers = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
    conditional = any(
        c.dep_ == "advcl" and any(m.lower_ in ("if", "unless") for m in c.children)
        for c in token.children
    )
    if token.pos_ not in ("VERB", "AUX") or token.dep_ not in _MAIN or conditional:
        return False
    return bool(helpers & _CERTAIN) and "have" not in helpers


def holds_now(token: Token) -> bool:
    """Whether a verb tells in the present what goes on: "sells tea", "is looking for", "is closed".

    Not what is reported, asked for or only supposed, nor the present of headlines, which tells
    what has happened.
    """
    helpers = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
    present = (token.tag_ in ("VBZ", "VBP") and not helpers - {"do", "does"}) or (
        token.tag_ in ("VBG", "VBN", "VB") and bool(helpers & (_PRESENT | {"do", "does"}))
    )
    if token.pos_ not in ("VERB", "AUX") or not present or helpers & _RESULTING:
        return False
    supposed = any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in token.children)
    if supposed or token.dep_ not in _STATING or token.lemma_.lower() in SPEECH:
        return False
    return not is_headline(token)


def _infinitive_tense(token: Token, helpers: set[str], depth: int) -> Tense:
    head = token.head
    if "have" in helpers:
        return -1
    implied = token.dep_ == "xcomp" and head.i != token.i and head.lemma_.lower() in IMPLICATIVE
    if implied and depth:
        return _event_tense(head, depth - 1)
    return 1


def _noun_tense(token: Token) -> Tense:
    verb = clause_verb(token)
    if verb is None:
        return 0
    # What is planned, asked for or called off may never take place.
    if verb.lemma_.lower() in PLANNING and verb.i < token.i:
        return 0
    found = tense_of(verb)
    if found == 1 and verb.tag_ not in ("VBZ", "VBP"):
        return 1
    definite = any(
        c.dep_ in ("det", "poss") and c.lower_ not in ("a", "an") for c in token.children
    )
    return -1 if found == -1 or definite else 0


def is_headline(token: Token) -> bool:
    """Whether a word stands in a headline: a line of its own that ends without a full stop."""
    doc: Doc = token.doc
    first = last = token.i
    while first > 0 and not _breaks(doc[first - 1]) and token.i - first < _LONGEST_HEADLINE:
        first -= 1
    while last + 1 < len(doc) and not _breaks(doc[last + 1]) and last - first < _LONGEST_HEADLINE:
        last += 1
    whole = (first == 0 or _breaks(doc[first - 1])) and (
        last + 1 == len(doc) or _breaks(doc[last + 1])
    )
    if doc[last].is_quote and last > first:
        last -= 1
    return whole and not doc[last].is_punct


def _breaks(token: Token) -> bool:
    return token.is_space and "\n" in token.text
