"""From what the command line names to articles, with what went wrong told as it happens."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import click
from tqdm import tqdm

from cli.failures import Exit
from cli.options import ArticleOptions
from extractors.articles import Article, ArticleError
from extractors.sources import (
    LARGEST_FILE,
    ArticleFailure,
    known_sources,
    read_bytes,
    read_path,
)

STDIN = "-"


@dataclass(slots=True)
class Reader:
    """Reads the inputs of a command one after the other, and counts what could not be read.

    `progress` is a bar on standard error, shown where that is a terminal. Messages about
    single articles go through it, so that they do not break it.
    """

    options: ArticleOptions
    seen: int = 0
    failed: int = 0
    progress: tqdm[NoReturn] = field(init=False)

    def __post_init__(self) -> None:
        if len(self.options.inputs) > 1 and (self.options.title or self.options.url):
            raise click.UsageError("--title and --url describe one article: give one input.")
        self.progress = tqdm(
            total=count_files(self.options.inputs), unit="article", disable=None, leave=False
        )

    def articles(self) -> Iterator[Article]:
        """The articles that can be read; of each other one, a message on standard error."""
        for item in self._items():
            self.seen += 1
            if isinstance(item, ArticleFailure):
                self.fail(item.reason)
                continue
            for warning in item.warnings:
                self.tell(f"{item.doc_id}: {warning}")
            yield item

    def _items(self) -> Iterator[Article | ArticleFailure]:
        options = self.options
        known: dict[str, Any] = {
            "title": options.title,
            "published": options.published,
            "url": options.url,
            "publisher": options.publisher,
            "force": options.force,
        }
        for name in options.inputs:
            try:
                if name == STDIN:
                    data = sys.stdin.buffer.read(LARGEST_FILE + 1)
                    yield read_bytes(data, "standard input", **known)
                else:
                    yield from read_path(name, **known)
            except ArticleError as error:
                yield ArticleFailure(name, str(error))

    def tell(self, message: str) -> None:
        """Say something on standard error without breaking the bar."""
        with self.progress.external_write_mode(file=sys.stderr):
            click.echo(message, err=True)

    def fail(self, message: str) -> None:
        """Count an article that could not be read, and say why."""
        self.failed += 1
        self.progress.update()
        self.tell(f"Error: {message}")

    def exit_code(self) -> Exit:
        """How it went: all read, some, or none."""
        if not self.failed:
            return Exit.DONE
        return Exit.PARTLY if self.failed < self.seen else Exit.ARTICLE


def count_files(inputs: Iterable[str]) -> int:
    """How many files there are to read, for a progress bar."""
    endings = {ending for source in known_sources() for ending in source.suffixes}
    count = 0
    for name in inputs:
        if Path(name).is_dir():
            for _, _, files in os.walk(name):
                count += sum(Path(file).suffix.lower() in endings for file in files)
        else:
            count += 1
    return count
