"""What is read out of one article: the records that pass from `extractors` to the rest.

All offsets are Unicode code points into the article's text as stored, so that
``text[start:end]`` is the quote. The shape is that of the JSON Lines which
``dateline extract --format jsonl`` prints; `Extraction.to_json` writes it and
`Extraction.from_json` reads it back.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

EntityType = Literal[
    "PERSON",
    "ORG",
    "GPE",
    "LOC",
    "FAC",
    "PRODUCT",
    "WORK",
    "LAW",
    "GROUP",
    "EVENT",
    "MONEY",
    "OTHER",
]
Polarity = Literal["positive", "negative"]
Factuality = Literal[
    "asserted",
    "planned",
    "possible",
    "hypothetical",
    "conditional",
    "requested",
    "attempted",
    "prevented",
]
RoleName = Literal[
    "agent",
    "patient",
    "recipient",
    "instrument",
    "place",
    "source",
    "destination",
    "time",
    "topic",
    "other",
]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Precision = Literal[
    "second",
    "minute",
    "hour",
    "part-of-day",
    "day",
    "week",
    "month",
    "quarter",
    "season",
    "year",
    "decade",
    "century",
    "interval",
    "approximate",
]
LinkType = Literal["before", "after", "includes", "simultaneous", "causes", "same"]


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A stretch of the article's text, ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A named participant of the article, with every place that speaks of it.

    `name` is the canonical name within the article ("Amazon Web Services", not "it");
    `aliases` are the other names found for it ("AWS"). Mentions are sorted, and include
    pronouns and definite descriptions that were resolved to the entity.
    """

    id: str
    name: str
    type: EntityType
    mentions: tuple[Mention, ...]
    aliases: tuple[str, ...] = ()
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A participant of an event: the span that fills the role, and what that span denotes.

    `entity` is the id of a named entity; `event` the id of an event ("led the effort"). Both
    are None for an unnamed participant ("dozens of posts"). `text` is what to call an unnamed
    participant shortly where its span says more ("a firm" of "a firm based in Leeds"), else
    None. `pronoun` is the relative pronoun that fills the role in the event's own clause
    ("which" of "a firm which closed"), where there is one.
    """

    role: RoleName
    entity: str | None
    start: int
    end: int
    event: str | None = None
    text: str | None = None
    pronoun: Mention | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """When an event happened: an interval, never a falsely exact point.

    `earliest` and `latest` are ISO 8601 dates (``2021-01-08``) or date-times
    (``2021-01-08T14:00``), both inclusive; either may be None when that side is open.
    `value` is the TIMEX3 value (``2021-W01``), None where the bounds come from no single
    expression. `start`/`end` locate the words that the time rests on (None when it was
    inferred). `grounding` says how it was found: "expression", "sentence", "frame",
    "order" or "publication". `holds` is a day, inside the interval, on which it goes on: that of
    publication for what is told in the present ("the firm sells tea"), whose begin and end the
    text leaves open.
    """

    earliest: str | None
    latest: str | None
    precision: Precision | None = None
    value: str | None = None
    start: int | None = None
    end: int | None = None
    grounding: str = "expression"
    holds: str | None = None


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression with its TIMEX3 type and value, and its bounds where it has some.

    `mod` is TIMEX3's modifier: START, MID or END ("early 2019"), APPROX ("about two years"),
    MORE_THAN, LESS_THAN, EQUAL_OR_MORE or EQUAL_OR_LESS.
    """

    start: int
    end: int
    type: TimexType
    value: str
    earliest: str | None = None
    latest: str | None = None
    precision: Precision | None = None
    mod: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One claim of the article: who did what to whom, when, and who says so.

    `action` is the local name of an action type of ontology.ttl, "Action" where the
    taxonomy does not know the word. `source` is the entity that says so; None means the
    article itself does. `quoted` tells direct speech.
    """

    id: str
    trigger: Mention
    lemma: str
    action: str
    label: str
    polarity: Polarity = "positive"
    factuality: Factuality = "asserted"
    source: str | None = None
    addressee: str | None = None
    quoted: bool = False
    roles: tuple[Role, ...] = ()
    time: Time | None = None
    salience: float = 0.0
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Link:
    """An order, cause or identity between two events, or an event and a timex (by id).

    `cue` locates the words that say so ("in response to"), None where tense or grammar does.
    """

    type: LinkType
    source: str
    target: str
    cue: Mention | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read out of one article."""

    doc_id: str
    title: str | None
    published: str | None
    language: str | None
    text: str
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    timexes: tuple[Timex, ...] = ()
    links: tuple[Link, ...] = field(default=())

    def to_json(self) -> str:
        """One line of JSON, keys in a fixed order, no line break inside."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(", ", ": "))

    @classmethod
    def from_json(cls, line: str) -> Extraction:
        """The extraction that `to_json` wrote. Raises ValueError on anything else."""
        try:
            return _extraction(json.loads(line))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not an extraction: {error}") from error


def _mention(data: dict[str, Any]) -> Mention:
    return Mention(data["start"], data["end"])


def _entity(data: dict[str, Any]) -> Entity:
    rest = data | {
        "mentions": tuple(_mention(m) for m in data["mentions"]),
        "aliases": tuple(data["aliases"]),
    }
    return Entity(**rest)


def _role(data: dict[str, Any]) -> Role:
    pronoun = data.get("pronoun")
    return Role(**data | {"pronoun": _mention(pronoun) if pronoun else None})


def _event(data: dict[str, Any]) -> Event:
    rest = data | {
        "trigger": _mention(data["trigger"]),
        "roles": tuple(_role(r) for r in data["roles"]),
        "time": Time(**data["time"]) if data["time"] else None,
    }
    return Event(**rest)


def _link(data: dict[str, Any]) -> Link:
    cue = data.get("cue")
    return Link(**data | {"cue": _mention(cue) if cue else None})


def _extraction(data: dict[str, Any]) -> Extraction:
    rest = data | {
        "entities": tuple(_entity(e) for e in data["entities"]),
        "events": tuple(_event(e) for e in data["events"]),
        "timexes": tuple(Timex(**t) for t in data["timexes"]),
        "links": tuple(_link(link) for link in data["links"]),
    }
    return Extraction(**rest)
