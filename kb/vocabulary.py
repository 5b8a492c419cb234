"""The vocabulary as RDF: the ontology, its terms and its shapes.

The terms that the store takes are in `kb.terms`; tests hold them against what is loaded here.
"""

from __future__ import annotations

from functools import lru_cache

from rdflib import RDF, SKOS, Graph, URIRef
from rdflib.namespace import ClosedNamespace

from extractors.actions.lexicon import ontology_path

BASE = "https://w3id.org/dateline/ontology#"
NODE_SHAPE = URIRef("http://www.w3.org/ns/shacl#NodeShape")


@lru_cache(maxsize=1)
def load_ontology() -> Graph:
    """The whole of ontology.ttl, read once: classes, properties, taxonomy and shapes."""
    return Graph().parse(ontology_path(), format="turtle")


def load_shapes() -> Graph:
    """The SHACL shapes of the ontology, with what hangs on them, as a graph of their own."""
    ontology, shapes = load_ontology(), Graph()
    todo = list(ontology.subjects(RDF.type, NODE_SHAPE))
    while todo:
        node = todo.pop()
        for triple in ontology.triples((node, None, None)):
            shapes.add(triple)
            value = triple[2]
            if not isinstance(value, URIRef) and (value, None, None) not in shapes:
                todo.append(value)
    return shapes


def terms() -> frozenset[str]:
    """The local names of all terms that the ontology defines in its own namespace."""
    return frozenset(
        str(subject).removeprefix(BASE)
        for subject in load_ontology().subjects(RDF.type, None)
        if str(subject).startswith(BASE)
    )


def notations() -> dict[str, URIRef]:
    """What the JSON Lines call a class of entities, a role or a link, with its term.

    >>> notations()["ORG"], notations()["source"]
    (rdflib.term.URIRef('https://w3id.org/dateline/ontology#Organization'), \
rdflib.term.URIRef('https://w3id.org/dateline/ontology#origin'))
    """
    return {
        str(name): term
        for term, name in load_ontology().subject_objects(SKOS.notation)
        if isinstance(term, URIRef)
    }


DL = ClosedNamespace(BASE, sorted(terms()))
"""Dateline's own terms, as attributes: one that ontology.ttl does not define fails at once."""
