"""What a file of a whole knowledge base holds, understood to the end before anything is done.

The file is loaded into a store of its own, so that memory does not grow with it.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast, get_args

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, QueryBoolean, QuerySolutions

from extractors.extraction import Factuality, Polarity, Precision
from kb.curation.decisions import Decision
from kb.curation.errors import CurationError
from kb.curation.reading import read_decisions
from kb.errors import ExchangeError
from kb.iris import Iris, check_base
from kb.linking.links import Link, read_links
from kb.records import ArticleRecord, read_article
from kb.restoring import restore
from kb.store import EXPORTS, StoreError
from kb.store.embedded import EmbeddedStore
from kb.terms import DL, PREFIXES, day_or_moment
from kb.when import stamp
from kb.writing import ArticleGraph

FORMATS = {name: EXPORTS[name] for name in ("trig", "nquads", "jsonld")}
"""Formats that keep the named graphs apart, with their media types."""
SUFFIXES = {".trig": "trig", ".nq": "nquads", ".jsonld": "jsonld"}


def form_of(path: Path) -> str | None:
    """The format that a file's name stands for, with or without .gz; None of others."""
    name = path.with_suffix("") if path.suffix == ".gz" else path
    return SUFFIXES.get(name.suffix.lower())


@dataclass(frozen=True, slots=True)
class Listed:
    """An article as the file's log of commits has it."""

    slug: str
    commit: int
    fingerprint: str
    generated: str
    read_from: str | None

    @property
    def moment(self) -> datetime:
        """When its graph was made."""
        return datetime.fromisoformat(self.generated)


class Incoming:
    """The knowledge base in a file, in a store of its own. Close it."""

    def __init__(self, file: Path, store: EmbeddedStore) -> None:
        self.file, self.store = file, store
        self.iris = Iris(self._base())
        self.listed = {found.slug: found for found in self._articles()}

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def wrong(self, message: str, iri: str | None = None) -> ExchangeError:
        """What is wrong with the file, with the line where it first speaks of an IRI."""
        line = _line_of(self.file, iri) if iri else None
        return ExchangeError(f"{message}. Nothing was imported", self.file, line)

    def graph(self, slug: str) -> ArticleGraph:
        """An article's graph, as it is to be stored."""
        found, name = self.listed[slug], self.iris.graph(slug)
        quads = list(self.store.quads(name))
        return ArticleGraph(slug, quads, found.fingerprint, found.generated, found.read_from)

    def decisions(self) -> list[Decision]:
        """What people decided, withdrawn decisions too."""
        try:
            return read_decisions(self.store.quads(self.iris.curation), self.iris)
        except CurationError as error:
            iri = re.search(r"<([^>]+)>", str(error))
            raise self.wrong(str(error), iri[1] if iri else None) from error

    def links(self) -> dict[str, list[Link]]:
        """What entities are linked to, by the keys of their names."""
        found: dict[str, list[Link]] = {}
        try:
            for link in read_links(self.store.quads(self.iris.links)):
                found.setdefault(link.key, []).append(link)
        except ValueError as error:
            raise self.wrong(f"The graph of links can't be read: {error}") from error
        return found

    def further(self) -> list[NamedNode]:
        """Graphs besides those of articles, decisions, links, the log and what is derived."""
        own = self.iris
        known = {own.merged, own.curation, own.links, own.knowledge_base}
        known |= {self.iris.graph(slug) for slug in self.listed}
        found = []
        for graph in self.store.graphs():
            if isinstance(graph, BlankNode):
                raise self.wrong(f"A graph has the blank node {graph} as its name")
            found.append(graph)
        return sorted(set(found) - known, key=str)

    # Checking

    def check(self, only: Iterable[str] | None = None) -> None:
        """Raise ExchangeError on the first thing that is not as it must be."""
        if next(self.store.quads(DefaultGraph()), None) is not None:
            raise self.wrong(
                "It has statements outside all graphs: only TriG, N-Quads and JSON-LD keep the "
                "graphs of articles apart"
            )
        for graph in self.further():
            if self._is_article(graph):
                raise self.wrong(f"The log of commits does not know the graph {graph}", graph.value)
            if not graph.value.startswith(f"{self.iris.base}graph/"):
                raise self.wrong(f"{graph} is no graph of a knowledge base", graph.value)
            for quad in self.store.quads(graph):
                self._check_terms(quad)
        for slug in only if only is not None else self.listed:
            self._check_article(slug)
        self.decisions()
        self.links()

    def _check_article(self, slug: str) -> None:
        graph = self.iris.graph(slug)
        own = (self.iris.article(slug).value, graph.value)
        quads = list(self.store.quads(graph))
        if not quads:
            raise self.wrong(f"The graph of the article {slug} is missing", graph.value)
        for quad in quads:
            subject = self._check_terms(quad)
            if subject.partition("#")[0] not in own:
                raise self.wrong(f"The graph {graph} speaks of <{subject}>, not its own", subject)
        try:
            _check_record(read_article(quads, slug, self.iris))
            restore(quads, slug, self.iris)
        except (ValueError, KeyError) as error:
            raise self.wrong(
                f"The graph {graph} is no article's graph: {error}", graph.value
            ) from error

    def _check_terms(self, quad: Quad) -> str:
        """The subject of a quad that has addresses for all its parts."""
        for term in (quad.subject, quad.object):
            if isinstance(term, BlankNode):
                raise self.wrong(f"The graph {quad.graph_name} has the blank node {term}")
        if not isinstance(quad.subject, NamedNode):
            raise self.wrong(f"The graph {quad.graph_name} has a statement about a statement")
        return quad.subject.value

    def _is_article(self, graph: NamedNode) -> bool:
        found = self.store.query(f"ASK {{ GRAPH {graph} {{ {graph} a {DL.ArticleGraph} }} }}")
        assert isinstance(found, QueryBoolean)
        return bool(found)

    def _rows(self, pattern: str) -> Iterator[list[str | None]]:
        result = self.store.query(pattern, prefixes=PREFIXES)
        assert isinstance(result, QuerySolutions)
        for row in result:
            yield [term.value if term is not None else None for term in row]

    def _base(self) -> str:
        rows = list(self._rows("SELECT ?kb ?base WHERE { GRAPH ?kb { ?kb dl:base ?base } }"))
        if len(rows) != 1:
            many = "more than one knowledge base" if rows else "no knowledge base"
            raise self.wrong(f"It holds {many}: give a file that 'dateline export' made")
        graph, base = rows[0][0] or "", rows[0][1] or ""
        try:
            whole = check_base(base) == base and graph == Iris(base).knowledge_base.value
        except ValueError:
            whole = False
        if not whole:
            raise self.wrong(f"The base {base!r} is not that of the graph <{graph}>", graph)
        return base

    def _articles(self) -> Iterator[Listed]:
        log = self.iris.knowledge_base
        rows = self._rows(
            f"SELECT ?graph ?n ?fingerprint ?at ?from WHERE {{ GRAPH {log} {{"
            " ?graph dcterms:identifier ?fingerprint"
            " OPTIONAL { ?graph dl:commitNumber ?n } OPTIONAL { ?graph prov:generatedAtTime ?at }"
            " OPTIONAL { ?graph dl:readFrom ?from } } }"
        )
        seen: set[str] = set()
        for graph, number, fingerprint, at, read_from in rows:
            slug = self.iris.name("graph", graph or "")
            try:
                found = Listed(
                    slug or "", int(number or ""), fingerprint or "", at or "", read_from
                )
                if not slug or slug in seen or found.moment.tzinfo is None:
                    raise ValueError(slug)
            except ValueError as error:
                raise self.wrong(
                    f"The log of commits needs, of each article's graph, one number, one "
                    f"fingerprint and one date-time with its zone; not so <{graph}>",
                    graph,
                ) from error
            seen.add(slug)
            yield found


def _check_record(record: ArticleRecord) -> None:
    """Raise ValueError where values are not what the shapes of the ontology ask for."""
    text = record.text
    if record.published:
        day_or_moment(record.published)
    spans = [*record.story, *(span for entity in record.entities for span in entity.mentions)]
    for claim in record.claims:
        spans.append((claim.start, claim.end))
        words = text[claim.sentence_start : claim.sentence_start + len(claim.sentence)]
        if words != claim.sentence:
            raise ValueError(f"the evidence of the claim {claim.id} is not what the text says")
        for bound in (claim.earliest, claim.latest):
            if bound is not None:
                stamp(bound)
        for value, known in (
            (claim.polarity, get_args(Polarity)),
            (claim.factuality, get_args(Factuality)),
            (claim.precision, (None, *get_args(Precision))),
        ):
            if value not in known:
                raise ValueError(f"the claim {claim.id} has {value!r}, which the ontology lacks")
        if not (0 <= claim.salience <= 1 and 0 <= claim.confidence <= 1):
            raise ValueError(f"salience and confidence of the claim {claim.id} lie not in 0 to 1")
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            raise ValueError(f"the words {start}-{end} lie outside the text")


def load(file: Path, form: str, folder: Path) -> EmbeddedStore:
    """Load a file, compressed or not, into a new store. Raises ExchangeError on wrong syntax."""
    store = EmbeddedStore(folder, create=True)
    try:
        with _opened(file) as source:
            store.bulk_load(source, FORMATS[form])
    except SyntaxError as error:
        store.close()
        reason = re.sub(r" \(line \d+\)\Z", "", str(error.msg))
        raise ExchangeError(f"This is no {form}: {reason}", file, error.lineno) from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        store.close()
        raise ExchangeError(f"This is no whole gzip file: {error}", file) from error
    except StoreError as error:
        store.close()
        if isinstance(error.__cause__, (gzip.BadGzipFile, EOFError)):
            raise ExchangeError(f"This is no whole gzip file: {error.__cause__}", file) from error
        raise
    except UnicodeDecodeError as error:
        store.close()
        raise ExchangeError(f"This is not in UTF-8: {error.reason}", file) from error
    return store


def _opened(file: Path) -> BinaryIO:
    try:
        with file.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
        return cast(BinaryIO, gzip.open(file)) if packed else file.open("rb")
    except OSError as error:
        raise ExchangeError(f"It can't be read: {error.strerror or error}", file) from error


def _line_of(file: Path, iri: str) -> int | None:
    """The first line with an IRI, or else with its last part (as a prefixed name has it)."""
    whole = f"<{iri}>".encode()
    last = re.split(r"[/#]", iri)[-1].encode()
    near = None
    with _opened(file) as source:
        for number, line in enumerate(source, start=1):
            if whole in line:
                return number
            if near is None and last and last in line:
                near = number
    return near
