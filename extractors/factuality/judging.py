"""Whether an event happened, as the article tells it: polarity and factuality.

The parse is followed from the trigger upwards. Each governing word ("failed to", "a plan to",
"officials fear that") changes the status of what it governs as its class in the lexicon says
(`embedding`), then the words beside the trigger add theirs (`polarity`,
`modality`). The status of every word on the way is kept, so that a document costs
time linear in its length.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from extractors.actions.finding import Action
from extractors.extraction import Factuality, Polarity
from extractors.factuality.clauses import has_condition, is_past
from extractors.factuality.embedding import (
    FACT,
    ComplementLexicon,
    Degree,
    Status,
    Words,
    embed,
    remoter,
)
from extractors.factuality.governing import Governors, Link
from extractors.factuality.modality import modality
from extractors.factuality.polarity import is_excluded, is_negated, shares_negation

# No reader follows longer chains; parses of lists and of text without full stops have them.
CLIMB = 100


class Judge:
    """The status of the words of one document, each found once."""

    def __init__(self, doc: Doc, lexicon: ComplementLexicon) -> None:
        self._doc = doc
        self._words = Words(lexicon)
        self._governors = Governors(self._words)
        self._known: dict[int, tuple[Status, Status]] = {}

    def judge(self, action: Action) -> tuple[Polarity, Factuality]:
        """Polarity and factuality of one action of the document."""
        positive, degree = self.status(self._doc[action.token])
        return (
            "positive" if positive else "negative",
            "possible" if degree == "enabled" else degree,
        )

    def status(self, token: Token) -> Status:
        """The status of a word as an event: in its own clause, under all that governs it."""
        way: list[tuple[Token, Link | None]] = []
        current: Token | None = token
        seen: set[int] = set()
        while (
            current is not None
            and current.i not in self._known
            and current.i not in seen
            and len(way) < CLIMB
        ):
            seen.add(current.i)
            link = self._governors.link(current)
            way.append((current, link))
            current = link.governor if link else None
        for word, link in reversed(way):
            self._known[word.i] = self._settle(word, link)
        return self._known[token.i][1]

    def _settle(self, word: Token, link: Link | None) -> tuple[Status, Status]:
        """What reaches a word from above, and what it is with its own modifiers."""
        negated = is_negated(word) or is_excluded(word) or self._is_called_off(word)
        degree = modality(word, self._words, negated=negated)
        if has_condition(word) and not is_past(word):
            degree = remoter(degree, "conditional")
        above = FACT
        if link and link.kind == "conjunct":
            above, _ = self._known.get(link.governor.i, (FACT, FACT))
            negated, degree = self._share(word, link.governor, negated, degree)
        elif link:
            above = _reach(self._known.get(link.governor.i, (FACT, FACT))[1], link.kind)
        if above.degree == "hypothetical" and degree != "asserted":
            degree = "hypothetical"  # "wishes that it would stay"
        cancels = negated and not above.positive and link is not None and link.kind != "same"
        positive = cancels or (above.positive and not negated)
        return above, Status(positive, remoter(above.degree, degree))

    def _is_called_off(self, noun: Token) -> bool:
        """Whether an adjective or participle says that the event did not come about."""
        return noun.pos_ in {"NOUN", "PROPN"} and any(
            self._words.signature(form) in {"negative", "refusal", "prevented"}
            for child in noun.children
            if child.dep_ == "amod" or (child.dep_ == "acl" and child.tag_ == "VBN")
            for form in (child.lower_, child.lemma_.lower())
        )

    def _share(
        self, word: Token, first: Token, negated: bool, degree: Degree
    ) -> tuple[bool, Degree]:
        """The modifiers that a conjunct takes over from the first one: "will meet and sign"."""
        own = {"aux", "auxpass", "nsubj", "nsubjpass", "det", "mark"}
        if any(child.dep_ in own for child in word.children) or word.tag_[:2] != first.tag_[:2]:
            return negated, degree
        if word.tag_ != first.tag_ and "VBD" in (word.tag_, first.tag_):
            return negated, degree
        before = is_negated(first)
        shared = modality(first, self._words, negated=before)
        return negated or (before and shares_negation(first, word)), remoter(degree, shared)


def judge(doc: Doc, action: Action, lexicon: ComplementLexicon) -> tuple[Polarity, Factuality]:
    """Polarity and factuality of one action; for many of one document, use `judge_all`.

    >>> judge(doc, action, lexicon)  # "sell" of "The firm failed to sell its stake."
    ('negative', 'asserted')
    >>> judge(doc, action, lexicon)  # "merger" of "They abandoned talks on a possible merger."
    ('positive', 'possible')
    """
    return Judge(doc, lexicon).judge(action)


def judge_all(
    doc: Doc, actions: Sequence[Action], lexicon: ComplementLexicon
) -> list[tuple[Polarity, Factuality]]:
    """Polarity and factuality of the actions of a document, in their order."""
    judge_one = Judge(doc, lexicon).judge
    return [judge_one(action) for action in actions]


def _reach(governor: Status, kind: str) -> Status:
    if kind == "same":
        return governor
    if kind == "degree":
        return Status(True, governor.degree)
    return embed(governor, kind)
