"""`dateline` as a process: serving, and writing to a reader that stops."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

from cli.failures import Exit
from tests.cli.running import PROGRAM, failed, run


def test_a_reader_that_stops_early_gets_no_traceback(kb: Path) -> None:
    command = [*PROGRAM, "timeline", "--all", "--format", "jsonl", "--kb", str(kb)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_serve_answers_until_it_is_told_to_stop(kb: Path) -> None:
    command = [*PROGRAM, "serve", "--kb", str(kb), "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        first = process.stdout.readline()
        address = re.search(r"http://\S+", first)
        assert address, first + process.stderr.read()
        with urllib.request.urlopen(address.group()) as answer:
            assert answer.status == 200
            assert b"Parler" in answer.read()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def test_serve_says_when_the_port_is_taken(kb: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("serve", "--kb", kb, "--port", str(port))
    failed(result, Exit.SERVER, str(port), "taken")


def test_stopping_by_hand_is_told_apart(tmp_path: Path) -> None:
    command = [*PROGRAM, "ingest", "-", "--kb", str(tmp_path / "kb")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        # The knowledge base is there: from here on it waits for an article that does not come.
        while not (tmp_path / "kb" / "index.sqlite").exists():
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == Exit.INTERRUPTED
        assert process.stderr
        assert "Traceback" not in process.stderr.read()
