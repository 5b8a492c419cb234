"""The RDF of one thing, for those who follow its address."""

from __future__ import annotations

from itertools import chain
from string import Template

import pyoxigraph

from kb.iris import Iris
from kb.querying import GRAPHS
from kb.store import Store, Triples
from kb.terms import PREFIXES

_EVENT = Template("""
CONSTRUCT { ?s ?p ?o } WHERE {
  { GRAPH $merged { $node ?p ?o } BIND($node AS ?s) }
  UNION { GRAPH $merged { $node dl:claim|dl:version ?s } ?s ?p ?o }
  UNION {
    GRAPH $merged { $node dl:claim ?claim }
    ?claim ?link ?s . ?s ?p ?o .
    FILTER(?link NOT IN (prov:wasDerivedFrom, dcterms:isPartOf) && ?p != gaf:denotedBy)
  }
  UNION {
    GRAPH $merged { $node dl:claim ?claim }
    ?claim prov:wasDerivedFrom ?s . ?s ?p ?o .
    FILTER(?p NOT IN (nif:isString, dl:story))
  }
  UNION {
    GRAPH $merged { $node dl:claim ?claim }
    ?claim prov:wasDerivedFrom/schema:publisher ?s . ?s ?p ?o
  }
  UNION { GRAPH $merged { $node ?role ?s . ?s rdfs:label ?o . BIND(rdfs:label AS ?p) } }
}
""")
_ENTITY = Template("""
CONSTRUCT { ?s ?p ?o } WHERE {
  { GRAPH $merged { $node ?p ?o } BIND($node AS ?s) }
  UNION { GRAPH $merged { $node dl:mentionedAs ?s } ?s ?p ?o FILTER(?p != gaf:denotedBy) }
  UNION { GRAPH $merged { $node dl:link ?s } ?s ?p ?o }
}
""")
_ARTICLE = Template("CONSTRUCT { ?s ?p ?o } WHERE { GRAPH $graph { ?s ?p ?o } }")


def describe(store: Store, iris: Iris, kind: str, slug: str, media_type: str) -> bytes | None:
    """An event with its claims and their words, an entity, or an article's whole graph.

    None when there is no such thing. Raises ValueError on a media type that is not RDF, or
    on another kind of thing.
    """
    if media_type not in GRAPHS:
        raise ValueError(f"{media_type!r} is not a format of RDF: choose {', '.join(GRAPHS)}")
    try:
        node = iris.of(kind, slug)
    except ValueError:
        return None
    query = {"event": _EVENT, "entity": _ENTITY, "article": _ARTICLE}[kind]
    graph = iris.graph(slug) if kind == "article" else None
    text = query.substitute(node=node, merged=iris.merged, graph=graph)
    result = store.query(text, prefixes=PREFIXES)
    assert isinstance(result, Triples)
    first = next(result, None)
    if first is None:
        return None
    triples = dict.fromkeys(chain((first,), result))
    prefixes = {**PREFIXES, **iris.prefixes()}
    return pyoxigraph.serialize(
        sorted(triples, key=str), None, GRAPHS[media_type], prefixes=prefixes
    )
