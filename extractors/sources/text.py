"""Plain text, with an optional block of front matter.

Front matter is a block between two lines ``---`` at the very top, a ``key: value`` a line::

    ---
    title: Harbour bridge reopens
    published: 2021-01-11
    publisher: The Harbour Courier
    url: https://courier.example/bridge
    author: Ann Lee, Bo Ray
    ---

Keys that Dateline does not know are left aside.
"""

from __future__ import annotations

import re

from extractors.articles import ArticleError
from extractors.sources.decoding import decode
from extractors.sources.drafts import Draft, Source

FENCE = "---"
LONGEST_BLOCK = 60  # lines
KEYS = {
    "title": "title",
    "headline": "title",
    "published": "published",
    "date": "published",
    "publisher": "publisher",
    "source": "publisher",
    "url": "url",
    "link": "url",
    "author": "author",
    "authors": "author",
}
_FIELD = re.compile(r"([A-Za-z][\w -]{0,40}?)\s*:(?:\s+(.*)|\s*)$")


def read(data: bytes, name: str) -> Draft:
    """The draft of a plain text file. Raises ArticleError."""
    text, warnings = decode(data, name)
    return read_string(text, name, warnings)


def read_string(text: str, name: str, warnings: tuple[str, ...] = ()) -> Draft:
    """The draft of a text already decoded. Raises ArticleError for a block left open."""
    fields, body = split_front_matter(text, name)
    return Draft(
        text=body,
        title=fields.get("title"),
        title_in_text=True,
        published=fields.get("published"),
        published_from="metadata" if "published" in fields else None,
        url=fields.get("url"),
        publisher=fields.get("publisher"),
        authors=split_authors(fields.get("author", "")),
        warnings=warnings,
    )


def split_front_matter(text: str, name: str) -> tuple[dict[str, str], str]:
    """The known fields of the front matter, and the text below it, unchanged.

    >>> split_front_matter("---\\ntitle: Bridge reopens\\n---\\nCars crossed it.", "a.txt")
    ({'title': 'Bridge reopens'}, 'Cars crossed it.')

    A text that only begins with a rule is no front matter, and comes back whole.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        return {}, text
    fields: dict[str, str] = {}
    for number, line in enumerate(lines[1 : LONGEST_BLOCK + 1], start=1):
        if line.rstrip() == FENCE:
            return (fields, "\n".join(lines[number + 1 :])) if fields else ({}, text)
        match = _FIELD.match(line.strip())
        key = KEYS.get(match[1].lower()) if match else None
        value = _unquoted(match[2] or "") if match else ""
        if key and value:
            fields[key] = value
        elif not match and line.strip() and not line.lstrip().startswith(("#", "-")):
            break
    if fields:
        raise ArticleError(f"{name}: the front matter is not closed: end it with a line {FENCE}")
    return {}, text


def split_authors(value: str) -> tuple[str, ...]:
    """Names out of "Ann Lee, Bo Ray and Cy Dow" or "[Ann Lee; Bo Ray]"."""
    names = re.split(r"\s*(?:[,;]|\band\b|&)\s*", value.strip("[] "))
    return tuple(dict.fromkeys(_unquoted(part) for part in names if part.strip()))


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return value


SOURCE = Source("text", frozenset({".txt", ".text"}), lambda head: True, read)
