"""Made-up articles with their extractions: volume for measuring, without a language model.

A world of firms and people acts over a year. The busiest take part in most events, as in real
news; each event is told by one to three outlets, a few of them with another date.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from extractors.articles import Article
from extractors.extraction import Entity, Event, Extraction, Mention, Role, Time

ACTIONS = (
    ("Remove", "removed"), ("Ban", "banned"), ("Sue", "sued"), ("Buy", "bought"),
    ("Criticize", "criticized"), ("Support", "supported"), ("Attack", "attacked"),
    ("Say", "addressed"), ("Meet", "met"), ("Action", "flexed"),
)  # fmt: skip
PER_ARTICLE = 8
START = date(2021, 1, 1)


@dataclass(frozen=True, slots=True)
class Told:
    """One event of the world: who did what to whom, on which day."""

    agent: int
    patient: int
    action: int
    day: int


class World:
    """A source of articles, the same for the same seed."""

    def __init__(self, names: int = 5_000, outlets: int = 200, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.names = [_name(n) for n in range(names)]
        self.weights = list(accumulate(1 / (n + 3) for n in range(names)))
        self.outlets = outlets
        self.pending: list[Told] = []

    def _someone(self) -> int:
        return self.random.choices(range(len(self.names)), cum_weights=self.weights)[0]

    def _events(self, day: int) -> Iterator[Told]:
        for _ in range(PER_ARTICLE):
            if self.pending and self.random.random() < 0.4:
                yield self.pending.pop(self.random.randrange(len(self.pending)))
                continue
            told = Told(
                self._someone(),
                self._someone(),
                self.random.randrange(len(ACTIONS)),
                day - self.random.choice((0, 0, 1, 1, 2, 5, 30)),
            )
            self.pending += [told] * self.random.choice((0, 0, 1, 2))
            self.pending = self.pending[-200:]
            yield told

    def articles(self, count: int, days: int = 365) -> Iterator[tuple[Article, Extraction]]:
        """Articles in the order of their publication, spread evenly over so many days."""
        for n in range(count):
            yield self._article(n, n * days // max(count, 1))

    def _article(self, n: int, day: int) -> tuple[Article, Extraction]:
        sentences: list[str] = []
        entities: dict[int, Entity] = {}
        events: list[Event] = []
        offset = 0
        for number, told in enumerate(self._events(day)):
            agent, patient = self.names[told.agent], self.names[told.patient]
            action, verb = ACTIONS[told.action]
            wrong = self.random.random() < 0.05
            happened = (START + timedelta(days=told.day + wrong)).isoformat()
            text = f"{agent} {verb} {patient} on {happened}, people close to the matter said."
            spans = {}
            for who, name in ((told.agent, agent), (told.patient, patient)):
                start = offset + text.index(name)
                spans[who] = Mention(start, start + len(name))
                mentions = entities[who].mentions if who in entities else ()
                entities[who] = Entity(f"e{who}", name, "ORG", (*mentions, spans[who]))
            trigger = offset + text.index(verb)
            when = offset + text.index(happened)
            events.append(
                Event(
                    id=f"v{number}",
                    trigger=Mention(trigger, trigger + len(verb)),
                    lemma=verb.removesuffix("ed"),
                    action=action,
                    label=f"{agent} {verb} {patient}",
                    roles=(
                        Role("agent", f"e{told.agent}", *_ends(spans[told.agent])),
                        Role("patient", f"e{told.patient}", *_ends(spans[told.patient])),
                    ),
                    time=Time(happened, happened, "day", happened, when, when + len(happened)),
                    salience=round(self.random.random(), 2),
                    confidence=0.9,
                )
            )
            sentences.append(text)
            offset += len(text) + 1
        text = " ".join(sentences)
        published = (START + timedelta(days=day)).isoformat()
        title, outlet = events[0].label, f"Outlet {self.random.randrange(self.outlets)}"
        doc_id = f"synthetic-{n}"
        article = Article(
            doc_id=doc_id,
            text=text,
            title=title,
            published=published,
            publisher=outlet,
            language="en",
            story=(Mention(0, len(text)),),
        )
        found = tuple(entities.values())
        return article, Extraction(doc_id, title, published, "en", text, found, tuple(events))


class Prepared:
    """An extractor that hands out extractions made beforehand."""

    version, model, configuration = "0", "none", "synthetic"

    def __init__(self) -> None:
        self.known: dict[str, Extraction] = {}

    def extract_all(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """The extraction of each article."""
        for article in articles:
            yield self.known.pop(article.doc_id)


def _ends(mention: Mention) -> tuple[int, int]:
    return mention.start, mention.end


def _name(n: int) -> str:
    """A made-up name of two words, another one for every number."""
    syllables = ("ba", "co", "di", "fu", "ga", "lo", "mi", "na", "po", "ru", "sa", "te", "vo", "zu")
    parts = []
    for _ in range(4):
        n, rest = divmod(n, len(syllables))
        parts.append(syllables[rest])
    return f"{parts[0]}{parts[1]}".capitalize() + " " + f"{parts[2]}{parts[3]}n".capitalize()
