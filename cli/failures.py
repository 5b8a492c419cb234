"""How a command fails: one clear message on standard error, and an exit code that says why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

import click


class Exit(IntEnum):
    """Exit codes. `dateline --help` and docs/cli.md list them from here."""

    DONE = 0
    PARTLY = 1
    USAGE = 2
    ARTICLE = 3
    MODEL = 4
    STORE = 5
    QUERY = 6
    NOT_FOUND = 7
    SERVER = 8
    CURATION = 9
    INTERRUPTED = 130


MEANINGS = {
    Exit.DONE: "all done",
    Exit.PARTLY: "some articles could not be read; the others were",
    Exit.USAGE: "the command was not called as it must be",
    Exit.ARTICLE: "no article could be read",
    Exit.MODEL: "the language model, or what configures the reading, is missing or unfit",
    Exit.STORE: "the knowledge base could not be opened, read or written",
    Exit.QUERY: "the query is malformed or failed",
    Exit.NOT_FOUND: "nothing of that name in the knowledge base",
    Exit.SERVER: "the server could not start",
    Exit.CURATION: "the decision could not be taken, taken back or read",
    Exit.INTERRUPTED: "stopped by the user; what was stored stays stored",
}

# By name, so that printing a message about a path does not load spaCy.
DOMAIN_ERRORS = {
    "extractors.articles.ArticleError": Exit.ARTICLE,
    "extractors.language.ModelError": Exit.MODEL,
    "extractors.configuration.ConfigurationError": Exit.MODEL,
    "extractors.reader.network.WeightsError": Exit.MODEL,
    "extractors.actions.lexicon_reading.LexiconError": Exit.MODEL,
    "kb.store.statements.StoreError": Exit.STORE,
    "kb.errors.QueryError": Exit.QUERY,
    "kb.linking.errors.LinkingError": Exit.USAGE,
    "kb.errors.ExchangeError": Exit.ARTICLE,
    "kb.curation.errors.UnknownThingError": Exit.NOT_FOUND,
    "kb.curation.errors.CurationError": Exit.CURATION,
    "web.assets.MissingBundleError": Exit.SERVER,
}


class Failure(click.ClickException):
    """A failure with a message for people and an exit code for programs."""

    def __init__(self, message: str, code: Exit) -> None:
        super().__init__(message)
        # Click declares one code a class, and reads it from the instance.
        self.exit_code = int(code)  # type: ignore[misc]


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn the errors that a domain foresees into failures; let all others show themselves."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise Failure("Stopped. What was stored stays stored.", Exit.INTERRUPTED) from error
    except Exception as error:
        code = code_of(error)
        if code is None:
            raise
        raise Failure(str(error), code) from error


def code_of(error: BaseException) -> Exit | None:
    """The exit code of a foreseen error, None of any other."""
    for kind in type(error).__mro__:
        code = DOMAIN_ERRORS.get(f"{kind.__module__}.{kind.__qualname__}")
        if code is not None:
            return code
    return None
