"""What a request to the endpoint asks for (SPARQL 1.1 Protocol, 2.1 and 2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from flask import Request

from web.problems import Problem

QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update, with the dataset that the request names for it."""

    text: str
    update: bool
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


def read(request: Request) -> Operation | None:
    """The operation of a request; None where it holds none.

    Raises Problem 400 on several operations at a time, an update by GET and a body that is not
    in UTF-8, 415 on a body of another type.
    """
    kind = request.mimetype if request.method == "POST" else ""
    if kind in (QUERY, UPDATE):
        return _operation(request, _text(request), kind == UPDATE)
    if kind not in FORMS and request.method == "POST" and (kind or request.content_length):
        raise Problem(
            415,
            f"A body of type '{kind}' is not taken: send {QUERY} or {UPDATE}, or a form with "
            f"the field 'query' or 'update'.",
        )
    queries = _given(request, "query")
    updates = _given(request, "update")
    if len(queries) + len(updates) > 1:
        raise Problem(400, "There are several queries or updates in this request: send one.")
    if updates and request.method != "POST":
        raise Problem(400, "An update can't be sent by GET: use POST.")
    if updates and request.args.get("update") is not None:
        raise Problem(400, "An update can't stand in the address: send it in the body.")
    if updates:
        return _operation(request, updates[0], update=True)
    return _operation(request, queries[0], update=False) if queries else None


def _given(request: Request, name: str) -> list[str]:
    """The values of a field, without one that is there but empty."""
    values = request.values.getlist(name)
    if any("\ufffd" in value for value in values) and not _is_utf8(request):
        raise Problem(400, f"The {name} is not in UTF-8.")
    return [value for value in values if value.strip()]


def _is_utf8(request: Request) -> bool:
    """Whether a form was in UTF-8; werkzeug puts replacement characters for what is not."""
    for data in (request.query_string, request.get_data(cache=True)):
        try:
            unquote_to_bytes(data).decode("utf-8")
        except UnicodeDecodeError:
            return False
    return True


def _text(request: Request) -> str:
    charset = request.mimetype_params.get("charset", "utf-8")
    if charset.lower().replace("-", "") not in ("utf8", "usascii"):
        raise Problem(415, f"The body is in {charset}: SPARQL is sent in UTF-8.")
    try:
        return request.get_data().decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, f"The body is not in UTF-8: {error.reason}.") from error


def _operation(request: Request, text: str, update: bool) -> Operation:
    names = ("using-graph-uri", "using-named-graph-uri") if update else (
        "default-graph-uri", "named-graph-uri",
    )  # fmt: skip
    default, named = (tuple(request.values.getlist(name)) for name in names)
    return Operation(text, update, default, named)
