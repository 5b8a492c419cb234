"""What tests of pages share, with and without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractors.articles import Article
from extractors.pipeline import Extractor
from extractors.sources import read_path
from kb.knowledge_base import KnowledgeBase

TOKEN = "correct horse battery staple"


@contextmanager
def fresh_kb(folder: Path) -> Iterator[KnowledgeBase]:
    """An empty knowledge base."""
    kb = KnowledgeBase.open(folder / "kb", create=True)
    try:
        yield kb
    finally:
        kb.close()


@contextmanager
def kb_of(samples: Path, folder: Path, extractor: Extractor) -> Iterator[KnowledgeBase]:
    """A knowledge base of all sample articles."""
    articles = [item for item in read_path(samples) if isinstance(item, Article)]
    assert articles
    with fresh_kb(folder) as kb:
        results = list(kb.ingest(articles, extractor))
        assert {result.status for result in results} == {"added"}, results
        yield kb
