"""Words in a clause or noun phrase that tell how real it is: will, may, allegedly, planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from spacy.tokens import Token

from extractors.factuality.cues import by_word, words
from extractors.factuality.embedding import DEGREES, Degree, Words, remoter

MODALS: Mapping[str, Degree] = cast("Mapping[str, Degree]", by_word("modals"))
ADVERBS = words("adverbs", "possible")
PAST = frozenset({"VBD", "VBN"})
# How far above "would" the past verb may stand that it is seen from.
REPORTED_WITHIN = 3


def modality(token: Token, words: Words, *, negated: bool) -> Degree:
    """How firmly the clause or noun phrase of a word is put, by the words beside it alone."""
    degree: Degree = "asserted"
    children = list(token.children)
    for child in children:
        if child.dep_ in {"aux", "auxpass"}:
            degree = remoter(degree, _auxiliary(child, children, token, negated=negated))
        elif child.dep_ == "advmod" and child.lower_ in ADVERBS:
            degree = remoter(degree, "possible")
        elif child.dep_ in {"amod", "acl"} and token.pos_ in {"NOUN", "PROPN"}:
            degree = remoter(degree, _attribute(child, words))
    if token.dep_ == "ROOT" and any(c.dep_ == "mark" and c.lower_ == "if" for c in children):
        degree = remoter(degree, "hypothetical")  # "If only they had listened."
    if _is_infinitive_headline(token, children):
        degree = remoter(degree, "planned")
    if _is_imperative(token, children):
        degree = remoter(degree, "requested")
    if _is_question(token, children):
        degree = remoter(degree, "possible")
    return degree


def _auxiliary(aux: Token, siblings: Sequence[Token], verb: Token, *, negated: bool) -> Degree:
    word = aux.lower_
    perfect = any(other.dep_ == "aux" and other.lemma_ == "have" for other in siblings)
    if word in {"would", "'d"} and aux.tag_ == "MD":
        return _would(verb, siblings, perfect=perfect, negated=negated)
    if word in {"can", "ca", "could"} and negated and not perfect:
        return "asserted"
    if word in {"should", "ought"} and perfect:
        return "hypothetical"
    if word == "must" and perfect:
        return "possible"
    return MODALS.get(word, "asserted") if aux.tag_ == "MD" else "asserted"


def _would(verb: Token, siblings: Sequence[Token], *, perfect: bool, negated: bool) -> Degree:
    """Future seen from the past ("said it would close"), or else what depends on a condition."""
    if perfect:
        return "hypothetical"
    if any(sibling.dep_ == "parataxis" and sibling.tag_ in PAST for sibling in siblings):
        return "planned"
    above = verb
    for _ in range(REPORTED_WITHIN):
        if above.dep_ not in {"conj", "ccomp", "acl", "relcl", "advcl", "xcomp"}:
            break
        above = above.head
        if above.tag_ in PAST or above.pos_ == "NOUN":
            return "planned"
    # "He would not comment": told of the past, a refusal.
    conditional = any(sibling.dep_ == "advcl" for sibling in siblings)
    return "asserted" if negated and verb.dep_ == "ROOT" and not conditional else "conditional"


def _attribute(word: Token, words: Words) -> Degree:
    """What an adjective or participle says of its noun: "possible merger", "strike planned for"."""
    if word.dep_ == "acl" and word.tag_ != "VBN":
        return "asserted"
    for form in (word.lower_, word.lemma_.lower()):
        degree = DEGREES.get(words.signature(form) or "")
        if degree:
            return degree
    return "asserted"


def _is_infinitive_headline(token: Token, children: Sequence[Token]) -> bool:
    """ "Apple to launch": an infinitive as the main verb, or where a headline ends in one."""
    return token.dep_ == "ROOT" and any(c.dep_ == "aux" and c.lower_ == "to" for c in children)


def _is_imperative(token: Token, children: Sequence[Token]) -> bool:
    if token.tag_ != "VB" or token.dep_ not in {"ROOT", "ccomp"}:
        return False
    helped = {"nsubj", "nsubjpass", "aux", "auxpass", "mark", "expl"}
    if any(child.dep_ in helped for child in children):
        return False
    first = token.left_edge
    return token.i == first.i or all(word.is_punct for word in token.doc[first.i : token.i])


def _is_question(token: Token, children: Sequence[Token]) -> bool:
    """A question that asks whether: an auxiliary before the subject, and no wh-word."""
    if token.dep_ not in {"ROOT", "ccomp"} or not any(child.lower_ == "?" for child in children):
        return False
    subject = next(
        (child.i for child in children if child.dep_ in {"nsubj", "nsubjpass", "expl"}), None
    )
    helper = min(
        (c.i for c in children if c.dep_ in {"aux", "auxpass"}),
        default=token.i if token.lemma_ == "be" else None,
    )
    if subject is None or helper is None or helper > subject:
        return False
    return not any(child.tag_ in {"WP", "WRB", "WDT", "WP$"} for child in children)
