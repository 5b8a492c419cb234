"""Decisions to and from a file of RDF: what one knowledge base decided, another may take over.

A file is read whole before anything is written; decisions that are known already are passed
over. Addresses are brought under the base of the knowledge base that takes them over.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import DefaultGraph, Quad, RdfFormat

from kb.curation.committing import commit
from kb.curation.decisions import Decision
from kb.curation.errors import CurationError
from kb.curation.graph import decision_quads
from kb.curation.ledger import Ledger
from kb.curation.reading import base_of, read_decisions
from kb.iris import Iris
from kb.terms import PREFIXES

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "ntriples": RdfFormat.N_TRIPLES,
}
SUFFIXES = {".ttl": "turtle", ".trig": "trig", ".nq": "nquads", ".nt": "ntriples"}


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file of decisions."""

    taken: tuple[Decision, ...]
    """New ones, and ones that were withdrawn since."""
    known: int
    """How many were there already."""


def export_decisions(kb: KnowledgeBase, form: str) -> bytes:
    """All decisions, withdrawn ones too, in one of `FORMATS`. Raises ValueError on another."""
    if form not in FORMATS:
        raise ValueError(f"{form!r} is no format of decisions: choose {', '.join(FORMATS)}")
    ledger = Ledger(kb.writer.index.reader, kb.iris)
    decisions = ledger.all().values()
    told = {quad for decision in decisions for quad in decision_quads(decision, kb.iris)}
    quads = sorted(told, key=str)
    kind, output = FORMATS[form], io.BytesIO()
    parts = quads if kind.supports_datasets else [quad.triple for quad in quads]
    prefixes = {name: PREFIXES[name] for name in ("dl", "prov", "rdfs", "xsd")}
    prefixes |= {"curation": f"{kb.base}curation/", "curator": f"{kb.base}curator/"}
    pyoxigraph.serialize(parts, output, kind, prefixes=prefixes)
    return output.getvalue()


def import_decisions(kb: KnowledgeBase, data: bytes, form: str) -> Imported:
    """Take over the decisions of a file: all of them in one transaction, or none.

    Raises CurationError, with the line where that can be told, on what is no RDF, no decision,
    another decision of an id that is taken, or would merge names in a circle.
    """
    return take_decisions(kb, parse_decisions(data, form, kb.iris))


def take_decisions(kb: KnowledgeBase, decisions: Sequence[Decision]) -> Imported:
    """Take over decisions: all of them in one transaction, or none.

    Raises CurationError on another decision of an id that is taken, and on names that would be
    merged in a circle.
    """
    with kb.writer.lock:
        held = Ledger(kb.writer.index.reader, kb.iris).all()
        fresh = []
        for decision in decisions:
            mine = held.get(decision.id)
            if mine == decision:
                continue
            if mine is not None:
                _check_same(mine, decision)
                if not mine.stands:
                    continue
            fresh.append(decision)
        if fresh:
            commit(kb.writer, fresh)
    return Imported(tuple(fresh), len(decisions) - len(fresh))


def _check_same(mine: Decision, other: Decision) -> None:
    """The same id must be the same decision; one of the two may be withdrawn."""
    if (mine.what, mine.order, mine.author) != (other.what, other.order, other.author):
        raise CurationError(f"{mine.id} is another decision here: nothing was taken over")
    if mine.withdrawal and other.withdrawal:
        raise CurationError(f"{mine.id} was withdrawn otherwise here: nothing was taken over")


def parse_decisions(data: bytes, form: str, iris: Iris) -> list[Decision]:
    """The decisions of a file, under the base of `iris`. Raises CurationError."""
    if form not in FORMATS:
        raise ValueError(f"{form!r} is no format of decisions: choose {', '.join(FORMATS)}")
    quads = _parsed(data, form)
    if not quads:
        return []
    base = base_of(quads)
    if base is None:
        raise CurationError("The file holds no decisions, whose addresses end in curation/ID", 1)
    lines = _Lines(data.decode("utf-8", "replace"))
    own = Iris(base)
    graphs = {quad.graph_name for quad in quads} - {DefaultGraph(), own.curation}
    if graphs:
        raise CurationError(
            f"The file holds the graph {graphs.pop()} besides that of decisions: import a whole "
            "knowledge base with 'dateline import'"
        )
    return read_decisions(quads, own, lines.of)


def form_of(path: Path) -> str | None:
    """The format that a file's name stands for, None of others."""
    return SUFFIXES.get(path.suffix.lower())


def _parsed(data: bytes, form: str) -> list[Quad]:
    try:
        return list(pyoxigraph.parse(data, FORMATS[form]))
    except SyntaxError as error:
        raise CurationError(f"This is no {form}: {error.msg}", error.lineno) from error


class _Lines:
    """Where a file first speaks of a node, for messages."""

    def __init__(self, text: str) -> None:
        self.text = text

    def of(self, iri: str) -> int | None:
        """The line with the address of a node, or the last part of it."""
        last = re.split(r"[/#]", iri)[-1]
        for words in (f"<{iri}>", last):
            place = self.text.find(words)
            if words and place >= 0:
                return self.text.count("\n", 0, place) + 1
        return None
