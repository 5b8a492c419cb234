"""The secrets that writes need: where a request has one, and whether it is the right one."""

from __future__ import annotations

import hmac

from flask import Request

from web.problems import Problem


def bearer(request: Request) -> str | None:
    """The token in the Authorization header (RFC 6750)."""
    authorization = request.authorization
    if authorization is None or authorization.type != "bearer":
        return None
    return authorization.token


def password(request: Request) -> str | None:
    """The password in the Authorization header (RFC 7617), all that some clients can send."""
    authorization = request.authorization
    if authorization is None or authorization.type != "basic":
        return None
    return authorization.password


def is_token(given: str, token: str) -> bool:
    """Whether the two are the same, in a time that tells nothing of where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), token.encode())


def require(given: str | None, token: str | None) -> None:
    """Raise Problem 401 unless this is the token."""
    if not given:
        raise Problem(401, "Give the server's token, as in 'Authorization: Bearer TOKEN'.")
    if token is None or not is_token(given, token):
        raise Problem(401, "This is not the server's token.")
