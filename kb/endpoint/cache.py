"""Answers that were given lately, to be given again while the store does not change."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import NamedTuple

ENTRY = 256 * 1024
"""The largest answer that is kept, in bytes."""
TOTAL = 64 * 1024 * 1024


class Cached(NamedTuple):
    """A whole answer."""

    media_type: str
    body: bytes


class Cache:
    """Answers by their ETag, the least used ones forgotten first. Safe in several threads.

    An ETag stands for the state of the store, too: answers of former states are asked for no
    more, and so are forgotten.
    """

    def __init__(self, total: int = TOTAL) -> None:
        self.total = total
        self._lock = threading.Lock()
        self._answers: OrderedDict[str, Cached] = OrderedDict()
        self._size = 0

    def get(self, etag: str) -> Cached | None:
        """The answer that this ETag stands for."""
        with self._lock:
            answer = self._answers.get(etag)
            if answer is not None:
                self._answers.move_to_end(etag)
            return answer

    def put(self, etag: str, answer: Cached) -> None:
        """Keep an answer, unless it is large."""
        if len(answer.body) > ENTRY:
            return
        with self._lock:
            if etag not in self._answers:
                self._answers[etag] = answer
                self._size += len(answer.body)
            while self._size > self.total:
                _, oldest = self._answers.popitem(last=False)
                self._size -= len(oldest.body)
