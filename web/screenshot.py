"""Draws docs/screenshots/timeline.png from a running server: `python -m web.screenshot`.

The picture in the README is made by the build, not committed: it always shows the present
pages. The knowledge base is that of `make run`, or the one that DATELINE_KB names.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.server import BaseWSGIServer, create_server

from kb.knowledge_base import KnowledgeBase
from kb.store import StoreError
from web.application import create_app
from web.assets import MissingBundleError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-device-scale-factor=2",
)
KB = Path(".dateline/samples")
TARGET = Path("docs/screenshots/timeline.png")
SIZE = "1280,1000"


def find_browser() -> str | None:
    """The browser that DATELINE_BROWSER names, else the first Chromium or Chrome on PATH."""
    named = os.environ.get("DATELINE_BROWSER")
    found = (shutil.which(name) for name in ([named] if named else BROWSERS))
    return next((path for path in found if path), None)


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The application on a free local port while the block runs; gives its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    channels: dict[int, Any] = {}
    server = create_server(app, map=channels, sockets=[listening], threads=4)
    assert isinstance(server, BaseWSGIServer)
    trigger: Any = server.trigger
    thread = Thread(target=server.run, name="server", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        # The loop ends when nothing is left to listen to; browsers keep their connections open.
        trigger.pull_trigger(lambda: wasyncore.close_all(channels, ignore_all=True))
        thread.join(timeout=10)
        server.task_dispatcher.shutdown()


def draw(browser: str, address: str, target: Path) -> None:
    """Draw one page. Raises OSError when the browser gives no picture."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        command = [
            browser,
            *FLAGS,
            f"--user-data-dir={profile}",
            f"--window-size={SIZE}",
            f"--screenshot={target.resolve()}",
            address,
        ]
        # A profile of its own, so that no running browser is touched.
        done = subprocess.run(  # noqa: S603 - the browser that this machine's user installed
            command, check=False, capture_output=True, text=True, timeout=120
        )
    if done.returncode or not target.is_file():
        raise OSError(f"{browser} drew nothing: {done.stderr.strip()[-500:]}")


def main() -> int:
    """Draw the timeline, say where the picture is, and return the exit code."""
    browser = find_browser()
    if browser is None:
        print(
            "error: no browser: install Chromium, or name one in DATELINE_BROWSER", file=sys.stderr
        )
        return 1
    try:
        with (
            KnowledgeBase.open(Path(os.environ.get("DATELINE_KB", KB))) as kb,
            serving(create_app(kb)) as address,
        ):
            draw(browser, f"{address}/?entity=parler", TARGET)
    except (StoreError, MissingBundleError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"drawn: {TARGET}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
