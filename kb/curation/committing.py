"""Decisions written, with all that becomes of them, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from kb.curation.decisions import (
    Decision,
    MergeEntities,
    SplitEntity,
    in_order,
)
from kb.curation.errors import CurationError
from kb.curation.ledger import Ledger
from kb.curation.links import tied_articles
from kb.curation.names import circle, decided_name
from kb.writing import Writer


def commit(writer: Writer, decisions: Sequence[Decision]) -> None:
    """Write decisions, new or withdrawn, with all that becomes of them.

    Raises CurationError when names would stand for each other in a circle.
    """
    with writer.lock:
        ledger = Ledger(writer.index.reader, writer.iris)
        _refuse_circles(ledger, decisions)
        named = tied_articles(ledger, decisions)
        writer.write(again=writer.index.fingerprints(named), decided=decisions)


def _refuse_circles(ledger: Ledger, decisions: Sequence[Decision]) -> None:
    changed = {decision.id: decision for decision in decisions}

    def about(key: str) -> list[Decision]:
        known = [found for found in ledger.about([f"name:{key}"]) if found.id not in changed]
        return in_order([*known, *(found for found in decisions if key in found.names)])

    keys = {key for decision in decisions for key in decision.names}
    found = circle(keys, lambda key: decided_name(key, about(key)).parent)
    if found is None:
        return
    behind = in_order(
        decision for key in found for decision in about(key)
        if isinstance(decision.what, MergeEntities | SplitEntity)
    )  # fmt: skip
    others = dict.fromkeys(decision.id for decision in behind if decision.id not in changed)
    raise CurationError(
        f"This would let names stand for each other in a circle: {' -> '.join([*found, found[0]])}."
        f" Withdraw first one of: {', '.join(others) or 'the decisions that are read together'}"
    )
