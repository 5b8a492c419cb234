"""The two tiers of the reader: how token vectors are made, and the weights that go with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extractors.reader.network import Network, VectorsOf, WeightsError
from extractors.reader.vectors import model_vectors, weights_name

WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class Tier:
    """A fitted network, and the vectors it was fitted to.

    `vectors` takes Docs and a batch size, and gives each Doc with what gives rows for tokens.
    """

    network: Network
    vectors: Callable[[Iterable[Doc], int], Iterator[tuple[Doc, VectorsOf]]]


def load_tier(nlp: Language, weights: str) -> Tier | None:
    """The tier of that name, or of a folder; None where a model has no light weights.

    Raises WeightsError when a file is missing or can't be read.
    """
    if weights == "light":
        path = WEIGHTS / f"{weights_name(nlp)}.npz"
        return Tier(Network.load(path), light_vectors) if path.exists() else None
    folder = WEIGHTS if weights == "accurate" else Path(weights)
    own = folder / f"{weights_name(nlp)}.npz"
    if own.exists() and weights != "accurate":
        return Tier(Network.load(own), light_vectors)
    if not (folder / "accurate.npz").exists():
        raise WeightsError(
            f"There are no reader's weights {weights!r}: name light, accurate or a folder that "
            "benchmarks.train wrote."
        )
    from extractors.reader.encoder import Encoder

    encoder = Encoder(folder)

    def vectors(docs: Iterable[Doc], batch_size: int) -> Iterator[tuple[Doc, VectorsOf]]:
        for doc, rows in encoder.pipe(docs, batch_size):
            yield doc, rows.__getitem__

    return Tier(Network.load(folder / "accurate.npz"), vectors)


def weights_files(weights: str) -> list[Path]:
    """The files that hold the weights of a tier or folder, in a fixed order."""
    if weights in ("", "light"):
        return sorted(WEIGHTS.glob("light-*.npz")) if weights else []
    folder = WEIGHTS if weights == "accurate" else Path(weights)
    kinds = ("accurate.*",) if weights == "accurate" else ("*.npz", "*.onnx")
    return sorted(file for kind in kinds for file in folder.glob(kind))


def light_vectors(docs: Iterable[Doc], batch_size: int) -> Iterator[tuple[Doc, VectorsOf]]:
    """Docs with the language model's own vectors."""
    for doc in docs:
        yield doc, partial(model_vectors, doc)
