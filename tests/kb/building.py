"""Extractions made by hand from real sentences: what a careful reader would find in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from extractors.articles import Article
from extractors.extraction import (
    Entity,
    EntityType,
    Event,
    Extraction,
    Factuality,
    Link,
    Mention,
    Polarity,
    Precision,
    Role,
    RoleName,
    Time,
)


@dataclass
class Story:
    """An article under construction; words are found by their first occurrence."""

    doc_id: str
    published: str | None
    publisher: str | None
    text: str
    title: str | None = None
    entities: dict[str, Entity] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def span(self, words: str) -> Mention:
        start = self.text.index(words)
        return Mention(start, start + len(words))

    def entity(
        self, name: str, type: EntityType, *aliases: str, description: str | None = None
    ) -> Story:
        """An entity, mentioned wherever its name or an alias stands in the text."""
        mentions = []
        for words in (name, *aliases):
            start = self.text.find(words)
            while start >= 0:
                mentions.append(Mention(start, start + len(words)))
                start = self.text.find(words, start + 1)
        known = f"e{len(self.entities) + 1}"
        self.entities[name] = Entity(
            known, name, type, tuple(sorted(set(mentions))), tuple(aliases), description
        )
        return self

    def event(
        self,
        trigger: str,
        action: str,
        label: str,
        *,
        lemma: str | None = None,
        when: tuple[str | None, str | None, Precision | None] | None = None,
        words: str | None = None,
        polarity: Polarity = "positive",
        factuality: Factuality = "asserted",
        source: str | None = None,
        salience: float = 0.8,
        **roles: str | tuple[str, ...],
    ) -> Story:
        """An event; roles name entities, or quote words of the text."""
        time = None
        if when:
            place = self.span(words) if words else None
            time = Time(
                *when, start=place.start if place else None, end=place.end if place else None
            )
        self.events.append(
            Event(
                id=f"v{len(self.events) + 1}",
                trigger=self.span(trigger),
                lemma=lemma or trigger.rstrip("ed"),
                action=action,
                label=label,
                polarity=polarity,
                factuality=factuality,
                source=self.entities[source].id if source else None,
                roles=tuple(self._roles(roles)),
                time=time,
                salience=salience,
                confidence=0.9,
            )
        )
        return self

    def _roles(self, roles: Mapping[str, str | tuple[str, ...]]) -> Iterator[Role]:
        for name, fillers in roles.items():
            role: RoleName = "source" if name == "origin" else name  # type: ignore[assignment]
            for filler in (fillers,) if isinstance(fillers, str) else fillers:
                entity = self.entities.get(filler)
                span = entity.mentions[0] if entity and entity.mentions else self.span(filler)
                yield Role(role, entity.id if entity else None, span.start, span.end)

    def link(self, type: str, source: int, target: int) -> Story:
        self.links.append(Link(type, f"v{source}", f"v{target}"))  # type: ignore[arg-type]
        return self

    def article(self) -> Article:
        return Article(
            doc_id=self.doc_id,
            text=self.text,
            title=self.title,
            published=self.published,
            publisher=self.publisher,
            language="en",
            story=(Mention(0, len(self.text)),),
            url=f"https://news.example/{self.doc_id}",
        )

    def extraction(self) -> Extraction:
        return Extraction(
            doc_id=self.doc_id,
            title=self.title,
            published=self.published,
            language="en",
            text=self.text,
            entities=tuple(self.entities.values()),
            events=tuple(self.events),
            links=tuple(self.links),
        )


class Reader:
    """Gives the extractions made by hand; an article without one can't be read."""

    model = "by hand 1"
    configuration = "0"

    def __init__(self, stories: Iterable[Story], version: str = "1") -> None:
        self.version = version
        self.known = {story.doc_id: story.extraction() for story in stories}
        self.read: list[str] = []

    def extract_all(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        for article in articles:
            if article.doc_id not in self.known:
                raise LookupError(f"nobody has read {article.doc_id}")
            self.read.append(article.doc_id)
            yield replace(self.known[article.doc_id])


def day(date: str) -> tuple[str, str, Precision]:
    return date, date, "day"


def courier() -> Story:
    """Two companies act on one day; what they act on has a name and a description."""
    return (
        Story(
            "courier-1",
            "2021-01-09",
            "The Courier",
            "Google and Apple removed Parler from their app stores on Friday. The social network "
            "had failed to police threats, Google said. Parler denied the charge.",
            title="Parler dropped by app stores",
        )
        .entity("Parler", "ORG", "The social network", description="a social network")
        .entity("Google", "ORG")
        .entity("Apple", "ORG")
        .event(
            "removed",
            "Remove",
            "Google and Apple remove Parler from their app stores",
            when=day("2021-01-08"),
            words="on Friday",
            agent=("Google", "Apple"),
            patient="Parler",
            origin="their app stores",
        )
        .event("failed", "Fail", "Parler fails to police threats", source="Google", agent="Parler")
        .event("said", "Say", "Google speaks", agent="Google", salience=0.1)
        .event("denied", "Deny", "Parler denies the charge", agent="Parler", patient="the charge")
    )


def ledger() -> Story:
    """The same removal by another outlet, a day later and by one of the two alone."""
    return (
        Story(
            "ledger-7",
            "2021-01-10",
            "The Ledger",
            "Parler was removed by Google on Saturday, a spokesman for Google Inc. said. "
            "Dozens of posts had called for violence. Amazon Web Services (AWS) will stop hosting "
            "Parler on Sunday.",
            title="Google acts on Parler",
        )
        .entity("Parler", "PRODUCT")
        .entity("Google", "ORG", "Google Inc.")
        .entity("Amazon Web Services", "ORG", "AWS")
        .event(
            "removed",
            "Remove",
            "Google removes Parler",
            when=day("2021-01-09"),
            words="on Saturday",
            agent="Google",
            patient="Parler",
        )
        .event("called", "Demand", "Posts call for violence", agent="Dozens of posts")
        .event(
            "stop",
            "Prevent",
            "Amazon Web Services stops hosting Parler",
            when=day("2021-01-10"),
            words="on Sunday",
            factuality="planned",
            agent="Amazon Web Services",
            patient="Parler",
        )
    )


def gazette() -> Story:
    """A denial of the removal, and the stop that was planned now told as done."""
    return (
        Story(
            "gazette-3",
            "2021-01-11",
            "The Gazette",
            "Google has not removed Parler, a person close to the company insisted. AWS stopped "
            "hosting Parler on Sunday. John Matze spoke of an attack on free speech.",
            title="Doubts about Parler's removal",
        )
        .entity("Parler", "ORG")
        .entity("Google", "ORG")
        .entity("AWS", "ORG")
        .entity("John Matze", "PERSON", "Matze", description="chief executive")
        .event(
            "removed",
            "Remove",
            "Google does not remove Parler",
            when=(None, "2021-01-11", None),
            polarity="negative",
            agent="Google",
            patient="Parler",
        )
        .event(
            "stopped",
            "Prevent",
            "AWS stops hosting Parler",
            when=day("2021-01-10"),
            words="on Sunday",
            agent="AWS",
            patient="Parler",
        )
        .event("spoke", "Say", "John Matze speaks of an attack", agent="John Matze")
    )


def stories() -> list[Story]:
    return [courier(), ledger(), gazette()]
