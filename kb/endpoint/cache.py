"""Answers that were given lately, as long as the store does not change."""

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
    """Answers by question, the least used ones forgotten first. Safe in several threads."""

    def __init__(self, total: int = TOTAL) -> None:
        self.total = total
        self._lock = threading.Lock()
        self._answers: OrderedDict[object, Cached] = OrderedDict()
        self._size = self._generation = 0

    def get(self, key: object, generation: int) -> Cached | None:
        """The answer to this question from this generation of the store."""
        with self._lock:
            if generation != self._generation:
                return None
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
            return answer

    def put(self, key: object, generation: int, answer: Cached) -> None:
        """Keep an answer, unless it is large or the store has moved on."""
        if len(answer.body) > ENTRY:
            return
        with self._lock:
            if generation > self._generation:
                self._answers.clear()
                self._size, self._generation = 0, generation
            if generation == self._generation and key not in self._answers:
                self._answers[key] = answer
                self._size += len(answer.body)
            while self._size > self.total:
                _, oldest = self._answers.popitem(last=False)
                self._size -= len(oldest.body)
