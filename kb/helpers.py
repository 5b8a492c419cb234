"""Properties that exist in queries only: full-text search, and periods, as triple patterns.

    ?event dl:matches "parler offline" .      events and entities by their words, best first
    ?event dl:during "2021-W01" .             what surely happened within a period
    ?event dl:overlapping "2021-01" .         what may have happened in it

They are written out before the store sees the query, so that they work on any SPARQL server: a
search becomes VALUES with what the index finds, a period becomes two stamps with a FILTER.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from sqlite3 import Connection

import pyoxigraph
from pyoxigraph import Literal, RdfFormat

from kb.errors import QueryError
from kb.iris import Iris
from kb.lexing import position, tokens
from kb.periods import days_of
from kb.selection import match_words
from kb.terms import DL, SEM, XSD

FOUND = 1_000
"""The most things that one search gives."""

Find = Callable[[str], Sequence[str]]
"""The IRIs of what some words are found in, best first."""

_PREFIX = re.compile(r"\bPREFIX\s+([\w.-]*):\s*<([^<>\s]*)>", re.IGNORECASE)
_NAMES = ("matches", "during", "overlapping")


def search(connection: Connection, iris: Iris, text: str) -> list[str]:
    """Events by label and quote, then entities by name, that hold all the words."""
    match = match_words(text)
    if not match:
        return []
    found: list[str] = []
    for kind, query in (
        (
            "event",
            "SELECT slug FROM (SELECT rowid, rank FROM event_search WHERE event_search MATCH ?"
            " ORDER BY rank LIMIT ?) AS hit JOIN events ON events.id = hit.rowid"
            " ORDER BY hit.rank, slug",
        ),
        (
            "entity",
            "SELECT slug FROM (SELECT rowid, rank FROM entity_search WHERE entity_search MATCH ?"
            " ORDER BY rank LIMIT ?) AS hit JOIN entities ON root = hit.rowid"
            " ORDER BY hit.rank, slug",
        ),
    ):
        rows = connection.execute(query, (match, FOUND))
        found += [iris.of(kind, slug).value for (slug,) in rows]
    return found[:FOUND]


def written_out(query: str, find: Find) -> str:
    """The query without properties of this module.

    Raises QueryError, with the place, where one is not a triple of its own with a variable and
    a plain string, and where a period can't be read.
    """
    names = _properties(query)
    if not any(name in query for name in names):
        return query
    marks = [found for found in tokens(query) if not found[0].startswith("#")]
    text: list[str] = []
    end = 0
    for number, found in enumerate(marks):
        name = names.get(found[0])
        if name is None:
            continue
        subject = marks[number - 1] if number else None
        value = marks[number + 1] if number + 1 < len(marks) else None
        if (
            subject is None
            or value is None
            or subject[0][0] not in "?$"
            or value[0][0] not in "\"'"
            or query[subject.end() : found.start()].strip()
            or query[found.end() : value.start()].strip()
            or subject.start() < end
        ):
            raise _misplaced(query, found.start(), name)
        pattern = _pattern(query, found.start(), name, subject[0], _string(value[0]), find, number)
        rest = query[value.end() :].lstrip()
        text += [query[end : subject.start()], pattern]
        end = value.end()
        if rest.startswith(";"):
            text.append(f" . {subject[0]}")
            end = len(query) - len(rest) + 1
    return "".join(text) + query[end:]


def _properties(query: str) -> dict[str, str]:
    """The properties of this module as the query may write them."""
    prefixes = ["dl", *(name for name, iri in _PREFIX.findall(query) if iri == DL.iri)]
    written = {f"{prefix}:{name}": name for prefix in prefixes for name in _NAMES}
    return written | {f"<{DL.iri}{name}>": name for name in _NAMES}


def _pattern(
    query: str, start: int, name: str, subject: str, value: str, find: Find, number: int
) -> str:
    if name == "matches":
        return f"VALUES {subject} {{ {' '.join(f'<{iri}>' for iri in find(value))} }}"
    try:
        first, last = days_of(value)
    except ValueError as error:
        raise QueryError(str(error), *position(query, start)) from error
    low, high = f"?from_{number}", f"?to_{number}"
    begin = f'"{first}T00:00:00"^^{XSD.dateTime}'
    end = f'"{last}T23:59:59"^^{XSD.dateTime}'
    inside = f"{low} >= {begin} && {high} <= {end}"
    across = f"{low} <= {end} && {high} >= {begin}"
    return (
        f"{subject} {SEM.hasEarliestBeginTimeStamp} {low} ; {SEM.hasLatestEndTimeStamp} {high} ."
        f" FILTER({inside if name == 'during' else across})"
    )


def _string(written: str) -> str:
    """The value of a string as SPARQL writes it (Turtle writes it the same)."""
    (triple,) = pyoxigraph.parse(f"<x:s> <x:p> {written} .", RdfFormat.TURTLE)
    assert isinstance(triple.object, Literal)
    return triple.object.value


def _misplaced(query: str, start: int, name: str) -> QueryError:
    example = '"words"' if name == "matches" else '"2021-W01"'
    return QueryError(
        f"dl:{name} is a triple of its own, with a variable and a string: ?event dl:{name} "
        f"{example} .",
        *position(query, start),
    )
