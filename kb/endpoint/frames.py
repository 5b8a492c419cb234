"""The bytes between the server and the processes that answer queries.

Each frame is a kind, a length and so many bytes. A question is one frame of JSON; its answer is
a media type, any number of pieces of data, and an end; or an error instead of any of them.
"""

from __future__ import annotations

import json
import socket
import struct
from typing import Any, NamedTuple

OPEN, ASK = b"O", b"Q"
"""To a worker: read from this snapshot from now on; answer this."""
MEDIA_TYPE, DATA, END, ERROR = b"M", b"D", b"Z", b"E"
"""From a worker."""

_HEAD = struct.Struct(">cI")


class Frame(NamedTuple):
    """One message."""

    kind: bytes
    data: bytes

    def json(self) -> Any:
        """The data as the JSON that it holds."""
        return json.loads(self.data)


def send(to: socket.socket, kind: bytes, data: bytes | bytearray = b"") -> None:
    """Send one frame. Raises OSError when the other side has gone."""
    if len(data) < 4096:
        to.sendall(_HEAD.pack(kind, len(data)) + data)
    else:
        to.sendall(_HEAD.pack(kind, len(data)))
        to.sendall(data)


def send_json(to: socket.socket, kind: bytes, value: object) -> None:
    """Send one frame of JSON."""
    send(to, kind, json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def receive(source: socket.socket) -> Frame | None:
    """The next frame; None when the other side has gone.

    Raises TimeoutError when the socket has a timeout and nothing came within it.
    """
    head = _exactly(source, _HEAD.size)
    if head is None:
        return None
    kind, length = _HEAD.unpack(head)
    data = _exactly(source, length)
    return None if data is None else Frame(kind, bytes(data))


def _exactly(source: socket.socket, length: int) -> bytearray | None:
    data = bytearray(length)
    view, got = memoryview(data), 0
    while got < length:
        step = source.recv_into(view[got:])
        if step == 0:
            return None
        got += step
    return data
