"""Decisions in words, for lists and pages."""

from __future__ import annotations

from kb.curation.decisions import (
    CorrectClaim,
    Decision,
    Interval,
    MergeEntities,
    MergeEvents,
    RejectClaim,
    RenameEntity,
    RenameEvent,
    RetypeEntity,
    RoleChange,
    SplitEntity,
    SplitEvent,
)
from kb.names import SENSE
from kb.when import words as time_words

_OPERATIONS = {"clear": "no {role}", "remove": "{role} not {who}", "add": "{role} {who}"}


def told(decision: Decision) -> str:
    """What was decided, in a few words.

    Things go by their ids and the keys of their names: what they are called may change.
    """
    what = decision.what
    match what:
        case MergeEntities(names, into):
            return f"{_names(names)} merged into {_names([into])}"
        case SplitEntity(mentions, names, entity, into):
            parts = [f"{_names(names)} set apart"] if names else []
            if mentions:
                of = _names([into]) if into else entity.name if entity else "something else"
                parts.append(f"{_count(len(mentions), 'mention')} said to be of {of}")
            return "; ".join(parts)
        case RenameEntity(name, label):
            return f"{_names([name])} renamed to “{label}”"
        case RetypeEntity(name, kind):
            return f"{_names([name])} said to be of type {kind}"
        case MergeEvents(claims):
            return f"{_count(len(claims), 'report')} said to be of one event"
        case SplitEvent(claims, _):
            return f"{_count(len(claims), 'report')} said to be of another event"
        case RenameEvent(_, label):
            return f"event renamed to “{label}”"
        case RejectClaim(claims):
            return f"{_count(len(claims), 'report')} rejected"
        case CorrectClaim():
            return f"corrected: {'; '.join(_corrections(what))}"


def _corrections(what: CorrectClaim) -> list[str]:
    found = [
        f"{name} {value}"
        for name, value in (
            ("action", what.action),
            ("polarity", what.polarity),
            ("factuality", what.factuality),
        )
        if value
    ]
    if what.interval is not None:
        given = what.interval
        known = given != Interval()
        when = time_words(given.earliest, given.latest, given.precision)
        found.append(f"date {when}" if known else "undated")
    return found + [_role(change) for change in what.roles]


def _role(change: RoleChange) -> str:
    who = change.entity.name if change.entity else ""
    if change.span:
        place = f"words {change.span.start}-{change.span.end}"
        who = f"{who} ({place})" if who else place
    return _OPERATIONS[change.operation].format(role=change.role, who=who)


def _names(keys: tuple[str, ...] | list[str]) -> str:
    return ", ".join(key.partition(":")[2].partition(SENSE)[0] for key in keys)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
