"""What kind of clause a word heads: its tense, its conditions, its place in a sentence.

Labels are those of spaCy's English models (CLEAR style, Choi and Palmer 2012).
"""

from __future__ import annotations

from spacy.tokens import Token

from extractors.factuality.cues import words

CONDITION = words("conjunctions", "conditional")
FINITE = frozenset({"VBD", "VBZ", "VBP"})
INDEFINITE = frozenset({"a", "an", "any", "no", "some", "another", "further", "more"})
OCCURRING = words("verbs", "occurring")
RESULTING = words("verbs", "resulting")
THIRD_PERSON = frozenset({"he", "she", "it"})
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


def is_subjunctive(token: Token) -> bool:
    """Whether a verb stands in its base form though its subject asks for another: "that he go"."""
    if token.tag_ not in {"VB", "VBP"} or token.lower_ != token.lemma_.lower():
        return False
    if any(child.dep_ == "aux" for child in token.children):
        return False
    return any(
        child.dep_ in {"nsubj", "nsubjpass"}
        and (child.tag_ in {"NN", "NNP"} or child.lower_ in THIRD_PERSON)
        and not any(other.dep_ == "conj" for other in child.children)
        for child in token.children
    ) or (token.tag_ == "VBP" and token.head.tag_ in {"VBD", "VBN"})


def is_result(token: Token, head: Token) -> bool:
    """Whether an infinitive tells how something ended: "broke away to win", "fell to close at"."""
    return token.lemma_.lower() in RESULTING and head.tag_ == "VBD"


def raised_infinitive(verb: Token) -> Token | None:
    """The infinitive whose subject stands before a raising verb: "is expected to begin"."""
    return next(
        (child for child in verb.children if child.dep_ == "xcomp" and is_infinitive(child)), None
    )


def occurs(verb: Token) -> bool:
    """Whether a verb says of its subject that it takes place: "began", "was held"."""
    return verb.lemma_.lower() in OCCURRING or any(c.dep_ == "auxpass" for c in verb.children)


def is_indefinite(noun: Token) -> bool:
    """Whether a noun phrase brings up something new: "a strike", "further strikes", "strikes"."""
    determiners = [child for child in noun.children if child.dep_ in {"det", "poss"}]
    return all(child.lower_ in INDEFINITE for child in determiners)
