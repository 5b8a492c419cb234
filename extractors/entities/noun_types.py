"""The types of nouns beyond the lexicon: by the listed nouns that their word vectors are near."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token
from spacy.vocab import Vocab

from extractors.entities.types import NOUN_TYPES, NounType

_NEIGHBOURS = 5
# The summed likeness of the neighbours that agree; below it the vectors tell nothing.
_THRESHOLD = 1.5
_QUANTITIES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
_ENDINGS: tuple[tuple[str, NounType], ...] = (
    ("woman", "PERSON"), ("sman", "PERSON"), ("person", "PERSON"), ("ologist", "PERSON"),
    ("ician", "PERSON"), ("maker", "ORG"), ("ware", "PRODUCT"), ("ness", "OTHER"),
    ("ity", "OTHER"), ("tion", "OTHER"), ("sion", "OTHER"), ("ment", "OTHER"), ("ism", "OTHER"),
    ("ship", "OTHER"), ("ing", "OTHER"), ("ance", "OTHER"), ("ence", "OTHER"),
)  # fmt: skip


class NounTyper:
    """Types nouns by lexicon, then ending, then by vote of the nearest listed nouns' vectors.

    Without vectors (spaCy's small models) the vote is left out. Answers are kept by form, so
    that each noun is looked up once.
    """

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self._known: dict[str, NounType | None] = dict(NOUN_TYPES)
        words = [w for w in NOUN_TYPES if vocab.vectors_length and vocab.has_vector(w)]
        self._types = [NOUN_TYPES[word] for word in words]
        self._matrix: NDArray[np.float32] | None = None
        if words:
            rows = np.stack([_vector(vocab, word) for word in words])
            self._matrix = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)

    def type_of(self, noun: Token) -> NounType | None:
        """The type of a noun by its lemma, None where nothing tells."""
        if noun.ent_type_ in _QUANTITIES:
            return "OTHER"
        form = noun.lower_
        if form not in self._known:
            lemma = noun.lemma_.casefold()
            listed = NOUN_TYPES.get(lemma)
            self._known[form] = listed or self._by_ending(lemma) or self._by_vector(lemma)
        return self._known[form]

    @staticmethod
    def _by_ending(lemma: str) -> NounType | None:
        for ending, kind in _ENDINGS:
            if lemma.endswith(ending) and len(lemma) > len(ending) + 2:
                return kind
        return None

    def _by_vector(self, lemma: str) -> NounType | None:
        if self._matrix is None or not self._vocab.has_vector(lemma):
            return None
        vector = _vector(self._vocab, lemma)
        norm = float(np.linalg.norm(vector))
        if norm == 0:
            return None
        likeness = self._matrix @ (vector / norm)
        nearest = np.argpartition(-likeness, _NEIGHBOURS)[:_NEIGHBOURS]
        votes: dict[NounType, float] = {}
        for i in nearest:
            kind = self._types[int(i)]
            votes[kind] = votes.get(kind, 0.0) + max(float(likeness[i]), 0.0)
        best = max(votes, key=lambda kind: votes[kind])
        return best if votes[best] > _THRESHOLD else None


def _vector(vocab: Vocab, word: str) -> NDArray[np.float32]:
    return np.asarray(vocab.get_vector(word), dtype=np.float32)


@lru_cache(maxsize=4)
def noun_typer(vocab: Vocab) -> NounTyper:
    """The typer of a vocabulary, made once."""
    return NounTyper(vocab)
