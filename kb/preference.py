"""Where reports of one event differ: which value is preferred, which versions there are.

One rule for every point. A value is preferred that more independent sources stand for (copies of
one story are one source); then the one closer to the event: reported on an earlier day, then
told at first hand, by the outlet itself or by somebody who takes part; then the more precise
one. A source whose value is less precise stands for the values that it leaves room for: "last
week" for a Friday. What an outlet has corrected it stands for no longer: where a later article
of it contradicts all that it said before, the later one counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kb.claims import Claim

Value = TypeVar("Value", bound=Hashable)
LATEST = "9999"
"""Stands for the publication of an article without a date: after all others."""


@dataclass(frozen=True, slots=True)
class Point(Generic[Value]):
    """A point on which reports may differ."""

    value: Callable[[Claim], Value | None]
    """What a claim says of it; None when it says nothing."""
    agree: Callable[[Value, Value], bool]
    """Whether both may be right. Symmetric."""
    supports: Callable[[Value, Value], bool] = lambda one, other: one == other
    """Whether who says the first stands for the second."""
    precision: Callable[[Value], float] = lambda value: 0.0
    first: Callable[[Value], int] = lambda value: 0
    """What comes before all rules: greater values are better."""


@dataclass(frozen=True, slots=True)
class Stand(Generic[Value]):
    """A value with the claims that give it, which are the better told the earlier they come."""

    value: Value
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Version(Generic[Value]):
    """Values that agree with their first, which is preferred among them."""

    value: Value
    claims: tuple[Claim, ...]
    withdrawn: bool
    """Whether all who said so have corrected themselves."""


def outlet_of(claim: Claim) -> str:
    """Whose word a claim is: an outlet corrects itself, whoever else printed a copy."""
    return claim.publisher or f"article {claim.article}"


def sources(claims: Iterable[Claim]) -> int:
    """How many independent sources there are among claims."""
    return len({claim.outlet for claim in claims})


def standing(point: Point[Value], claims: Sequence[Claim]) -> tuple[list[Claim], list[Claim]]:
    """The claims that say something of a point, and those of them that were withdrawn.

    An outlet's articles are followed in order of publication, each voice in them by itself. One
    that says what no earlier word of that voice agrees with withdraws those that it contradicts,
    and its own repetition of them. An article without a date withdraws nothing.
    """
    telling = [claim for claim in claims if point.value(claim) is not None]
    voices: dict[tuple[str, int | None], dict[str, list[Claim]]] = defaultdict(dict)
    for claim in telling:
        editions = voices[outlet_of(claim), claim.signature.source]
        editions.setdefault(claim.published or LATEST, []).append(claim)
    gone: list[Claim] = []
    for editions in voices.values():
        kept: list[Claim] = []
        for published in sorted(editions):
            edition = editions[published]
            fresh = _contradicting(point, edition, kept) if published != LATEST else []
            if fresh:
                gone += _contradicting(point, [*kept, *edition], fresh, any_of=True)
                left = {id(claim) for claim in gone}
                kept = [claim for claim in kept if id(claim) not in left]
                edition = [claim for claim in edition if id(claim) not in left]
            kept += edition
    lost = {id(claim) for claim in gone}
    return [claim for claim in telling if id(claim) not in lost], gone


def _contradicting(
    point: Point[Value], claims: Sequence[Claim], others: Sequence[Claim], any_of: bool = False
) -> list[Claim]:
    """Those claims that agree with none of the others; or with at least one of them not."""
    against = {value for other in others if (value := point.value(other)) is not None}
    if not against:
        return []
    enough = any if any_of else all
    return [
        claim
        for claim in claims
        if (value := point.value(claim)) is not None
        and enough(not point.agree(value, other) for other in against)
    ]


def ranked(point: Point[Value], claims: Sequence[Claim]) -> list[Stand[Value]]:
    """The values of a point, the preferred one first."""
    groups: dict[Value, list[Claim]] = defaultdict(list)
    for claim in claims:
        value = point.value(claim)
        if value is not None:
            groups[value].append(claim)

    def rank(value: Value) -> tuple[object, ...]:
        standing_for = [
            claim
            for other, group in groups.items()
            if point.supports(other, value)
            for claim in group
        ]
        near = min(closeness(claim) for claim in groups[value])
        # The claims come in a fixed order: so does what no rule tells apart.
        order = groups[value][0].signature.order
        return (
            -point.first(value), -sources(standing_for), near, -point.precision(value), order,
        )  # fmt: skip

    return [Stand(value, tuple(groups[value])) for value in sorted(groups, key=rank)]


def closeness(claim: Claim) -> tuple[str, bool]:
    """How close a report is to the event, the least the closest: its day, and whether hearsay."""
    source = claim.signature.source
    taking_part = claim.signature.agents | claim.signature.objects
    return (claim.published or LATEST)[:10], source is not None and source not in taking_part


def versions(point: Point[Value], claims: Sequence[Claim]) -> list[Version[Value]]:
    """The versions that reports give of a point, the preferred one first, withdrawn ones last.

    One is no dispute; neither are several of which but one is not withdrawn.
    """
    kept, gone = standing(point, claims)
    found = _joined(point, ranked(point, kept), withdrawn=False)
    return found + _joined(point, ranked(point, gone), withdrawn=True)


def _joined(
    point: Point[Value], stands: Sequence[Stand[Value]], *, withdrawn: bool
) -> list[Version[Value]]:
    heads: dict[Value, list[Claim]] = {}
    for stand in stands:
        head = next((head for head in heads if point.agree(head, stand.value)), stand.value)
        heads.setdefault(head, []).extend(stand.claims)
    return [
        Version(head, tuple(sorted(said, key=lambda claim: claim.signature.order)), withdrawn)
        for head, said in heads.items()
    ]
