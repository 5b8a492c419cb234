"""Token vectors for the accurate reader: a small transformer, fine-tuned, in int8.

The encoder is all-MiniLM-L6-v2 (Wang et al. 2020, "MiniLM"), fitted by `benchmarks.train` and run
by onnxruntime; see the model card beside the weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc

from extractors.reader.network import Vectors, WeightsError
from extractors.reader.windows import Window, windows

AT_ONCE = 24
"""Windows that the encoder reads at once; those of like length go together."""
WIDTH = 384
"""The width of the encoder's states."""
OPEN, CLOSE, PAD, UNKNOWN = "[CLS]", "[SEP]", "[PAD]", "[UNK]"


class Encoder:
    """The encoder with its vocabulary, loaded from ``accurate.onnx`` and its word pieces."""

    def __init__(self, folder: Path) -> None:
        try:
            import onnxruntime as ort
            from tokenizers import Tokenizer, models, normalizers
        except ImportError as error:
            raise WeightsError(
                "The accurate reader needs onnxruntime and tokenizers: install them with "
                "pip install 'dateline[accurate]', or use the light one."
            ) from error
        model, words = folder / "accurate.onnx", folder / "accurate-pieces.txt"
        if not (model.exists() and words.exists()):
            raise WeightsError(
                f"The accurate reader's weights are missing in {folder.name}: install Dateline "
                "anew, or train them with benchmarks.train."
            )
        vocabulary = {
            piece: number for number, piece in enumerate(words.read_text("utf-8").splitlines())
        }
        self._tokenizer = Tokenizer(
            models.WordPiece(vocabulary, unk_token=UNKNOWN, max_input_chars_per_word=100)
        )
        self._tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        self._marks = vocabulary[OPEN], vocabulary[CLOSE]
        self._pad = vocabulary[PAD]
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = ort.InferenceSession(
            str(model), sess_options=options, providers=["CPUExecutionProvider"]
        )
        self._pieces: dict[str, list[int]] = {}

    def pipe(self, docs: Iterable[Doc], batch_size: int) -> Iterator[tuple[Doc, Vectors]]:
        """Docs with a vector for each token; white space gets zeros."""
        waiting = iter(docs)
        while batch := list(islice(waiting, batch_size)):
            yield from zip(batch, self.encode(batch), strict=True)

    def encode(self, docs: Sequence[Doc]) -> list[Vectors]:
        """The vectors of the tokens of each Doc: the encoder's beside the language model's own."""
        cut = [
            (number, window)
            for number, doc in enumerate(docs)
            for window in windows(
                self.pieces(doc), [(s.start, s.end) for s in doc.sents], *self._marks
            )
        ]
        cut.sort(key=lambda one: len(one[1].pieces))
        found: list[Vectors | None] = [None] * len(docs)
        for start in range(0, len(cut), AT_ONCE):
            part = cut[start : start + AT_ONCE]
            states = self._run([window for _, window in part])
            for row, (number, window) in enumerate(part):
                vectors = found[number]
                if vectors is None:
                    vectors = np.zeros((len(docs[number]), WIDTH), dtype=np.float32)
                    found[number] = vectors
                vectors[window.tokens] = states[row, window.places]
        return [_beside(doc, vectors) for doc, vectors in zip(docs, found, strict=True)]

    def pieces(self, doc: Doc) -> list[list[int]]:
        """The word pieces of each token, none for white space. Words are looked up once."""
        fresh = sorted({token.text for token in doc} - self._pieces.keys())
        if len(self._pieces) > 200_000:
            self._pieces.clear()
            fresh = sorted({token.text for token in doc})
        for word, encoding in zip(
            fresh, self._tokenizer.encode_batch(fresh, add_special_tokens=False), strict=True
        ):
            self._pieces[word] = encoding.ids if word.strip() else []
        return [self._pieces[token.text] for token in doc]

    def _run(self, cut: Sequence[Window]) -> Any:
        longest = max(len(window.pieces) for window in cut)
        ids = np.full((len(cut), longest), self._pad, dtype=np.int64)
        for row, window in enumerate(cut):
            ids[row, : len(window.pieces)] = window.pieces
        mask = (ids != self._pad).astype(np.int64)
        return self._session.run(None, {"pieces": ids, "mask": mask})[0]


def _beside(doc: Doc, vectors: Vectors | None) -> Vectors:
    if vectors is None:
        vectors = np.zeros((len(doc), WIDTH), dtype=np.float32)
    return np.concatenate([vectors, np.asarray(doc.tensor, dtype=np.float32)], axis=1)
