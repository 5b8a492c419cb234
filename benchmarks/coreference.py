"""Gold mentions of events as claims, clustered as ingestion clusters what it reads.

Each gold mention becomes the claim that extraction found in its place; where it found none, a
claim that has no more than the word and its place. The articles then go one by one into an
index, and the events of the index are the clusters.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from sqlite3 import Connection

from spacy.tokens import Doc

from benchmarks.records import Record, article_of
from extractors.actions.lexicon import load_lexicon
from extractors.articles import Article
from extractors.extraction import Event, Extraction, Mention
from extractors.pipeline import Extractor
from kb.identity import Purpose
from kb.iris import DEFAULT_BASE, Iris, article_slug
from kb.mapping import Provenance, article_quads
from kb.merging import Merger
from kb.records import ArticleRecord, read_article
from kb.schema import TABLES

PROVENANCE = Provenance("0", "none", "benchmark")
IRIS = Iris(DEFAULT_BASE)


def read_mentions(extractor: Extractor, records: Sequence[Record]) -> list[ArticleRecord]:
    """The articles of gold records; the name of each claim is the number of its mention."""
    found = extractor.read_all(map(article_of, records))
    return [
        _stored(article_of(record), _mentioned(extraction, findings.doc, record["events"]))
        for record, (extraction, findings) in zip(records, found, strict=True)
    ]


def events(articles: Iterable[ArticleRecord], purpose: Purpose = "benchmark") -> dict[str, int]:
    """The event of each mention, the articles being taken in one by one."""
    with sqlite3.connect(":memory:") as index:
        fill(index, articles, purpose)
        rows = index.execute(
            "SELECT slug, local, event FROM claims JOIN articles ON articles.id = article"
        )
        return {f"{slug}#{local}": event for slug, local, event in rows}


def fill(index: Connection, articles: Iterable[ArticleRecord], purpose: Purpose) -> None:
    """Take articles into an empty index, one after the other."""
    index.executescript(TABLES)
    merger = Merger(index, IRIS, purpose)
    for number, article in enumerate(articles, 1):
        merger.apply((), [(article, number, "")])


def mention_key(record: Record, number: int) -> str:
    """What stands for a mention in the answer of `events`."""
    return f"{article_slug(record['doc_id'])}#m{number}"


def coreference(
    extractor: Extractor, records: Sequence[Record], mixed: bool = False
) -> Iterator[Record]:
    """The cluster of each gold mention: topic by topic, or all topics in one index."""
    yield from clustered(records, read_mentions(extractor, records), mixed)


def clustered(
    records: Sequence[Record], articles: Sequence[ArticleRecord], mixed: bool
) -> Iterator[Record]:
    """The cluster of each mention of articles that have been read."""
    for topic in ["all"] if mixed else sorted({record["topic"] for record in records}):
        chosen = [n for n, record in enumerate(records) if mixed or record["topic"] == topic]
        found = events(articles[n] for n in chosen)
        for n in chosen:
            for number, mention in enumerate(records[n]["events"]):
                cluster = f"{topic}/{found[mention_key(records[n], number)]}"
                yield {"mention_id": mention["id"], "cluster": cluster}


def _mentioned(extraction: Extraction, doc: Doc, mentions: Sequence[Record]) -> Extraction:
    """The extraction with the gold mentions as its events, and no others."""
    free = list(extraction.events)
    names: dict[str, str] = {}
    chosen: list[Event] = []
    for number, mention in enumerate(mentions):
        shared = [(_shared(event, mention), -n) for n, event in enumerate(free)]
        best, place = max(shared, default=(0, 0))
        if best > 0:
            event = free.pop(-place)
            names[event.id] = f"m{number}"
            chosen.append(replace(event, id=f"m{number}"))
        else:
            chosen.append(_bare(f"m{number}", doc, mention))
    links = tuple(
        replace(link, source=names[link.source], target=names[link.target])
        for link in extraction.links
        if link.source in names and link.target in names
    )
    return replace(extraction, events=tuple(chosen), links=links)


def _shared(event: Event, mention: Record) -> int:
    """How many characters a trigger shares with a mention."""
    first: int = max(event.trigger.start, mention["start"])
    last: int = min(event.trigger.end, mention["end"])
    return last - first


def _bare(name: str, doc: Doc, mention: Record) -> Event:
    """A claim that has no more than the word of a mention and its place."""
    span = doc.char_span(mention["start"], mention["end"], alignment_mode="expand")
    assert span is not None
    word, lexicon = span.root, load_lexicon()
    noun, verb = lexicon.noun(word.lemma_), lexicon.verb(word.lemma_)
    kinds = [verb, noun] if word.pos_ in ("VERB", "AUX") else [noun, verb]
    action = next((kind.action for kind in kinds if kind), "Action")
    return Event(
        id=name,
        trigger=Mention(mention["start"], mention["end"]),
        lemma=word.lemma_.lower(),
        action=action,
        label=" ".join(mention["text"].split()),
    )


def _stored(article: Article, extraction: Extraction) -> ArticleRecord:
    quads = article_quads(article, extraction, DEFAULT_BASE, PROVENANCE)
    return read_article(quads, article_slug(article.doc_id), IRIS)
