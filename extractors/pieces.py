"""Long articles read in pieces: a parser's memory grows with the text that it is given at once.

spaCy refuses texts of more than a million characters, and takes about a gigabyte for each
hundred thousand. A long article is parsed piece by piece, each ending with a paragraph, and the
parses are joined: offsets are those of the whole, and coreference reads across the seams.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

LARGEST = 100_000
"""Characters of a piece."""
# Where a text is best cut, best first; each match ends where the next piece begins.
SEAMS = tuple(re.compile(pattern) for pattern in (r"\n\s*\n\s*", r"\n\s*", r"[.!?]\s+", r"\s+"))


def pieces(text: str, largest: int = LARGEST) -> Iterator[str]:
    """A text in pieces of at most so many characters, which joined are the text.

    They end with a paragraph where there is one in their second half, else with a line, a
    sentence, a word, or anywhere.

    >>> list(pieces("One day.\\n\\nAnother day.", 16))
    ['One day.\\n\\n', 'Another day.']
    """
    start = 0
    while len(text) - start > largest:
        end = _seam(text, start, start + largest)
        yield text[start:end]
        start = end
    yield text[start:]


def _seam(text: str, start: int, limit: int) -> int:
    middle = (start + limit) // 2
    for seam in SEAMS:
        ends = [match.end() for match in seam.finditer(text, middle, limit)]
        if ends:
            return ends[-1]
    return limit


def join(docs: list[Doc]) -> Doc:
    """One Doc of the parses of pieces; its text is theirs, end to end."""
    joined = docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)
    assert joined is not None
    return joined
