"""How the graphs of articles were made, and which of them another reader would make anew."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import QuerySolutions

from kb.iris import Iris
from kb.mapping import VERSION, Provenance
from kb.store import Store
from kb.terms import PREFIXES
from kb.views import Reading

_MADE = """
SELECT ?graph ?version ?model ?configuration ?mapping ?at ?readFrom ?publishedFrom WHERE {{
  {which}
  GRAPH ?graph {{
    ?graph prov:wasGeneratedBy ?activity ; prov:wasDerivedFrom ?article .
    ?activity dl:extractorVersion ?version ; dl:model ?model ; dl:configuration ?configuration
    OPTIONAL {{ ?activity dl:mappingVersion ?mapping }}
    OPTIONAL {{ ?article dl:publishedFrom ?publishedFrom }}
  }}
  OPTIONAL {{ GRAPH {log} {{ ?graph prov:generatedAtTime ?at }} }}
  OPTIONAL {{ GRAPH {log} {{ ?graph dl:readFrom ?readFrom }} }}
}}
"""


def reading(store: Store, iris: Iris, slug: str) -> Reading | None:
    """How the graph of an article was made; None when there is none."""
    which = f"VALUES ?graph {{ {iris.graph(slug)} }}"
    return next((found for _, found in _readings(store, iris, which)), None)


def readings(store: Store, iris: Iris) -> Iterator[tuple[str, Reading]]:
    """Every article's slug with how its graph was made, in no order."""
    which = f"GRAPH {iris.knowledge_base} {{ ?graph dl:commitNumber ?n ; dcterms:identifier ?f }}"
    return _readings(store, iris, which)


def _readings(store: Store, iris: Iris, which: str) -> Iterator[tuple[str, Reading]]:
    query = _MADE.format(which=which, log=iris.knowledge_base)
    result = store.query(query, prefixes=PREFIXES)
    assert isinstance(result, QuerySolutions)
    for row in result:
        graph, *values = (term.value if term is not None else None for term in row)
        slug = iris.name("graph", graph or "")
        if slug:
            version, model, configuration, *rest = values
            yield slug, Reading(version or "", model or "", configuration or "", *rest)


def current(found: Reading, wanted: Provenance) -> bool:
    """Whether a graph is what this extractor and this code would make of its article."""
    return (found.version, found.model, found.configuration, found.mapping) == (
        wanted.version,
        wanted.model,
        wanted.configuration,
        VERSION,
    )
