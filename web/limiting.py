"""How often one address may ask: the answers that cost most are counted, pages are not."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_limiter import Limiter, RateLimitExceeded
from flask_limiter.util import get_remote_address
from limits import parse_many

from web.problems import Problem, problem_response

COUNTED = ("/sparql", "/graph-store", "/api/")


class RateError(ValueError):
    """A rate that can't be read."""


def register(app: Flask, rate: str | None) -> None:
    """Hold each address to a rate such as "600/minute"; None sets no limit.

    The address is the one that connects: behind a proxy, let the proxy limit. Raises RateError
    on a rate that can't be read.
    """
    if rate is None:
        return
    try:
        parse_many(rate)
    except ValueError as error:
        raise RateError(
            f"{rate!r} is no rate: write one such as '600/minute' or '10/second'"
        ) from (error)
    Limiter(
        get_remote_address,
        app=app,
        application_limits=[rate],
        application_limits_exempt_when=lambda: not request.path.startswith(COUNTED),
        storage_uri="memory://",
        headers_enabled=True,
    )
    app.register_error_handler(RateLimitExceeded, _too_often)


def _too_often(error: RateLimitExceeded) -> Response:
    problem = Problem(429, f"This address asks too often ({error.description}): wait, then go on.")
    return problem_response(problem)
