"""How things are named: the IRIs of a knowledge base, and the way back from an IRI to a slug.

The base is chosen when a knowledge base is made, recorded in it, and never changes; pages map
it to their own address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

from pyoxigraph import NamedNode

from extractors.articles import digest, slug

DEFAULT_BASE = "https://dateline.example/"
KINDS = ("entity", "event", "article", "story", "graph")
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*\Z")


def check_base(base: str) -> str:
    """The base as it is stored: absolute, with a closing slash. Raises ValueError otherwise."""
    parts = urlsplit(base)
    if parts.scheme not in ("http", "https", "urn") or re.search(r"[\s<>\"{}|^`\\#?]", base):
        raise ValueError(
            f"{base!r} can't be the base of IRIs: give an absolute http(s) address "
            f"such as {DEFAULT_BASE}"
        )
    return base if base.endswith(("/", ":")) else base + "/"


def article_slug(doc_id: str) -> str:
    """The part of an IRI that stands for an article: its identifier where that is safe in one."""
    return doc_id if _SAFE.match(doc_id) else f"{slug(doc_id)}-{digest(doc_id)}"


@lru_cache(maxsize=4096)
def _node(iri: str) -> NamedNode:
    return NamedNode(iri)


@dataclass(frozen=True, slots=True)
class Iris:
    """The IRIs under one base.

    >>> Iris("https://dateline.example/").event("2021-01-08-google-removes-parler").value
    'https://dateline.example/event/2021-01-08-google-removes-parler'
    """

    base: str

    def of(self, kind: str, name: str) -> NamedNode:
        """The IRI of a thing by its kind (one of `KINDS`) and slug."""
        return _node(f"{self.base}{kind}/{name}")

    def entity(self, name: str) -> NamedNode:
        """A canonical entity."""
        return self.of("entity", name)

    def event(self, name: str) -> NamedNode:
        """A merged event."""
        return self.of("event", name)

    def story(self, name: str) -> NamedNode:
        """A story."""
        return self.of("story", name)

    def article(self, name: str) -> NamedNode:
        """An article."""
        return self.of("article", name)

    def graph(self, name: str) -> NamedNode:
        """The named graph of an article."""
        return self.of("graph", name)

    def publisher(self, article: str) -> NamedNode:
        """Who published an article."""
        return _node(f"{self.base}article/{article}#publisher")

    def extraction(self, name: str) -> NamedNode:
        """The activity that made an article's graph."""
        return _node(f"{self.base}graph/{name}#extraction")

    def software(self, name: str) -> NamedNode:
        """The software that made an article's graph."""
        return _node(f"{self.base}graph/{name}#software")

    def span(self, article: str, start: int, end: int) -> NamedNode:
        """A stretch of an article's text (RFC 5147: code points, end not included)."""
        return _node(f"{self.base}article/{article}#char={start},{end}")

    def local_entity(self, article: str, entity: str) -> NamedNode:
        """An entity as one article has it."""
        return _node(f"{self.base}article/{article}#entity-{quote(entity, safe='')}")

    def participant(self, article: str, start: int, end: int) -> NamedNode:
        """An unnamed participant of an article's events."""
        return _node(f"{self.base}article/{article}#participant-{start}-{end}")

    def event_version(self, event: str, number: int) -> NamedNode:
        """One version of a point on which the reports of an event differ."""
        return NamedNode(f"{self.base}event/{event}#version-{number}")

    def claim_of(self, article: str, local: str) -> NamedNode:
        """A claim by its article and its local name, which is quoted already."""
        return NamedNode(f"{self.base}article/{article}#claim-{local}")

    def claim(self, article: str, event: str) -> NamedNode:
        """What an article says of an event at one place."""
        return _node(f"{self.base}article/{article}#claim-{quote(event, safe='')}")

    def decision(self, name: str) -> NamedNode:
        """What somebody decided about the graph, or that a decision was withdrawn."""
        return self.of("curation", name)

    @property
    def merged(self) -> NamedNode:
        """The graph that holds each event and entity once."""
        return _node(f"{self.base}graph/merged")

    @property
    def curation(self) -> NamedNode:
        """The graph of people's corrections."""
        return _node(f"{self.base}graph/curation")

    @property
    def links(self) -> NamedNode:
        """The graph of links to other knowledge bases."""
        return _node(f"{self.base}graph/links")

    @property
    def knowledge_base(self) -> NamedNode:
        """The graph (and the thing it is about) that records base, version and commits."""
        return _node(f"{self.base}graph/knowledge-base")

    def name(self, kind: str, iri: str) -> str | None:
        """The slug in an IRI of that kind, None when it is another kind of IRI."""
        prefix = f"{self.base}{kind}/"
        return iri[len(prefix) :].partition("#")[0] if iri.startswith(prefix) else None

    def prefixes(self) -> dict[str, str]:
        """Prefixes of instances, for serialisation and queries."""
        return {
            "ent": f"{self.base}entity/",
            "event": f"{self.base}event/",
            "article": f"{self.base}article/",
            "story": f"{self.base}story/",
            "graph": f"{self.base}graph/",
        }
