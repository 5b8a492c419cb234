"""The union of all graphs as the default graph, on servers that have it and on others.

SPARQL leaves open what the default graph is when a query does not say. A triple that is in a
named graph tells: what finds it without GRAPH is a way to ask for the union.
"""

from __future__ import annotations

import logging

from pyoxigraph import NamedNode

from kb.store.asking import Endpoint, Parameters

WAYS: dict[str, Parameters] = {
    "its default graph is the union of all graphs": (),
    "asked by the parameter union-default-graph": (("union-default-graph", ""),),
}
LISTED = "asked by naming each graph, which is slow: see docs/stores.md on union default graphs"
_SAMPLE = (
    "SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } FILTER(!isBlank(?s) && !isBlank(?o)) } LIMIT 1"
)
_GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"

log = logging.getLogger(__name__)


class Union:
    """How one server is asked over all its graphs; found out at the first question that needs it.

    `way` says how, in words; None while the server is empty, where nothing can be found out.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self.way: str | None = None

    def parameters(self) -> Parameters:
        """What to send along with a query for the union to be its default graph."""
        if self.way is None:
            self.way = self._find()
            if self.way == LISTED:
                log.warning(
                    "The graphs of the store at %s together: %s", self._endpoint.address, LISTED
                )
        if self.way == LISTED:
            graphs = [graph.value for graph in self._graphs()]
            return [
                (name, graph)
                for name in ("default-graph-uri", "named-graph-uri")
                for graph in graphs
            ]
        return WAYS.get(self.way or "", ())

    def _find(self) -> str | None:
        sample = next(self._endpoint.select(_SAMPLE), None)
        if sample is None:
            return None
        test = f"ASK {{ {sample['s']} {sample['p']} {sample['o']} }}"
        for way, parameters in WAYS.items():
            if self._endpoint.truth(test, parameters):
                return way
        return LISTED

    def _graphs(self) -> list[NamedNode]:
        return [row["g"] for row in self._endpoint.select(_GRAPHS)]
