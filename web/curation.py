"""Decisions about entities, events and reports: /api/curation. Reading is open, writing is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for

from kb.curation.deciding import Curator
from kb.curation.decisions import KINDS, Decision
from kb.curation.errors import CurationError, UnknownThingError
from kb.curation.log import LogFilter, LogRow, listed
from web.context import knowledge_base
from web.problems import Problem
from web.tokens import bearer
from web.writing import check_token

blueprint = Blueprint("curation", __name__)
MOST = 500
COMMON = ("kind", "author", "reason")
# What a body has besides these, by the kind of decision: its fields, and which of them are lists.
FIELDS: dict[str, tuple[str, ...]] = {
    "merge-entities": ("entities", "into"),
    "split-entity": ("entity", "mentions", "articles", "names", "label", "type", "into"),
    "rename": ("thing", "label"),
    "retype-entity": ("entity", "type"),
    "merge-events": ("events",),
    "split-event": ("event", "reports"),
    "correct": (
        "thing", "action", "polarity", "factuality", "date", "earliest", "latest", "precision",
        "undated", "roles",
    ),
    "reject": ("thing",),
}  # fmt: skip
LISTS = frozenset({"entities", "mentions", "articles", "names", "events", "reports"})
NEEDED: dict[str, tuple[str, ...]] = {
    "merge-entities": ("entities", "into"),
    "split-entity": ("entity",),
    "rename": ("thing", "label"),
    "retype-entity": ("entity", "type"),
    "merge-events": ("events",),
    "split-event": ("event", "reports"),
    "correct": ("thing",),
    "reject": ("thing",),
}


@blueprint.get("/api/curation")
def log() -> Response:
    """Decisions, the latest first; by ``thing``, ``author``, ``kind``, ``since``, ``until`` and
    ``standing``. ``limit`` of them, those before the decision ``before``.
    """
    args = request.args
    kind, limit = args.get("kind"), args.get("limit", "100")
    if kind is not None and kind not in KINDS:
        raise Problem(400, f"'kind' is {kind!r}: write one of {', '.join(KINDS)}.")
    if not (limit.isascii() and limit.isdigit() and 1 <= int(limit) <= MOST):
        raise Problem(400, f"'limit' is {limit!r}: write a number from 1 to {MOST}.")
    wanted = LogFilter(
        thing=args.get("thing"),
        author=args.get("author"),
        kind=kind,
        since=args.get("since"),
        until=args.get("until"),
        standing=args.get("standing") in ("1", "true"),
    )
    try:
        rows = listed(knowledge_base(), wanted, int(limit) + 1, args.get("before"))
    except CurationError as error:
        raise Problem(400, f"{error}.") from error
    rows, more = rows[: int(limit)], len(rows) > int(limit)
    following: dict[str, Any] = args.to_dict() | {"before": rows[-1].id} if more else {}
    return jsonify(
        decisions=[asdict(row) for row in rows],
        next=url_for("curation.log", **following) if more else None,
    )


@blueprint.get("/api/curation/<id>")
def decision(id: str) -> Response:
    """One decision."""
    return jsonify(asdict(_row(id)))


@blueprint.post("/api/curation")
def decide() -> Response:
    """Take the decision of the body, a JSON object with ``kind``, ``author`` and ``reason``."""
    check_token(bearer(request))
    body = _body()
    kind = body.get("kind")
    if kind not in FIELDS:
        raise _unfit(f"'kind' is {kind!r}: write one of {', '.join(FIELDS)}.")
    _check(body, (*COMMON, *FIELDS[kind]), (*COMMON, *NEEDED[kind]))
    values = {name: body[name] for name in FIELDS[kind] if body.get(name) is not None}
    decisions = _tried(lambda: _take(_curator(body), kind, values, body["reason"]))
    return _told(decisions, 201)


@blueprint.post("/api/curation/<id>/undo")
def undo(id: str) -> Response:
    """Take a decision back, with ``author`` and ``reason``."""
    check_token(bearer(request))
    body = _body()
    _check(body, ("author", "reason"), ("author", "reason"))
    return _told(_tried(lambda: [_curator(body).undo(id, body["reason"])]), 200)


@blueprint.post("/api/curation/<id>/redo")
def redo(id: str) -> Response:
    """Decide again what was taken back, with ``author`` and ``reason``."""
    check_token(bearer(request))
    body = _body()
    _check(body, ("author", "reason"), ("author", "reason"))
    return _told(_tried(lambda: [_curator(body).redo(id, body["reason"])]), 201)


def _take(curator: Curator, kind: str, values: dict[str, Any], reason: str) -> Sequence[Decision]:
    if kind == "correct":
        if "date" in values:
            date = values.pop("date")
            values |= {"earliest": date, "latest": date}
        values["roles"] = [
            (change["operation"], change["role"], change.get("who"))
            for change in values.get("roles", ())
        ]
    methods: dict[str, Callable[..., Sequence[Decision]]] = {
        "merge-entities": curator.merge_entities,
        "split-entity": curator.split_entity,
        "rename": curator.rename,
        "retype-entity": curator.retype,
        "merge-events": curator.merge_events,
        "split-event": curator.split_event,
        "correct": curator.correct,
        "reject": curator.reject,
    }
    return methods[kind](**values, reason=reason)


def _tried(take: Callable[[], Sequence[Decision]]) -> Sequence[Decision]:
    """What was decided. Raises Problem 404 on an unknown thing, 422 on what can't be decided."""
    try:
        return take()
    except UnknownThingError as error:
        raise Problem(404, f"{error}.") from error
    except CurationError as error:
        raise _unfit(f"{error}.") from error


def _unfit(detail: str) -> Problem:
    return Problem(422, detail, title="This can't be decided")


def _curator(body: Mapping[str, Any]) -> Curator:
    try:
        return Curator(knowledge_base(), body["author"])
    except CurationError as error:
        raise _unfit(f"{error}.") from error


def _body() -> dict[str, Any]:
    if request.mimetype != "application/json":
        raise Problem(
            415, f"A body of type '{request.mimetype}' is not taken: send application/json."
        )
    data = request.get_json(silent=True)
    if not isinstance(data, dict):
        raise Problem(400, "The body is no JSON object.")
    return data


def _check(body: Mapping[str, Any], known: Sequence[str], needed: Sequence[str]) -> None:
    """Raise Problem 422 on fields that are unknown, missing or of the wrong kind."""
    unknown = sorted(set(body) - set(known))
    if unknown:
        raise _unfit(f"Unknown field {unknown[0]!r}: use {', '.join(known)}.")
    for name in known:
        value = body.get(name)
        if value is None:
            if name in needed:
                raise _unfit(f"The field {name!r} is missing.")
        elif not _fits(name, value):
            raise _unfit(f"The field {name!r} must be {_SHAPES.get(name, _shape(name))}.")


def _shape(name: str) -> str:
    return "a list of texts" if name in LISTS else "a text in quotes"


_SHAPES = {
    "undated": "true or false",
    "roles": 'a list of objects such as {"operation": "set", "role": "agent", "who": "amazon"}',
}


def _fits(name: str, value: Any) -> bool:
    if name in LISTS:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if name == "undated":
        return isinstance(value, bool)
    if name == "roles":
        return isinstance(value, list) and all(_is_change(item) for item in value)
    return isinstance(value, str)


def _is_change(item: Any) -> bool:
    if not isinstance(item, dict) or set(item) - {"operation", "role", "who"}:
        return False
    texts = (item.get("operation"), item.get("role"), item.get("who", ""))
    return all(isinstance(text, str) for text in texts)


def _row(id: str) -> LogRow:
    rows = listed(knowledge_base(), LogFilter(thing=f"curation/{id}"), 1)
    if not rows:
        raise Problem(404, f"There is no decision {id!r}.")
    return rows[0]


def _told(decisions: Sequence[Decision], status: int) -> Response:
    response = jsonify(decisions=[asdict(_row(decision.id)) for decision in decisions])
    response.status_code = status
    if len(decisions) == 1:
        response.headers["Location"] = url_for("curation.decision", id=decisions[0].id)
    return response
