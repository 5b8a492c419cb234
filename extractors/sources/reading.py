"""Reading articles, one at a time or a folder of them, so that one bad file stops no other."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extractors.articles import Article, ArticleError
from extractors.sources import html, text
from extractors.sources.assembly import Options, assemble
from extractors.sources.decoding import check_text
from extractors.sources.drafts import Source

LARGEST_FILE = 20_000_000  # bytes; pages carry images within themselves
HEAD = 4096  # bytes looked at to know a kind of source


@dataclass(frozen=True, slots=True)
class ArticleFailure:
    """An item that could not be read: its name, and one sentence with reason and remedy."""

    name: str
    reason: str


@lru_cache(maxsize=1)
def known_sources() -> tuple[Source, ...]:
    """Every kind of source, the one that takes any text last."""
    return (html.SOURCE, text.SOURCE)


def find_source(name: str, head: bytes) -> Source:
    """The kind of source for a file: by the ending of its name, else by its first bytes."""
    suffix = Path(name).suffix.lower()
    for source in known_sources():
        if suffix in source.suffixes:
            return source
    return next(source for source in known_sources() if source.recognises(head))


def read_path(
    path: Path | str,
    *,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    force: bool = False,
) -> Iterator[Article | ArticleFailure]:
    """The articles of a file, or of a folder and its subfolders in the order of their names.

    An item that can't be read comes as an `ArticleFailure` in its place, and the rest goes
    on; so do a path that does not exist and a folder without articles. In a folder only
    files with the ending of a known kind of source are articles; hidden files and links to
    folders are passed over.

    `published` (a date; see `extractors.publication.parse_published`), `publisher` and
    `force` (read it though it is not in English) hold for every article found, `title` and
    `url` for a single file. Raises ArticleError at once when an option can't be right.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.txt").write_text("The bridge reopened on Friday.")
    ...     _ = Path(folder, "b.txt").write_bytes(b"")
    ...     [type(item).__name__ for item in read_path(folder, published="2021-01-11")]
    ['Article', 'ArticleFailure']
    """
    options = Options(title, published, url, publisher, force)
    path = Path(path)
    if path.is_dir() and (title or url):
        raise ArticleError(f"{path}: a title or an address is that of one article, not of a folder")
    return _read_all(path, options)


def read_bytes(
    data: bytes,
    name: str,
    *,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    force: bool = False,
) -> Article:
    """The article in the bytes of a file called `name`. Raises ArticleError."""
    return _read(data, name, Options(title, published, url, publisher, force))


def read_text(
    content: str,
    name: str,
    *,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    force: bool = False,
) -> Article:
    """The article in plain text, with or without front matter. Raises ArticleError.

    The text is kept as it is, but for line ends and stray control characters; a title in the
    front matter is put on top of it, while `title` leaves it alone.
    """
    options = Options(title, published, url, publisher, force)
    if len(content) > LARGEST_FILE:
        raise _too_large(name, len(content))
    checked, warnings = check_text(content, name)
    return assemble(text.read_string(checked, name, warnings), options, name)


def _read_all(path: Path, options: Options) -> Iterator[Article | ArticleFailure]:
    if not path.is_dir():
        yield _read_file(path, path.name, options)
        return
    failures: list[ArticleFailure] = []
    files = _articles_under(path, failures)
    for file in files:
        yield _read_file(file, str(file.relative_to(path)), options)
    yield from failures
    if not files and not failures:
        endings = ", ".join(sorted(e for source in known_sources() for e in source.suffixes))
        yield ArticleFailure(
            str(path), f"{path}: the folder holds no articles (files ending in {endings})"
        )


def _articles_under(folder: Path, failures: list[ArticleFailure]) -> list[Path]:
    """Files with a known ending, sorted; folders that can't be listed go to `failures`."""
    endings = {ending for source in known_sources() for ending in source.suffixes}

    def refuse(error: OSError) -> None:
        failures.append(ArticleFailure(str(error.filename), f"{error.filename}: {error.strerror}"))

    found = []
    for base, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            Path(base, name)
            for name in files
            if not name.startswith(".") and Path(name).suffix.lower() in endings
        ]
    return sorted(found)


def _read_file(path: Path, name: str, options: Options) -> Article | ArticleFailure:
    try:
        return _read(_content(path, name), name, options)
    except ArticleError as error:
        return ArticleFailure(name, str(error))
    except OSError as error:
        return ArticleFailure(name, f"{name}: {error.strerror or error}")


def _content(path: Path, name: str) -> bytes:
    """The bytes of a file, of which no more than the limit is ever held."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise ArticleError(f"{name}: this is no regular file: give a file or a folder")
    with path.open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise _too_large(name, path.stat().st_size)
    return data


def _too_large(name: str, size: int) -> ArticleError:
    return ArticleError(
        f"{name}: {size:,} bytes are too many for one article ({LARGEST_FILE:,} at most): split it"
    )


def _read(data: bytes, name: str, options: Options) -> Article:
    if len(data) > LARGEST_FILE:
        raise _too_large(name, len(data))
    source = find_source(name, data[:HEAD])
    return assemble(source.read(data, name), options, name)
