"""Read models: what a page, a command or an API shows. Plain records, no RDF, no HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extractors import salience

MAIN_LINE = salience.MAIN_LINE
"""From this salience up an event is what its articles are about, below it is background."""

Order = Literal["oldest", "newest"]


@dataclass(frozen=True, slots=True)
class EntityRef:
    """An entity by its slug (the last part of its IRI), name and type."""

    slug: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class When:
    """An event's interval: inclusive ISO bounds (either may be open), precision, words for people.

    `text` never claims more than is known: "8 January 2021", "week of 4 January 2021",
    "by 11 January 2021", "date unknown".
    """

    earliest: str | None
    latest: str | None
    precision: str | None
    text: str


@dataclass(frozen=True, slots=True)
class EventSummary:
    """One event as a row of a timeline."""

    slug: str
    label: str
    action: str
    action_label: str
    when: When
    polarity: str
    factuality: str
    salience: float
    reports: int
    sources: int
    disputed: tuple[str, ...]
    participants: tuple[tuple[str, EntityRef | None, str], ...]
    """(role, entity or None, words) in the order agent, patient, others."""
    quote: str
    """The sentence of the best report."""


@dataclass(frozen=True, slots=True)
class TimelineFilter:
    """Which events a timeline shows. All conditions hold together."""

    entity: str | None = None
    action: str | None = None
    """An action type's local name; its narrower types count too."""
    date_from: str | None = None
    date_to: str | None = None
    text: str | None = None
    """Full-text search in labels and quotes."""
    article: str | None = None
    story: str | None = None
    salience: float = 0.0
    order: Order = "oldest"
    as_of: str | None = None
    """A day: only what articles published up to it tell, as they tell it."""


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """A page of a timeline. Cursors are opaque; None where there is no further page."""

    events: tuple[EventSummary, ...]
    total: int
    next: str | None
    previous: str | None


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """An article by its slug, with what a citation needs."""

    slug: str
    title: str
    publisher: str | None
    published: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """A page of the list of articles, newest first. Cursors are opaque."""

    articles: tuple[ArticleRef, ...]
    total: int
    next: str | None
    previous: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """One claim: what one article says of an event at one place in its text.

    `before`, `trigger` and `after` together are the sentence as it stands in the article.
    `source` is who says so within the article (None: the article itself).
    """

    claim: str
    article: ArticleRef
    before: str
    trigger: str
    after: str
    start: int
    end: int
    label: str
    when: When
    time_words: str | None
    polarity: str
    factuality: str
    source: EntityRef | None
    addressee: EntityRef | None
    quoted: bool
    confidence: float
    participants: tuple[tuple[str, EntityRef | None, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A report that has a version: its claim, the article, and who says so within the article."""

    claim: str
    article: ArticleRef
    source: EntityRef | None


@dataclass(frozen=True, slots=True)
class Version:
    """What some reports of an event say of a point on which its reports differ.

    `words` is it for people, `value` for programs: an interval ("2021-01-10/2021-01-10"), the
    slugs of entities, "negative", "planned", a number. `preferred` is the version that the event
    is described by; `withdrawn` one that all who said so have corrected.
    """

    words: str
    value: str
    preferred: bool
    withdrawn: bool
    sources: int
    outlets: tuple[str, ...]
    entities: tuple[EntityRef, ...]
    reports: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A point on which reports differ, in all its versions, the preferred one first.

    `point` is "time", "agent", "patient", "number", "polarity" or "factuality"; `counted` says
    what a number counts, in which role. It is `open` while there are several versions that
    nobody has withdrawn.
    """

    point: str
    counted: str
    open: bool
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision of a person that acts on what is shown: what, by whom, when and why."""

    id: str
    text: str
    author: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Join:
    """Why a report is taken for one of an event: the earlier report that it is most like.

    Claims are IRIs; `score` is how sure it is, from 0 to 1; `because` says why, in words.
    """

    claim: str
    earlier: str
    score: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryRef:
    """A story by its slug and name."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class EventView:
    """An event with every report of it, and the points on which they differ."""

    iri: str
    summary: EventSummary
    reports: tuple[Report, ...]
    disputes: tuple[Dispute, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    joins: tuple[Join, ...] = ()
    """Why its reports are taken for one event: one for each report but the first."""
    story: StoryRef | None = None
    """The story that it is part of."""


@dataclass(frozen=True, slots=True)
class EntityLink:
    """What an entity is ("accepted"), or may be ("proposed"), in another knowledge base."""

    target: str
    label: str
    description: str | None
    confidence: float
    status: str
    endpoint: str


@dataclass(frozen=True, slots=True)
class NameReason:
    """Names that are alike, how often they are used, and why they stand for their entity."""

    forms: tuple[str, ...]
    uses: int
    reason: str
    article: str | None
    """The slug of an article that shows it."""


@dataclass(frozen=True, slots=True)
class EntityView:
    """An entity: its names, how often it acts, who it acts with."""

    iri: str
    ref: EntityRef
    aliases: tuple[str, ...]
    description: str | None
    events: int
    articles: int
    top_actions: tuple[tuple[str, str, int], ...]
    """(action, its label, number of events), most frequent first."""
    companions: tuple[tuple[EntityRef, int], ...]
    """Entities that share events with it, most frequent first."""
    names: tuple[NameReason, ...] = ()
    """Why its names are taken for one entity: its own names first."""
    links: tuple[EntityLink, ...] = ()
    """What it is in other knowledge bases: accepted links first, then those that are proposed."""
    rulings: tuple[Ruling, ...] = ()


@dataclass(frozen=True, slots=True)
class Highlight:
    """A stretch of an article's text and what it denotes (an entity, event or time)."""

    start: int
    end: int
    kind: Literal["entity", "event", "time"]
    slug: str | None
    label: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How an article's graph was made: by what, when, and from where.

    `configuration` is a digest of the settings, `mapping` the version of the rules that write
    graphs; `read_from` names the file or other input, `published_from` says where the date of
    publication was found.
    """

    version: str
    model: str
    configuration: str
    mapping: str | None
    at: str | None
    read_from: str | None
    published_from: str | None


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article with its text, metadata, provenance and everything found in it."""

    iri: str
    ref: ArticleRef
    authors: tuple[str, ...]
    language: str | None
    text: str
    story: tuple[tuple[int, int], ...]
    highlights: tuple[Highlight, ...]
    extractor: str
    extracted_at: str | None
    reading: Reading | None = None
    copy_of: ArticleRef | None = None
    """The first article that printed its story; None where that is this one, or nobody else did."""
    copies: tuple[ArticleRef, ...] = ()
    """The other articles that print the story."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A value one can filter by, with its number of events."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What a knowledge base holds."""

    articles: int
    events: int
    entities: int
    claims: int
    earliest: str | None
    latest: str | None
    top_entities: tuple[tuple[EntityRef, int], ...]
    top_actions: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class StorySummary:
    """A story as a row of a list."""

    slug: str
    name: str
    when: When
    """From its first main event to the last."""
    articles: int
    events: int
    """Background included; `main` are those that count as what happened in it."""
    main: int
    participants: tuple[EntityRef, ...]
    """The main ones."""


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A page of the list of stories, latest first. Cursors are opaque."""

    stories: tuple[StorySummary, ...]
    next: str | None
    previous: str | None


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story with the articles that tell it; its events are a timeline of their own."""

    iri: str
    summary: StorySummary
    told_by: tuple[ArticleRef, ...]
    """The first articles, in order of publication."""
