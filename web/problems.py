"""Errors as people and programs want them: a page, or application/problem+json (RFC 9457)."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from kb.store import StoreError
from web.negotiation import prefers_html

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "This request can't be read",
    401: "This needs the token of the server",
    403: "This is not allowed",
    404: "Nothing is kept under this address",
    405: "This address does not take such requests",
    406: "None of the formats asked for is on offer",
    413: "This is too large",
    415: "This kind of content is not taken",
    422: "This can't be done",
    429: "Too many requests",
    500: "Something went wrong here",
    503: "The knowledge base can't answer now",
}


class Problem(HTTPException):
    """An error with a status, a detail that says what to do, and further members for programs."""

    def __init__(self, status: int, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.code = status
        self.members = members
        self.retry_after: int | None = None


def register(app: Flask) -> None:
    """Answer every HTTP error of the application with `problem_response`."""
    app.register_error_handler(HTTPException, problem_response)
    app.register_error_handler(StoreError, _store_failed)


def _store_failed(error: StoreError) -> Response:
    """The store can't be read or written now: that may pass, and nothing stored is lost."""
    return problem_response(Problem(503, str(error)))


def problem_response(error: HTTPException) -> Response:
    """The error as a page for browsers, as problem+json for everyone else."""
    status = error.code or 500
    title = TITLES.get(status, error.name)
    members = getattr(error, "members", {})
    detail = (
        _too_large() if isinstance(error, RequestEntityTooLarge) else error.description or title
    )
    pages = "assets" in current_app.jinja_env.globals
    if pages and prefers_html(request) and not request.path.startswith("/api/"):
        page = render_template(
            "problem.html", status=status, title=title, detail=detail, members=members
        )
        response = Response(page, status=status, mimetype="text/html")
    else:
        body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        response = Response(
            json.dumps(body | members, ensure_ascii=False), status=status, mimetype=MEDIA_TYPE
        )
    for name, value in error.get_headers(request.environ):
        if name.lower() in {"allow", "retry-after"}:
            response.headers[name] = value
    retry_after = getattr(error, "retry_after", None)
    if isinstance(retry_after, int):
        response.headers["Retry-After"] = str(retry_after)
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Dateline"'
    if status >= 500:
        current_app.logger.error("%s %s: %s", request.method, request.path, detail)
    response.vary.add("Accept")
    return response


def _too_large() -> str:
    size = current_app.config["MAX_CONTENT_LENGTH"]
    return (
        f"A request may hold {size:,} bytes at most: send fewer articles at a time, or start the "
        "server with a larger DATELINE_MAX_UPLOAD."
    )
