"""Which claims speak of one event: a conservative rule, and clusters made from it.

Whether two claims may be one event is decided by the two alone. Claims that are connected by
such pairs are then clustered in a fixed order, each joining a cluster with whose claims it
mostly agrees; so the result depends on the set of claims, not on the order of their arrival.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

TOLERANCE = 3
"""Days by which reports of one event may differ in date: the difference is kept as a dispute."""
MEMORY = 14
"""Days before publication in which news without a date is taken to have happened, to match it."""
WIDEST = 62
"""Days of the widest interval that can hold an event given by the day."""

_WORD = re.compile(r"[^\W_]+")
_STOP = frozenset(
    "a an the of to in on at for from by with and or its it their his her this that as after "
    "over into off out up down has have had is are was were be been will s".split()
)
_LOOSE = {frozenset(("asserted", "planned")), frozenset(("asserted", "possible"))}


@dataclass(frozen=True, slots=True)
class Window:
    """Days (proleptic ordinals) in which an event may have happened, for matching only."""

    low: int
    high: int
    closed: bool

    @property
    def wide(self) -> bool:
        """Whether it is too wide to be matched by overlap."""
        return self.high - self.low > WIDEST


@dataclass(frozen=True, slots=True)
class Signature:
    """What decides whether a claim speaks of the same event as another one."""

    id: int
    article: str
    order: tuple[str, str, int, str]
    """Publication date, article, offset and local name: the fixed order of claims."""
    group: str
    agents: frozenset[int]
    objects: frozenset[int]
    agent_words: frozenset[str]
    object_words: frozenset[str]
    label_words: frozenset[str]
    """What the label says beyond names and the word for the action."""
    vague: bool
    """Whether the kind of action alone says little: speech, thought, or a broad kind."""
    window: Window | None
    polarity: str
    factuality: str
    source: int | None
    same: frozenset[int] = frozenset()
    """Claims that are of the same event whatever else they say: one event was linked to another."""
    different: frozenset[int] = frozenset()
    """Claims that are of another event whatever else they say; this outweighs `same`."""


def group_of(action: str, lemma: str) -> str:
    """Claims of different groups never match: the action type, or the lemma without one."""
    return f"Action/{lemma}" if action == "Action" else action


def content_words(text: str) -> frozenset[str]:
    """The words of a phrase that carry its meaning, in lower case."""
    return frozenset(word for word in _WORD.findall(text.lower()) if word not in _STOP)


def window_of(
    earliest: str | None, latest: str | None, published: str | None, planned: bool
) -> Window | None:
    """The days to match a claim by: its interval, or the days before publication."""
    low, high = _ordinal(earliest), _ordinal(latest)
    if low is not None and high is not None:
        return Window(low, high, closed=True)
    if high is not None:
        return Window(high - MEMORY, high, closed=False)
    known = _ordinal(published)
    if low is not None:
        return Window(low, max(low, known) if known else low + MEMORY, closed=False)
    if known is None:
        return None
    return Window(known - MEMORY, known + (MEMORY if planned else 0), closed=False)


def _ordinal(value: str | None) -> int | None:
    return date.fromisoformat(value[:10]).toordinal() if value else None


def days_apart(one: Window | None, other: Window | None) -> int | None:
    """Days between two windows, 0 where they overlap, None where they can't be compared."""
    if one is None or other is None:
        return 0 if one is other else None
    if one.wide or other.wide:
        return 0 if (one.low, one.high) == (other.low, other.high) else None
    return max(0, one.low - other.high, other.low - one.high)


def held_apart(one: Signature, other: Signature) -> bool:
    """Whether two claims must not be of one event. Symmetric."""
    return other.id in one.different or one.id in other.different


def same_event(one: Signature, other: Signature) -> bool:
    """Whether two claims may speak of one event. Symmetric."""
    if held_apart(one, other):
        return False
    if other.id in one.same or one.id in other.same:
        return True
    if one.group != other.group:
        return False
    apart = days_apart(one.window, other.window)
    if apart is None or apart > TOLERANCE:
        return False
    whole = _whole(one, other)
    if apart and (not whole or one.article == other.article):
        return False
    if one.polarity != other.polarity and not (
        _other_voice(one, other) and (whole or _same_words(one, other))
    ):
        return False
    if not _factual(one, other):
        return False
    return whole or _partly(one, other)


def _other_voice(one: Signature, other: Signature) -> bool:
    """Whether a contradiction comes from someone else; within one voice it is another event."""
    return one.article != other.article or one.source != other.source


def _factual(one: Signature, other: Signature) -> bool:
    if one.factuality == other.factuality:
        return True
    return frozenset((one.factuality, other.factuality)) in _LOOSE


def _whole(one: Signature, other: Signature) -> bool:
    """Whether the same entities do it, to the same entities or to nobody."""
    if not one.agents & other.agents:
        return False
    if one.objects or other.objects:
        return bool(one.objects & other.objects)
    if one.object_words or other.object_words:
        return False
    return bool(one.label_words) == bool(other.label_words) and _told_alike(one, other)


def _told_alike(one: Signature, other: Signature) -> bool:
    """Whether labels agree beyond names and action, or one has nothing more to say."""
    if one.label_words and other.label_words:
        return _close(one.label_words, other.label_words)
    return not one.vague


def _same_words(one: Signature, other: Signature) -> bool:
    """One agent, and objects without a name that share words."""
    if one.objects or other.objects or not one.agents & other.agents:
        return False
    return _close(one.object_words, other.object_words, one.article == other.article)


def _partly(one: Signature, other: Signature) -> bool:
    """Claims of which one leaves out, or does not name, what the other names."""
    if one.agents and other.agents and not one.agents & other.agents:
        return False
    if one.objects and other.objects and not one.objects & other.objects:
        return False
    together = one.article == other.article
    if one.objects & other.objects:
        told = one.agents or one.agent_words, other.agents or other.agent_words
        if not all(told):
            # "The attack on the Capitol": somebody did it, and the other says who.
            return (any(told) and not one.vague) or _told_alike(one, other)
        return _close(one.agent_words, other.agent_words) or (
            together and _close(one.label_words, other.label_words)
        )
    if one.agents & other.agents:
        if one.objects or other.objects:
            return False
        if one.object_words or other.object_words:
            return _close(one.object_words, other.object_words, together)
        return _told_alike(one, other)
    if not together or one.agents or other.agents or one.objects or other.objects:
        return False
    return _close(one.agent_words | one.object_words, other.agent_words | other.object_words) and (
        not one.vague or _close(one.label_words, other.label_words)
    )


def _close(one: frozenset[str], other: frozenset[str], strict: bool = False) -> bool:
    """Whether the shorter phrase shares at least half of its words with the longer.

    Strictly: most words of both, as an article that words things differently means two things.
    """
    if not one or not other:
        return False
    common = len(one & other)
    if strict:
        return 2 * common > len(one | other)
    return 2 * common >= min(len(one), len(other))


def clusters(claims: Iterable[Signature]) -> list[list[Signature]]:
    """Events among claims, in the fixed order of claims.

    Each claim joins the cluster with the largest share of claims that it matches, more than
    half of them, or one that it is linked to, but none with a claim that it is held apart from;
    else it begins a cluster.
    """
    found: list[list[Signature]] = []
    for claim in sorted(claims, key=lambda claim: claim.order):
        best, share = None, 0.0
        for cluster in found:
            agreement = _agreement(claim, cluster)
            if agreement > max(share, 0.5):
                best, share = cluster, agreement
        if best is None:
            found.append([claim])
        else:
            best.append(claim)
    return found


def _agreement(claim: Signature, cluster: Sequence[Signature]) -> float:
    if any(held_apart(claim, other) for other in cluster):
        return 0.0
    if any(other.id in claim.same or claim.id in other.same for other in cluster):
        return 2.0
    return sum(same_event(claim, other) for other in cluster) / len(cluster)
