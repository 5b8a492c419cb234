"""Links that an article states between its events: cause, order, part and identity.

Only what words say is linked: clauses and phrases joined by a connective ("because", "after",
"in response to", "during"), verbs of causing and forcing, participles that tell an outcome, a
light verb and the noun that says what is done. Each link keeps the words that say so. Order by
tense and by time expressions is the business of the time module.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from extractors.actions.finding import Action
from extractors.actions.lexicon import Lexicon
from extractors.extraction import LinkType
from extractors.grammar import VERBAL, by_agents, is_passive, subjects

# How a connective relates what it opens to what it hangs on: the type of link, and whether what
# it opens is the link's source.
Relation = tuple[LinkType, bool]
CONJUNCTIONS: dict[str, Relation] = {
    "because": ("causes", True),
    "after": ("before", True),
    "once": ("before", True),
    "before": ("before", False),
    "until": ("before", False),
    "when": ("simultaneous", True),
    "while": ("simultaneous", True),
}
PREPOSITIONS: dict[str, Relation] = {
    "after": ("before", True),
    "following": ("before", True),
    "before": ("before", False),
    "during": ("includes", True),
    "because of": ("causes", True),
    "due to": ("causes", True),
    "owing to": ("causes", True),
    "thanks to": ("causes", True),
    "in response to": ("causes", True),
    "in retaliation for": ("causes", True),
    "in protest at": ("causes", True),
    "as a result of": ("causes", True),
    "in the wake of": ("before", True),
    "as part of": ("includes", True),
}
LONGEST = 4
CAUSING = frozenset({"cause", "trigger", "spark", "prompt", "provoke", "fuel", "unleash"})
# Verbs that cause by their preposition: what follows is the effect, after "from" the cause.
CAUSING_WITH = {"lead": "to", "contribute": "to", "result": "in"}
RESULTING_WITH = {"result": "from", "stem": "from", "arise": "from"}
# Kinds of action (of ontology.ttl) whose infinitive is what they bring about.
COMPELLING = frozenset({"Force", "Cause"})
# Kinds of action that a participle after a comma tells as the outcome: "..., killing nine".
OUTCOMES = frozenset({"Kill", "Murder", "Bomb", "Injure", "Destroy"})


class TokenLink(NamedTuple):
    """A link between two triggers, by token index; `cue` is the span of tokens that says so."""

    type: LinkType
    source: int
    target: int
    cue: tuple[int, int] | None = None


def find_links(doc: Doc, actions: Sequence[Action], lexicon: Lexicon) -> tuple[TokenLink, ...]:
    """The links that the article states between its events, each once, in text order.

    >>> find_links(doc, actions, lexicon)  # "Trains stopped because of the strike."
    (TokenLink(type='causes', source=5, target=1, cue=(2, 4)),)
    """
    events = {action.token: action for action in actions}
    found: dict[tuple[LinkType, int, int], TokenLink] = {}
    for action in actions:
        token = doc[action.token]
        for link in (
            *_same(token, action, events, lexicon),
            *_clause(token, events),
            *_phrase(token, events),
            *_causing(token, action, events),
        ):
            if link.source != link.target:
                found.setdefault(link[:3], link)
    return tuple(found.values())


def _same(
    token: Token, action: Action, events: Mapping[int, Action], lexicon: Lexicon
) -> Iterator[TokenLink]:
    """A light verb and its noun, and two event nouns that "be" makes one."""
    noun = action.complement
    if noun is not None and noun in events and lexicon.is_support(action.lemma):
        yield TokenLink("same", action.token, noun)
    if token.lemma_ == "be":
        named = [c for c in token.children if c.dep_ == "nsubj" and c.i in events]
        told = [c for c in token.children if c.dep_ == "attr" and c.i in events]
        for one in named:
            yield from (TokenLink("same", one.i, other.i, _span(token)) for other in told)


def _clause(token: Token, events: Mapping[int, Action]) -> Iterator[TokenLink]:
    """A subordinate clause and the clause it depends on."""
    if token.dep_ != "advcl" or token.head.i not in events:
        return
    marks = [c for c in token.children if c.dep_ in ("mark", "advmod")]
    for mark in marks:
        if mark.lower_ in CONJUNCTIONS:
            yield _link(CONJUNCTIONS[mark.lower_], token, token.head, _span(mark))
            return
    if not marks and _tells_outcome(token, events):
        yield TokenLink("causes", token.head.i, token.i, _span(token))


def _tells_outcome(participle: Token, events: Mapping[int, Action]) -> bool:
    """Whether it tells what came of its clause: "a bomb exploded, killing nine people"."""
    before = participle.doc[participle.i - 1]
    return (
        participle.tag_ == "VBG"
        and participle.i > participle.head.i
        and before.text == ","
        and events[participle.i].type in OUTCOMES
    )


def _phrase(token: Token, events: Mapping[int, Action]) -> Iterator[TokenLink]:
    """An event in a prepositional phrase and the event it hangs on: "after the attack"."""
    if token.dep_ not in ("pobj", "pcomp"):
        return
    current = token.head
    words = [current, *(c for c in current.rights if c.pos_ == "ADP" and not any(c.children))]
    while len(words) <= LONGEST and current.head is not current:
        text = " ".join(word.lower_ for word in sorted(words, key=lambda word: word.i))
        relation = PREPOSITIONS.get(text)
        if relation is not None and current.head.i in events:
            first, last = min(w.i for w in words), max(w.i for w in words)
            yield _link(relation, token, current.head, (first, last + 1))
            return
        if current.dep_ not in ("prep", "pcomp", "pobj"):
            return
        articles = [c for c in current.head.lefts if c.dep_ == "det"]
        current = current.head
        words += [current, *articles]


def _causing(token: Token, action: Action, events: Mapping[int, Action]) -> Iterator[TokenLink]:
    """What a verb says its subject brings about: an event, or what somebody is forced to do."""
    if token.pos_ not in VERBAL:
        return
    lemma = token.lemma_.lower()
    doers = by_agents(token) if is_passive(token) else subjects(token)
    causes = [doer for doer in doers if doer.i in events]
    if lemma in CAUSING:
        effects = subjects(token) if is_passive(token) else _children(token, ("dobj",))
        yield from _product(causes, effects, events, _span(token))
    for verbs, backwards in ((CAUSING_WITH, False), (RESULTING_WITH, True)):
        for prep in token.rights:
            if prep.dep_ == "prep" and prep.lower_ == verbs.get(lemma):
                others = _children(prep, ("pobj", "pcomp"))
                pairs = (others, causes) if backwards else (causes or [token], others)
                yield from _product(*pairs, events, _span(token))
    if action.type in COMPELLING:
        done = _children(token, ("xcomp", "ccomp"))
        yield from _product(causes or [token], done, events, _span(token))


def _children(word: Token, dependencies: Sequence[str]) -> list[Token]:
    return [child for child in word.rights if child.dep_ in dependencies]


def _product(
    causes: Sequence[Token],
    effects: Sequence[Token],
    events: Mapping[int, Action],
    cue: tuple[int, int],
) -> Iterator[TokenLink]:
    for cause in causes:
        for effect in effects:
            if cause.i in events and effect.i in events:
                yield TokenLink("causes", cause.i, effect.i, cue)


def _link(relation: Relation, opened: Token, head: Token, cue: tuple[int, int]) -> TokenLink:
    kind, is_source = relation
    source, target = (opened, head) if is_source else (head, opened)
    return TokenLink(kind, source.i, target.i, cue)


def _span(word: Token) -> tuple[int, int]:
    return word.i, word.i + 1
