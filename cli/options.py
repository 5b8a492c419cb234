"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Any

import click

from cli.dates import Bound, Published
from kb.iris import DEFAULT_BASE, check_base

DEFAULT_KB = Path("dateline-kb")

STORE = "dateline.store"
"""Under which the context of a command keeps the addresses of a remote store, by option."""


def _kept(context: click.Context, option: click.Parameter, value: str | None) -> None:
    context.meta.setdefault(STORE, {})[option.name] = value or None


_KB_OPTIONS = (
    click.option(
        "--kb",
        "kb_path",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="DATELINE_KB",
        default=DEFAULT_KB,
        show_default=True,
        show_envvar=True,
        metavar="DIR",
        help="The directory of the knowledge base; with --store, that of its index.",
    ),
    click.option(
        "--store",
        envvar="DATELINE_STORE",
        show_envvar=True,
        metavar="URL",
        expose_value=False,
        callback=_kept,
        help="Keep the graphs on this SPARQL 1.1 server, such as http://localhost:3030/news/query.",
    ),
    click.option(
        "--store-update",
        envvar="DATELINE_STORE_UPDATE",
        show_envvar=True,
        metavar="URL",
        expose_value=False,
        callback=_kept,
        help="Where the server takes updates.  [default: by that of queries; see docs/stores.md]",
    ),
    click.option(
        "--store-graphs",
        envvar="DATELINE_STORE_GRAPHS",
        show_envvar=True,
        metavar="URL",
        expose_value=False,
        callback=_kept,
        help="Where its graph store is.  [default: by that of queries]",
    ),
)


def kb_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say which knowledge base is meant.

    The command gets the directory as `kb_path`; `cli.knowledge.opened` knows of the rest.
    """
    for decorate in reversed(_KB_OPTIONS):
        command = decorate(command)
    return command


as_of_option = click.option(
    "--as-of",
    "as_of",
    type=Bound(last=True),
    help="Only what articles published up to this day tell, as they tell it.",
)


text_or_json_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people; JSON for programs.",
)
table_or_lines_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl"]),
    default="table",
    show_default=True,
    help="A table for people; JSON Lines for programs.",
)


def _base(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    try:
        return value if value is None else check_base(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


base_option = click.option(
    "--base",
    callback=_base,
    metavar="URL",
    help="Where the IRIs of a new knowledge base begin; it never changes afterwards.  "
    f"[default: {DEFAULT_BASE}]",
)
model_option = click.option(
    "--model",
    envvar="DATELINE_MODEL",
    show_envvar=True,
    metavar="NAME",
    help="An English spaCy pipeline, by name or path.  [default: en_core_web_md, "
    "else en_core_web_sm]",
)


config_option = click.option(
    "--config",
    envvar="DATELINE_CONFIG",
    show_envvar=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A spaCy config of the components that read articles; see docs/configuration.md.",
)


reader_option = click.option(
    "--reader",
    envvar="DATELINE_READER",
    show_envvar=True,
    metavar="NAME",
    help="The trained reader: light, accurate (slower; needs the extra 'accurate'), none, or a "
    "folder of weights.  [default: light]",
)


@dataclass(frozen=True, slots=True)
class ArticleOptions:
    """The articles that a command reads, what to know of them, and what reads them.

    `title`, `published`, `url` and `publisher` go before what the articles say of themselves.
    `force` reads articles in other languages than English, `model`, `config` and `reader` are
    those of `extractors.pipeline.Extractor`.
    """

    inputs: tuple[str, ...]
    published: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    force: bool = False
    model: str | None = None
    config: Path | None = None
    reader: str | None = None


NAMES = tuple(field.name for field in fields(ArticleOptions))


def article_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of articles; it gets them as one `ArticleOptions`, `articles`."""

    @wraps(command)
    def with_record(**values: Any) -> None:
        articles = ArticleOptions(**{name: values.pop(name) for name in NAMES})
        command(articles=articles, **values)

    decorated: Callable[..., None] = with_record
    for decorate in reversed(
        (
            click.argument("inputs", nargs=-1, required=True, metavar="FILE|DIRECTORY|-..."),
            click.option(
                "--published",
                type=Published(),
                help="When the articles were published, such as 2021-01-11 or "
                "2021-01-11T09:30+00:00. Without it, and without a date in the file, "
                "expressions such as 'last week' stay undated.",
            ),
            click.option("--title", metavar="TEXT", help="The title (of a single article)."),
            click.option("--url", metavar="URL", help="The address (of a single article)."),
            click.option("--publisher", metavar="NAME", help="Who published the articles."),
            click.option(
                "--force",
                is_flag=True,
                help="Read articles that seem to be in another language than English, too.",
            ),
            model_option,
            config_option,
            reader_option,
        )
    ):
        decorated = decorate(decorated)
    return decorated
