"""A SPARQL answer as a table for people, read from its TSV stream only as far as it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_IRI = re.compile(r"<([^<>\"{}|^`\\\x00-\x20]*)>")
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_PLAIN = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
_XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True, slots=True)
class Term:
    """A value of a solution: its text, its IRI if it is one, its language or datatype."""

    text: str
    iri: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Variables without their question marks, rows in order, and whether rows were left out."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    cut: bool


def read_tsv(chunks: Iterable[bytes], most: int) -> Table:
    """The first rows of an answer in SPARQL 1.1 TSV; reading stops after `most` of them."""
    lines = _lines(chunks)
    header = next(lines, "")
    variables = tuple(name.lstrip("?$") for name in header.split("\t")) if header else ()
    rows: list[tuple[Term | None, ...]] = []
    for line in lines:
        if len(rows) == most:
            return Table(variables, tuple(rows), cut=True)
        rows.append(tuple(read_term(cell) for cell in line.split("\t")))
    return Table(variables, tuple(rows), cut=False)


def read_term(words: str) -> Term | None:
    """A term as TSV writes it (Turtle's syntax); None for an unbound variable.

    >>> read_term('"Haus"@de')
    Term(text='Haus', iri=None, note='de')
    >>> read_term('<https://example.org/a>').iri
    'https://example.org/a'
    """
    if not words:
        return None
    if match := _IRI.fullmatch(words):
        return Term(match[1], iri=match[1])
    if match := _LITERAL.fullmatch(words):
        datatype = match[3].replace(_XSD, "xsd:") if match[3] else None
        return Term(_ESCAPE.sub(_unescaped, match[1]), note=match[2] or datatype)
    return Term(words)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    if len(code) > 1:
        number = int(code[1:], 16)
        return chr(number) if number < 0x110000 else "\ufffd"
    return _PLAIN.get(code, code)


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line.rstrip(b"\r").decode("utf-8", "replace")
    if rest:
        yield rest.decode("utf-8", "replace")
