"""Asking a SPARQL endpoint: a query goes out, a whole result comes back, or an error."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pyoxigraph import QueryBoolean, QuerySolutions

from kb.lexing import PROLOGUE
from kb.store import results
from kb.store.bodies import Body
from kb.store.results import Read
from kb.store.statements import StoreError
from kb.store.transport import Transport

Parameters = Sequence[tuple[str, str]]
"""Parameters of the SPARQL protocol, with their values."""

_GRAPH_FORM = re.compile(PROLOGUE + r"(?:CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)


class Endpoint:
    """The address of a server's queries. Raises StoreError where it gives no whole answer."""

    def __init__(self, address: str, transport: Transport | None = None) -> None:
        self.address, self.transport = address, transport or Transport()

    def ask(self, query: str, parameters: Parameters = ()) -> Read:
        """A result, read as it arrives; asked again while the server says so. Raises Malformed."""
        accept = results.TRIPLES if _GRAPH_FORM.match(query) else results.ROWS

        def once() -> Read:
            response = self.transport.query(self.address, query, accept, parameters)
            return results.read(Body(response, self.address))

        return self.transport.retrying()(once)

    def select(self, query: str) -> QuerySolutions:
        """The rows of a SELECT."""
        found = self.ask(query)
        if not isinstance(found, QuerySolutions):
            raise self._other("a SELECT")
        return found

    def truth(self, query: str, parameters: Parameters = ()) -> bool:
        """The answer to an ASK."""
        found = self.ask(query, parameters)
        if not isinstance(found, QueryBoolean):
            raise self._other("an ASK")
        return bool(found)

    def _other(self, form: str) -> StoreError:
        return StoreError(
            f"The server at {self.address} answered {form} with another kind of result: see if "
            f"it is a SPARQL endpoint"
        )
