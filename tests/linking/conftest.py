"""A server with a small file of things, and a knowledge base that speaks of some of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kb.knowledge_base import KnowledgeBase
from kb.linking.cache import Cache
from kb.linking.candidates import Finder
from kb.linking.profiles import profile
from kb.store.asking import Endpoint
from kb.store.opening import Remote
from kb.store.transport import Limits, Transport
from tests.kb.building import stories
from tests.kb.conftest import put
from tests.servers import oxigraph

THINGS = Path(__file__).with_name("things.ttl")
QUICK = Limits(connect=2.0, read=2.0, attempts=3, patience=0.05)

MakeFinder = Callable[..., Finder]


@pytest.fixture(scope="session")
def things(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an endpoint that knows the things of things.ttl."""
    with oxigraph(tmp_path_factory.mktemp("things") / "store") as address:
        Remote(f"{address}/query").open().bulk_load(THINGS, "text/turtle")
        yield f"{address}/query"


@pytest.fixture
def finder(things: str, tmp_path: Path) -> Iterator[MakeFinder]:
    """Makes finders that share a cache; `refresh` is that of the cache."""
    opened: list[Cache] = []

    def make(address: str = things, *, refresh: bool = False, name: str = "wikidata") -> Finder:
        cache = Cache(tmp_path / "links.sqlite", address, refresh=refresh)
        opened.append(cache)
        endpoint = Endpoint(address, Transport(limits=QUICK))
        return Finder(endpoint, profile(name), cache, sleep=lambda _: None)

    yield make
    for cache in opened:
        cache.__exit__(None, None, None)


@pytest.fixture(params=["embedded", "remote"])
def told(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KnowledgeBase]:
    """Three stories: Google, Apple, Parler, Amazon Web Services and John Matze."""
    remote = request.getfixturevalue("remote") if request.param == "remote" else None
    with KnowledgeBase.open(tmp_path / "kb", create=True, remote=remote) as kb:
        put(kb, stories())
        yield kb
