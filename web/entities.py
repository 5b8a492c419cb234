"""Entity pages: who someone is here, what they did and with whom; and looking them up."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from kb.views import TimelineFilter
from web import linked_data, schema_org
from web.context import context, knowledge_base
from web.days import by_month
from web.filters import read_as_of
from web.timeline import read_page

blueprint = Blueprint("entities", __name__)
LISTED = 100


@blueprint.get("/entities")
def entities() -> str:
    """Names that fit a search, or the most frequent ones."""
    text = request.args.get("q", "").strip()
    kb = knowledge_base()
    overview = kb.overview()
    if text:
        found = [(ref, None) for ref in kb.find_entities(text, LISTED)]
        return render_template("entities.html", text=text, found=found, overview=overview)
    return render_template("entities.html", text="", found=overview.top_entities, overview=overview)


@blueprint.get("/entity/<slug>")
def entity(slug: str) -> Response:
    """An entity as a page or as RDF."""
    described = linked_data.description("entity", slug)
    if described is not None:
        return described
    as_of = read_as_of(request.args)
    view = knowledge_base().entity(slug, as_of)
    if view is None:
        raise linked_data.not_found("entity", slug)
    filter = TimelineFilter(entity=slug, as_of=as_of)
    page = read_page(filter, request.args.get("cursor"), context().settings.page_size)
    return linked_data.page(
        render_template(
            "entity.html",
            entity=view,
            filter=filter,
            page=page,
            months=by_month(page.events),
            json_ld=schema_org.entity(view),
        )
    )
