"""Event pages: one event, and every report of it in its own words."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, redirect, render_template, request, url_for

from web import linked_data, schema_org
from web.context import knowledge_base
from web.disputes import disputes
from web.filters import read_as_of

blueprint = Blueprint("events", __name__)


@blueprint.get("/event/<slug>")
def event(slug: str) -> Response:
    """An event as a page or as RDF."""
    present = knowledge_base().event_slug(slug)
    if present is not None and present != slug:
        return cast(Response, redirect(url_for("events.event", slug=present), 302))
    described = linked_data.description("event", slug)
    if described is not None:
        return described
    kb = knowledge_base()
    view = kb.event(slug, read_as_of(request.args))
    if view is None:
        raise linked_data.not_found("event", slug)
    return linked_data.page(
        render_template(
            "event.html",
            event=view,
            disputes=disputes(view),
            as_of=read_as_of(request.args),
            json_ld=schema_org.event(view, kb.base),
        )
    )
