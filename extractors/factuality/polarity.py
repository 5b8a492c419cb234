"""Negation that stands beside a word in its own clause: not, never, no, nobody, nor, without.

Negation that comes from a governing verb ("failed to", "did not try to") is the business of
`extractors.factuality.judging`, which follows the parse upwards.
"""

from __future__ import annotations

from spacy.tokens import Token

from extractors.factuality.cues import words

NEGATORS = words("negation", "negators")
NOBODY = words("negation", "nobody")
WITHOUT = words("negation", "without")
FOCUS = words("negation", "focus")
SETTLED = words("negation", "settled")
SHUTTING_OUT = (["instead", "of"], ["rather", "than"])
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "csubj", "dobj", "attr", "expl", "oprd"})


def is_negated(token: Token) -> bool:
    """Whether the clause, or the noun phrase, that this word heads is negated within itself.

    >>> is_negated(doc[5])  # "made" of "The two sides have not made peace"
    True
    >>> is_negated(doc[2])  # "agreement" of "There's no agreement"
    True
    """
    if is_settled(token):
        return False
    children = list(token.children)
    if any(_negates(child) for child in children):
        return True
    return any(child.dep_ in ARGUMENTS and _is_no(child) for child in children)


def is_settled(token: Token) -> bool:
    """Whether a negated noun affirms: "no doubt that"."""
    return token.lemma_ in SETTLED and any(child.lower_ == "no" for child in token.children)


def shares_negation(first: Token, second: Token) -> bool:
    """Whether the negation of a first conjunct reaches a later one.

    It does in "did not comply or respond", and not in "did not resign but stayed".
    """
    if second.lemma_ in NEGATORS or any(child.dep_ == "nsubj" for child in second.children):
        return False
    between = [child.lower_ for child in first.children if child.dep_ == "cc"]
    return "but" not in between and first.tag_ == second.tag_


def is_excluded(token: Token) -> bool:
    """Whether a preposition or conjunction shuts out what follows it: without, rather than.

    `token` is the head of what follows: "signing" of "without signing".
    """
    first = token.left_edge.i
    before = [word.lower_ for word in token.doc[max(first - 2, 0) : first]]
    opening = [word.lower_ for word in token.doc[first : min(first + 2, token.i)]]
    if before in SHUTTING_OUT or opening in SHUTTING_OUT:
        return True
    return token.dep_ in {"pobj", "pcomp"} and token.head.lower_ in WITHOUT


def _negates(child: Token) -> bool:
    if child.lower_ in NEGATORS:
        follower = child.nbor(1) if child.i + 1 < len(child.doc) else None
        if follower is not None and follower.lower_ in FOCUS:
            return False
        return child.dep_ in {"neg", "det", "advmod", "preconj", "cc", "predet"}
    # "no longer", "not yet", "no more"
    return child.dep_ == "advmod" and any(
        below.dep_ == "neg" or below.lower_ == "no" for below in child.children
    )


def _is_no(argument: Token) -> bool:
    if is_settled(argument):
        return False
    if argument.lower_ in NOBODY:
        # "Eleven people, none of them soldiers, died"
        return argument.dep_ != "nsubj" or argument.i == 0 or argument.nbor(-1).lower_ != ","
    children = list(argument.children)
    if any(c.lower_ == "not" for c in children):  # "Not one survived", "not a shot was fired"
        return argument.lower_ == "one" or any(c.lower_ in {"a", "single"} for c in children)
    return any(
        (child.lower_ == "no" and child.dep_ == "det")
        or (child.lower_ == "neither" and child.dep_ in {"preconj", "det"})
        for child in children
    )
