"""Whether the words around a time expression look back or ahead."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from extractors.parse import once
from extractors.times.calendars import Tense
from extractors.times.words import words

PLANNING = words("planning")
SETTING = words("setting")
PLANS = words("plans")
HELD = words("held")
_UNTIL_VERBS = words("until_verbs")
SPEECH = words("speech")
_FUTURE_AUX = words("future_aux")


def tense_at(doc: Doc, index: int, owned: bool = True) -> Tense:
    """-1 where the clause of a token looks back, 1 where it looks ahead, 0 where neither shows.

    With `owned`, what a time owns or modifies has been: "Friday's vote", whatever its clause.
    """
    token = doc[index]
    above = token.head
    if (
        owned
        and token.dep_ in ("poss", "compound", "nmod")
        and above.i > token.i
        and above.pos_ == "NOUN"
        and above.lemma_.lower() not in HELD
    ):
        return -1
    if token.dep_ == "pobj":
        if above.lower_ == "until" and above.head.lemma_.lower() in _UNTIL_VERBS:
            return 1
        if above.lower_ == "since":
            return -1
    # "As of Friday the firm has", but "as of Friday smoking will be banned".
    as_of = above.i and above.lower_ == "of" and doc[above.i - 1].lower_ == "as"
    for _ in range(12):
        if token.pos_ in ("VERB", "AUX"):
            found = tense_of(token)
            if found is not None:
                modal = any(c.tag_ == "MD" for c in token.children)
                return -1 if as_of and not modal else found
        if token.head.i == token.i:
            break
        token = token.head
    return 0


def plainly_past(doc: Doc, index: int) -> bool:
    """Whether a time stands right beside a verb of the past that plans nothing: "fell in March"."""
    token = doc[index]
    if token.dep_ == "pobj" and token.head.pos_ == "ADP":
        token = token.head
    verb = token.head
    if verb.pos_ != "VERB" or token.dep_ not in ("prep", "npadvmod", "advmod"):
        return False
    return verb.lemma_.lower() not in PLANNING | SETTING and tense_of(verb) == -1


@once
def tense_of(verb: Token) -> Tense | None:
    """The direction of one verb with its auxiliaries; None where its governor decides."""
    tag = verb.tag_
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    words = {h.lower_ for h in helpers}
    if words & _FUTURE_AUX:
        return -1 if "have" in words and not words & {"will", "shall", "'ll"} else 1
    if verb.lower_ in ("will", "wo") and tag == "MD":
        return 1
    lemma = verb.lemma_.lower()
    if "to" in words:
        governor = verb.head
        if (
            verb.dep_ in ("relcl", "ccomp")
            or governor.lemma_.lower() in PLANNING | PLANS
            or governor.lower_ == "going"
        ):
            return 1
        return None if governor.i != verb.i else 1
    # "Was set for Friday" looks ahead, "set a record on Friday" does not.
    if lemma in SETTING and (tag in ("VBN", "JJ") or (tag == "VBD" and lemma != "set")):
        return 1
    perfect = words & {"had", "has", "have", "'ve", "having"}
    if perfect:
        return -1
    helper_tags = {h.tag_ for h in helpers}
    if "VBD" in helper_tags:
        return 1 if verb.lower_ == "going" and _complement(verb) else -1
    if helper_tags & {"VBZ", "VBP"}:
        return 1
    if tag == "VBD":
        return (
            1 if lemma == "be" and any(c.lower_ in ("due", "likely") for c in verb.children) else -1
        )
    if tag == "VBN":
        return -1
    if tag in ("VBZ", "VBP"):
        return 0 if lemma in SPEECH else 1
    return None


def _complement(verb: Token) -> bool:
    return any(c.dep_ == "xcomp" for c in verb.children)
