"""The JSON API: the same read models that the pages show."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for

from web.context import context, knowledge_base
from web.filters import read_as_of, read_filter
from web.linked_data import not_found
from web.problems import Problem
from web.stories import read_stories
from web.timeline import read_page

blueprint = Blueprint("api", __name__)
MOST = 500


@blueprint.get("/api/timeline")
def timeline() -> Response:
    """A page of the timeline; the parameters are those of the page, and ``limit``."""
    filter = read_filter(request.args)
    page = read_page(filter, request.args.get("cursor"), _limit())
    return jsonify(
        total=page.total,
        events=[asdict(event) for event in page.events],
        next=_turn(page.next),
        previous=_turn(page.previous),
    )


@blueprint.get("/api/events/<slug>")
def event(slug: str) -> Response:
    """An event with its reports; with ``as_of``, those published up to that day."""
    view = knowledge_base().event(slug, read_as_of(request.args))
    if view is None:
        raise not_found("event", slug)
    return jsonify(asdict(view))


@blueprint.get("/api/entities/<slug>")
def entity(slug: str) -> Response:
    """An entity with its names, actions and companions, ``as_of`` a day where one is given."""
    view = knowledge_base().entity(slug, read_as_of(request.args))
    if view is None:
        raise not_found("entity", slug)
    return jsonify(asdict(view))


@blueprint.get("/api/entities")
def entities() -> Response:
    """Entities whose names fit ``q``, best first."""
    text = request.args.get("q", "").strip()
    found = knowledge_base().find_entities(text, min(_limit(), 50)) if text else ()
    return jsonify(entities=[asdict(ref) for ref in found])


@blueprint.get("/api/stories")
def stories() -> Response:
    """A page of stories, latest first: all, those of an ``entity``, those with the words ``q``."""
    page = read_stories(request.args, _limit())
    return jsonify(
        stories=[asdict(story) for story in page.stories],
        next=_turn(page.next, "api.stories"),
        previous=_turn(page.previous, "api.stories"),
    )


@blueprint.get("/api/stories/<slug>")
def story(slug: str) -> Response:
    """A story with the articles that tell it; ``timeline`` is where its events are."""
    view = knowledge_base().story(slug)
    if view is None:
        raise not_found("story", slug)
    return jsonify(**asdict(view), timeline=url_for("api.timeline", story=slug, show="all"))


@blueprint.get("/api/articles/<slug>")
def article(slug: str) -> Response:
    """An article with its text and everything found in it."""
    view = knowledge_base().article(slug)
    if view is None:
        raise not_found("article", slug)
    return jsonify(asdict(view))


@blueprint.get("/health")
def health() -> Response:
    """Whether the knowledge base answers, and how much it holds."""
    overview = knowledge_base().overview()
    return jsonify(status="ok", articles=overview.articles, events=overview.events)


def _turn(cursor: str | None, endpoint: str = "api.timeline") -> str | None:
    if cursor is None:
        return None
    args: dict[str, Any] = request.args.to_dict() | {"cursor": cursor}
    return url_for(endpoint, **args)


def _limit() -> int:
    words = request.args.get("limit", "")
    if not words:
        return context().settings.page_size
    if not (words.isascii() and words.isdigit() and 1 <= int(words) <= MOST):
        raise Problem(400, f"'limit' is {words!r}: write a number from 1 to {MOST}.")
    return int(words)
