"""What kind of clause a word heads: its tense, its conditions, its place in a sentence.

Labels are those of spaCy's English models (CLEAR style, Choi and Palmer 2012).
"""

from __future__ import annotations

from spacy.tokens import Token

CONDITION = frozenset(
    {"if", "unless", "provided", "providing", "assuming", "supposing", "lest", "whether"}
)
FINITE = frozenset({"VBD", "VBZ", "VBP"})
INDEFINITE = frozenset({"a", "an", "any", "no", "some", "another", "further", "more"})
# Verbs that say of their subject that it takes place.
OCCURRENCE = frozenset(
    "arise be begin come commence continue end erupt follow go happen last occur proceed resume "
    "start take unfold".split()
)
HOPS = 8


def is_inverted(token: Token) -> bool:
    """ "Had he known", "should it fail", "were it to fail": a condition without its "if"."""
    if token.lower_ == "had" and token.i == token.left_edge.i and token.dep_ == "advcl":
        return True  # parsed as the head of what follows
    subject = next((c.i for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    helpers = [
        c
        for c in token.children
        if c.dep_ in {"aux", "auxpass"} and c.lower_ in {"had", "should", "were"}
    ]
    return subject is not None and any(helper.i < subject for helper in helpers)


def first_conjunct(token: Token) -> Token:
    """The verb that a conjunct is joined to: a finite one goes with a finite one.

    Parsers join "refused" to "withdraw" in "were ordered to withdraw but refused"; its partner
    is "ordered".
    """
    head = token.head
    if token.tag_ not in FINITE or head.tag_ not in {"VB", "VBG"}:
        return head
    current = head
    for _ in range(HOPS):
        if is_finite(current) or current.head.i == current.i:
            break
        current = current.head
    return current if is_finite(current) and current.pos_ in {"VERB", "AUX"} else head


def predicate(head: Token, token: Token | None) -> Token:
    """The predicate of a copula ("likely" of "is likely that"), else the head itself."""
    if head.lemma_ != "be":
        return head
    for child in head.children:
        if child.dep_ in {"acomp", "attr", "oprd"} and (token is None or child.i < token.i):
            return child
    return head


def has_condition(token: Token) -> bool:
    """Whether an if-clause hangs on this word."""
    return any(
        child.dep_ == "advcl"
        and (
            is_inverted(child)
            or any(
                mark.dep_ == "mark"
                and mark.lower_ in CONDITION
                and mark.lower_ != "whether"
                and not (mark.i > 0 and mark.nbor(-1).lower_ in {"as", "even"})
                for mark in child.children
            )
        )
        for child in token.children
    )


def is_past(token: Token) -> bool:
    """Whether a clause tells of the past: "left", "has left", but not "will have left"."""
    helpers = [child for child in token.children if child.dep_ in {"aux", "auxpass"}]
    if token.tag_ == "VBD":
        return True
    return any(h.tag_ in {"VBD", "VBZ", "VBP"} and h.lemma_ == "have" for h in helpers) and not any(
        h.tag_ == "MD" for h in helpers
    )


def is_infinitive(token: Token) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(child.dep_ == "aux" and child.tag_ == "TO" for child in token.children)


def is_finite(token: Token) -> bool:
    """Whether a clause has a tense of its own or a modal."""
    helpers = [child.tag_ for child in token.children if child.dep_ in {"aux", "auxpass"}]
    return (helpers[0] if helpers else token.tag_) in {"VBD", "VBZ", "VBP", "MD"}


def raised_infinitive(verb: Token) -> Token | None:
    """The infinitive whose subject stands before a raising verb: "is expected to begin"."""
    return next(
        (child for child in verb.children if child.dep_ == "xcomp" and is_infinitive(child)), None
    )


def occurs(verb: Token) -> bool:
    """Whether a verb says of its subject that it takes place: "began", "was held"."""
    return verb.lemma_.lower() in OCCURRENCE or any(c.dep_ == "auxpass" for c in verb.children)


def is_indefinite(noun: Token) -> bool:
    """Whether a noun phrase brings up something new: "a strike", "further strikes", "strikes"."""
    determiners = [child for child in noun.children if child.dep_ in {"det", "poss"}]
    return all(child.lower_ in INDEFINITE for child in determiners)
