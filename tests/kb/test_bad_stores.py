"""SPARQL servers that are down, slow, read-only, broken or in use: clear errors, nothing half."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs
from urllib.request import Request, urlopen

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from kb.knowledge_base import KnowledgeBase
from kb.store import StoreConflict, StoreError, Triples, insertion
from kb.store.addresses import Addresses, addresses
from kb.store.credentials import Credentials, credentials
from kb.store.opening import Remote
from kb.store.remote import RemoteStore
from kb.store.transport import Limits, Transport
from kb.views import TimelineFilter
from tests.kb.building import courier, gazette, ledger, stories
from tests.kb.conftest import canonical, put
from tests.servers import Asked, Hostile, hostile

QUICK = Limits(connect=2.0, read=0.5, attempts=3, patience=0.05)
JSON = "application/sparql-results+json"
NOTHING = b'{"head":{"vars":["s","p","o"]},"results":{"bindings":[]}}'
SELECT = "SELECT ?s WHERE { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture
def server() -> Iterator[Hostile]:
    """A server that answers every query with no rows, until a test says otherwise."""
    with hostile() as found:
        found.respond = lambda asked: asked.answer(200, NOTHING, JSON)
        yield found


def store_at(server: Hostile, who: Credentials | None = None, **limits: float) -> RemoteStore:
    transport = Transport(who or Credentials(), replace(QUICK, **limits))  # type: ignore[arg-type]
    found = RemoteStore(addresses(f"{server.url}/ds/query"), transport)
    server.asked.clear()
    return found


def rows(store: RemoteStore) -> list[str]:
    result = store.query(SELECT, union=False)
    assert isinstance(result, QuerySolutions)
    return [row["s"].value for row in result]


def sequence(*answers: Callable[[Asked], None]) -> Callable[[Asked], None]:
    """One answer after the other; the last one again and again."""
    left = list(answers)

    def respond(asked: Asked) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(asked)

    return respond


def status(code: int, **headers: str) -> Callable[[Asked], None]:
    return lambda asked: asked.answer(code, b"sorry", **headers)


def good(asked: Asked) -> None:
    body = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"a:b"}}]}}'
    asked.answer(200, body, JSON)


def hang_up(asked: Asked) -> None:
    asked.handler.connection.shutdown(socket.SHUT_RDWR)


def test_a_server_that_is_down_is_named(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{probe.getsockname()[1]}/query"
    with pytest.raises(StoreError, match=f"{address} can't be reached .*see whether it is running"):
        RemoteStore(Addresses(address, address), Transport(limits=QUICK))
    with pytest.raises(StoreError, match=r"nowhere\.invalid"):
        Remote("http://nowhere.invalid/query").open()


def test_a_slow_server_has_a_limit_of_its_own(server: Hostile) -> None:
    store = store_at(server)
    server.respond = lambda asked: time.sleep(1.5)
    with pytest.raises(StoreError, match=r"within 0\.5 seconds.*DATELINE_STORE_TIMEOUT"):
        rows(store)
    assert len(server.asked) == 1  # what takes too long once is not asked for again


@pytest.mark.parametrize("code", [429, 502, 503, 504])
def test_what_may_pass_is_asked_again(server: Hostile, code: int) -> None:
    store = store_at(server)
    server.respond = sequence(status(code), hang_up, good)
    assert rows(store) == ["a:b"]
    assert len(server.asked) == 3
    server.respond = status(code)
    with pytest.raises(StoreError, match=f"can't answer now \\({code}: sorry\\)"):
        rows(store)
    assert len(server.asked) == 6


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_waited_for(server: Hostile, form: str) -> None:
    store = store_at(server, patience=5.0)
    later = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 2))
    server.respond = sequence(status(503, Retry_After="1" if form == "seconds" else later), good)
    began = time.monotonic()
    assert rows(store) == ["a:b"]
    assert time.monotonic() - began > 0.9


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (400, "sorry"),
        (401, "asks who is there: set DATELINE_STORE_USER"),
        (403, r"answered 403: sorry \(set credentials"),
        (404, "nothing is there"),
        (406, "none of the formats"),
        (500, "answered 500: sorry"),
    ],
)
def test_refusals_say_what_to_do(server: Hostile, code: int, words: str) -> None:
    store = store_at(server)
    server.respond = status(code)
    with pytest.raises((StoreError, SyntaxError), match=words):
        rows(store)
    assert len(server.asked) == 1


def test_a_page_of_html_is_no_answer(server: Hostile) -> None:
    page = b"<html><head><title>Welcome to Quadhouse</title></head><body>Log in</body></html>"
    store = store_at(server)
    for code in (200, 500):
        server.respond = partial(Asked.answer, status=code, body=page, kind="text/html")
        with pytest.raises(StoreError, match="Welcome to Quadhouse"):
            rows(store)
    with hostile() as other:
        other.respond = lambda asked: asked.answer(200, page, "text/html")
        with pytest.raises(StoreError, match="address of a SPARQL endpoint"):
            store_at(other)


FULL = json.dumps(
    {
        "head": {"vars": ["s"]},
        "results": {
            "bindings": [
                {"s": {"type": "literal", "value": 'a "}" \\' + str(n)}} for n in range(99)
            ]
        },
    }
).encode()


def cut(size: int, how: str) -> Callable[[Asked], None]:
    """The beginning of an answer, ended in a way that a client may take for its end."""

    def respond(asked: Asked) -> None:
        body = FULL[:size]
        if how == "announced":
            asked.answer(200, body, JSON, Content_Length=str(len(FULL)))
        elif how == "as if whole":
            asked.answer(200, body, JSON)
        else:
            asked.handler.send_response(200)
            asked.handler.send_header("Content-Type", JSON)
            asked.handler.send_header("Transfer-Encoding", "chunked")
            asked.handler.end_headers()
            asked.handler.wfile.write(b"%x\r\n%s\r\n" % (len(body), body))

    return respond


@pytest.mark.parametrize("how", ["announced", "as if whole", "chunked"])
@pytest.mark.parametrize("size", [0, 40, 400, len(FULL) - 40, len(FULL) - 2, len(FULL) - 1])
def test_half_an_answer_is_an_error_and_asked_again(server: Hostile, size: int, how: str) -> None:
    store = store_at(server)
    server.respond = cut(size, how)
    with pytest.raises(StoreError, match="broke off"):
        rows(store)
    assert len(server.asked) == QUICK.attempts
    server.respond = sequence(cut(size, how), lambda asked: asked.answer(200, FULL, JSON))
    assert len(rows(store)) == 99


@given(
    st.recursive(
        st.text() | st.booleans(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    ),
    st.data(),
)
def test_brackets_are_closed_at_the_end_and_never_before(
    value: object, data: st.DataObject
) -> None:
    from kb.store.bodies import Brackets

    whole = json.dumps({"é\\": value}, ensure_ascii=data.draw(st.booleans())).encode()
    size = data.draw(st.integers(1, max(1, len(whole) - 1)))
    counted = Brackets()
    for start in range(0, len(whole), size):
        assert counted.open
        counted.read(whole[start : start + size])
    assert not counted.open


def test_a_large_answer_that_breaks_off_late_is_an_error(server: Hostile) -> None:
    store = store_at(server)
    row = b'{"s":{"type":"literal","value":"%s"}}' % (b"x" * 1000)
    body = b'{"head":{"vars":["s"]},"results":{"bindings":[' + b",".join([row] * 3000)
    server.respond = lambda asked: asked.answer(200, body, JSON)
    result = store.query(SELECT, union=False)
    assert isinstance(result, QuerySolutions)
    with pytest.raises(StoreError, match="broke off"):
        list(result)


def test_a_graph_whose_end_cannot_be_seen_is_refused(server: Hostile) -> None:
    store = store_at(server)
    triples = b"<http://a.example/a> <http://a.example/b> <http://a.example/c> .\n"

    def endless(asked: Asked) -> None:
        asked.handler.protocol_version = "HTTP/1.0"
        asked.handler.send_response(200)
        asked.handler.send_header("Content-Type", "application/n-triples")
        asked.handler.end_headers()
        asked.handler.wfile.write(triples)

    server.respond = endless
    with pytest.raises(StoreError, match="can't be told from the whole"):
        store.query("CONSTRUCT WHERE { ?s ?p ?o }", union=False)
    server.respond = lambda asked: asked.answer(200, triples, "application/n-triples")
    graph = store.query("CONSTRUCT WHERE { ?s ?p ?o }", union=False)
    assert isinstance(graph, Triples)
    assert len(list(graph)) == 1


def test_redirects_keep_the_query_and_stay_on_the_host(server: Hostile) -> None:
    secret = Credentials("me", "hunter2")
    store = store_at(server, secret)
    moved = status(307, Location="/elsewhere")
    server.respond = lambda asked: (good if asked.path == "/elsewhere" else moved)(asked)
    assert rows(store) == ["a:b"]
    assert parse_qs(server.asked[-1].body.decode())["query"] == [SELECT]
    assert server.asked[-1].header("Authorization").startswith("Basic ")
    with hostile() as other:
        away = other.url.replace("127.0.0.1", "localhost")
        server.respond = status(307, Location=f"{away}/query")
        with pytest.raises(StoreError, match=f"points to {away}/query"):
            rows(store)
        assert not other.asked
    server.respond = status(307, Location=f"{server.url}/round")
    with pytest.raises(StoreError):
        rows(store)


def test_credentials_are_sent_and_never_told(server: Hostile) -> None:
    def echo(asked: Asked) -> None:
        asked.answer(403, f"you said {asked.header('Authorization')} hunter2".encode())

    for who, header in (
        (Credentials("me", "hunter2"), "Basic bWU6aHVudGVyMg=="),
        (Credentials(token="hunter2"), "Bearer hunter2"),
    ):
        server.respond = lambda asked: asked.answer(200, NOTHING, JSON)
        store = store_at(server, who)
        server.respond = echo
        with pytest.raises(StoreError) as raised:
            rows(store)
        assert server.asked[-1].header("Authorization") == header
        for hidden in ("hunter2", "bWU6aHVudGVyMg=="):
            assert hidden not in f"{raised.value!r} {raised.value} {who!r}"
    server.respond = status(401, WWW_Authenticate='Digest realm="x"')
    with pytest.raises(StoreError, match=r"does not accept .*environment.*=digest"):
        store_at(server, credentials(server.url, {"DATELINE_STORE_USER": "me"}))


def test_digest_authentication(server: Hostile) -> None:
    challenge = 'Digest realm="SPARQL", nonce="abc123", qop="auth", algorithm=MD5'

    def respond(asked: Asked) -> None:
        if asked.header("Authorization").startswith("Digest "):
            good(asked)
        else:
            asked.answer(401, b"", WWW_Authenticate=challenge)

    server.respond = respond
    who = Credentials("me", "hunter2", method="digest", origin="here")
    transport = Transport(who, QUICK)
    response = transport.query(f"{server.url}/q", SELECT, JSON)
    assert response.status == 200
    assert re.search(
        r'username="me".*response="[0-9a-f]{32}"', server.asked[-1].header("Authorization")
    )
    assert server.asked[-1].body == server.asked[0].body
    server.respond = lambda asked: asked.answer(401, b"", WWW_Authenticate=challenge)
    with pytest.raises(StoreError, match="does not accept the credentials of here"):
        transport.query(f"{server.url}/q", SELECT, JSON)


def test_where_credentials_come_from(tmp_path: Path) -> None:
    address = "https://host.example/sparql"
    (tmp_path / ".netrc").write_text("machine host.example login ann password s3cret\n")
    (tmp_path / "store.toml").write_text('user = "bob"\npassword = "pw"\nmethod = "digest"\n')
    home = {"HOME": str(tmp_path)}
    assert credentials(address, home) == Credentials("ann", "s3cret", origin="netrc")
    assert not credentials("https://other.example/", home).given
    file = home | {"DATELINE_STORE_CREDENTIALS": str(tmp_path / "store.toml")}
    assert credentials(address, file).digest
    own = file | {"DATELINE_STORE_TOKEN": "t0ken"}
    assert credentials(address, own).headers() == {"Authorization": "Bearer t0ken"}
    (tmp_path / "store.toml").write_text("password = 7\n")
    with pytest.raises(StoreError, match=r"'password'.*string"):
        credentials(address, file)
    for wrong in ({"DATELINE_STORE_AUTH": "basic"}, {"DATELINE_STORE_AUTH": "kerberos"}):
        with pytest.raises(StoreError, match="DATELINE_STORE_"):
            credentials(address, {"DATELINE_STORE_TOKEN": "x", **wrong})


@pytest.mark.parametrize(
    ("query", "update", "graphs"),
    [
        ("http://h:7878", "http://h:7878/update", "http://h:7878/store"),
        ("http://h:7878/query", "http://h:7878/update", "http://h:7878/store"),
        ("http://h:3030/news/query", "http://h:3030/news/update", "http://h:3030/news/data"),
        ("http://h:3030/news/sparql", "http://h:3030/news/update", "http://h:3030/news/data"),
        (
            "http://h:7200/repositories/news",
            "http://h:7200/repositories/news/statements",
            "http://h:7200/repositories/news/rdf-graphs/service",
        ),
        ("https://h/sparql", "https://h/sparql", None),
        ("https://h/api/news?key=1", "https://h/api/news?key=1", None),
    ],
)
def test_one_address_tells_the_others(query: str, update: str, graphs: str | None) -> None:
    found = addresses(query)
    assert (found.update, found.graphs) == (update, graphs)
    assert addresses(query, "https://u/", "https://g/").update == "https://u/"


@pytest.mark.parametrize(
    "wrong", ["", "host/sparql", "ftp://h/", "http://", "http://h:x/", "http://h/#a"]
)
def test_what_is_no_address(wrong: str) -> None:
    with pytest.raises(StoreError):
        addresses(wrong)


class Between:
    """A server between a store and a real one, that fails some updates on their way."""

    def __init__(self, server: Hostile, real: str) -> None:
        self.real = real
        self.updates: list[Callable[[Asked], None]] = []
        server.respond = self.respond

    def respond(self, asked: Asked) -> None:
        if asked.path.startswith("/update") and self.updates:
            self.updates.pop(0)(asked)
        else:
            self.forward(asked)

    def forward(self, asked: Asked) -> None:
        code, body, kind = self.run(asked)
        asked.answer(code, body, kind)

    def run(self, asked: Asked) -> tuple[int, bytes, str]:
        names = ("Content-Type", "Accept")
        headers = {name: asked.header(name) for name in names}
        method = asked.handler.command
        request = Request(self.real + asked.path, asked.body, headers, method=method)
        with urlopen(request, timeout=20) as answer:
            return answer.status, answer.read(), answer.headers.get("Content-Type") or "text/plain"

    def lost(self, asked: Asked) -> None:
        """Carried out, but nobody hears of it."""
        self.run(asked)
        hang_up(asked)


@pytest.fixture
def between(server: Hostile, remote: Remote) -> Between:
    return Between(server, remote.query.removesuffix("/query"))


def opened(server: Hostile, path: Path) -> KnowledgeBase:
    kb = KnowledgeBase.open(path, create=True, remote=Remote(f"{server.url}/query"))
    assert isinstance(kb.store, RemoteStore)
    kb.store._transport.limits = replace(QUICK, read=10.0)
    return kb


def too_large(asked: Asked) -> None:
    asked.answer(413, b"<html><h1>Request Entity Too Large</h1></html>", "text/html")


@pytest.mark.parametrize("faults", ["refused", "lost", "lost twice", "hung up", "too large"])
def test_a_write_that_fails_on_its_way_is_made_once(
    server: Hostile, between: Between, tmp_path: Path, faults: str
) -> None:
    with (
        opened(server, tmp_path / "kb") as kb,
        KnowledgeBase.open(tmp_path / "own", create=True) as own,
    ):
        put(kb, [courier()])
        faulty: dict[str, list[Callable[[Asked], None]]] = {
            "refused": [status(503), status(429)],
            "lost": [between.lost],
            "lost twice": [hang_up, between.lost],
            "hung up": [hang_up],
            "too large": [too_large],
        }
        between.updates += faulty[faults]
        assert put(kb, [ledger()]) == ["added"]
        put(kb, [courier()], version="2")
        assert not between.updates
        put(own, [ledger(), courier()], version="1")
        put(own, [courier()], version="2")
        assert canonical(kb) == canonical(own)
        assert kb.timeline(TimelineFilter()) == own.timeline(TimelineFilter())


@pytest.mark.parametrize("graphs", ["graph store", "updates"])
def test_a_write_too_large_for_one_request_is_put_aside_first(
    server: Hostile, between: Between, tmp_path: Path, graphs: str
) -> None:
    def limited(asked: Asked) -> None:
        if graphs == "updates" and asked.path.startswith("/store"):
            asked.answer(405)
        elif asked.path.startswith("/update") and len(asked.body) > 30_000:
            too_large(asked)
        else:
            between.forward(asked)

    with (
        opened(server, tmp_path / "kb") as kb,
        KnowledgeBase.open(tmp_path / "own", create=True) as own,
    ):
        server.respond = limited
        put(kb, stories())
        put(own, stories())
        assert canonical(kb) == canonical(own)
        assert any(len(asked.body) > 30_000 for asked in server.asked)


@pytest.mark.parametrize("code", [403, 405, 500, 401, 400])
def test_a_server_that_takes_no_writes_leaves_everything_as_it_was(
    server: Hostile, between: Between, tmp_path: Path, code: int
) -> None:
    with opened(server, tmp_path / "kb") as kb:
        put(kb, [courier()])
        before, page = canonical(kb), kb.timeline(TimelineFilter())
        between.updates.append(status(code))
        with pytest.raises(StoreError, match=f"{server.url}/update"):
            put(kb, [ledger()])
        assert canonical(kb) == before
        assert kb.timeline(TimelineFilter()) == page
        assert put(kb, [ledger()]) == ["added"]


def test_of_two_writers_the_second_fails_and_writes_nothing(remote: Remote, tmp_path: Path) -> None:
    with (
        KnowledgeBase.open(tmp_path / "one", create=True, remote=remote) as one,
        KnowledgeBase.open(tmp_path / "two", create=True, remote=remote) as two,
    ):
        put(one, [courier()])
        before = canonical(one)
        with pytest.raises(StoreConflict, match="Another process has written"):
            put(two, [gazette()])
        assert canonical(one) == before
        assert two.timeline(TimelineFilter()).total == 0
        put(one, [ledger()])
    with KnowledgeBase.open(tmp_path / "two", remote=remote) as two:
        assert two.overview().articles == 2
        assert put(two, [gazette()]) == ["added"]
        merged = canonical(two)
    with KnowledgeBase.open(tmp_path / "own", create=True) as own:
        put(own, stories())
        assert canonical(own) == merged


def test_two_who_write_at_the_same_moment_are_told_and_the_graph_is_made_again(
    remote: Remote, tmp_path: Path
) -> None:
    """Oxigraph's transactions do not see each other: both may be carried out."""
    told = [courier(), ledger(), gazette()]
    stored: list[int] = []
    start = threading.Barrier(len(told))
    KnowledgeBase.open(tmp_path / "made", create=True, remote=remote).close()
    bases = [KnowledgeBase.open(tmp_path / str(n), remote=remote) for n in range(len(told))]

    def write(n: int) -> None:
        start.wait()
        try:
            put(bases[n], [told[n]])
        except StoreConflict:
            return
        stored.append(n)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(len(told))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for kb in bases:
        kb.close()
    with (
        KnowledgeBase.open(tmp_path / "again", remote=remote) as again,
        KnowledgeBase.open(tmp_path / "own", create=True) as own,
    ):
        held = {ref.slug for ref in again.articles().articles}
        assert held >= {told[n].doc_id for n in stored}
        put(own, [story for story in told if story.doc_id in held])
        assert canonical(again) == canonical(own)
        put(again, told)
        put(own, told)
        assert canonical(again) == canonical(own)


def test_a_server_that_cuts_answers_is_read_in_pages(server: Hostile, between: Between) -> None:
    """Virtuoso and others give no more than so many rows, without a word."""
    store = RemoteStore(addresses(f"{server.url}/query"), Transport(limits=QUICK))
    graph = NamedNode("https://x.example/graph/g")
    quads = [Quad(graph, graph, Literal(f"row {n}"), graph) for n in range(700)]
    store.update(insertion(quads))

    def cutting(asked: Asked) -> None:
        code, body, kind = between.run(asked)
        if kind.startswith(JSON):
            answer = json.loads(body)
            if "results" in answer:
                answer["results"]["bindings"] = answer["results"]["bindings"][:300]
            body = json.dumps(answer).encode()
        asked.answer(code, body, kind)

    server.respond = cutting
    import io

    output = io.BytesIO()
    store.export(output, "application/n-quads", {})
    assert len(set(output.getvalue().splitlines())) == 700


def test_another_knowledge_base_at_the_same_address_is_told_from_the_first(
    remote: Remote, tmp_path: Path
) -> None:
    with KnowledgeBase.open(tmp_path / "kb", create=True, remote=remote) as kb:
        put(kb, [courier()])
    remote.open().update("DROP ALL")
    with KnowledgeBase.open(tmp_path / "elsewhere", create=True, remote=remote) as other:
        put(other, [gazette()])
        page = other.timeline(TimelineFilter())
    with KnowledgeBase.open(tmp_path / "kb", remote=remote) as kb:
        assert kb.timeline(TimelineFilter()) == page
        assert put(kb, [courier()]) == ["added"]


def test_a_reader_needs_no_right_to_write(remote: Remote, tmp_path: Path) -> None:
    with KnowledgeBase.open(tmp_path / "kb", create=True, remote=remote) as kb:
        put(kb, stories())
        page = kb.timeline(TimelineFilter())
    with KnowledgeBase.open(tmp_path / "reader", read_only=True, remote=remote) as reader:
        assert reader.timeline(TimelineFilter()) == page
        with pytest.raises(StoreError, match="reading only"):
            put(reader, [courier()], version="2")
    with pytest.raises(StoreError, match="holds no knowledge base"):
        remote.open().update("DROP ALL")
        KnowledgeBase.open(tmp_path / "reader", remote=remote)
