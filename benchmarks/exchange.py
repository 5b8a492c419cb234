"""What it costs to export, import, forget and compact, over made-up articles.

    python -m benchmarks.exchange [ARTICLES]

Processor time of the process, which other programs disturb least, on a knowledge base as
benchmarks/ingestion.py makes it.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.ingestion import ingest
from kb.compacting import compact
from kb.exchange import import_file
from kb.forgetting import forget
from kb.incoming import FORMATS
from kb.knowledge_base import KnowledgeBase


def main() -> None:
    """Run the benchmark and print its figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("articles", type=int, nargs="?", default=2_000)
    count: int = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with KnowledgeBase.open(folder / "kb", create=True) as kb:
            ingest(kb, count)
        with KnowledgeBase.open(folder / "part", create=True) as kb:
            ingest(kb, count // 10)
        quads = 0
        for form in FORMATS:
            file = folder / f"all.{form}"
            with KnowledgeBase.open(folder / "kb") as kb, timed(f"export {form}") as spent:
                kb.export(file, form)
            if form == "nquads":
                with file.open("rb") as lines:
                    quads = sum(1 for _ in lines)
                print(f"{quads} quads, {quads / spent[0]:.0f} quads/s out")
        for form in FORMATS:
            with timed(f"import {form}") as spent:
                import_file(folder / form, folder / f"all.{form}", form)
            print(f"{quads / spent[0]:.0f} quads/s in")
        with timed("import into a tenth of it"):
            import_file(folder / "part", folder / "all.nquads", "nquads")
        with KnowledgeBase.open(folder / "kb") as kb, timed("forget an article"):
            forget(kb, ["synthetic-7"])
        with timed("compact"):
            compact(folder / "kb")


@contextmanager
def timed(what: str) -> Iterator[list[float]]:
    """Print what a block costs; the seconds are in the list when it is done."""
    spent: list[float] = []
    start = time.process_time()
    yield spent
    spent.append(time.process_time() - start)
    print(f"{what}: {spent[0]:.1f} s", flush=True)


if __name__ == "__main__":
    main()
