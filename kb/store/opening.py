"""Which remote store is meant, and how it is spoken to: options first, then the environment."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass

from kb.store.addresses import Addresses, addresses
from kb.store.credentials import credentials
from kb.store.remote import RemoteStore
from kb.store.statements import StoreError
from kb.store.transport import Limits, Transport

TIMEOUT = "DATELINE_STORE_TIMEOUT"


@dataclass(frozen=True, slots=True)
class Remote:
    """A SPARQL server by its addresses; see `addresses` for those that are not given."""

    query: str
    update: str | None = None
    graphs: str | None = None

    @property
    def addresses(self) -> Addresses:
        """All addresses. Raises StoreError on one that can be none."""
        return addresses(self.query, self.update, self.graphs)

    @property
    def key(self) -> str:
        """A short name that tells this server from others, for files that belong to it."""
        return hashlib.blake2b(self.addresses.query.encode(), digest_size=6).hexdigest()

    def open(
        self, *, read_only: bool = False, environ: Mapping[str, str] | None = None
    ) -> RemoteStore:
        """The store, asked once. Credentials and limits are those of the environment.

        Raises StoreError when it can't be reached, or is no SPARQL server.
        """
        environ = os.environ if environ is None else environ
        found = self.addresses
        transport = Transport(credentials(found.query, environ), _limits(environ))
        return RemoteStore(found, transport, read_only=read_only)


def _limits(environ: Mapping[str, str]) -> Limits:
    value = environ.get(TIMEOUT, "")
    if not value:
        return Limits()
    try:
        seconds = float(value)
        if not 0 < seconds < 1e6:
            raise ValueError(value)
    except ValueError:
        raise StoreError(f"{TIMEOUT} is {value!r}: set it to a number of seconds") from None
    return Limits(connect=min(Limits().connect, seconds), read=seconds)
