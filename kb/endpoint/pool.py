"""Worker processes: taken for one query each, killed at its limit, replaced when they are gone."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import kb
from kb.endpoint import frames
from kb.endpoint.frames import Frame
from kb.endpoint.limits import Limits
from kb.endpoint.snapshots import Snapshots
from kb.errors import BusyError, LimitError, QueryError
from kb.querying import Question
from kb.store import StoreError

_HOME = str(Path(kb.__file__).resolve().parents[1])
_GENTLE = 10
"""How far a slow query steps back behind the short ones (nice)."""


class Worker:
    """One process with the server's end of its socket."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.reading = limits, None
        self.socket, theirs = socket.socketpair()
        paths = filter(None, (_HOME, os.environ.get("PYTHONPATH")))
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own module, fixed arguments
                [
                    sys.executable, "-m", "kb.endpoint.worker",
                    str(theirs.fileno()), str(limits.memory),
                ],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            )  # fmt: skip

    reading: Path | None
    """The snapshot that it reads."""

    def open(self, snapshot: Path) -> None:
        """Have it read from this snapshot. Raises OSError when the process has died."""
        if self.reading != snapshot:
            frames.send(self.socket, frames.OPEN, os.fsencode(snapshot))
            self.reading = snapshot

    def end(self) -> None:
        """Kill it, and wait until it is gone with its memory."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.socket.close()
        self.process.wait()


class Pool:
    """At most `limits.workers` processes, some of them always ready."""

    def __init__(self, snapshots: Snapshots, limits: Limits) -> None:
        self.snapshots, self.limits = snapshots, limits
        self._idle: list[Worker] = []
        self._count = self._queue = 0
        self._closed = False
        self._change = threading.Condition()

    def ask(self, question: Question) -> Iterator[bytes]:
        """The media type of the answer, then its bytes.

        Raises QueryError, LookupError, LimitError or StoreError, as the query deserves, and
        BusyError when no process comes free in time. Whoever stops reading ends the query.
        """
        worker, done = self._take(), False
        try:
            with self.snapshots.current() as snapshot:
                worker = self._opened(worker, snapshot)
                limits = {"rows": self.limits.rows, "size": self.limits.size}
                frames.send_json(worker.socket, frames.ASK, asdict(question) | limits)
                watch = _Watch(worker, self.limits)
                for frame in watch.frames():
                    if frame.kind == frames.END:
                        done = not watch.slowed and frame.json()["memory"] <= self.limits.keep
                        return
                    if frame.kind == frames.ERROR:
                        error = frame.json()
                        done = error["kind"] != "limit" and not watch.slowed
                        raise _error(error, self.limits)
                    yield frame.data
        finally:
            self._give_back(worker, reusable=done)

    def _opened(self, worker: Worker, snapshot: Path) -> Worker:
        """The worker on this snapshot; another one if it died while it was idle."""
        try:
            if worker.process.poll() is None:
                worker.open(snapshot)
                return worker
        except OSError:
            pass
        worker.end()
        fresh = Worker(self.limits)
        fresh.open(snapshot)
        return fresh

    def _take(self) -> Worker:
        with self._change:
            if not self._ready():
                self._wait()
            if self._closed:
                raise BusyError("The server is shutting down", 1)
            if self._idle:
                return self._idle.pop()
            self._count += 1
        return self._started()

    def _ready(self) -> bool:
        return bool(self._idle) or self._count < self.limits.workers or self._closed

    def _wait(self) -> None:
        if self._queue >= self.limits.waiting:
            raise BusyError("Too many queries are waiting already: try again later", 5)
        self._queue += 1
        try:
            if not self._change.wait_for(self._ready, self.limits.patience):
                raise BusyError(
                    f"{self.limits.workers} queries are running, as many as may at a time: try "
                    f"again later",
                    max(1, round(self.limits.patience)),
                )
        finally:
            self._queue -= 1

    def _started(self) -> Worker:
        try:
            return Worker(self.limits)
        except BaseException:
            with self._change:
                self._count -= 1
                self._change.notify()
            raise

    def _give_back(self, worker: Worker, reusable: bool) -> None:
        with self._change:
            reusable = reusable and not self._closed
            if reusable:
                self._idle.append(worker)
                self._change.notify()
        if not reusable:
            worker.end()  # Its memory is back before another process may take its place.
            with self._change:
                self._count -= 1
                self._change.notify()
            self.prepare()

    def prepare(self) -> None:
        """Start processes until enough of them wait for work."""
        while True:
            with self._change:
                if (
                    self._closed
                    or len(self._idle) >= self.limits.warm
                    or self._count >= self.limits.workers
                ):
                    return
                self._count += 1
            worker = self._started()
            if not self._keep(worker):
                worker.end()

    def _keep(self, worker: Worker) -> bool:
        """Have a new process wait for work; False when the pool was closed meanwhile."""
        with self._change:
            if self._closed:
                self._count -= 1
                return False
            self._idle.append(worker)
            self._change.notify()
            return True

    def close(self) -> None:
        """End all processes that are idle now, and every other one after its query."""
        with self._change:
            self._closed = True
            idle, self._idle = self._idle, []
            self._count -= len(idle)
            self._change.notify_all()
        for worker in idle:
            worker.end()


class _Watch:
    """Reads a worker's frames, and holds it to the time that it may work."""

    def __init__(self, worker: Worker, limits: Limits) -> None:
        self.worker, self.limits = worker, limits
        self.worked = 0.0
        self.slowed = False

    def frames(self) -> Iterator[Frame]:
        """The frames as they come. Raises LimitError when time or memory runs out."""
        while True:
            frame = self._next()
            if frame is None:
                raise self._died()
            yield frame

    def _next(self) -> Frame | None:
        """The next frame. Only the time in which the worker is waited for counts."""
        while not self._waits():
            if self.worked >= self.limits.seconds:
                raise LimitError(
                    f"The query was stopped after {self.limits.seconds:g} seconds: narrow it, or "
                    f"ask for less at a time",
                    "time",
                )
            if not self.slowed:
                self.slowed = True
                with contextlib.suppress(OSError):
                    os.setpriority(os.PRIO_PROCESS, self.worker.process.pid, _GENTLE)
        self.worker.socket.settimeout(max(0.1, self.limits.seconds - self.worked))
        try:
            return frames.receive(self.worker.socket)
        except TimeoutError:
            return None
        except ConnectionError:
            return None

    def _waits(self) -> bool:
        """Whether the worker has something to read within what is left of the present stage."""
        limit = self.limits.seconds if self.slowed else min(self.limits.slow, self.limits.seconds)
        start = time.monotonic()
        self.worker.socket.settimeout(max(0.001, limit - self.worked))
        try:
            return self.worker.socket.recv(1, socket.MSG_PEEK) is not None
        except TimeoutError:
            return False
        except ConnectionError:
            return True
        finally:
            self.worked += time.monotonic() - start

    def _died(self) -> Exception:
        code = self.worker.process.wait()
        if code in (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGKILL, 1):
            return _too_much_memory(self.limits)
        return StoreError(f"The process that answered the query ended with code {code}: ask again")


def _too_much_memory(limits: Limits) -> LimitError:
    size = limits.memory >> 20
    return LimitError(
        f"The query needs more memory than the {size:,} MB that it may use: narrow it, or leave "
        f"out ORDER BY, GROUP BY and DISTINCT over many rows",
        "memory",
    )


def _error(error: dict[str, object], limits: Limits) -> Exception:
    """The exception that a worker's error frame stands for."""
    kind, message = error["kind"], str(error["message"])
    if kind == "query":
        line, column = error["line"], error["column"]
        return QueryError(
            message,
            line if isinstance(line, int) else None,
            column if isinstance(column, int) else None,
        )
    if kind == "format":
        return LookupError(message)
    if kind == "limit":
        if error["limit"] == "memory":
            return _too_much_memory(limits)
        return LimitError(f"The query was stopped: {message}; use LIMIT", str(error["limit"]))
    return StoreError(f"The query could not be answered: {message}")
