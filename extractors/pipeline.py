"""The whole way from articles to extractions: one pipeline of components, batched."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Self

from spacy.language import Language
from spacy.tokens import Doc

from extractors.articles import Article
from extractors.configuration import compose, config_path, digest, read_settings
from extractors.extraction import Extraction
from extractors.findings import Findings, begin, findings
from extractors.language import load_model, straighten
from extractors.pieces import LARGEST, join, pieces

VERSION = "0.2.0"
"""Changes with every change of what is extracted; recorded with each article's graph."""


class Extractor:
    """Reads articles. The model and the lexicon are loaded once, when first needed.

    `config` is a spaCy config of the components that read (see docs/configuration.md); without
    one it is DATELINE_CONFIG, else Dateline's own. `reader` names the trained reader's weights:
    "light", "accurate", a folder, or "none"; without it DATELINE_READER, else the config decides.
    `version`, `model` and `configuration` identify what an extraction depends on besides the
    article: the same three and the same article give the same extraction.
    """

    def __init__(
        self,
        model: str | None = None,
        batch_size: int = 16,
        config: Path | None = None,
        reader: str | None = None,
    ) -> None:
        self.version = VERSION
        self._requested = model
        self._batch_size = batch_size
        self._config = config_path(config)
        self._reader = reader

    @classmethod
    def from_config(cls, config: Path, model: str | None = None, reader: str | None = None) -> Self:
        """An extractor with the components that a spaCy config file lists.

        Raises ConfigurationError when the file can't be used.
        """
        made = cls(model, config=config, reader=reader)
        read_settings(made._config)
        return made

    def load(self) -> None:
        """Load the pipeline now rather than with the first article; raises what `nlp` does."""
        _ = self.nlp

    @cached_property
    def model(self) -> str:
        """Name and version of the language model, e.g. "core_web_md 3.8.0"."""
        meta = load_model(self._requested).meta
        return f"{meta['lang']}_{meta['name']} {meta['version']}"

    @cached_property
    def configuration(self) -> str:
        """A digest of what steers extraction besides code and model: ontology and components."""
        return digest(read_settings(self._config, self._reader))

    @cached_property
    def nlp(self) -> Language:
        """The whole pipeline: the model's own components, then Dateline's.

        Raises ModelError when the language model can't be loaded, and ConfigurationError when
        the config can't be used.
        """
        pipeline = compose(self._requested, read_settings(self._config, self._reader))
        # Model and lexicon stay: the collector of cycles need not walk through them for ever.
        gc.collect()
        gc.freeze()
        return pipeline

    def extract(self, article: Article) -> Extraction:
        """The extraction of one article."""
        return next(self.extract_all([article]))

    def extract_all(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """The extractions of articles, in their order; they are parsed in batches.

        Raises what `nlp` does.
        """
        for extraction, _ in self.read_all(articles):
            yield extraction

    def read_all(self, articles: Iterable[Article]) -> Iterator[tuple[Extraction, Findings]]:
        """The extractions, each with all that the components found on the way.

        What was found is good until the next article is asked for.
        """
        for doc in self._read(articles):
            found = findings(doc)
            assert found.extraction is not None
            yield found.extraction, found
            found.close()

    def _read(self, articles: Iterable[Article]) -> Iterator[Doc]:
        for is_long, some in groupby(articles, lambda article: len(article.text) > LARGEST):
            if is_long:
                yield from map(self._read_long, some)
            else:
                docs = (
                    begin(self.nlp.make_doc(straighten(article.text)), article) for article in some
                )
                yield from self.nlp.pipe(docs, batch_size=self._batch_size)

    def _read_long(self, article: Article) -> Doc:
        """The Doc of an article that is parsed in pieces, and then read as a whole."""
        own = load_model(self._requested).pipe_names
        added = [pair for pair in self.nlp.pipeline if pair[0] not in own]
        texts = pieces(straighten(article.text))
        parsed = self.nlp.pipe(texts, batch_size=1, disable=[name for name, _ in added])
        doc = begin(join(list(parsed)), article)
        for _, component in added:
            doc = component(doc)
        return doc
