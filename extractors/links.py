"""Links between the events of one article: what is the same, what caused what, what came first.

Only what the grammar states is linked: a light verb and the noun that says what is done; clauses
joined by "because", "after", "before"; verbs of causing between two nominal events. Order by
time expressions is the business of the time module.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from extractors.actions.finding import Action
from extractors.actions.lexicon import Lexicon
from extractors.extraction import LinkType
from extractors.grammar import VERBAL

MARKS: dict[str, tuple[LinkType, bool]] = {
    "because": ("causes", True),
    "after": ("before", True),
    "once": ("before", True),
    "before": ("before", False),
    "until": ("before", False),
    "when": ("simultaneous", True),
    "while": ("simultaneous", True),
}
CAUSAL_PREPOSITIONS = {"after": "before", "following": "before", "before": "after"}
CAUSING = frozenset({"cause", "trigger", "spark", "prompt", "provoke"})


class TokenLink(NamedTuple):
    """A link between two triggers, by token index."""

    type: LinkType
    source: int
    target: int


def find_links(doc: Doc, actions: Sequence[Action], lexicon: Lexicon) -> tuple[TokenLink, ...]:
    """The links that the article states between its events, each once, in text order."""
    triggers = {action.token for action in actions}
    found: dict[TokenLink, None] = {}
    for action in actions:
        token = doc[action.token]
        for link in (
            *_same(action, triggers, lexicon),
            *_clause(token, triggers),
            *_noun(token, triggers),
        ):
            if link.source != link.target:
                found[link] = None
    return tuple(found)


def _same(action: Action, triggers: set[int], lexicon: Lexicon) -> Iterator[TokenLink]:
    if action.complement in triggers and lexicon.is_support(action.lemma):
        yield TokenLink("same", action.token, action.complement)


def _clause(token: Token, triggers: set[int]) -> Iterator[TokenLink]:
    """A subordinate clause and the clause it depends on."""
    if token.dep_ == "advcl" and token.head.i in triggers:
        marks = [
            c.lower_ for c in token.children if c.dep_ in ("mark", "advmod") and c.lower_ in MARKS
        ]
        for kind, subordinate_first in (MARKS[mark] for mark in marks[:1]):
            pair = (token.i, token.head.i) if subordinate_first else (token.head.i, token.i)
            yield TokenLink(kind, *pair)


def _noun(token: Token, triggers: set[int]) -> Iterator[TokenLink]:
    """Order and cause between nouns: "after the attack", "the decision caused protests"."""
    prep = token.head
    if token.dep_ in ("pobj", "pcomp") and prep.lower_ in CAUSAL_PREPOSITIONS:
        governor = prep.head
        if governor.i in triggers:
            first, second = (
                (token.i, governor.i)
                if CAUSAL_PREPOSITIONS[prep.lower_] == "before"
                else (governor.i, token.i)
            )
            yield TokenLink("before", first, second)
    if token.pos_ in VERBAL and (token.lemma_ in CAUSING or _leads_to(token)):
        effects = [g for g in _effects(token) if g.i in triggers]
        causes = [c for c in token.children if c.dep_ == "nsubj" and c.i in triggers]
        yield from (
            TokenLink("causes", cause.i, effect.i) for cause in causes for effect in effects
        )


def _leads_to(verb: Token) -> bool:
    return verb.lemma_ == "lead" and any(
        c.dep_ == "prep" and c.lower_ == "to" for c in verb.children
    )


def _effects(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ == "dobj":
            yield child
        elif child.dep_ == "prep" and child.lower_ == "to":
            yield from (g for g in child.children if g.dep_ in ("pobj", "pcomp"))
