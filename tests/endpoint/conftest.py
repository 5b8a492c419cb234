"""Endpoints over small stores, in this process and behind a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.endpoint import Endpoint, Limits
from kb.store.embedded import EmbeddedStore
from web.application import create_endpoint
from web.screenshot import serving

EX = "http://example.org/"
ADMIN = "administrator's secret"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    """A store with four graphs of a thousand triples."""
    found = EmbeddedStore(tmp_path / "kb" / "store", create=True)
    rows = "".join(
        f'GRAPH <{EX}g{n % 4}> {{ <{EX}s{n}> <{EX}p> "value {n}" }} ' for n in range(4000)
    )
    found.update(f"INSERT DATA {{ {rows} }}")
    yield found
    found.close()


@pytest.fixture
def endpoint(store: EmbeddedStore) -> Iterator[Endpoint]:
    """An endpoint with tight limits."""
    with Endpoint(store, tight(seconds=2.0)) as found:
        yield found


def tight(seconds: float) -> Limits:
    """Limits that a test can reach, but for memory."""
    return Limits(
        seconds=seconds, memory=16 << 30, rows=5_000, size=2_000_000, workers=4, warm=1, patience=30
    )


@pytest.fixture
def address(store: EmbeddedStore) -> Iterator[str]:
    """The address of an endpoint, without a knowledge base, behind a real server."""
    with (
        Endpoint(store, tight(seconds=60)) as patient,
        serving(create_endpoint(patient, admin_token=ADMIN)) as found,
    ):
        yield found
