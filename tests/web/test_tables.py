"""SPARQL answers as tables."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Store

from web.tables import read_term, read_tsv


@given(st.text())
def test_literals_come_back_as_the_store_holds_them(text: str) -> None:
    table = read_tsv([_tsv(Literal(text, language="en"))], 10)
    term = table.rows[0][0]
    assert term is not None
    assert (term.text, term.note) == (text, "en")


def _tsv(value: Literal | NamedNode) -> bytes:
    answer = Store().query(f"SELECT ?x WHERE {{ VALUES ?x {{ {value} }} }}")
    assert isinstance(answer, QuerySolutions)
    data = answer.serialize(format=QueryResultsFormat.TSV)
    assert data is not None
    return data


def test_reading_stops_where_the_page_ends() -> None:
    def endless() -> Iterator[bytes]:
        yield b"?a\t?b\n"
        while True:
            yield b"<https://example.org/a>\t1\n"

    table = read_tsv(endless(), 3)
    assert table.variables == ("a", "b")
    assert len(table.rows) == 3
    assert table.cut


def test_rows_may_arrive_in_any_pieces_and_hold_unbound_values() -> None:
    data = '?a\t?b\n"Zürich"\t\n\t<https://example.org/ü>\n'.encode()
    whole = read_tsv([data], 10)
    pieces = read_tsv([data[i : i + 1] for i in range(len(data))], 10)
    assert whole == pieces
    assert whole.rows == (
        (read_term('"Zürich"'), None),
        (None, read_term("<https://example.org/ü>")),
    )
    assert not whole.cut


def test_an_answer_without_rows_keeps_its_variables() -> None:
    assert read_tsv([b"?a\t?b\n"], 5) == read_tsv([b"?a\t?b"], 5)
    assert read_tsv([b"?a\t?b\n"], 5).variables == ("a", "b")


def test_datatypes_are_told() -> None:
    term = read_term('"2021-01-08"^^<http://www.w3.org/2001/XMLSchema#date>')
    assert term is not None
    assert (term.text, term.note, term.iri) == ("2021-01-08", "xsd:date", None)
