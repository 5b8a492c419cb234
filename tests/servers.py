"""Servers that tests start: a real SPARQL server, and one that misbehaves as it is told."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def oxigraph(place: Path, *options: str) -> Iterator[str]:
    """`oxigraph serve` on a directory: its address, without a path."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or "oxigraph"
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [program, "serve", "--location", str(place), "--bind", f"127.0.0.1:{port}", *options]
    with (
        (place.parent / f"{place.name}.log").open("wb") as log,
        subprocess.Popen(command, stdout=log, stderr=log) as process,
    ):
        try:
            _wait(f"{address}/query", process)
            yield address
        finally:
            process.kill()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            if process.poll() is not None:
                raise RuntimeError(f"the server ended with {process.returncode}") from None
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server does not answer")


Answer = Callable[["Asked"], None]


@dataclass
class Asked:
    """One request to a server that misbehaves."""

    handler: BaseHTTPRequestHandler
    body: bytes

    @property
    def path(self) -> str:
        return self.handler.path

    def header(self, name: str) -> str:
        return self.handler.headers.get(name) or ""

    def answer(self, status: int, body: bytes = b"", kind: str = "text/plain", **more: str) -> None:
        """A whole answer."""
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", kind)
        if "Content_Length" not in more:
            self.handler.send_header("Content-Length", str(len(body)))
        for name, value in more.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()
        self.handler.wfile.write(body)


@dataclass
class Hostile:
    """A server whose answers a test decides; it keeps what it was asked."""

    url: str = ""
    respond: Answer = lambda asked: asked.answer(500)
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def hostile() -> Iterator[Hostile]:
    """Run it."""
    state = Hostile()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = Asked(self, body)
            state.asked.append(asked)
            self.close_connection = True
            state.respond(asked)

        do_GET = do_PUT = do_POST  # noqa: N815 - the names that http.server asks for

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Broken pipes are what it is for."""

    with Server(("127.0.0.1", 0), Handler) as server:
        state.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()
