"""The whole way from articles to extractions: one model, batched, every step in its own module."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import tee

from spacy.tokens import Doc

from extractors.actions.lexicon import load_lexicon, ontology_path
from extractors.articles import Article
from extractors.assembly import analyse
from extractors.coreference.reading import Reading
from extractors.extraction import Extraction
from extractors.language import load_model, parse

VERSION = "0.1.0"
"""Changes with every change of what is extracted; recorded with each article's graph."""


class Extractor:
    """Reads articles. The model and the lexicon are loaded once, when first needed.

    `version`, `model` and `configuration` identify what an extraction depends on besides the
    article: the same three and the same article give the same extraction.
    """

    def __init__(self, model: str | None = None, batch_size: int = 16) -> None:
        self.version = VERSION
        self._requested = model
        self._batch_size = batch_size

    @cached_property
    def model(self) -> str:
        """Name and version of the language model, e.g. "core_web_md 3.8.0"."""
        meta = load_model(self._requested).meta
        return f"{meta['lang']}_{meta['name']} {meta['version']}"

    @cached_property
    def configuration(self) -> str:
        """A digest of what steers extraction besides code and model: the ontology's lexicon."""
        return hashlib.blake2b(ontology_path().read_bytes(), digest_size=8).hexdigest()

    def extract(self, article: Article) -> Extraction:
        """The extraction of one article."""
        return next(self.extract_all([article]))

    def extract_all(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """The extractions of articles, in their order; they are parsed in batches.

        Raises ModelError when the language model can't be loaded.
        """
        for extraction, _ in self.read_all(articles):
            yield extraction

    def read_all(self, articles: Iterable[Article]) -> Iterator[tuple[Extraction, Reading]]:
        """The extractions, each with what coreference made of the whole text."""
        nlp = load_model(self._requested)
        lexicon = load_lexicon()
        for_parser, for_reader = tee(articles)
        docs: Iterator[Doc] = parse(nlp, (a.text for a in for_parser), self._batch_size)
        for article, doc in zip(for_reader, docs, strict=True):
            yield analyse(article, doc, lexicon)
