"""The whole of it on a SPARQL server: read in, listed, shown, asked, exported and served."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from werkzeug.test import Client

from cli.failures import Exit
from kb.knowledge_base import KnowledgeBase
from kb.store.opening import Remote
from tests.cli.running import failed, lines, run
from web.application import create_app

LABELS = "SELECT ?what ?who WHERE { ?e a sem:Event ; rdfs:label ?what ; dl:agent/rdfs:label ?who }"


@pytest.fixture(scope="module")
def on_server(
    tmp_path_factory: pytest.TempPathFactory, samples_path: Path, sparql_server: str
) -> list[str | Path]:
    """The samples on a server: the options that name it."""
    address = f"{sparql_server}/query"
    Remote(address).open().update("DROP ALL")
    options: list[str | Path] = ["--kb", tmp_path_factory.mktemp("cli") / "kb", "--store", address]
    result = run("ingest", samples_path, *options)
    assert result.exit_code == 0, result.output
    assert address in result.stdout
    return options


def plain(text: str) -> list[str]:
    """The triples of an export, without the log of commits, which tells the time."""
    return sorted(
        line for line in text.splitlines() if not line.endswith("graph/knowledge-base> .")
    )


def test_a_server_holds_the_same_graph(on_server: list[str | Path], kb: Path) -> None:
    there = plain(run("export", "--format", "nquads", *on_server).stdout)
    assert there == plain(run("export", "--format", "nquads", "--kb", kb).stdout)
    assert there


@pytest.mark.parametrize(
    "command",
    [
        ["timeline", "--all", "--format", "jsonl"],
        ["timeline", "--entity", "amazon", "--from", "2021-01"],
        ["info", "--format", "json"],
        ["show", "amazon"],
        ["query", f"{LABELS} ORDER BY ?what ?who", "--format", "csv"],
        ["query", "ASK { ?e a sem:Event }"],
    ],
)
def test_commands_say_the_same(on_server: list[str | Path], kb: Path, command: list[str]) -> None:
    there = run(*command, *on_server)
    assert there.exit_code == 0, there.output
    assert there.stdout == run(*command, "--kb", kb).stdout
    assert there.stdout


def test_an_index_that_is_not_there_is_made_from_the_server(
    on_server: list[str | Path], tmp_path: Path, samples_path: Path
) -> None:
    options = ["--kb", tmp_path / "elsewhere", *on_server[2:]]
    form = ["--format", "json"]
    assert run("info", *options, *form).stdout == run("info", *on_server, *form).stdout
    assert run("ingest", samples_path, *options).stdout.count("unchanged") > 1
    assert run("reindex", *options).exit_code == 0


def test_pages_and_the_endpoint_are_the_same(on_server: list[str | Path], kb: Path) -> None:
    (event,) = lines(run("timeline", "--kb", kb, "--format", "jsonl", "--limit", "1"))
    remote = Remote(str(on_server[3]))
    with (
        KnowledgeBase.open(Path(on_server[1]), remote=remote) as there,
        KnowledgeBase.open(kb) as here,
    ):
        far, near = Client(create_app(there)), Client(create_app(here))
        for path in ("/", "/entity/amazon", f"/event/{event['slug']}", "/api/events?limit=20"):
            assert far.get(path).text == near.get(path).text
        asked = {"query": f"PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> {COUNT}"}
        answer = far.get("/sparql", query_string=asked, headers={"Accept": "text/csv"})
        assert (answer.status_code, answer.text) == (
            200,
            near.get("/sparql", query_string=asked, headers={"Accept": "text/csv"}).text,
        )
        for query in (
            "SELECT * WHERE { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
            "INSERT DATA { <a:a> <a:b> <a:c> }",
            "SELECT * WHERE { ?s ",
        ):
            refused = far.post("/sparql", data={"query": query})
            assert refused.status_code == 400
            assert json.loads(refused.data)["detail"]


COUNT = "SELECT (COUNT(?e) AS ?n) WHERE { ?e a sem:Event }"


def test_mistakes_in_the_options(tmp_path: Path) -> None:
    where: list[str | Path] = ["--kb", tmp_path / "kb"]
    secret = "https://me:hunter2@host.example/sparql"
    result = run("info", *where, "--store", secret)
    failed(result, Exit.STORE, "DATELINE_STORE_PASSWORD")
    assert "hunter2" not in result.output
    failed(run("info", *where, "--store", "ftp://x/"), Exit.STORE, "no address")
    failed(run("info", *where, "--store-update", "http://x/"), Exit.USAGE, "--store")
    dead = run("info", *where, "--store", "http://127.0.0.1:9/query")
    failed(dead, Exit.STORE, "http://127.0.0.1:9/query")
