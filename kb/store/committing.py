"""One change of a remote store: sent, and known to have been carried out, or not.

An answer may be lost, a request too large, another writer first. The mark of the request (see
`kb.store.guarding`) is read back each time, so that "stored" and "not stored" are both certain.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Sequence

from pyoxigraph import NamedNode, QuerySolutions

from kb.store.addresses import Addresses
from kb.store.failures import Malformed, Unanswered
from kb.store.guarding import Guard, guarded, staged
from kb.store.statements import StoreConflict, StoreError
from kb.store.transport import Transport

STAGE = "urn:dateline:stage:"
"""Where the names of graphs begin that hold data of a change that needs several requests."""

log = logging.getLogger(__name__)


class Commit:
    """One change, under a guard."""

    def __init__(
        self,
        transport: Transport,
        addresses: Addresses,
        select: Callable[[str], QuerySolutions],
        guard: Guard,
    ) -> None:
        self.transport, self.addresses, self.select, self.guard = (
            transport, addresses, select, guard,
        )  # fmt: skip
        self.marks: list[str] = []

    def run(self, operations: Sequence[str]) -> None:
        """Run the operations, all or none. Raises StoreError, StoreConflict."""
        try:
            self.transport.retrying()(self._once, operations)
        except Unanswered as error:
            if error.status != 413:
                raise
            self._in_parts(operations, error)

    def _once(self, operations: Sequence[str]) -> None:
        self.marks.append(uuid.uuid4().hex)
        text = " ;\n".join(guarded(operations, self.guard, self.marks[-1]))
        try:
            self.transport.update(self.addresses.update, text)
        except Malformed as error:
            raise StoreError(
                f"The server at {self.addresses.update} refuses an update that is plain SPARQL 1.1 "
                f"({error}): see docs/stores.md"
            ) from error
        except Unanswered as error:
            if not error.sent or not self._done(error):
                raise
            return
        if not self._done(None):
            raise StoreError(
                f"The server at {self.addresses.update} said that it wrote, but "
                f"{self.addresses.query} does not show it: see whether they are one store"
            )

    def _done(self, error: Unanswered | None) -> bool:
        """Whether one of our requests was carried out. Raises StoreConflict."""
        guard = self.guard
        query = (
            f"SELECT ?number ?mark WHERE {{ GRAPH {guard.node} {{ "
            f"{guard.node} {guard.predicate} ?number "
            f"OPTIONAL {{ {guard.node} {guard.mark} ?mark }} }} }}"
        )
        try:
            rows = [(row["number"], row["mark"]) for row in self.select(query)]
        except StoreError as second:
            if error is None:
                raise
            raise StoreError(
                f"{error}. Whether this was stored is not known ({second}). Run the command "
                f"again: nothing is stored twice"
            ) from error
        found = {mark.value for _, mark in rows if mark is not None}
        if found & set(self.marks):
            if len(found) > 1:
                self._repair()
            return True
        if any(number != guard.old for number, _ in rows) or not rows:
            raise StoreConflict(
                f"Another process has written to the server at {self.addresses.query} meanwhile: "
                f"nothing of this change was stored; run the command again"
            )
        return False

    def _repair(self) -> None:
        """Two marks: another process wrote at the very same moment."""
        operations = [
            f"DELETE WHERE {{ GRAPH {self.guard.node} {{ ?s {self.guard.mark} ?mark }} }}"
        ]
        text = " ;\n".join((*operations, *self.guard.repair))
        self.transport.retrying()(self.transport.update, self.addresses.update, text)
        raise StoreConflict(
            f"Another process wrote to the server at {self.addresses.query} at the same moment: "
            f"both changes are kept, and what is derived from them is made again when it is next "
            f"opened; stop one of the two, and run the command again"
        )

    def _in_parts(self, operations: Sequence[str], error: Unanswered) -> None:
        """Put the data aside in graphs of its own first; then one small request moves it."""
        stage = f"{STAGE}{uuid.uuid4().hex}:"
        aside, rest = staged(operations, stage)
        if not aside:
            raise error
        log.info("A change of %s is sent in parts: it is too large for one request", self.guard)
        try:
            for graph, rows in aside:
                self._put_aside(graph, rows)
            self.transport.retrying()(self._once, rest)
        except BaseException:
            self._drop([graph for graph, _ in aside])
            raise

    def _put_aside(self, graph: NamedNode, rows: Sequence[str]) -> None:
        if self.addresses.graphs is not None:
            data = "\n".join((*rows, "")).encode()
            try:
                self.transport.retrying()(
                    self.transport.put,
                    self.addresses.graphs,
                    graph.value,
                    data,
                    "application/n-triples",
                )
            except Unanswered as error:
                log.info("The graph store did not take %s: %s", graph, error)
            else:
                return
        self._insert(graph, rows)

    def _insert(self, graph: NamedNode, rows: Sequence[str]) -> None:
        """Insert lines of a graph, in as many requests as the server needs."""
        text = "INSERT DATA {{ GRAPH {} {{\n{}\n}} }}".format(graph, "\n".join(rows))
        try:
            self.transport.retrying()(self.transport.update, self.addresses.update, text)
        except Unanswered as error:
            if error.status != 413 or len(rows) < 2:
                raise
            half = len(rows) // 2
            self._insert(graph, rows[:half])
            self._insert(graph, rows[half:])

    def _drop(self, graphs: Sequence[NamedNode]) -> None:
        text = " ;\n".join(f"DROP SILENT GRAPH {graph}" for graph in graphs)
        try:
            self.transport.update(self.addresses.update, text)
        except StoreError as error:
            log.warning("%s is left over and can be dropped: %s", graphs[0], error)
