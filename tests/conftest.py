"""What tests share: the language model, loaded once, and the ontology."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language

from extractors.language import load_model
from kb.store.opening import Remote
from tests.servers import oxigraph

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The default spaCy pipeline."""
    return load_model()


@pytest.fixture(scope="session")
def ontology_path() -> Path:
    """The ontology as it lies in the checkout."""
    return ROOT / "ontology.ttl"


@pytest.fixture(scope="session")
def samples_path() -> Path:
    """The sample articles."""
    return ROOT / "samples"


@pytest.fixture(scope="session")
def sparql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real SPARQL server for the whole run: its address, without a path."""
    with oxigraph(tmp_path_factory.mktemp("server") / "store") as address:
        yield address


@pytest.fixture
def remote(sparql_server: str) -> Remote:
    """A remote store with nothing in it."""
    store = Remote(f"{sparql_server}/query").open()
    store.update("DROP ALL")
    return Remote(f"{sparql_server}/query")
