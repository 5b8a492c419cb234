"""An update of the merged graph while it is worked out, and as SPARQL."""

from __future__ import annotations

from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from kb.store import deletion, insertion, removal
from kb.terms import DCTERMS, DL, OWL, RDF, RDFS, SKOS

HEAD = (RDF.type, RDFS.label, SKOS.altLabel, DCTERMS.description, DL.link, OWL.sameAs)
"""What a change of names or links rewrites; dl:mentionedAs is kept up to date link by link."""


@dataclass(slots=True)
class Change:
    """What to clear in the merged graph, and then what to insert."""

    graph: NamedNode
    events: set[NamedNode] = field(default_factory=set)
    """Events of which everything is cleared, their versions too."""
    heads: set[NamedNode] = field(default_factory=set)
    """Entities whose names, types and description are cleared; their links to articles stay."""
    deleted: dict[Quad, None] = field(default_factory=dict)
    inserted: dict[Quad, None] = field(default_factory=dict)

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        """Insert a triple."""
        self.inserted[Quad(subject, predicate, value, self.graph)] = None

    def delete(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        """Delete a triple, unless it is inserted too."""
        self.deleted[Quad(subject, predicate, value, self.graph)] = None

    def statements(self) -> list[str]:
        """The change as SPARQL update operations, in order."""
        events = sorted(self.events, key=str)
        found = [
            removal(self.graph, events, through=DL.version),
            removal(self.graph, events),
            removal(self.graph, sorted(self.heads, key=str), HEAD),
            deletion(quad for quad in self.deleted if quad not in self.inserted),
            insertion(self.inserted),
        ]
        return [statement for statement in found if statement]
