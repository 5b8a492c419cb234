"""Entities are linked where there is one thing that they can be, and left alone elsewhere."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph

from cli.failures import Exit
from kb.exchange import import_file
from kb.forgetting import forget
from kb.knowledge_base import KnowledgeBase
from kb.linking.candidates import Candidate
from kb.linking.errors import LinkingError
from kb.linking.profiles import profile
from kb.linking.reconciling import Linked, decide, reconcile, review
from kb.linking.scoring import Described, confidence, rank
from kb.store import StoreError
from kb.views import TimelineFilter
from kb.vocabulary import load_ontology, load_shapes
from tests.cli.running import failed, lines, run
from tests.kb.building import Story, courier, gazette, stories
from tests.kb.conftest import canonical, put
from tests.linking.conftest import MakeFinder
from tests.servers import Asked, hostile

WD = "http://www.wikidata.org/entity/"
SAME = "SELECT ?e ?t WHERE { ?e <http://www.w3.org/2002/07/owl#sameAs> ?t } ORDER BY ?e ?t"


def same(kb: KnowledgeBase) -> dict[str, str]:
    """What the graph says is the same as what, by our entities' slugs."""
    rows = b"".join(kb.query(SAME, ["text/csv"]).chunks).decode().splitlines()[1:]
    pairs = [row.split(",") for row in rows]
    return {iri.rpartition("/")[2]: target.removeprefix(WD) for iri, target in pairs}


def by_slug(results: list[Linked]) -> dict[str, Linked]:
    return {result.entity.slug: result for result in results}


def test_the_company_the_label_and_the_fruit_are_told_apart_or_left(
    told: KnowledgeBase, finder: MakeFinder
) -> None:
    found = by_slug(list(reconcile(told, finder())))
    assert found["google"].outcome == "linked"
    assert same(told)["google"] == "Q95"
    assert same(told)["amazon-web-services"] == "Q456157"
    apple = found["apple"]
    assert apple.outcome == "ambiguous"
    targets = [link.target.removeprefix(WD) for link in apple.links]
    assert targets[:2] == ["Q312", "Q213710"]  # and of the fruit and the list of meanings,
    assert "Q225413" not in targets  # the latter is never a candidate
    assert "apple" not in same(told)
    view = told.entity("apple")
    assert view is not None
    assert {link.status for link in view.links} == {"proposed"}


def company(doc_id: str, *companions: str) -> Story:
    """A story in which Apple is named with others that tell which one it is."""
    names = " and ".join(companions)
    story = Story(doc_id, "2021-02-01", "The Courier", f"Apple sued {names} on Monday. Apple won.")
    story.entity("Apple", "ORG")
    for name in companions:
        story.entity(name, "PERSON" if name == "Tim Cook" else "WORK")
    return story.event("sued", "Say", "Apple sues", agent="Apple", patient=companions)


@pytest.mark.parametrize(
    ("companions", "target"), [(("Tim Cook", "iPhone"), "Q312"), (("The Beatles",), "Q213710")]
)
def test_the_company_that_a_name_keeps_tells_what_it_stands_for(
    tmp_path: Path, finder: MakeFinder, companions: tuple[str, ...], target: str
) -> None:
    with KnowledgeBase.open(tmp_path / "kb", create=True) as kb:
        put(kb, [company("one", *companions)])
        found = by_slug(list(reconcile(kb, finder())))
        assert found["apple"].outcome == "linked"
        assert same(kb)["apple"] == target


def test_nothing_is_asked_twice_and_a_changed_entity_is_looked_up_again(
    told: KnowledgeBase, finder: MakeFinder
) -> None:
    first = finder()
    results = list(reconcile(told, first))
    assert first.requests <= 8  # not one for each of the names
    graph = canonical(told)
    again = finder()
    assert list(reconcile(told, again)) == []
    assert again.requests == 0
    asked = finder(refresh=True)
    assert by_slug(list(reconcile(told, asked, refresh=True))) == by_slug(results)
    assert asked.requests > 0
    assert canonical(told) == graph
    changed = gazette()
    changed.entity("Google LLC", "ORG", "Google")
    put(told, [changed], version="2")
    looked = by_slug(list(reconcile(told, finder())))
    assert set(looked) <= {"google", "google-llc"} and looked


def test_links_outlive_new_readings_a_rebuild_and_a_lost_index(
    told: KnowledgeBase, finder: MakeFinder, tmp_path: Path
) -> None:
    list(reconcile(told, finder()))
    before, linked = canonical(told), same(told)
    assert linked
    told.rebuild()
    assert canonical(told) == before
    put(told, stories(), version="2")
    assert same(told) == linked
    for story in stories():
        told.remove_article(story.doc_id)
    assert same(told) == {}
    put(told, stories(), version="3")
    assert same(told) == linked
    view = told.entity("google")
    told.reindex()
    assert told.entity("google") == view
    assert view is not None and view.links[0].target == f"{WD}Q95"


def test_links_follow_a_name_to_another_address(tmp_path: Path, finder: MakeFinder) -> None:
    """A person and a company of one name: who was there first has the short address."""
    later = Story("b", "2021-02-02", "The Ledger", "Google grew on Monday.")
    later.entity("Google", "ORG").event("grew", "Say", "Google grows", agent="Google")
    earlier = Story("a", "2021-01-01", "The Ledger", "Google sang on Friday.")
    earlier.entity("Google", "PERSON").event("sang", "Say", "Google sings", agent="Google")
    with KnowledgeBase.open(tmp_path / "kb", create=True) as kb:
        put(kb, [later])
        list(reconcile(kb, finder()))
        assert same(kb) == {"google": "Q95"}
        put(kb, [earlier])
        (slug,) = same(kb)
        assert slug != "google" and slug.startswith("google")
        graph = canonical(kb)
        kb.rebuild()
        assert canonical(kb) == graph
        kb.remove_article("b")
        assert same(kb) == {}
        list(reconcile(kb, finder()))
        assert "thing:google" not in "\n".join(canonical(kb))  # what hung on nothing is gone


def test_what_is_forgotten_takes_its_links_along(told: KnowledgeBase, finder: MakeFinder) -> None:
    list(reconcile(told, finder()))
    assert "Amazon Web Services" in "\n".join(canonical(told))
    forget(told, [story.doc_id for story in stories() if story.doc_id != "courier-1"])
    text = "\n".join(canonical(told))
    assert "amazon" not in text.lower() and "Q456157" not in text
    assert same(told)["google"] == "Q95"


def test_links_are_part_of_an_export(
    told: KnowledgeBase, finder: MakeFinder, tmp_path: Path
) -> None:
    list(reconcile(told, finder()))
    told.export(tmp_path / "all.nq", "nquads")
    import_file(tmp_path / "copy", tmp_path / "all.nq", "nquads")
    with KnowledgeBase.open(tmp_path / "copy") as copy:
        assert canonical(copy) == canonical(told)
        assert copy.entity("google") == told.entity("google")


def test_links_have_the_shape_that_the_ontology_gives_them(
    told: KnowledgeBase, finder: MakeFinder
) -> None:
    list(reconcile(told, finder()))
    query = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH graph:links { ?s ?p ?o } }"
    answer = told.query(query, ["text/turtle"], preset_prefixes=True)
    links = Graph().parse(data=b"".join(answer.chunks), format="turtle")
    assert len(links) > 20
    conforms, _, report = validate(links + load_ontology(), shacl_graph=load_shapes())
    assert conforms, report


def test_a_dry_run_stores_nothing(told: KnowledgeBase, finder: MakeFinder) -> None:
    before = canonical(told)
    results = by_slug(list(reconcile(told, finder(), dry_run=True)))
    assert results["google"].outcome == "linked"
    assert canonical(told) == before
    assert by_slug(list(reconcile(told, finder()))).keys() == results.keys()


def test_limits_and_thresholds(told: KnowledgeBase, finder: MakeFinder) -> None:
    assert len(list(reconcile(told, finder(), limit=2, accept=1.01))) == 2
    assert same(told) == {}
    rest = list(reconcile(told, finder(), accept=0.0))
    assert {result.outcome for result in rest if result.links} == {"linked"}


def test_a_person_has_the_last_word(told: KnowledgeBase, finder: MakeFinder) -> None:
    list(reconcile(told, finder()))
    assert decide(told, "apple", f"{WD}Q312", "accepted").outcome == "linked"
    assert decide(told, "google", f"{WD}Q95", "declined").outcome == "none"
    assert same(told)["apple"] == "Q312" and "google" not in same(told)
    list(reconcile(told, finder(refresh=True), refresh=True))
    assert same(told)["apple"] == "Q312" and "google" not in same(told)
    decide(told, "apple", f"{WD}Q213710", "accepted")
    assert same(told)["apple"] == "Q213710"
    decide(told, "parler", "https://news.example/parler", "accepted")
    assert [r.entity.slug for r in review(told, "linked")].count("parler") == 1
    with pytest.raises(LinkingError, match="no entity 'atlantis'"):
        decide(told, "atlantis", f"{WD}Q1", "accepted")
    with pytest.raises(LinkingError, match="no address"):
        decide(told, "apple", "Q312", "accepted")


def test_two_people_of_one_name_are_told_apart_by_their_company(
    told: KnowledgeBase, finder: MakeFinder
) -> None:
    found = by_slug(list(reconcile(told, finder())))["john-matze"]
    assert [link.target.removeprefix(WD) for link in found.links] == ["Q900001", "Q900002"]
    assert found.links[0].confidence > found.links[1].confidence


def test_what_is_linked_is_told_everywhere(told: KnowledgeBase, finder: MakeFinder) -> None:
    from web.schema_org import entity

    list(reconcile(told, finder()))
    view = told.entity("google")
    assert view is not None
    assert entity(view)["sameAs"] == [f"{WD}Q95"]
    turtle = told.describe("entity", "google", "text/turtle")
    assert turtle is not None
    assert b"owl:sameAs <http://www.wikidata.org/entity/Q95>" in turtle
    assert b"dl:EntityLink" in turtle and b"dl:confidence" in turtle
    apple = told.entity("apple")
    assert apple is not None and "sameAs" not in entity(apple)


# An endpoint that fails


def test_an_endpoint_that_is_down_slow_or_no_endpoint(
    told: KnowledgeBase, finder: MakeFinder
) -> None:
    before = canonical(told)
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:9/q can't be reached"):
        list(reconcile(told, finder("http://127.0.0.1:9/q")))
    with hostile() as server:
        server.respond = lambda asked: time.sleep(4)
        with pytest.raises(StoreError, match="not answered within 2 seconds"):
            list(reconcile(told, finder(f"{server.url}/slow")))
        page = b"<html><title>Query helper</title></html>"
        server.respond = lambda asked: asked.answer(200, page, "text/html")
        with pytest.raises(StoreError, match="Query helper"):
            list(reconcile(told, finder(f"{server.url}/page")))
        busy = [True, True]

        def overloaded(asked: Asked) -> None:
            if busy:
                busy.pop()
                asked.answer(429, b"slow down", Retry_After="1")
            else:
                empty = b'{"head":{"vars":["name","item"]},"results":{"bindings":[]}}'
                asked.answer(200, empty, "application/sparql-results+json")

        server.respond = overloaded
        results = list(reconcile(told, finder(f"{server.url}/busy")))
        assert {result.outcome for result in results} == {"none"}
        assert "Dateline" in server.asked[-1].header("User-Agent")
    assert canonical(told) == before


CHILD = """
import sys, time
from pathlib import Path
from cli.failures import Exit
from kb.knowledge_base import KnowledgeBase
from kb.linking import reconciling
from kb.linking.cache import Cache
from kb.linking.candidates import Finder
from kb.linking.profiles import profile
from kb.store.asking import Endpoint
place, address = Path(sys.argv[1]), sys.argv[2]
reconciling.BATCH = 1
kb = KnowledgeBase.open(place / "kb")
finder = Finder(Endpoint(address), profile("wikidata"), Cache(place / "links.sqlite", address),
                sleep=lambda _: time.sleep(0.05))
for result in reconciling.reconcile(kb, finder):
    print(result.entity.slug, flush=True)
"""


def test_a_run_that_was_killed_goes_on_where_it_stopped(
    tmp_path: Path, things: str, finder: MakeFinder
) -> None:
    with KnowledgeBase.open(tmp_path / "kb", create=True) as kb:
        put(kb, stories())
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path), things],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert child.stdout is not None
    done = [child.stdout.readline().strip() for _ in range(2)]
    os.kill(child.pid, signal.SIGKILL)
    done += [line.strip() for line in child.stdout if line.endswith("\n")]
    child.wait()
    child.stdout.close()
    with (
        KnowledgeBase.open(tmp_path / "kb") as kb,
        KnowledgeBase.open(tmp_path / "own", create=True) as own,
    ):
        rest = [result.entity.slug for result in reconcile(kb, finder())]
        assert rest and not set(rest) & set(done)
        put(own, stories())
        list(reconcile(own, finder(refresh=True), refresh=True))
        assert same(kb) == same(own)


# Ranking


def thing(target: str, **said: object) -> Candidate:
    fields = {
        "label": "Apple", "names": ("Apple",), "description": None, "typed": True,
        "classes": frozenset({f"{WD}Q43229"}), "popularity": None, **said,
    }  # fmt: skip
    return Candidate(target=target, **fields)  # type: ignore[arg-type]


def test_ranking_needs_a_fitting_class_and_a_lead() -> None:
    wikidata = profile("wikidata")
    apple = Described("Apple", "ORG", ("Apple",), "the maker of phones", ("Tim Cook",))
    alone = rank(apple, [thing("a")], wikidata)
    assert confidence(alone, wikidata.scoring) >= wikidata.scoring.accept
    two = rank(apple, [thing("a"), thing("b")], wikidata)
    assert confidence(two, wikidata.scoring) == pytest.approx(two[0].score / 2, abs=1e-3)
    near = rank(apple, [thing("b"), thing("a", near=frozenset({"Tim Cook"}))], wikidata)
    assert near[0].candidate.target == "a"
    fruit = rank(apple, [thing("f", classes=frozenset(), popularity=99), thing("a")], wikidata)
    assert fruit[0].candidate.target == "a"
    assert rank(apple, [thing("x", label="Pear", names=("Pear",))], wikidata) == []
    told = rank(apple, [thing("d", description="maker of phones and computers")], wikidata)
    assert told[0].context == 1.0


def test_profiles_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "house.toml"
    own.write_text(
        'like = "generic"\nlabels = ["http://x/name"]\n[classes]\nORG = ["http://x/Firm"]\n'
        "[scoring]\naccept = 0.9\n"
    )
    found = profile(str(own))
    assert found.labels == ("http://x/name",)
    assert found.classes["ORG"] == ("http://x/Firm",)
    assert found.scoring.accept == 0.9
    for text, word in (("speed = 1\n", "speed"), ("[scoring]\nluck = 1\n", "luck"), ("=", "read")):
        own.write_text(text)
        with pytest.raises(LinkingError, match=word):
            profile(str(own))
    with pytest.raises(LinkingError, match="wikidata, generic"):
        profile("dbpedia")


# The command


def test_the_command(tmp_path: Path, things: str) -> None:
    place = tmp_path / "kb"
    with KnowledgeBase.open(place, create=True) as kb:
        put(kb, [courier()])
        assert kb.timeline(TimelineFilter()).total
    ask: list[str | Path] = [
        "link",
        "--kb",
        place,
        "--endpoint",
        things,
        "--rate",
        "1000",
        "--contact",
        "me@x.org",
    ]
    dry = run(*ask, "--dry-run", "--format", "jsonl")
    assert dry.exit_code == 0, dry.output
    assert {line["entity"]["slug"]: line["outcome"] for line in lines(dry)} == {
        "google": "linked", "apple": "ambiguous", "parler": lines(dry)[0]["outcome"],
    }  # fmt: skip
    result = run(*ask)
    assert result.exit_code == 0, result.output
    assert f"{WD}Q213710" in result.stdout and "nothing stored" not in result.stderr
    assert f"Same as: {WD}Q95" in run("show", "google", "--kb", place).stdout
    choices = run("link", "--kb", place, "--review", "ambiguous", "--format", "jsonl")
    assert "apple" in [json.loads(line)["entity"]["slug"] for line in choices.stdout.splitlines()]
    assert run("link", "--kb", place, "--accept", "apple", f"{WD}Q312").exit_code == 0
    assert f"Same as: {WD}Q312" in run("show", "apple", "--kb", place).stdout
    failed(run("link", "--kb", place), Exit.USAGE, "--contact")
    failed(run("link", "--kb", place, "--profile", "generic"), Exit.USAGE, "--endpoint")
    failed(run("link", "--kb", place, "--profile", "nobody"), Exit.USAGE, "wikidata, generic")
    failed(
        run("link", "--kb", tmp_path / "no", "--endpoint", things), Exit.STORE, "no knowledge base"
    )
