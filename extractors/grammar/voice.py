"""Active or passive, with and without the auxiliary."""

from __future__ import annotations

from spacy.tokens import Token

from extractors.grammar.words import NESTING, VERBAL
from extractors.parse import once

# Irregular participles that look like the past tense of verbs that need an object.
TRANSITIVE_PARTICIPLES = frozenset(
    "bought brought built caught found held made sent shot sold taught".split()
)
# Verbs that let or make their object do what the infinitive tells, be it a person or a thing.
CAUSATIVE = frozenset(
    "allow believe cause compel consider enable encourage expect find force get help keep lead "
    "leave let make need oblige order permit prompt push require see want".split()
)


@once
def is_passive(verb: Token) -> bool:
    """Whether the verb is passive: with its auxiliary, in a reduced relative, or by conjunction."""
    return _is_passive(verb, NESTING)


def _is_passive(verb: Token, depth: int) -> bool:
    deps = {child.dep_ for child in verb.children}
    if deps & {"nsubjpass", "auxpass", "csubjpass"}:
        return True
    if "agent" in deps and verb.tag_ in ("VBN", "VBD") and "dobj" not in deps:
        return True
    if _is_headline_passive(verb, deps) or _is_reduced(verb, deps):
        return True
    if verb.tag_ != "VBN" or deps & {"aux", "nsubj", "dobj"}:
        return False
    if verb.dep_ in ("acl", "relcl", "advcl", "ROOT"):
        return True
    if verb.dep_ != "conj" or verb.head.pos_ not in VERBAL or not depth:
        return False
    return _is_passive(verb.head, depth - 1)


def _is_reduced(verb: Token, deps: set[str]) -> bool:
    """Whether what could be a past tense is a participle: "workers dismissed in May sued".

    Parsers call it a past tense, or a clause that is the subject of the sentence's verb.
    """
    if verb.tag_ not in ("VBD", "VBN") or deps & {"dobj", "aux", "ccomp", "xcomp", "prt", "acomp"}:
        return False
    return (verb.dep_ == "acl" and "nsubj" not in deps) or (
        verb.dep_ in ("csubj", "nsubj") and "nsubj" in deps
    )


def _is_headline_passive(verb: Token, deps: set[str]) -> bool:
    """Whether it is as in "First jet delivered": headlines leave out the auxiliary."""
    if (
        verb.tag_ not in ("VBD", "VBN")
        or verb.dep_ != "ROOT"
        or not (verb.lower_.endswith(("ed", "en")) or verb.lower_ in TRANSITIVE_PARTICIPLES)
    ):
        return False
    barred = {"dobj", "ccomp", "aux", "dative", "acomp", "prt"}
    if verb.lemma_.lower() not in CAUSATIVE:
        barred.add("xcomp")
    if deps & barred or verb.i == verb.sent.start:
        return False
    words = [token for token in verb.sent if not token.is_space]
    return len(words) <= 14 and not words[-1].is_punct
