"""The RDF of one thing, for those who follow its address."""

from __future__ import annotations

from itertools import chain

import pyoxigraph

from kb.descriptions import description
from kb.iris import Iris
from kb.querying import GRAPHS
from kb.store import Store, Triples
from kb.terms import PREFIXES


def describe(store: Store, iris: Iris, kind: str, slug: str, media_type: str) -> bytes | None:
    """An event with its claims and their words, an entity, a story or an article's whole graph.

    None when there is no such thing. Raises ValueError on a media type that is not RDF, or
    on another kind of thing.
    """
    if media_type not in GRAPHS:
        raise ValueError(f"{media_type!r} is not a format of RDF: choose {', '.join(GRAPHS)}")
    try:
        node = iris.of(kind, slug)
    except ValueError:
        return None
    result = store.query(description(node, iris))
    assert isinstance(result, Triples)
    first = next(result, None)
    if first is None:
        return None
    triples = dict.fromkeys(chain((first,), result))
    prefixes = {**PREFIXES, **iris.prefixes()}
    return pyoxigraph.serialize(
        sorted(triples, key=str), None, GRAPHS[media_type], prefixes=prefixes
    )
