"""Sources: from files, bytes and pasted text to articles.

A kind of source is one module of this package with a `Source` in it. `read_path`,
`read_bytes` and `read_text` are the front doors.
"""

from extractors.sources.drafts import Draft, Source
from extractors.sources.reading import (
    LARGEST_FILE,
    ArticleFailure,
    find_source,
    known_sources,
    read_bytes,
    read_path,
    read_text,
)

__all__ = [
    "LARGEST_FILE",
    "ArticleFailure",
    "Draft",
    "Source",
    "find_source",
    "known_sources",
    "read_bytes",
    "read_path",
    "read_text",
]
