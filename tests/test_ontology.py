"""The ontology is sound: documented terms, a full taxonomy, shapes that tell good from bad."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, RDFS, SKOS, Graph, Namespace, URIRef

from extractors.lexicon import load_lexicon
from kb.vocabulary import DL, load_ontology, load_shapes, terms

ROOT = Path(__file__).resolve().parent.parent
OWL = Namespace("http://www.w3.org/2002/07/owl#")
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)
KINDS = (*PROPERTIES, OWL.Class, OWL.AnnotationProperty, DL.Dispute, DL.PolarityValue)


def _used(folder: str) -> set[str]:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / folder).rglob("*.py"))
    return set(re.findall(r"\bDL\.([A-Za-z]+)\b(?<!\.base)(?<!\.term)", code)) | set(
        re.findall(r"\bdl:([A-Za-z]+)", code)
    )


@pytest.mark.parametrize("folder", ["kb", "web", "cli"])
def test_every_term_that_code_uses_is_defined(folder: str) -> None:
    assert _used(folder) - {"base", "term", "iri"} <= terms()


def test_every_term_has_a_label_and_a_comment() -> None:
    graph = load_ontology()
    own = {
        s for kind in KINDS for s in graph.subjects(RDF.type, kind) if str(s).startswith(str(DL))
    }
    bare = {s for s in own if not graph.value(s, RDFS.label) or not graph.value(s, RDFS.comment)}
    assert own
    assert not bare


def test_every_property_has_domain_and_range() -> None:
    graph = load_ontology()
    properties = {s for kind in PROPERTIES for s in graph.subjects(RDF.type, kind)}
    bare = {
        s for s in properties if not graph.value(s, RDFS.domain) or not graph.value(s, RDFS.range)
    }
    assert len(properties) > 30
    assert not bare


def test_the_taxonomy_is_broad_shallow_and_documented() -> None:
    lexicon = load_lexicon()
    graph = load_ontology()
    assert len(lexicon.types) >= 60
    assert max(len(lexicon.ancestors(name)) for name in lexicon.types) <= 3
    for name, action in lexicon.types.items():
        assert action.definition and action.example, name
        evoking = [DL.verb, DL.phrasalVerb, DL.lightVerb, DL.noun, DL.ambiguousNoun]
        words = [w for p in evoking for w in graph.objects(DL[name], p)]
        assert name == "Action" or words, f"dl:{name} has no words that evoke it"


def test_matches_point_to_known_plover_classes() -> None:
    graph = load_ontology()
    known = set(graph.subjects(RDF.type, DL.PloverClass))
    used = {o for s, o in graph.subject_objects(SKOS.closeMatch) if "plover#" in str(o)}
    assert used and used <= known


GOOD = """
@prefix dl: <https://w3id.org/dateline/ontology#> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://x.example/event/a> a sem:Event ; rdfs:label "A port closes"@en ; sem:eventType dl:Close ;
  dl:claim <https://x.example/article/1#claim-v1> ; dl:reportCount 1 ; dl:sourceCount 1 ;
  sem:hasEarliestBeginTimeStamp "2021-01-08T00:00:00"^^xsd:dateTime ;
  sem:hasLatestEndTimeStamp "2021-01-08T23:59:59"^^xsd:dateTime .
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('rdfs:label "A port closes"@en ;', ""),
        ("dl:reportCount 1", "dl:reportCount 0"),
        ("2021-01-08T23:59:59", "2021-01-07T23:59:59"),
        ("dl:claim <https://x.example/article/1#claim-v1> ;", ""),
    ],
)
def test_the_shapes_tell_a_good_event_from_a_bad_one(old: str, new: str) -> None:
    shapes = load_shapes()
    assert old in GOOD
    good, _, report = validate(Graph().parse(data=GOOD, format="turtle"), shacl_graph=shapes)
    assert good, report
    bad, _, _ = validate(
        Graph().parse(data=GOOD.replace(old, new), format="turtle"), shacl_graph=shapes
    )
    assert not bad


def test_the_shapes_are_a_graph_of_their_own() -> None:
    shapes = load_shapes()
    assert (URIRef(DL.EventShape), RDF.type, None) in shapes
    assert (URIRef(DL.Remove), None, None) not in shapes
