"""The protocol of stores: the same in a directory and on a SPARQL server."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, RdfFormat

from kb.store import EXPORTS, Guard, Store, StoreError, Triples, insertion, removal
from kb.store.embedded import EmbeddedStore
from tests.servers import oxigraph

A, B, C, P = (NamedNode(f"https://x.example/{name}") for name in "abcp")
G, H, LOG = (NamedNode(f"https://x.example/graph/{name}") for name in ("g", "h", "log"))
HARD = 'quote " backslash \\ line\nbreak\ttab \x0b\x1c\x85\u2028 é 🙂 \r } ; { #'


@pytest.fixture(params=["embedded", "remote"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    if request.param == "remote":
        found: Store = request.getfixturevalue("remote").open()
    else:
        found = EmbeddedStore(tmp_path / "store", create=True)
    yield found
    found.close()


def rows(store: Store, query: str, **how: object) -> list[tuple[str, ...]]:
    result = store.query(query, **how)  # type: ignore[arg-type]
    assert isinstance(result, QuerySolutions)
    return [tuple(term.value if term else "" for term in row) for row in result]


def everything(store: Store) -> list[Quad]:
    output = io.BytesIO()
    store.export(output, "application/n-quads", {})
    return sorted(pyoxigraph.parse(output.getvalue(), RdfFormat.N_QUADS), key=str)


def fill(store: Store) -> list[Quad]:
    quads = [
        Quad(A, P, Literal(HARD), G),
        Quad(A, P, Literal("deux", language="fr"), G),
        Quad(A, P, B, G),
        Quad(B, P, Literal("7", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")), H),
    ]
    store.update(insertion(quads))
    return sorted(quads, key=str)


def test_what_is_inserted_is_there_to_the_last_character(store: Store) -> None:
    quads = fill(store)
    assert everything(store) == quads
    found = rows(store, f"SELECT ?o WHERE {{ GRAPH {G} {{ {A} {P} ?o }} }}")
    assert (HARD,) in found


def test_the_default_graph_is_the_union_unless_said_otherwise(store: Store) -> None:
    fill(store)
    joined = f"SELECT ?o WHERE {{ {A} {P} ?b . ?b {P} ?o }}"
    assert rows(store, joined) == [("7",)]
    assert rows(store, joined, default_graphs=[G.value]) == []
    assert rows(store, joined, default_graphs=[G.value, H.value]) == [("7",)]
    graphs = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    assert rows(store, graphs) == [(G.value,), (H.value,)]
    assert rows(store, graphs, named_graphs=[H.value]) == [(H.value,)]
    own = f"SELECT ?s FROM {H} WHERE {{ ?s ?p ?o }}"
    assert rows(store, own, union=False) == [(B.value,)]


def test_all_forms_of_query(store: Store) -> None:
    fill(store)
    truth = store.query(f"# a comment\nASK {{ {A} {P} {B} }}")
    assert isinstance(truth, QueryBoolean) and truth
    assert not store.query(f"ASK {{ {B} {P} {A} }}")
    for query in (f"CONSTRUCT WHERE {{ {A} {P} ?o }}", f"DESCRIBE {A}"):
        triples = store.query(query)
        assert isinstance(triples, Triples)
        assert {str(triple.object) for triple in triples} == {
            str(Literal(HARD)), str(Literal("deux", language="fr")), str(B),
        }  # fmt: skip
    graph = store.query(f"CONSTRUCT WHERE {{ {A} {P} ?o }}")
    assert isinstance(graph, Triples)
    output = io.BytesIO()
    graph.serialize(output, RdfFormat.N_TRIPLES)
    assert len(list(pyoxigraph.parse(output.getvalue(), RdfFormat.N_TRIPLES))) == 3


def test_prefixes_and_base_are_declared_and_places_are_those_of_the_query(store: Store) -> None:
    fill(store)
    prefixes = {"x": "https://x.example/", "unused": "https://unused.example/"}
    found = rows(
        store, "SELECT ?o WHERE { <b> x:p ?o }", prefixes=prefixes, base="https://x.example/"
    )
    assert found == [("7",)]
    own = "PREFIX x: <https://x.example/graph/> SELECT ?s WHERE { GRAPH x:h { ?s ?p ?o } }"
    assert rows(store, own, prefixes=prefixes) == [(B.value,)]
    for query, place in (("SELECT ?o { x:b x:p ", "1:2"), ("SELECT ?o\n{ x:b ", "2:")):
        with pytest.raises(SyntaxError, match=f"at {place}"):
            store.query(query, prefixes=prefixes)


def test_an_update_happens_as_a_whole_or_not_at_all(store: Store) -> None:
    quads = fill(store)
    with pytest.raises(SyntaxError):
        store.update(f"DROP GRAPH {G} ; INSERT DATA {{ GRAPH {G} {{ {A} {P} ")
    assert everything(store) == quads
    with pytest.raises((StoreError, RuntimeError)):
        store.update(f"DROP GRAPH {G} ; DROP GRAPH <https://x.example/graph/never>")
    assert everything(store) == quads


def test_a_graph_is_replaced_and_removed(store: Store) -> None:
    quads = fill(store)
    store.replace_graph(G, [Quad(C, P, A, G)])
    others = [quad for quad in quads if quad.graph_name == H]
    assert everything(store) == sorted([*others, Quad(C, P, A, G)], key=str)
    store.remove_graph(G)
    store.remove_graph(G)
    assert everything(store) == others


def test_a_commit_runs_every_kind_of_operation_and_sets_the_number(store: Store) -> None:
    fill(store)
    number = NamedNode("https://x.example/number")
    mark = NamedNode("https://x.example/mark")
    one, two = Literal("1"), Literal("2")
    store.update(insertion([Quad(LOG, number, one, LOG)]))
    store.commit(
        [
            f"DROP SILENT GRAPH {H}",
            f"DELETE WHERE {{ GRAPH {G} {{ {A} {P} {B} }} }}",
            f'DELETE DATA {{ GRAPH {G} {{ {A} {P} "deux"@fr }} }}',
            insertion([Quad(B, P, Literal(HARD), H), Quad(C, P, Literal("x"), H)]),
            removal(H, [C]),
            f'DELETE {{ GRAPH {H} {{ {C} ?p "WHERE {{" }} }} '
            f"INSERT {{ GRAPH {H} {{ {C} {P} {C} }} }} "
            f'WHERE {{ GRAPH {H} {{ {B} ?p ?o }} FILTER(?o != "}}") }}',
            f"DELETE WHERE {{ GRAPH {LOG} {{ {LOG} {number} ?n }} }}",
            insertion([Quad(LOG, number, two, LOG)]),
        ],
        Guard(LOG, number, mark, one, two),
    )
    assert [quad for quad in everything(store) if quad.predicate != mark] == sorted(
        [
            Quad(A, P, Literal(HARD), G),
            Quad(B, P, Literal(HARD), H),
            Quad(C, P, C, H),
            Quad(LOG, number, two, LOG),
        ],
        key=str,
    )


@pytest.mark.parametrize("form", EXPORTS)
def test_exports_hold_every_triple(store: Store, form: str) -> None:
    fill(store)
    if form == "rdfxml":  # XML has no way to write some control characters.
        store.replace_graph(G, [Quad(A, P, Literal("é 🙂 <&>"), G)])
    output = io.BytesIO()
    store.export(output, EXPORTS[form], {"x": "https://x.example/"})
    kind = RdfFormat.from_media_type(EXPORTS[form])
    found = list(pyoxigraph.parse(output.getvalue(), kind))
    assert {quad.triple for quad in found} == {quad.triple for quad in everything(store)}
    if form in ("nquads", "trig"):
        assert sorted(found, key=str) == everything(store)


def test_a_file_is_loaded_whole(store: Store, tmp_path: Path) -> None:
    quads = [Quad(A, P, Literal(f"{n} {HARD}"), H if n % 3 else G) for n in range(12_000)]
    path = tmp_path / "all.nq"
    pyoxigraph.serialize(quads, str(path), RdfFormat.N_QUADS)
    store.bulk_load(path, "application/n-quads")
    assert everything(store) == sorted(quads, key=str)
    with pytest.raises(ValueError, match="format"):
        store.bulk_load(path, "application/pdf")


def test_a_server_with_a_union_default_graph_is_told_from_others(tmp_path: Path) -> None:
    from kb.store.opening import Remote

    with oxigraph(tmp_path / "store", "--union-default-graph") as address:
        store = Remote(f"{address}/query").open()
        assert store.union.way is None
        fill(store)
        assert rows(store, f"SELECT ?o WHERE {{ {A} {P} ?b . ?b {P} ?o }}") == [("7",)]
        assert store.union.way == "its default graph is the union of all graphs"
