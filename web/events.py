"""Event pages: one event, and every report of it in its own words."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from web import linked_data, schema_org
from web.context import knowledge_base
from web.disputes import disputes

blueprint = Blueprint("events", __name__)


@blueprint.get("/event/<slug>")
def event(slug: str) -> Response:
    """An event as a page or as RDF."""
    described = linked_data.description("event", slug)
    if described is not None:
        return described
    kb = knowledge_base()
    view = kb.event(slug)
    if view is None:
        raise linked_data.not_found("event", slug)
    return linked_data.page(
        render_template(
            "event.html",
            event=view,
            disputes=disputes(view),
            json_ld=schema_org.event(view, kb.base),
        )
    )
