"""What tests share: the language model, loaded once, and the ontology."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from extractors.language import load_model

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
