"""The points on which reports of an event may differ: what each says, and what agrees with what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kb.claims import Claim
from kb.preference import Point
from kb.quantities import Quantity, quantity
from kb.taxonomy import narrower
from kb.when import stamp

CERTAINTY = (
    "asserted",
    "attempted",
    "prevented",
    "planned",
    "requested",
    "possible",
    "conditional",
    "hypothetical",
)
_OPPOSED = (
    frozenset(("asserted", "prevented")),
    frozenset(("asserted", "possible")),
    frozenset(("asserted", "hypothetical")),
)
_OPEN = "9999-12-31T23:59:59"


@dataclass(frozen=True, slots=True)
class Span:
    """An interval as comparable stamps; an open side reaches as far as stamps do."""

    low: str
    high: str
    closed: bool

    def holds(self, other: Span) -> bool:
        """Whether the other lies within it."""
        return self.low <= other.low and other.high <= self.high

    def apart(self, other: Span) -> bool:
        """Whether both are given on both sides, and do not meet: a bound contradicts no day."""
        if not (self.closed and other.closed):
            return False
        return self.high < other.low or other.high < self.low

    def width(self) -> int:
        """Seconds from end to end."""
        days = date.fromisoformat(self.high[:10]).toordinal()
        days -= date.fromisoformat(self.low[:10]).toordinal() if self.low else 0
        return days * 86_400 + _seconds(self.high) - (_seconds(self.low) if self.low else 0)


def _seconds(value: str) -> int:
    hour, minute, second = (int(part) for part in value[11:19].split(":"))
    return hour * 3600 + minute * 60 + second


def _span(claim: Claim) -> Span | None:
    if not (claim.earliest or claim.latest):
        return None
    low = stamp(claim.earliest) if claim.earliest else ""
    high = stamp(claim.latest, end=True) if claim.latest else _OPEN
    return Span(low, high, bool(claim.earliest and claim.latest))


TIME: Point[Span] = Point(
    value=_span,
    agree=lambda one, other: not one.apart(other),
    # "By 11 January" stands for no day before it.
    supports=lambda one, other: (one.closed or not other.closed) and one.holds(other),
    precision=lambda span: -span.width(),
    first=lambda span: span.closed,
)
"""When it happened. A source that says "last week" stands for Friday too."""


def _participants(part: str) -> Point[frozenset[int]]:
    return Point(
        value=lambda claim: getattr(claim.signature, part) or None,
        agree=lambda one, other: one <= other or other <= one,
        supports=lambda one, other: one >= other,
        precision=len,
    )


AGENT = _participants("agents")
"""Who did it: entities by root. One who names more of them than another agrees with him."""
PATIENT = _participants("objects")
"""To whom or what it was done."""
POLARITY: Point[str] = Point(
    value=lambda claim: claim.polarity,
    agree=lambda one, other: one == other,
    precision=lambda polarity: polarity == "positive",
)
"""Whether it happened."""
FACTUALITY: Point[str] = Point(
    value=lambda claim: claim.factuality,
    agree=lambda one, other: frozenset((one, other)) not in _OPPOSED,
    first=lambda factuality: -CERTAINTY.index(factuality),
)
"""How certain it is: what is told as a fact goes before a plan, as plans come true."""
ACTION: Point[str] = Point(
    value=lambda claim: claim.action,
    agree=lambda one, other: other in narrower(one) or one in narrower(other),
    supports=lambda one, other: other in narrower(one),
    precision=lambda action: -len(narrower(action)),
)
"""What was done. A broader type stands for its narrower ones."""


def label_point(claims: Iterable[Claim]) -> Point[str]:
    """How it is told in a line, among these claims: of equal labels the more salient telling."""
    salience: dict[str, float] = {}
    for claim in claims:
        told = claim.salience + claim.confidence
        salience[claim.label] = max(told, salience.get(claim.label, 0.0))
    return Point(
        value=lambda claim: claim.label,
        agree=lambda one, other: one == other,
        precision=salience.__getitem__,
    )


def numbers(claims: Iterable[Claim]) -> Mapping[str, Point[Quantity]]:
    """What is counted in a role by more than one claim: "patient people" for "five dead"."""
    counted: dict[int, dict[str, Quantity]] = {}
    tellings: dict[str, int] = {}
    for claim in claims:
        found: dict[str, Quantity] = {}
        for filler in claim.participants:
            number = quantity(filler.words) if filler.entity is None else None
            if number is not None:
                found.setdefault(f"{filler.role} {number.measure}", number)
        counted[claim.id] = found
        for key in found:
            tellings[key] = tellings.get(key, 0) + 1

    def point(key: str) -> Point[Quantity]:
        return Point(
            value=lambda claim: counted[claim.id].get(key),
            agree=Quantity.agrees,
            supports=lambda one, other: one.low <= other.low and other.high <= one.high,
            precision=lambda number: number.low - number.high,
        )

    return {key: point(key) for key in sorted(tellings) if tellings[key] > 1}
