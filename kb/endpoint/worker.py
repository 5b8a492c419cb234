"""The process that answers queries: one after another, on a snapshot, until it is told to end.

Run as a module by `kb.endpoint.pool`; nothing else needs it. A query can't be stopped inside a
process, so whoever asks kills the process instead, which also gives its memory back.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import resource
import signal
import socket
from pathlib import Path
from typing import Any

from kb.endpoint import frames
from kb.endpoint.rows import row_counter
from kb.errors import LimitError, QueryError
from kb.querying import Question, write
from kb.store import StoreError
from kb.store.embedded import EmbeddedStore

PIECE = 64 * 1024


def main() -> None:
    """Answer what comes through a socket."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("socket", type=int, help="the number of the open socket")
    parser.add_argument("memory", type=int, help="bytes of address space that may be used")
    options = parser.parse_args()
    # Ctrl+C goes to the whole group: the server ends its workers itself, when answers are out.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (options.memory, options.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with socket.socket(fileno=options.socket) as server, contextlib.suppress(BrokenPipeError):
        serve(server)


def serve(server: socket.socket) -> None:
    """Read frames until the server has gone."""
    store: EmbeddedStore | None = None
    while frame := frames.receive(server):
        if frame.kind == frames.OPEN:
            store = EmbeddedStore(Path(frame.data.decode()), read_only=True)
        elif store is not None:
            _answer(server, store, frame.json())


def _answer(server: socket.socket, store: EmbeddedStore, request: dict[str, Any]) -> None:
    rows, size = request.pop("rows"), request.pop("size")
    try:
        result, media_type = Question(**request).result(store)
        frames.send(server, frames.MEDIA_TYPE, media_type.encode("ascii"))
        output = _Output(server, media_type, rows, size)
        write(result, media_type, output)
        usage = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        frames.send_json(server, frames.END, {"memory": usage})
    except QueryError as error:
        place = {"line": error.line, "column": error.column}
        _fail(server, "query", str(error), place)
    except LookupError as error:
        _fail(server, "format", str(error.args[0]) if error.args else "", {})
    except LimitError as error:
        _fail(server, "limit", str(error), {"limit": error.limit})
    except MemoryError:
        _fail(server, "limit", "", {"limit": "memory"})
    except (StoreError, OSError, ValueError, RuntimeError) as error:
        if isinstance(error, BrokenPipeError):
            raise
        _fail(server, "store", str(error), {})


def _fail(server: socket.socket, kind: str, message: str, rest: dict[str, Any]) -> None:
    frames.send_json(server, frames.ERROR, {"kind": kind, "message": message, **rest})


class _Output(io.RawIOBase):
    """A file whose bytes go to the server in pieces, as long as they keep within the limits."""

    def __init__(self, server: socket.socket, media_type: str, rows: int, size: int) -> None:
        self.server, self.most_rows, self.most = server, rows, size
        self.count_rows = row_counter(media_type)
        self.rows = self.size = 0
        self.buffer = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.buffer += data
        if len(self.buffer) >= PIECE:
            self.flush()
        return len(data)

    def flush(self) -> None:
        if not self.buffer or self.closed:
            return
        self.size += len(self.buffer)
        self.rows += self.count_rows(self.buffer)
        if self.rows > self.most_rows:
            raise LimitError(f"the answer has more than {self.most_rows:,} rows", "rows")
        if self.size > self.most:
            raise LimitError(f"the answer has more than {self.most:,} bytes", "size")
        frames.send(self.server, frames.DATA, self.buffer)
        self.buffer = bytearray()


if __name__ == "__main__":
    main()
