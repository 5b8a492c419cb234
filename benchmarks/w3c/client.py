"""A plain HTTP client: the tests say every header themselves."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def media_type(self) -> str:
        """The Content-Type without parameters."""
        return self.headers.get_content_type()


class Failed(Exception):  # noqa: N818 - a test fails, nothing is wrong with the run
    """Why a test did not pass."""


@dataclass(frozen=True, slots=True)
class Client:
    """An endpoint with its graph store, and the token that allows writes."""

    endpoint: str
    graph_store: str
    token: str | None

    def send(
        self,
        method: str,
        url: str,
        headers: dict[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """One request, with the token."""
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        own = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            connection.request(method, target, body, own | (headers or {}))
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def query(self, text: str, accept: str) -> Answer:
        """A query by POST."""
        headers = {"Accept": accept, "Content-Type": "application/sparql-query"}
        return self.send("POST", self.endpoint, headers, text.encode())

    def update(self, text: str) -> Answer:
        """An update by POST."""
        headers = {"Content-Type": "application/sparql-update"}
        return self.send("POST", self.endpoint, headers, text.encode())

    def graph(self, name: str | None) -> str:
        """The address of a graph in the graph store."""
        return f"{self.graph_store}?" + ("default" if name is None else urlencode({"graph": name}))

    def empty(self) -> None:
        """Remove everything. Raises Failed when the endpoint does not let us."""
        answer = self.update("DROP ALL")
        if answer.status >= 300:
            raise Failed(f"DROP ALL was answered with {answer.status}: {answer.body[:200]!r}")

    def load(self, name: str | None, media_type: str, data: bytes) -> None:
        """Put a graph into the store. Raises Failed when that does not work."""
        answer = self.send("POST", self.graph(name), {"Content-Type": media_type}, data)
        if answer.status >= 300:
            raise Failed(f"data was not taken: {answer.status} {answer.body[:200]!r}")

    def read(self, name: str | None) -> Answer:
        """A graph of the store, as N-Triples."""
        return self.send("GET", self.graph(name), {"Accept": "application/n-triples"})


def escape(text: str) -> str:
    """Text as a part of an address."""
    return quote(text, safe="")
