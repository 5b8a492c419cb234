"""Articles read again, from the text in their graphs, when what reads them has changed.

Each article is written whole or stays as it was, so a run that was stopped is simply started
again: what it did is current by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Literal

from pyoxigraph import Triple

from extractors.extraction import Extraction
from kb.comparing import Difference, compare
from kb.ingestion import CHUNK, ArticleReader, extractions, fingerprint
from kb.mapping import Provenance, article_quads
from kb.provenance import current, reading, readings
from kb.records import read_article
from kb.restoring import Source, restore
from kb.store import StoreError, Triples
from kb.views import Reading
from kb.writing import ArticleGraph

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

NOTHING = Difference()


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of one article.

    "changed" and "same" say whether its events did; "failed" that it stays as it was, with
    the reason in `message`.
    """

    slug: str
    title: str | None
    status: Literal["changed", "same", "failed"]
    difference: Difference = NOTHING
    message: str | None = None


@dataclass(frozen=True, slots=True)
class _Stored:
    """An article as it is in the store."""

    slug: str
    triples: list[Triple]
    source: Source
    reading: Reading | None


def outdated(
    kb: KnowledgeBase,
    reader: ArticleReader,
    *,
    older_than: datetime | None = None,
    everything: bool = False,
) -> list[str]:
    """The articles that this reader would read otherwise than they were, by slug, in order.

    An article is outdated when the version, model or settings of what read it, or the rules
    that wrote its graph, are not those of now. With `everything`, current ones count too; with
    `older_than` (a date-time with zone), only those read before it.
    """
    wanted = _provenance(reader)
    return sorted(
        slug
        for slug, found in readings(kb.store, kb.iris)
        if (everything or not current(found, wanted)) and _before(found, older_than)
    )


def _before(found: Reading, limit: datetime | None) -> bool:
    return limit is None or found.at is None or datetime.fromisoformat(found.at) < limit


def refresh(
    kb: KnowledgeBase, reader: ArticleReader, slugs: Iterable[str], *, dry_run: bool = False
) -> Iterator[Refreshed]:
    """Read articles again and store what is found; a result for each as soon as it is committed.

    With `dry_run` nothing is stored. An article that can't be read fails alone, and stays as
    it was. Memory holds a few dozen articles at a time. Raises StoreError when the knowledge
    base can't be written: what was reported before is kept.
    """
    waiting = iter(slugs)
    try:
        while chunk := list(islice(waiting, CHUNK)):
            stored = [_stored(kb, slug) for slug in chunk]
            articles = [one.source.article for one in stored if isinstance(one, _Stored)]
            found = extractions(articles, reader)
            for one in stored:
                if isinstance(one, Refreshed):
                    yield one
                else:
                    yield _renewed(kb, reader, one, next(found), dry_run)
    finally:
        if not dry_run:
            kb.store.flush()


def _stored(kb: KnowledgeBase, slug: str) -> _Stored | Refreshed:
    graph = kb.iris.graph(slug)
    result = kb.store.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    assert isinstance(result, Triples)
    triples = list(result)
    try:
        source = restore(triples, slug, kb.iris)
    except ValueError as error:
        return Refreshed(slug, None, "failed", message=f"{slug} can't be read again: {error}")
    return _Stored(slug, triples, source, reading(kb.store, kb.iris, slug))


def _renewed(
    kb: KnowledgeBase,
    reader: ArticleReader,
    stored: _Stored,
    outcome: Extraction | Exception,
    dry_run: bool,
) -> Refreshed:
    article, slug = stored.source.article, stored.slug
    try:
        if isinstance(outcome, Exception):
            raise outcome
        quads = article_quads(article, outcome, kb.base, _provenance(reader))
        difference = compare(
            read_article(stored.triples, slug, kb.iris), read_article(quads, slug, kb.iris)
        )
        if not dry_run:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            read_from = stored.reading.read_from if stored.reading else None
            made = ArticleGraph(slug, quads, fingerprint(article, reader), now, read_from)
            kb.writer.write([made])
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - one bad article stops no run
        message = f"{slug} stays as it was: {error or type(error).__name__}"
        return Refreshed(slug, article.title, "failed", message=message)
    return Refreshed(slug, article.title, "changed" if difference else "same", difference)


def _provenance(reader: ArticleReader) -> Provenance:
    return Provenance(reader.version, reader.model, reader.configuration)
