"""The application factory: blueprints, settings, security headers. No state at import time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, Response, has_request_context, request

from kb.endpoint import Endpoint
from web import (
    api,
    articles,
    assets,
    compression,
    curation,
    entities,
    events,
    ingestion,
    limiting,
    linked_data,
    problems,
    sparql,
    stories,
    timeline,
    wording,
)
from web.context import EXTENSION, Context
from web.days import long_date, machine_date
from web.filters import write_filter
from web.protection import HEADERS
from web.settings import Settings
from web.sparql import served

if TYPE_CHECKING:
    from extractors.pipeline import Extractor
    from kb.knowledge_base import KnowledgeBase

YEAR = 31_536_000
AS_OF = frozenset({"timeline.timeline", "events.event", "entities.entity", "api.timeline"})
"""Endpoints that tell what was known by a day."""


def create_app(
    kb: KnowledgeBase,
    settings: Settings | None = None,
    extractor: Callable[[], Extractor] | None = None,
) -> Flask:
    """The web face of a knowledge base, as a WSGI application.

    `extractor` makes what reads new articles; it is called once, by the first request that
    writes, so that a server starts without waiting for a language model. Without it, or
    without `settings.token`, nothing can be written.

    Raises assets.MissingBundleError when the front end has not been built.

    Examples::

        app = create_app(KnowledgeBase.open(Path("news.kb")))
        app = create_app(kb, Settings(token="..."), extractor=Extractor)
    """
    settings = settings or Settings()
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_upload
    # Forms carry whole articles: werkzeug's half megabyte for a field is too little.
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.max_upload
    app.extensions[EXTENSION] = Context(kb, settings, extractor)
    app.extensions[served.EXTENSION] = served.Served(
        Endpoint(kb.store, settings.limits),
        base=kb.base,
        prefixes=kb.prefixes(),
        owned=f"{kb.base}graph/",
        token=settings.token,
        admin_token=settings.admin_token,
        rewritten=kb.rebuild,
        written_out=kb.written_out,
    )
    _add_words(app, assets.load_manifest())
    for module in (timeline, events, stories, entities, articles, sparql, ingestion, api, curation):
        app.register_blueprint(module.blueprint)
    problems.register(app)
    limiting.register(app, settings.rate_limit)
    compression.register(app)
    app.after_request(_protect)
    app.url_defaults(_keep_as_of)
    return app


def endpoint_of(app: Flask) -> Endpoint:
    """The SPARQL endpoint of an application, for whoever starts and ends it."""
    return cast(served.Served, app.extensions[served.EXTENSION]).endpoint


def create_endpoint(endpoint: Endpoint, *, admin_token: str | None = None) -> Flask:
    """A SPARQL endpoint over a store that holds no knowledge base: no pages, no ingestion.

    Its default graph is a graph of its own. LOAD and SERVICE are as the token allows.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = Settings().max_upload
    app.config["MAX_FORM_MEMORY_SIZE"] = Settings().max_upload
    app.extensions[served.EXTENSION] = served.Served(
        endpoint, union=False, admin_token=admin_token, loading=True
    )
    app.register_blueprint(sparql.blueprint)
    problems.register(app)
    compression.register(app)
    app.after_request(_protect)
    return app


def _keep_as_of(endpoint: str, values: dict[str, Any]) -> None:
    """Links from what was known by a day lead to what was known by that day."""
    if has_request_context() and endpoint in AS_OF and "as_of" in request.args:
        values.setdefault("as_of", request.args["as_of"])


def _add_words(app: Flask, manifest: dict[str, str]) -> None:
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "autoescape": True}
    app.jinja_env.filters.update(
        by_role=wording.by_role,
        count=wording.count,
        dispute=wording.dispute,
        entity_type=wording.entity_type,
        long_date=long_date,
        machine_date=machine_date,
        marks=wording.marks,
        role=wording.role,
    )
    app.jinja_env.globals.update(
        assets=manifest, rdf_links=linked_data.links, write_filter=write_filter
    )


def _protect(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static" and response.status_code == 200:
        # Bundled files have their hash in their name, so they never change.
        response.cache_control.public = True
        response.cache_control.max_age = YEAR
        response.cache_control.no_cache = None
        response.cache_control.immutable = True
    if linked_data.is_open(request, response):
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response
