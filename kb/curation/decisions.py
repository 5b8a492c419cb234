"""Decisions as records, which name things in ways that survive another reading of an article.

Claims are named by the words of their article and the action that was read there, entities by
the key of their name (see `kb.names`), an article's own entity by one of its mentions. Nothing
here depends on local names, events' addresses, or what else the knowledge base holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from extractors.extraction import Precision
from kb.names import name_key
from kb.when import stamp, unstamp


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words of an article, in code points; the end is not included."""

    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class ClaimTarget:
    """A claim, by its trigger and the type of action that was read (not a corrected one)."""

    span: Span
    action: str

    @property
    def item(self) -> str:
        """Stands for the claim in the index."""
        span = self.span
        return f"claim:{span.article}@{span.start}-{span.end}/{self.action}"


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """An entity by one of its names."""

    name: str
    type: str
    sense: str | None = None

    @property
    def key(self) -> str:
        """The key of the name."""
        return name_key(self.name, self.type, self.sense)


@dataclass(frozen=True, slots=True)
class RoleChange:
    """Someone fills a role of a claim, or does not: by words of the article, or by name.

    With both, the words are what denotes the entity. `clear` empties the role and needs neither.
    Clearing comes before removing, and that before adding.
    """

    operation: Literal["clear", "remove", "add"]
    role: str
    span: Span | None = None
    entity: Named | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """When something happened: inclusive ISO 8601 bounds; with neither, it is not known."""

    earliest: str | None = None
    latest: str | None = None
    precision: str | None = None


@dataclass(frozen=True, slots=True)
class MergeEntities:
    """Names that stand for the entity of another name."""

    names: tuple[str, ...]
    into: str


@dataclass(frozen=True, slots=True)
class SplitEntity:
    """Mentions that are of something else, which gets a name in a sense of its own.

    `names` are keys that stand for themselves again. With `into`, the mentions are of the entity
    of that key. Without mentions, `entity` is None.
    """

    mentions: tuple[Span, ...]
    names: tuple[str, ...] = ()
    entity: Named | None = None
    into: str | None = None


@dataclass(frozen=True, slots=True)
class RenameEntity:
    """What the entity of a name is called."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class RetypeEntity:
    """What the entity of a name is: a type as the JSON Lines call it."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class MergeEvents:
    """Claims that report one event."""

    claims: tuple[ClaimTarget, ...]


@dataclass(frozen=True, slots=True)
class SplitEvent:
    """Claims that report one event, and not the event that the claims of `apart` report."""

    claims: tuple[ClaimTarget, ...]
    apart: tuple[ClaimTarget, ...]


@dataclass(frozen=True, slots=True)
class RenameEvent:
    """What the event that claims report is called."""

    claims: tuple[ClaimTarget, ...]
    label: str


@dataclass(frozen=True, slots=True)
class CorrectClaim:
    """What claims say; None where the reading stands."""

    claims: tuple[ClaimTarget, ...]
    action: str | None = None
    polarity: str | None = None
    factuality: str | None = None
    interval: Interval | None = None
    roles: tuple[RoleChange, ...] = ()


@dataclass(frozen=True, slots=True)
class RejectClaim:
    """Claims that the article does not make."""

    claims: tuple[ClaimTarget, ...]


What = (
    MergeEntities
    | SplitEntity
    | RenameEntity
    | RetypeEntity
    | MergeEvents
    | SplitEvent
    | RenameEvent
    | CorrectClaim
    | RejectClaim
)
KINDS: dict[str, type[What]] = {
    "merge-entities": MergeEntities,
    "split-entity": SplitEntity,
    "rename-entity": RenameEntity,
    "retype-entity": RetypeEntity,
    "merge-events": MergeEvents,
    "split-event": SplitEvent,
    "rename-event": RenameEvent,
    "correct": CorrectClaim,
    "reject": RejectClaim,
}
"""What faces call each kind of decision."""
_NAMES = {record: name for name, record in KINDS.items()}
assert set(_NAMES) == set(get_args(What))


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who took a decision back, when and why."""

    id: str
    author: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What someone decided, when and why. Decisions are never deleted; they are withdrawn.

    `about` are the things it was about, as they were called then ("entity/amazon"). `again` is
    the withdrawn decision that it repeats. Decisions count in the order of `order`: where two
    disagree, the latest that stands holds.
    """

    id: str
    what: What
    author: str
    at: str
    reason: str
    about: tuple[str, ...] = ()
    again: str | None = None
    withdrawal: Withdrawal | None = None

    @property
    def kind(self) -> str:
        """What faces call it, one of `KINDS`."""
        return _NAMES[type(self.what)]

    @property
    def order(self) -> tuple[str, str]:
        """Its place among all decisions."""
        return self.at, self.id

    @property
    def stands(self) -> bool:
        """Whether it has not been withdrawn."""
        return self.withdrawal is None

    @property
    def claims(self) -> tuple[ClaimTarget, ...]:
        """The claims that it names."""
        found: tuple[ClaimTarget, ...] = getattr(self.what, "claims", ())
        return found + (self.what.apart if isinstance(self.what, SplitEvent) else ())

    @property
    def mentions(self) -> tuple[Span, ...]:
        """The mentions of entities that it names."""
        return self.what.mentions if isinstance(self.what, SplitEntity) else ()

    @property
    def names(self) -> frozenset[str]:
        """The keys of the names that it is about, that of the entity to be among them."""
        match self.what:
            case MergeEntities(names, into):
                return frozenset((*names, into))
            case SplitEntity(_, names, entity, into):
                found = (*names, entity.key if entity else None, into)
                return frozenset(key for key in found if key)
            case RenameEntity(name) | RetypeEntity(name):
                return frozenset((name,))
            case _:
                return frozenset()

    @property
    def articles(self) -> frozenset[str]:
        """The articles whose claims and mentions it names."""
        spans = [*self.mentions, *(claim.span for claim in self.claims)]
        return frozenset(span.article for span in spans)

    @property
    def items(self) -> frozenset[str]:
        """What it is found by: its articles, names, claims, and the things it was about."""
        return frozenset(
            [
                *(f"article:{article}" for article in self.articles),
                *(f"name:{key}" for key in self.names),
                *(claim.item for claim in self.claims),
                *(f"thing:{thing}" for thing in self.about),
            ]
        )


def checked_interval(earliest: str | None, latest: str | None, precision: str | None) -> Interval:
    """An interval whose bounds are dates, in order; a month or year becomes its days.

    >>> checked_interval("2021-01", "2021-01", "month")
    Interval(earliest='2021-01-01', latest='2021-01-31', precision='month')

    Raises ValueError on anything else.
    """
    low = stamp(earliest) if earliest else None
    high = stamp(latest, end=True) if latest else None
    if low and high and low > high:
        raise ValueError(f"the interval ends ({latest}) before it begins ({earliest})")
    if precision is not None and precision not in get_args(Precision):
        raise ValueError(
            f"{precision!r} is no precision: choose one of {', '.join(get_args(Precision))}"
        )
    if not (low or high):
        raise ValueError("a precision alone is no interval: give a date")
    return Interval(unstamp(low, precision), unstamp(high, precision, end=True), precision)


def in_order(decisions: Iterable[Decision]) -> list[Decision]:
    """Those that stand, the latest last."""
    return sorted((found for found in decisions if found.stands), key=lambda found: found.order)


def moment_of(value: str) -> str:
    """A date-time in UTC to the microsecond, so that moments compare as text.

    >>> moment_of("2021-02-01T12:00:00+01:00")
    '2021-02-01T11:00:00.000000+00:00'

    Raises ValueError on anything else, and on a time without zone.
    """
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone")
    return found.astimezone(UTC).isoformat(timespec="microseconds")
