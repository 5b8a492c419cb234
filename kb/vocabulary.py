"""The vocabulary as RDF: the ontology, its shapes, and the prefixes that queries know.

The terms that the code uses are in `kb.terms`; tests hold them against what is loaded here.
"""

from __future__ import annotations

from functools import lru_cache

from rdflib import RDF, Graph, Namespace, URIRef

from extractors.lexicon import ontology_path

DL = Namespace("https://w3id.org/dateline/ontology#")
SH = Namespace("http://www.w3.org/ns/shacl#")


@lru_cache(maxsize=1)
def load_ontology() -> Graph:
    """The whole of ontology.ttl, read once: classes, properties, taxonomy and shapes."""
    return Graph().parse(ontology_path(), format="turtle")


def load_shapes() -> Graph:
    """The SHACL shapes of the ontology, with what hangs on them, as a graph of their own."""
    ontology, shapes = load_ontology(), Graph()
    todo = list(ontology.subjects(RDF.type, SH.NodeShape))
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
        str(subject).removeprefix(str(DL))
        for subject in load_ontology().subjects(RDF.type, None)
        if str(subject).startswith(str(DL))
    )
