"""The timeline, which is the home page: events by month and day, with filters."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from kb.views import TimelineFilter, TimelinePage
from web.context import context, knowledge_base
from web.days import by_month
from web.filters import is_narrowed, read_filter
from web.problems import Problem

blueprint = Blueprint("timeline", __name__)


@blueprint.get("/")
def timeline() -> str:
    """The timeline under the filter in the address."""
    filter = read_filter(request.args)
    page = read_page(filter, request.args.get("cursor"), context().settings.page_size)
    kb = knowledge_base()
    facets = kb.facets(filter)
    actions = {facet.value: facet.label for facet in facets.get("action", ())}
    return render_template(
        "timeline.html",
        filter=filter,
        narrowed=is_narrowed(filter),
        page=page,
        months=by_month(page.events),
        facets=facets,
        overview=kb.overview(),
        entity=kb.entity(filter.entity, filter.as_of) if filter.entity else None,
        action=actions.get(filter.action) if filter.action else None,
    )


def read_page(filter: TimelineFilter, cursor: str | None, limit: int) -> TimelinePage:
    """A page of the timeline. Raises Problem 400 for a cursor that was not given out."""
    try:
        return knowledge_base().timeline(filter, cursor=cursor or None, limit=limit)
    except ValueError as error:
        raise Problem(400, f"{error} Start again from the first page.") from error
