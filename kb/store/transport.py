"""How a SPARQL server is spoken to: SPARQLWrapper's requests, sent with care.

What may pass is tried again where that does no harm; each failure says which address it was,
and what to do.
"""

from __future__ import annotations

import http.client
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPResponse
from urllib.error import HTTPError, URLError
from urllib.parse import quote

from SPARQLWrapper import POST, POSTDIRECTLY, URLENCODED, SPARQLWrapper
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt
from tenacity.wait import wait_exponential_jitter

from kb.store.connections import opener
from kb.store.credentials import NOBODY, Credentials
from kb.store.failures import Operation, Unanswered, broken, late, refused, unreached

AGENT = "Dateline/0.1 (SPARQL client)"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait, in seconds, and how often to try.

    `connect` is for reaching a server, `read` for each part of its answer, `patience` the
    longest pause between two attempts, also where the server asks for a longer one.
    """

    connect: float = 10.0
    read: float = 120.0
    attempts: int = 5
    patience: float = 30.0


class Transport:
    """Sends requests to SPARQL servers. Any number of threads may share one."""

    def __init__(
        self, credentials: Credentials = NOBODY, limits: Limits | None = None, agent: str = AGENT
    ) -> None:
        self.credentials, self.limits, self.agent = credentials, limits or Limits(), agent
        self._opener = opener(self.limits.connect, credentials)

    def query(
        self, address: str, query: str, accept: str, parameters: Sequence[tuple[str, str]] = ()
    ) -> HTTPResponse:
        """Ask a query, once. Raises Unanswered, Malformed."""
        call = self._call(address, "SELECT", query, accept)
        for name, value in parameters:
            call.addParameter(name, value)
        return call.send()

    def update(self, address: str, update: str) -> None:
        """Run an update, once. Raises Unanswered, which says whether it may have been run."""
        call = self._call(address, "INSERT", update, "*/*")
        if "?" not in address:  # SPARQLWrapper would add a second one
            call.setRequestMethod(POSTDIRECTLY)
        try:
            call.send().close()
        except Unanswered as error:
            if error.status != 415:
                raise
            call.setRequestMethod(URLENCODED)
            call.send().close()

    def put(self, address: str, graph: str, data: bytes, media_type: str) -> None:
        """Put a graph in place of what a graph store has under that name, once."""
        mark = "&" if "?" in address else "?"
        headers = {"Content-Type": media_type, "User-Agent": self.agent}
        request = urllib.request.Request(  # noqa: S310 - addresses are checked for http(s)
            f"{address}{mark}graph={quote(graph, safe='')}",
            data=data,
            headers=headers | self.credentials.headers(),
            method="PUT",
        )
        self.open(request, address, "graph").close()

    def _call(self, address: str, kind: str, text: str, accept: str) -> _Call:
        call = _Call(address, kind, self)
        call.setMethod(POST)
        call.setRequestMethod(URLENCODED)
        call.setOnlyConneg(True)
        call.setQuery(text)
        for name, value in {"Accept": accept, **self.credentials.headers()}.items():
            call.addCustomHttpHeader(name, value)
        return call

    def retrying(self) -> Retrying:
        """Tries again what may pass: for what does no harm when it is done twice."""
        return Retrying(
            retry=retry_if_exception(lambda error: isinstance(error, Unanswered) and error.again),
            wait=self._wait,
            stop=stop_after_attempt(self.limits.attempts),
            reraise=True,
        )

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.pause if isinstance(error, Unanswered) else None
        usual: float = wait_exponential_jitter(multiplier=0.3, max=8, jitter=0.3)(state)
        return min(max(asked or 0.0, usual), self.limits.patience)

    def open(
        self, request: urllib.request.Request, address: str, operation: Operation
    ) -> HTTPResponse:
        """Send a request, once. Raises Unanswered, Malformed."""
        try:
            response = self._opener.open(request, timeout=self.limits.read)
        except HTTPError as error:
            raise refused(address, error, operation, self.credentials) from None
        except URLError as error:
            raise unreached(address, error.reason, self.limits.connect) from error
        except TimeoutError as error:
            raise late(address, self.limits.read) from error
        except (OSError, http.client.HTTPException) as error:
            raise broken(address) from error
        assert isinstance(response, HTTPResponse)
        return response


class _Call(SPARQLWrapper):
    """SPARQLWrapper, told what kind of request it is, and sent by our transport.

    It would guess the kind from the text, by a pattern that a hostile text can fool or stall.
    """

    def __init__(self, address: str, kind: str, transport: Transport) -> None:
        self._kind, self._transport = kind, transport
        super().__init__(address, agent=transport.agent)

    def _parseQueryType(self, query: str) -> str:  # noqa: N802 - SPARQLWrapper's name
        return self._kind

    def _query(self) -> tuple[HTTPResponse, str]:
        operation: Operation = "update" if self.isSparqlUpdateRequest() else "query"
        response = self._transport.open(self._createRequest(), self.endpoint, operation)
        return response, self.returnFormat

    def send(self) -> HTTPResponse:
        """The response, its body not yet read."""
        response: HTTPResponse = self.query().response
        return response
