"""The rules of identity: what keeps two claims apart, and a strict notion of one event.

The trained scorer learns from a corpus without dates of publication, denials and plans. What
dates, polarity and factuality forbid is therefore said here, and what is one event by kind of
action, participants and date needs no training.
"""

from __future__ import annotations

from kb.identity.settings import settings
from kb.identity.signatures import Signature, days_apart

_LOOSE = {frozenset(("asserted", "planned")), frozenset(("asserted", "possible"))}


def held_apart(one: Signature, other: Signature) -> bool:
    """Whether two claims must not be of one event. Symmetric."""
    return other.id in one.different or one.id in other.different


def linked(one: Signature, other: Signature) -> bool:
    """Whether it was said of two claims that they are of one event. Symmetric."""
    return other.id in one.same or one.id in other.same


def possible(one: Signature, other: Signature) -> bool:
    """Whether date, polarity and factuality let two claims be of one event. Symmetric.

    Dates that can't be compared forbid nothing. Two dates in one article are two events, as is
    what one voice both affirms and denies.
    """
    if held_apart(one, other) or not _factual(one, other):
        return False
    apart = days_apart(one.window, other.window)
    if apart and (apart > settings().tolerance or one.article == other.article):
        return False
    return one.polarity == other.polarity or _other_voice(one, other)


def same_event(one: Signature, other: Signature) -> bool:
    """Whether two claims are of one event by rule: kind of action, participants and date.

    A denial and reports of different days need to name the same participants. Symmetric.
    """
    if held_apart(one, other):
        return False
    if linked(one, other):
        return True
    if not kindred(one, other) or not possible(one, other):
        return False
    apart = days_apart(one.window, other.window)
    if apart is None:
        return False
    whole = alike(one, other) == 2
    if apart and not whole:
        return False
    if one.polarity != other.polarity:
        return whole or _same_words(one, other)
    return whole or alike(one, other) == 1


def kindred(one: Signature, other: Signature) -> bool:
    """Whether two claims are of one kind of action, as their words are or can be read."""
    if one.group == other.group:
        return True
    if one.vague and other.vague:
        return False
    same_word = one.stem == other.stem != ""
    return same_word or one.action in other.readings or other.action in one.readings


def compatible(one: Signature, other: Signature) -> bool:
    """Whether likeness may speak for one event: nothing speaks against it, and somebody for it.

    The two are of different articles. Both have a date and the dates overlap, both affirm or
    both deny, neither doubts what the other states, and the kind of action tells something. They
    share a participant, and nobody named on one side is missing among those named on the other.
    """
    if one.article == other.article or one.vague or other.vague:
        return False
    if one.polarity != other.polarity or not _share(one, other):
        return False
    if "possible" in {one.factuality, other.factuality} and one.factuality != other.factuality:
        return False
    if one.window is None or other.window is None or one.window.wide or other.window.wide:
        return False
    if days_apart(one.window, other.window) != 0:
        return False
    return _meet(one.agents, other.agents) and _meet(one.objects, other.objects)


def _share(one: Signature, other: Signature) -> bool:
    """Whether the two have a participant in common, by name or by a word for it."""
    return bool(
        one.agent_stems & other.agent_stems or one.object_stems & other.object_stems
    ) or bool((one.agents | one.objects) & (other.agents | other.objects))


def _meet(one: frozenset[int], other: frozenset[int]) -> bool:
    return not one or not other or bool(one & other)


def alike(one: Signature, other: Signature) -> int:
    """How well participants fit: 2 for the same ones, 1 where one says less, 0 otherwise."""
    return 2 if _whole(one, other) else int(_partly(one, other))


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
    return not (one.vague and other.vague)


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
    if _same_objects(one, other):
        told = one.agents or one.agent_words, other.agents or other.agent_words
        if not all(told):
            # "The attack on the Capitol": somebody did it, and the other says who.
            return (any(told) and not (one.vague and other.vague)) or _told_alike(one, other)
        return (
            _close(one.agent_words, other.agent_words)
            or (together and _close(one.label_words, other.label_words))
            or _same_deed(one, other)
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


def _same_objects(one: Signature, other: Signature) -> bool:
    """Whether it is done to the same: a noun may give it as a place, or in its words alone."""
    if one.objects and other.objects:
        return bool(one.objects & other.objects)
    if one.objects:
        return _names_object(other, one)
    return bool(other.objects) and _names_object(one, other)


def _names_object(brief: Signature, full: Signature) -> bool:
    """Whether a claim without an object speaks of another one's: "the attack on the Capitol"."""
    if brief.object_words:
        return False
    if brief.places & full.objects:
        return True
    rest = brief.label_stems - {brief.stem}
    return bool(rest) and not brief.agents and rest <= full.object_stems


def _same_deed(one: Signature, other: Signature) -> bool:
    """Whether two claims tell one deed of one day by one word, whatever they call who did it."""
    if (one.vague and other.vague) or one.stem != other.stem or one.article == other.article:
        return False
    closed = one.window is not None and other.window is not None
    return closed and one.window.closed and other.window.closed  # type: ignore[union-attr]


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
