"""From articles to a knowledge base: each article is stored whole or not at all.

The same article read by the same extractor changes nothing, so a run that was stopped is
simply started again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal, Protocol

from extractors.articles import Article
from extractors.extraction import Extraction
from kb.iris import article_slug
from kb.mapping import VERSION, Provenance
from kb.restoring import stored_form
from kb.store import StoreError

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

CHUNK = 64
"""Articles that are looked up and handed to the extractor together."""

Status = Literal["added", "replaced", "unchanged", "failed"]
OnError = Callable[[Article, Exception], None]


class ArticleReader(Protocol):
    """What reads articles; the first three say what its result depends on besides them."""

    @property
    def version(self) -> str:
        """The extractor's own version."""
        ...

    @property
    def model(self) -> str:
        """The language model, with its version."""
        ...

    @property
    def configuration(self) -> str:
        """A digest of all other settings."""
        ...

    def extract_all(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """One extraction an article, in order."""
        ...


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of one article; `message` says what was wrong when it failed."""

    slug: str
    title: str | None
    status: Status
    message: str | None = None
    claims: int = 0


def fingerprint(article: Article, reader: ArticleReader) -> str:
    """Stands for an article with all that its graph depends on."""
    parts = [VERSION, reader.version, reader.model, reader.configuration]
    parts += [repr(value) for value in astuple(stored_form(article))]
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def ingest(
    kb: KnowledgeBase,
    articles: Iterable[Article],
    reader: ArticleReader,
    on_error: OnError | None = None,
) -> Iterator[IngestResult]:
    """Read and store articles, in order; a result for each as soon as it is committed.

    An article that can't be read or mapped fails alone, and `on_error` hears why. Raises
    StoreError when the knowledge base can't be written: what was reported before is kept.
    """
    provenance = Provenance(reader.version, reader.model, reader.configuration)
    waiting = iter(articles)
    try:
        while chunk := list(islice(waiting, CHUNK)):
            prints = [fingerprint(article, reader) for article in chunk]
            fresh = [
                article
                for article, found in zip(chunk, prints, strict=True)
                if not kb.holds(article_slug(article.doc_id), found)
            ]
            outcomes = extractions(fresh, reader)
            pending = {id(article) for article in fresh}
            for article, found in zip(chunk, prints, strict=True):
                slug = article_slug(article.doc_id)
                if id(article) not in pending:
                    yield IngestResult(slug, article.title, "unchanged")
                    continue
                outcome = next(outcomes)
                if isinstance(outcome, Exception):
                    yield _failed(article, outcome, on_error)
                    continue
                try:
                    status = kb.put(article, outcome, provenance, found)
                except StoreError:
                    raise
                except Exception as error:  # noqa: BLE001 - one bad article stops no run
                    yield _failed(article, error, on_error)
                    continue
                yield IngestResult(slug, article.title, status, None, len(outcome.events))
    finally:
        kb.store.flush()


def extractions(
    articles: Sequence[Article], reader: ArticleReader
) -> Iterator[Extraction | Exception]:
    """An extraction or an error for each article. After an error they are read one by one."""
    together = reader.extract_all(articles)
    for n, _ in enumerate(articles):
        try:
            extraction = next(together)
        except Exception:  # noqa: BLE001 - reported below, for the article that it is about
            for article in articles[n:]:
                yield _alone(article, reader)
            return
        yield extraction


def _alone(article: Article, reader: ArticleReader) -> Extraction | Exception:
    try:
        (extraction,) = reader.extract_all([article])
    except Exception as error:  # noqa: BLE001 - becomes the article's result
        return error
    return extraction


def _failed(article: Article, error: Exception, on_error: OnError | None) -> IngestResult:
    if on_error:
        on_error(article, error)
    message = f"{article.doc_id} was not stored: {error or type(error).__name__}"
    return IngestResult(article_slug(article.doc_id), article.title, "failed", message)
