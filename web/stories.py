"""Story pages: what belongs together, as a timeline of its own; and the list of stories."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, render_template, request

from kb.views import MAIN_LINE, StoryPage, TimelineFilter
from web import linked_data, schema_org
from web.context import context, knowledge_base
from web.days import by_month
from web.problems import Problem
from web.timeline import read_page

blueprint = Blueprint("stories", __name__)


@blueprint.get("/stories")
def stories() -> str:
    """The stories, those that went on last first; all, or those that fit a search."""
    page = read_stories(request.args, context().settings.page_size)
    slug = request.args.get("entity")
    asked = {name: value for name, value in request.args.items() if name in ("q", "entity")}
    return render_template(
        "stories.html",
        page=page,
        asked=asked,
        text=request.args.get("q", "").strip(),
        entity=knowledge_base().entity(slug) if slug else None,
    )


@blueprint.get("/story/<slug>")
def story(slug: str) -> Response:
    """A story as a page or as RDF."""
    described = linked_data.description("story", slug)
    if described is not None:
        return described
    kb = knowledge_base()
    view = kb.story(slug)
    if view is None:
        raise linked_data.not_found("story", slug)
    filter = TimelineFilter(story=slug, salience=MAIN_LINE)
    page = read_page(filter, request.args.get("cursor"), context().settings.page_size)
    return linked_data.page(
        render_template(
            "story.html",
            story=view,
            page=page,
            months=by_month(page.events),
            json_ld=schema_org.story(view, kb.base),
        )
    )


def read_stories(args: Mapping[str, str], limit: int) -> StoryPage:
    """The stories that a query string asks for: ``entity``, ``q`` and ``cursor``.

    Raises Problem 400 for a cursor that was not given out.
    """
    try:
        return knowledge_base().stories(
            entity=args.get("entity", "").strip() or None,
            text=args.get("q", "").strip() or None,
            cursor=args.get("cursor") or None,
            limit=limit,
        )
    except ValueError as error:
        raise Problem(400, f"{error} Start again from the first page.") from error
