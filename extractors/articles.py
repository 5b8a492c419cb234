"""The article: text as stored, with what is known about where it comes from."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from extractors.extraction import Mention


class ArticleError(ValueError):
    """An article that can't be read. The message names the input and the remedy."""


@dataclass(frozen=True, slots=True)
class Article:
    """A news article, ready to be read.

    `text` is what is stored, and what all offsets count in. `published` is an ISO 8601 date
    or date-time, None when it is not known: it is never guessed from a file's date.
    `story` are the stretches of `text` that tell the news, in order; what lies outside them
    (section name, author biography, "Related: ...") is kept and shown, but yields no events.
    `headline` is the stretch of `text` that is the title, None when the title stands apart;
    it is news too, and so part of `story`. `published_from` says where the date was found:
    "option", "metadata", "text" or "url". `warnings` are sentences on what is weak or
    missing, such as an unknown date of publication. `read_from` names the file or other input
    that it was read from.
    """

    doc_id: str
    text: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    story: tuple[Mention, ...] = ()
    headline: Mention | None = None
    published_from: str | None = None
    warnings: tuple[str, ...] = ()
    read_from: str | None = None


def slug(name: str, limit: int = 60) -> str:
    """A readable, stable piece of an IRI: lower-case ASCII letters, digits and hyphens.

    >>> slug("Google and Apple remove Parler…")
    'google-and-apple-remove-parler'
    >>> slug("Émile Zola’s “J’accuse”")
    'emile-zolas-jaccuse'

    A name without any such letter gives its code points' digest, so that no name is empty.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"['\"]", "", plain).lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(words) > limit:
        words = words[:limit].rsplit("-", 1)[0]
    return words or f"x{digest(name)}"


def digest(text: str) -> str:
    """Eight hexadecimal digits that stand for a text (BLAKE2b)."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def article_id(title: str | None, published: str | None, url: str | None, text: str) -> str:
    """A readable identifier that the same article gets every time.

    With an address, the address decides, so that a corrected page replaces its earlier
    version; without one the text does.
    """
    head = [published[:10]] if published else []
    return "-".join([*head, slug(title or text[:60], 50), digest(url or text)])
