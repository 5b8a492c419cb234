"""What another reading of an article says otherwise: events that came, went, or changed."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kb.records import ArticleRecord, ClaimRecord

FIELDS = ("action", "time", "roles", "polarity", "factuality", "source")
"""What of an event is compared; a label follows from these."""
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One event as one reading tells it, in words."""

    start: int
    end: int
    label: str
    action: str
    time: str | None
    roles: tuple[str, ...]
    polarity: str
    factuality: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Altered:
    """An event that both readings tell, and the `FIELDS` in which they differ."""

    before: Told
    after: Told
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What one reading tells that the other does not, each in the order of the text."""

    added: tuple[Told, ...] = ()
    gone: tuple[Told, ...] = ()
    changed: tuple[Altered, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.changed)


def compare(before: ArticleRecord, after: ArticleRecord) -> Difference:
    """The difference between two readings of one text.

    An event is the same where its trigger is: the very words with the same action first, then
    the same words, then words that overlap. Costs grow with the length of the text.
    """
    old, new = _told(before), _told(after)
    pairs: list[tuple[Told, Told]] = []
    for same in (_words_and_action, _words):
        old, new = _pair(old, new, same, pairs)
    old, new = _overlapping(old, new, pairs)
    altered = (
        Altered(a, b, tuple(field for field in FIELDS if getattr(a, field) != getattr(b, field)))
        for a, b in sorted(pairs, key=lambda pair: (pair[1].start, pair[1].end))
    )
    return Difference(tuple(new), tuple(old), tuple(one for one in altered if one.fields))


def _told(record: ArticleRecord) -> list[Told]:
    names = {entity.id: entity.name for entity in record.entities}
    found = (_one(claim, names) for claim in record.claims)
    return sorted(found, key=_place)


def _one(claim: ClaimRecord, names: dict[str, str]) -> Told:
    roles = {f"{filler.role}: {filler.words}" for filler in claim.participants}
    return Told(
        start=claim.start,
        end=claim.end,
        label=claim.label,
        action=claim.action,
        time=_interval(claim),
        roles=tuple(sorted(roles)),
        polarity=claim.polarity,
        factuality=claim.factuality,
        source=names.get(claim.source) if claim.source else None,
    )


def _interval(claim: ClaimRecord) -> str | None:
    """A time as an interval of ISO 8601, ".." where a side is open."""
    if claim.earliest is None and claim.latest is None:
        return None
    if claim.earliest == claim.latest:
        return claim.earliest
    return f"{claim.earliest or '..'}/{claim.latest or '..'}"


def _place(told: Told) -> tuple[int, int, str, str]:
    return told.start, told.end, told.action, told.label


def _words_and_action(told: Told) -> Key:
    return told.start, told.end, told.action


def _words(told: Told) -> Key:
    return told.start, told.end


def _pair(
    old: Iterable[Told],
    new: Iterable[Told],
    same: Callable[[Told], Key],
    pairs: list[tuple[Told, Told]],
) -> tuple[list[Told], list[Told]]:
    """Pair what has one key, in order; gives what is left of both."""
    waiting: defaultdict[Key, deque[Told]] = defaultdict(deque)
    for told in old:
        waiting[same(told)].append(told)
    rest = []
    for told in new:
        found = waiting[same(told)]
        if found:
            pairs.append((found.popleft(), told))
        else:
            rest.append(told)
    left = [told for group in waiting.values() for told in group]
    return sorted(left, key=_place), rest


def _overlapping(
    old: list[Told], new: list[Told], pairs: list[tuple[Told, Told]]
) -> tuple[list[Told], list[Told]]:
    """Pair what overlaps, from left to right; both are sorted by where they start."""
    left: list[Told] = []
    rest: list[Told] = []
    a = b = 0
    while a < len(old) and b < len(new):
        if old[a].start < new[b].end and new[b].start < old[a].end:
            pairs.append((old[a], new[b]))
            a, b = a + 1, b + 1
        elif old[a].start < new[b].start:
            left.append(old[a])
            a += 1
        else:
            rest.append(new[b])
            b += 1
    return left + old[a:], rest + new[b:]
