"""What a reader of one kind of source hands over: a draft, not yet an article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from extractors.sources.publication import Provenance


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of an article with what its source says of it, none of it checked yet.

    `title_in_text` tells a title that is part of what the source shows (a page's heading, a
    line of front matter), and so is read with the text; `published` is as written, and
    `published_from` where it was found.
    """

    text: str
    title: str | None = None
    title_in_text: bool = False
    published: str | None = None
    published_from: Provenance | None = None
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of source: the endings of its files, how to know its content, how to read it.

    `recognises` looks at the first bytes of a file whose name does not tell; `read` gets the
    whole content and the name to use in messages, and raises ArticleError.
    """

    kind: str
    suffixes: frozenset[str]
    recognises: Callable[[bytes], bool]
    read: Callable[[bytes, str], Draft]
