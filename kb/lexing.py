"""The surface of SPARQL queries and updates: their tokens, and where in the text things stand.

Nothing is parsed here. What reads a text by its surface must agree on what is a string, a name
or a comment in it; so that is said once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

PROLOGUE = r"\s*+(?:(?:PREFIX\s*+[\w.-]*+:\s*+<[^>]*+>|BASE\s*+<[^>]*+>|#[^\n]*+\n)\s*+)*+"
"""A pattern for what stands before the first keyword of a query or update."""

# Everything that may hold the letters of a keyword without being one.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|'
    r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\\n\r]|\\.)*"|'
    r"'(?:[^'\\\n\r]|\\.)*'|"
    r'<[^<>"{}|^`\\\x00-\x20]*>|#[^\n\r]*|[?$]\w+|[\w.-]*:(?:[\w.:%-]|\\.)*',
    re.DOTALL,
)


def tokens(text: str) -> Iterator[re.Match[str]]:
    """The strings, IRIs, names, variables and comments of a query or update, in order."""
    return _TOKEN.finditer(text)


def mask(text: str) -> str:
    """A query or update with blanks for its strings, IRIs, names, variables and comments.

    What is left at the same places are its keywords and brackets.
    """
    return _TOKEN.sub(lambda found: " " * len(found[0]), text)


def position(text: str, offset: int) -> tuple[int, int]:
    """The line and the column of an offset, both from 1.

    >>> position("ASK\\n{}", 4)
    (2, 1)
    """
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
