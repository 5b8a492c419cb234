"""Where a SPARQL 1.1 server takes queries, updates and graphs: three addresses, often told by one.

The rules below are the defaults of the servers that docs/stores.md names. An address that is
given goes before what they say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from kb.store.statements import StoreError

# (path of the query address, path of the update address, path of the graph store), the first
# that fits. GraphDB and RDF4J; Oxigraph; Fuseki, twice; a server of which only a name is known.
_RULES = [
    (r"(.*/repositories/[^/]+)/?", r"\1/statements", r"\1/rdf-graphs/service"),
    (r"/query", "/update", "/store"),
    (r"(/.+)/query", r"\1/update", r"\1/data"),
    (r"(/.+)/sparql", r"\1/update", r"\1/data"),
]


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one server's query, update and graph store operations.

    `graphs` is None where the server has no graph store, or none that is known.
    """

    query: str
    update: str
    graphs: str | None = None


def addresses(query: str, update: str | None = None, graphs: str | None = None) -> Addresses:
    """The addresses of a server; those that are not given follow from that of its queries.

    Where no rule fits, updates go where queries go.

    Raises StoreError on what is no http(s) address, or has a password in it.

    >>> addresses("http://localhost:3030/news/sparql")
    Addresses(query='http://localhost:3030/news/sparql', \
update='http://localhost:3030/news/update', graphs='http://localhost:3030/news/data')
    >>> addresses("https://example.org/sparql", update="https://example.org/sparql-auth").update
    'https://example.org/sparql-auth'
    """
    for address in (query, *filter(None, (update, graphs))):
        _check(address)
    parts = urlsplit(query)
    if not parts.query and parts.path in ("", "/"):
        parts = parts._replace(path="/query")
        query = urlunsplit(parts)
    known: list[str | None] = [None, None]
    if not parts.query:
        for pattern, *paths in _RULES:
            if found := re.fullmatch(pattern, parts.path):
                known = [urlunsplit(parts._replace(path=found.expand(path))) for path in paths]
                break
    return Addresses(query, update or known[0] or query, graphs or known[1])


def _check(address: str) -> None:
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not host or re.search(r"\s", address):
        raise StoreError(
            f"{address!r} is no address of a SPARQL server: give one such as "
            f"https://example.org/sparql"
        )
    if "@" in parts.netloc:
        raise StoreError(
            f"The address of the store at {host} has a user or a password in it, which lists of "
            f"processes would show: set DATELINE_STORE_USER and DATELINE_STORE_PASSWORD instead"
        )
    if parts.fragment:
        raise StoreError(f"{address!r} ends in a fragment: leave out '#{parts.fragment}'")
