"""What the endpoint serves, and who may change what through it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from flask import Request, current_app

from kb.endpoint import Endpoint
from kb.endpoint.updates import Targets
from web.problems import Problem
from web.tokens import bearer, is_token, password, require

EXTENSION = "dateline-endpoint"
OFF = (
    "This endpoint answers queries and takes no updates: what it knows comes from articles, added "
    "at {ingest}. To keep graphs of your own beside them, start the server with the variable "
    "DATELINE_TOKEN set to a secret, and give that secret with every update."
)


@dataclass(frozen=True, slots=True)
class Served:
    """One endpoint with its rules.

    Whoever gives `token` may write graphs of his own; the graphs under `owned`, which
    ingestion writes, are for whoever gives `admin_token`, and `rewritten` is called after such
    a write. The default graph of queries is the union of all graphs, if `union`, else a graph
    of its own. `loading` allows LOAD, which fetches from elsewhere. `written_out` puts a query
    into words of the store.
    """

    endpoint: Endpoint
    base: str | None = None
    union: bool = True
    prefixes: Mapping[str, str] = field(default_factory=dict)
    owned: str | None = None
    token: str | None = None
    admin_token: str | None = None
    loading: bool = False
    rewritten: Callable[[], None] | None = None
    written_out: Callable[[str], str] | None = None


def served() -> Served:
    """What the application that handles the present request serves."""
    return cast(Served, current_app.extensions[EXTENSION])


def check_role(request: Request) -> bool:
    """Let pass who may write, and say whether it is the administrator.

    Raises Problem 403 where writing is off, 401 without a token or with a wrong one.
    """
    here = served()
    if here.token is None and here.admin_token is None:
        raise Problem(403, OFF.format(ingest="/ingest"))
    given = bearer(request) or password(request)
    if given and here.admin_token is not None and is_token(given, here.admin_token):
        return True
    require(given, here.token)
    return False


def check_targets(targets: Targets, administrator: bool) -> bool:
    """Whether ingestion's own graphs are among those that an update may change.

    Raises Problem 403 when they are and whoever asks is not the administrator, and on LOAD
    where it is off.
    """
    here = served()
    owned = touches_owned(targets, here.owned)
    if targets.loads and not here.loading:
        raise Problem(403, "LOAD is off: this endpoint fetches nothing. Send the data itself.")
    if owned and not administrator:
        raise Problem(
            403,
            f"The graphs under {here.owned} belong to ingestion: write another graph, named by "
            f"its IRI, and correct what articles are taken to say with 'dateline curate'.",
        )
    return owned


def write(text: str, base: str | None, *, owned: bool) -> None:
    """Run an update that may be run; `owned` says that ingestion's graphs may have changed."""
    here = served()
    here.endpoint.update(text, base)
    if owned and here.rewritten is not None:
        here.rewritten()


def touches_owned(targets: Targets, owned: str | None) -> bool:
    """Whether an update may change a graph of ingestion's; what can't be told may do so."""
    if owned is None:
        return False
    unclear = any("/." in name or "\\" in name or "%" in name for name in targets.graphs)
    names = (name.casefold() for name in targets.graphs)
    return targets.anything or unclear or any(n.startswith(owned.casefold()) for n in names)
