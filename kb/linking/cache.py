"""What endpoints have answered, kept in a file: nobody is asked twice for the same thing."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kb.closing import Closing
from kb.store import StoreError

NAME = "links.sqlite"
"""The file's name, in the directory of a knowledge base."""


def discard(folder: Path) -> None:
    """Delete what was kept, with the names in it. It is asked for again."""
    for file in folder.glob(f"{NAME}*"):
        file.unlink(missing_ok=True)


class Cache(Closing):
    """Answers of one endpoint by kind and key, in a SQLite file. Losing it loses only time.

    With `refresh`, what was kept before is not given out, but asked for again.
    """

    def __init__(self, path: Path, endpoint: str, *, refresh: bool = False) -> None:
        self._endpoint, self._since = endpoint, time.time() if refresh else 0.0
        try:
            self._connection = sqlite3.connect(path, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS answers (endpoint TEXT, kind TEXT, key TEXT,"
                " value TEXT NOT NULL, at REAL NOT NULL, PRIMARY KEY (endpoint, kind, key))"
                " WITHOUT ROWID"
            )
        except sqlite3.Error as error:
            raise StoreError(
                f"The answers kept in {path} can't be read ({error}): delete it; it is made again"
            ) from error

    def get(self, kind: str, keys: Iterable[str]) -> dict[str, Any]:
        """What is known of these keys."""
        query = (
            "SELECT key, value FROM answers WHERE endpoint = ? AND kind = ? AND at >= ?"
            " AND key IN (SELECT value FROM json_each(?))"
        )
        values = (self._endpoint, kind, self._since, json.dumps(sorted(set(keys))))
        return {key: json.loads(value) for key, value in self._connection.execute(query, values)}

    def put(self, kind: str, answers: Mapping[str, Any]) -> None:
        """Keep answers by key, at once and for good."""
        now = time.time()
        self._connection.execute("BEGIN")
        self._connection.executemany(
            "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)",
            [(self._endpoint, kind, key, json.dumps(v), now) for key, v in answers.items()],
        )
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
