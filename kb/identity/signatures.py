"""What decides whether a claim speaks of the same event as another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kb.identity.settings import settings

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Window:
    """Days (proleptic ordinals) in which an event may have happened, for matching only."""

    low: int
    high: int
    closed: bool

    @property
    def wide(self) -> bool:
        """Whether it is too wide to be matched by overlap."""
        return self.high - self.low > settings().widest


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """What an article is about: its most telling stems, as vectors of length 1."""

    words: Mapping[str, float]
    lead: Mapping[str, float]
    """Of its beginning."""
    names: Mapping[str, float]
    numbers: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Context:
    """Where a claim stands: stems of its sentence and of the words around its trigger."""

    words: frozenset[str] = NOTHING
    near: frozenset[str] = NOTHING
    entities: frozenset[int] = frozenset()
    """The entities by which the claim can be found: of its roles, its sentence, its article."""
    offset: int = 0
    """Characters of the article before it."""
    part: float = 0.0
    """The share of the article before it."""


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
    action: str = "Action"
    readings: frozenset[str] = NOTHING
    """The types of action that its word may stand for."""
    places: frozenset[int] = frozenset()
    stem: str = ""
    """The stem of the word for the action."""
    agent_stems: frozenset[str] = NOTHING
    """Stems of all that is called by name or in words as agent; as objects; as place."""
    object_stems: frozenset[str] = NOTHING
    place_stems: frozenset[str] = NOTHING
    label_stems: frozenset[str] = NOTHING
    salience: float = 0.0
    context: Context = Context()
    profile: Profile | None = None


def window_of(
    earliest: str | None, latest: str | None, published: str | None, planned: bool
) -> Window | None:
    """The days to match a claim by: its interval, or the days before publication."""
    low, high = _ordinal(earliest), _ordinal(latest)
    if low is not None and high is not None:
        return Window(low, high, closed=True)
    if high is not None:
        return Window(high - settings().memory, high, closed=False)
    known = _ordinal(published)
    if low is not None:
        return Window(low, max(low, known) if known else low + settings().memory, closed=False)
    if known is None:
        return None
    return Window(
        known - settings().memory, known + (settings().memory if planned else 0), closed=False
    )


def _ordinal(value: str | None) -> int | None:
    return date.fromisoformat(value[:10]).toordinal() if value else None


def days_apart(one: Window | None, other: Window | None) -> int | None:
    """Days between two windows, 0 where they overlap, None where they can't be compared."""
    if one is None or other is None:
        return 0 if one is other else None
    if one.wide or other.wide:
        return 0 if (one.low, one.high) == (other.low, other.high) else None
    return max(0, one.low - other.high, other.low - one.high)
