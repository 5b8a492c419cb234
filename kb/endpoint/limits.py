"""What one query may cost, and how many may run."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of the work for one query, and of the whole.

    `seconds` counts the time in which the store works, not the time in which a slow client
    reads. `memory` is the address space of a query's process in bytes: the store's threads
    alone need some 500 MB of it. `rows` and `size` (bytes) bound an answer. At most `workers`
    processes run; `warm` of them wait for work, so that short queries need not wait behind
    long ones. Of the requests beyond that, `waiting` wait for `patience` seconds.
    """

    seconds: float = 30.0
    memory: int = 2048 * MEGABYTE
    rows: int = 1_000_000
    size: int = 1024 * MEGABYTE
    workers: int = 8
    warm: int = 2
    waiting: int = 64
    patience: float = 3.0
    keep: int = 256 * MEGABYTE
    """A process that has grown beyond so many bytes is replaced after its query."""
    slow: float = 1.0
    """Seconds after which a query gives way to others (its process is reniced)."""
