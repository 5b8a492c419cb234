"""Links as records, and as RDF in the graph of links; `read_links` is the way back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal as Choice
from typing import get_args

from pyoxigraph import Literal, NamedNode, Quad, Triple

from extractors.articles import digest
from kb.iris import Iris
from kb.records import describe
from kb.store import insertion
from kb.terms import DCTERMS, DL, PROV, RDF, RDFS, decimal, moment

Status = Choice["accepted", "proposed", "declined"]
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """That the entity of a name is, or may be, a thing that somebody else describes.

    `key` is the name as `kb.names.name_key` gives it, `target` the IRI of the thing, `label` and
    `description` what its endpoint says of it; `confidence` is between 0 and 1. A proposed link
    is one of several candidates, or one that is not sure enough; a person may decline it.
    """

    key: str
    target: str
    label: str
    description: str | None
    confidence: float
    status: Status
    method: str
    endpoint: str
    at: str

    def node(self, iris: Iris) -> NamedNode:
        """The link's own address."""
        return iris.of("link", digest(f"{self.key} {self.target}"))


Changed = Mapping[str, Sequence[Link]]
"""All links of some names as they are to be, by key."""


def link_quads(link: Link, iris: Iris) -> list[Quad]:
    """What the graph of links says of a link."""
    node, graph = link.node(iris), iris.links
    said: list[tuple[NamedNode, NamedNode | Literal]] = [
        (RDF.type, DL.EntityLink),
        (DL.nameKey, Literal(link.key)),
        (DL.linkTarget, NamedNode(link.target)),
        (RDFS.label, Literal(link.label)),
        (DL.confidence, decimal(link.confidence)),
        (DL.linkStatus, DL.term(link.status)),
        (DL.linkMethod, Literal(link.method)),
        (DL.endpoint, NamedNode(link.endpoint)),
        (PROV.generatedAtTime, moment(link.at)),
    ]
    if link.description:
        said.append((DCTERMS.description, Literal(link.description)))
    return [Quad(node, predicate, value, graph) for predicate, value in said]


def statements(changed: Changed, iris: Iris) -> list[str]:
    """Update operations that put these links in place of all earlier ones of their names."""
    if not changed:
        return []
    keys = " ".join(str(Literal(key)) for key in sorted(changed))
    graph = iris.links
    taken = (
        f"DELETE {{ GRAPH {graph} {{ ?link ?p ?o }} }} WHERE {{ VALUES ?key {{ {keys} }} "
        f"GRAPH {graph} {{ ?link {DL.nameKey} ?key ; ?p ?o }} }}"
    )
    quads = [
        quad for links in changed.values() for link in links for quad in link_quads(link, iris)
    ]
    return [taken, insertion(quads)] if quads else [taken]


def read_links(triples: Iterable[Quad | Triple]) -> list[Link]:
    """The links of a graph, in a fixed order. Raises ValueError on one that is damaged."""
    found = []
    for node, said in describe(triples).items():
        if DL.EntityLink.value not in said.get(RDF.type.value, ()):
            continue

        def one(predicate: NamedNode, said: dict[str, list[str]] = said) -> str | None:
            values = said.get(predicate.value)
            return min(values) if values else None

        def need(predicate: NamedNode, node: str = node) -> str:
            value = one(predicate)
            if value is None:
                raise ValueError(f"the link {node} lacks {predicate.value}")
            return value

        word = need(DL.linkStatus).removeprefix(DL.iri)
        status: Status | None = next((known for known in STATUSES if known == word), None)
        if status is None:
            raise ValueError(f"the link {node} has no status that is known: {word}")
        found.append(
            Link(
                key=need(DL.nameKey),
                target=need(DL.linkTarget),
                label=one(RDFS.label) or "",
                description=one(DCTERMS.description),
                confidence=float(need(DL.confidence)),
                status=status,
                method=need(DL.linkMethod),
                endpoint=need(DL.endpoint),
                at=need(PROV.generatedAtTime),
            )
        )
    return sorted(found)
