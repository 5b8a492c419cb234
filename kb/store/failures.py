"""What can go wrong with a SPARQL server: which address, why, and what to do."""

from __future__ import annotations

import re
import ssl
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from html import unescape
from http.client import HTTPException
from typing import Literal
from urllib.error import HTTPError

from kb.store.connections import NotConnectedError
from kb.store.credentials import Credentials
from kb.store.statements import StoreError

Operation = Literal["query", "update", "graph"]
PASSING = frozenset({408, 425, 429, 502, 503, 504})
"""Statuses that say: not now, but perhaps in a while (RFC 9110, 15.5 and 15.6; RFC 6585)."""
EXCERPT = 400


class Unanswered(StoreError):  # noqa: N818 - what happened, not a mistake
    """A request without a good answer.

    `again` says that it may succeed later, `sent` that the server may have carried it out,
    `pause` how many seconds the server asks to wait.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        again: bool = False,
        sent: bool = False,
        pause: float | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.again, self.sent, self.pause = status, again, sent, pause


class Malformed(Unanswered):
    """The server calls the query or update malformed; the message is its own."""


def late(address: str, limit: float) -> Unanswered:
    """A server that was reached, and has not answered in time."""
    return Unanswered(
        f"The server at {address} has not answered within {limit:g} seconds: ask for less, or set "
        f"DATELINE_STORE_TIMEOUT to more seconds",
        sent=True,
    )


def broken(address: str) -> Unanswered:
    """A server that was reached, and went away."""
    return Unanswered(
        f"The server at {address} closed the connection without an answer: see whether it is "
        f"running, and what it logged",
        again=True,
        sent=True,
    )


def unreached(address: str, reason: object, limit: float) -> Unanswered:
    """A server to which no connection was made, or that broke off while it was sent to."""
    cause = reason.cause if isinstance(reason, NotConnectedError) else reason
    sent = not isinstance(reason, NotConnectedError)
    if isinstance(cause, ssl.SSLError):
        told = getattr(cause, "verify_message", "") or cause.reason or str(cause)
        return Unanswered(
            f"There is no secure connection to the server at {address}: {told}. See whether the "
            f"address is right; SSL_CERT_FILE names the certificate of an authority of your own"
        )
    if isinstance(cause, TimeoutError):
        return Unanswered(
            f"The server at {address} can't be reached within {limit:g} seconds: see whether it "
            f"is running, and not behind a firewall",
            again=True,
            sent=sent,
        )
    told = getattr(cause, "strerror", None) or str(cause)
    return Unanswered(
        f"The server at {address} can't be reached ({told}): see whether it is running, and "
        f"whether the address is right",
        again=isinstance(cause, ConnectionError),
        sent=sent,
    )


def refused(
    address: str, error: HTTPError, operation: Operation, credentials: Credentials
) -> Unanswered:
    """A server that answered with an error."""
    with error:
        try:
            said = credentials.hide(excerpt(error.read(65536), error.headers))
        except (OSError, HTTPException):
            said = ""
    status = error.code
    because = f": {said}" if said else ""
    head = f"The server at {address}"
    if status == 400 and operation != "graph":
        return Malformed(said or "the server gives no reason", status=400)
    if status == 401:
        return Unanswered(_stranger(head, error.headers, credentials), status=401)
    if status in (403, 405, 501) and operation != "query":
        return Unanswered(
            f"{head} takes no writes ({status}{because}): give its update address with "
            f"--store-update, or credentials that may write",
            status=status,
        )
    if status in PASSING:
        return Unanswered(
            f"{head} can't answer now ({status}{because}): try again later",
            status=status,
            again=True,
            # A gateway may have given up on a server that works on.
            sent=status in (408, 502, 504),
            pause=_pause(error.headers),
        )
    remedy = {
        403: "set credentials that may do this, see docs/stores.md",
        404: "nothing is there; docs/stores.md has the addresses of usual servers",
        406: "it has none of the formats that Dateline reads, see docs/stores.md",
        413: "the request is too large for it: raise its limit",
    }.get(status, "see what it logged")
    if 300 <= status < 400:
        target = error.headers.get("Location") or "another address"
        remedy = f"it points to {target}: give that address, if you trust it"
    return Unanswered(
        f"{head} answered {status}{because} ({remedy})", status=status, sent=status >= 500
    )


def _stranger(head: str, headers: Message, credentials: Credentials) -> str:
    if not credentials.given:
        return (
            f"{head} asks who is there: set DATELINE_STORE_USER and DATELINE_STORE_PASSWORD, or "
            f"DATELINE_STORE_TOKEN (see docs/stores.md)"
        )
    wanted = (headers.get("WWW-Authenticate") or "").partition(" ")[0].lower()
    also = ""
    if wanted == "digest" and not credentials.digest:
        also = "; it asks for a digest: set DATELINE_STORE_AUTH=digest"
    return f"{head} does not accept the credentials of {credentials.origin}{also}"


def _pause(headers: Message) -> float | None:
    """Seconds that Retry-After asks to wait (RFC 9110, 10.2.3)."""
    value = (headers.get("Retry-After") or "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (until - datetime.now(UTC)).total_seconds()) if until.tzinfo else None


def excerpt(body: bytes, headers: Message) -> str:
    """What a server says in the body of an error, as one short line."""
    text = body.decode("utf-8", "replace")
    if "html" in headers.get_content_type() or text.lstrip()[:1] == "<":
        title = re.search(r"<(title|h1)[^>]*>(.*?)</\1>", text, re.IGNORECASE | re.DOTALL)
        text = unescape(re.sub(r"<[^>]*>", " ", title[2] if title else text))
    text = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT]} …"
