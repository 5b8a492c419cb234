"""How many rows an answer has, counted in its bytes as they pass: no row becomes an object."""

from __future__ import annotations

from collections.abc import Callable

# What stands between two solutions, and can stand nowhere else: literals escape quotes in JSON,
# angle brackets in XML, and line ends in TSV. In CSV a quoted line end counts too.
_BETWEEN = {
    "application/sparql-results+json": b'}},{"',
    "application/sparql-results+xml": b"</result>",
    "text/csv": b"\r\n",
    "text/tab-separated-values": b"\n",
    "application/n-triples": b" .\n",
    "application/n-quads": b" .\n",
}


def row_counter(media_type: str) -> Callable[[bytes | bytearray], int]:
    """A function that is given an answer piece by piece and counts the rows in each.

    Rows of a format that has no such mark are not counted: its size bounds it.

    >>> count = row_counter("text/tab-separated-values")
    >>> count(b"?a" + b"\\n1\\n") + count(b"2\\n")
    3
    """
    mark = _BETWEEN.get(media_type)
    if mark is None:
        return lambda _: 0
    rest = b""

    def count(piece: bytes | bytearray) -> int:
        nonlocal rest
        found = piece.count(mark)
        # A mark that is cut by the end of a piece.
        edge = rest + piece[: len(mark) - 1]
        found += edge.count(mark) if rest else 0
        rest = bytes((rest + piece[-(len(mark) - 1) :])[-(len(mark) - 1) :]) if mark[1:] else b""
        return found

    return count
