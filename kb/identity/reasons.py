"""Why two claims are taken for one event, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from extractors.actions.lexicon import load_lexicon
from kb.identity.rules import linked
from kb.identity.signatures import Signature, days_apart
from kb.identity.words import cosine

ALIKE = 0.25
"""Likeness of two articles from which it is worth mentioning."""


def reasons(
    one: Signature, other: Signature, score: float, name: Callable[[int], str]
) -> tuple[str, ...]:
    """What speaks for one event, the weightiest first; `name` gives the name of an entity.

    >>> reasons(first, second, 0.95, names.__getitem__)  # doctest: +SKIP
    ('same action: remove', 'same agent: Google', 'same object: Parler', 'dates 1 day apart')
    """
    found = [*_links(one, other), *_actions(one, other)]
    found += _shared("agent", one.agents & other.agents, name)
    found += _shared("object", one.objects & other.objects, name)
    swapped = (one.agents & other.objects) | (one.objects & other.agents)
    found += _shared("participant, in another role", swapped, name)
    found += _worded(one, other)
    found += _dates(one, other)
    if one.article == other.article:
        found.append("told in one article")
    elif one.profile and other.profile:
        alike = cosine(one.profile.words, other.profile.words)
        if alike >= ALIKE:
            found.append(f"articles on one subject (likeness {alike:.2f})")
    found.append(f"score {score:.2f}")
    return tuple(found)


def _links(one: Signature, other: Signature) -> Iterable[str]:
    if linked(one, other):
        within = one.article == other.article
        yield "its article tells them as one event" if within else "an editor joined them"


def _actions(one: Signature, other: Signature) -> Iterable[str]:
    types = load_lexicon().types
    labels = [types[a].label if a in types else "" for a in (one.action, other.action)]
    if one.action == other.action and one.action != "Action" and labels[0]:
        yield f"same action: {labels[0]}"
    elif one.stem == other.stem:
        yield "same word for the action"
    elif one.action in other.readings or other.action in one.readings:
        yield f"words that can mean one action: {labels[0]}, {labels[1]}"


def _shared(role: str, entities: Iterable[int], name: Callable[[int], str]) -> Iterable[str]:
    names = sorted(map(name, entities))
    if names:
        yield f"same {role}: {', '.join(names)}"


def _worded(one: Signature, other: Signature) -> Iterable[str]:
    for role, words in (
        ("agent", one.agent_words & other.agent_words),
        ("object", one.object_words & other.object_words),
    ):
        if words:
            yield f"same words for the {role}: {', '.join(sorted(words))}"


def _dates(one: Signature, other: Signature) -> Iterable[str]:
    first, second = one.window, other.window
    apart = days_apart(first, second)
    if apart is None or first is None or second is None:
        return
    if apart:
        yield f"dates {apart} {'day' if apart == 1 else 'days'} apart"
    elif (first.low, first.high) == (second.low, second.high) and first.closed and second.closed:
        yield "same date"
    else:
        yield "dates agree"
