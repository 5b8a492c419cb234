"""Runs a suite and prints passed/total per manifest, then each failure with its reason."""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.w3c import evaluation, manifests, protocols
from benchmarks.w3c.client import Client, Failed
from benchmarks.w3c.manifests import Test
from kb.endpoint import Endpoint
from kb.store.embedded import EmbeddedStore
from web.application import create_endpoint
from web.screenshot import serving

RUNNERS: dict[str, Callable[[Test, Client], None]] = {
    "QueryEvaluationTest": evaluation.query,
    "CSVResultFormatTest": evaluation.query,
    "UpdateEvaluationTest": evaluation.update,
    "PositiveSyntaxTest": evaluation.syntax,
    "NegativeSyntaxTest": evaluation.syntax,
    "PositiveSyntaxTest11": evaluation.syntax,
    "NegativeSyntaxTest11": evaluation.syntax,
    "PositiveUpdateSyntaxTest11": evaluation.syntax,
    "NegativeUpdateSyntaxTest11": evaluation.syntax,
    "ProtocolTest": protocols.connection,
    "GraphStoreProtocolTest": protocols.connection,
    "ServiceDescriptionTest": protocols.description,
}
LEFT_OUT = {
    "entailment": "entailment regimes are no part of SPARQL 1.1 Query",
    "service": "calls servers that the suite only describes",
}
TOKEN = "suite"


def main() -> None:
    """Run the suite of the command line. Exits with 1 when a test fails."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("directory", type=Path, help="where the suite lies")
    parser.add_argument("--endpoint", help="an endpoint to test, whose store may be emptied")
    parser.add_argument("--graph-store", help="its graph store")
    parser.add_argument("--token", help="what its writes must show")
    parser.add_argument("--only", help="run only manifests whose folder has this name")
    options = parser.parse_args()
    if options.endpoint:
        store = options.graph_store or f"{options.endpoint}/../graph-store"
        failed = run(
            options.directory, Client(options.endpoint, store, options.token), options.only
        )
    else:
        with served() as client:
            failed = run(options.directory, client, options.only)
    raise SystemExit(1 if failed else 0)


@contextmanager
def served() -> Iterator[Client]:
    """The endpoint of this project on its production server, over an empty store."""
    with tempfile.TemporaryDirectory() as folder:
        store = EmbeddedStore(Path(folder) / "store", create=True)
        with (
            Endpoint(store) as endpoint,
            serving(create_endpoint(endpoint, admin_token=TOKEN)) as home,
        ):
            yield Client(f"{home}/sparql/", f"{home}/graph-store", TOKEN)
        store.close()


def run(directory: Path, client: Client, only: str | None = None) -> int:
    """Run all tests, print the table, and return how many failed."""
    passed: defaultdict[str, int] = defaultdict(int)
    total: defaultdict[str, int] = defaultdict(int)
    failures: list[str] = []
    for test in manifests.tests(directory):
        if test.manifest in LEFT_OUT or only not in (None, test.manifest):
            continue
        total[test.manifest] += 1
        try:
            runner = RUNNERS.get(test.kind)
            if runner is None:
                raise Failed(f"this runner knows no {test.kind}")
            runner(test, client)
            passed[test.manifest] += 1
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is the test's failure
            failures.append(f"{test.manifest}: {test.name}: {type(error).__name__}: {error}")
    for manifest, count in total.items():
        print(f"{manifest:28} {passed[manifest]:4} / {count}")
    count, whole = sum(passed.values()), sum(total.values())
    print(f"{'all':28} {count:4} / {whole}  {count / max(whole, 1):.2%}")
    for folder, why in LEFT_OUT.items():
        print(f"left out: {folder} ({why})")
    for failure in failures:
        print(f"FAILED {failure}")
    return len(failures)


if __name__ == "__main__":
    main()
