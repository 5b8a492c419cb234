"""How the graphs of articles were made, and which of them another reader would make anew."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, QuerySolutions

from kb.iris import Iris
from kb.mapping import VERSION, Provenance
from kb.store import Store
from kb.terms import DL, PREFIXES, PROV
from kb.views import Reading

# Of one article: constants only, so that the cost does not depend on how many there are.
_ONE = """
SELECT ?p ?o WHERE {{
  {{ GRAPH {graph} {{ {activity} ?p ?o }} }}
  UNION {{ GRAPH {log} {{ {graph} ?p ?o }} }}
  UNION {{ GRAPH {graph} {{ {article} ?p ?o FILTER(?p = dl:publishedFrom) }} }}
}}
"""
_ALL = """
SELECT ?graph ?version ?model ?configuration ?mapping ?at WHERE {{
  GRAPH {log} {{ ?graph dcterms:identifier ?fingerprint ; prov:generatedAtTime ?at }}
  GRAPH ?graph {{
    ?activity dl:extractorVersion ?version ; dl:model ?model ; dl:configuration ?configuration
    OPTIONAL {{ ?activity dl:mappingVersion ?mapping }}
  }}
}}
"""


def reading(store: Store, iris: Iris, slug: str) -> Reading | None:
    """How the graph of an article was made; None when there is none."""
    query = _ONE.format(
        graph=iris.graph(slug), activity=iris.extraction(slug), article=iris.article(slug),
        log=iris.knowledge_base,
    )  # fmt: skip
    said = {row["p"].value: row["o"].value for row in _rows(store, query)}

    def one(predicate: NamedNode) -> str | None:
        return said.get(predicate.value)

    version, model, settings = (one(p) for p in (DL.extractorVersion, DL.model, DL.configuration))
    if version is None or model is None or settings is None:
        return None
    return Reading(
        version, model, settings, one(DL.mappingVersion), one(PROV.generatedAtTime),
        one(DL.readFrom), one(DL.publishedFrom),
    )  # fmt: skip


def readings(store: Store, iris: Iris) -> Iterator[tuple[str, Reading]]:
    """Every article's slug with what read it and when, in no order."""
    for row in _rows(store, _ALL.format(log=iris.knowledge_base)):
        graph, *values = (term.value if term is not None else None for term in row)
        slug = iris.name("graph", graph or "")
        if slug:
            version, model, configuration, mapping, at = values
            yield (
                slug,
                Reading(version or "", model or "", configuration or "", mapping, at, None, None),
            )


def _rows(store: Store, query: str) -> QuerySolutions:
    result = store.query(query, prefixes=PREFIXES)
    assert isinstance(result, QuerySolutions)
    return result


def current(found: Reading, wanted: Provenance) -> bool:
    """Whether a graph is what this extractor and this code would make of its article."""
    return (found.version, found.model, found.configuration, found.mapping) == (
        wanted.version,
        wanted.model,
        wanted.configuration,
        VERSION,
    )
