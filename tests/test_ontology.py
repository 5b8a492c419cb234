"""The ontology is sound: documented terms, a full taxonomy, shapes that tell good from bad."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from pyshacl import validate
from rdflib import RDF, RDFS, SKOS, Graph, Namespace, URIRef

from extractors.actions.lexicon import load_lexicon
from extractors.extraction import EntityType, Factuality, LinkType, Polarity, RoleName
from kb.vocabulary import DL, load_ontology, load_shapes, notations, terms

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
    assert len(lexicon.types) >= 110
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


def test_words_of_the_taxonomy_are_lemmas_of_the_lexicon() -> None:
    lexicon = load_lexicon()
    graph = load_ontology()
    for subject, word in graph.subject_objects(DL.noun):
        entry = lexicon.noun(str(word))
        assert entry is not None and DL[entry.action] == subject, word


def test_labels_of_types_are_unique_and_examples_written_out() -> None:
    types = load_lexicon().types.values()
    labels = [action.label for action in types]
    assert len(set(labels)) == len(labels)
    assert all(action.example.endswith(".") and " " in action.example for action in types)


def test_names_of_the_json_lines_lead_to_terms() -> None:
    names = notations()
    for kind in set(get_args(EntityType)) - {"MONEY"}:
        assert (names[kind], RDF.type, DL.EntityClass) in load_ontology(), kind
    for role in set(get_args(RoleName)) - {"time"}:
        assert (names[role], RDFS.subPropertyOf, DL.participant) in load_ontology(), role
    for link in get_args(LinkType):
        assert (names[link], RDFS.domain, DL.Claim) in load_ontology(), link


def test_values_of_claims_are_terms() -> None:
    for value in (*get_args(Factuality), *get_args(Polarity)):
        assert value in terms()


def test_a_misspelt_term_fails_at_once() -> None:
    with pytest.raises(AttributeError, match="agnet"):
        _ = DL.agnet


GOOD = """
@prefix dl: <https://w3id.org/dateline/ontology#> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix gaf: <http://groundedannotationframework.org/gaf#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <https://schema.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://x.example/> .
<article/1> a schema:NewsArticle , nif:Context , prov:Entity ; schema:headline "Port shut" ;
  dcterms:identifier "1" ; nif:isString "The harbour board closed the port on Friday." ;
  schema:datePublished "2021-01-08"^^xsd:date .
<graph/1> a dl:ArticleGraph , prov:Entity ; prov:wasDerivedFrom <article/1> ;
  prov:wasGeneratedBy <graph/1#extraction> .
<graph/1#extraction> a dl:Extraction , prov:Activity ; prov:used <article/1> ;
  dl:extractorVersion "0.1.0" ; dl:model "en 1.0" ; dl:configuration "c0ffee" .
<article/1#char=0,17> a dl:Mention ; nif:beginIndex 0 ; nif:endIndex 17 ;
  nif:anchorOf "The harbour board" ; nif:referenceContext <article/1> .
<article/1#char=18,24> a dl:Mention ; nif:beginIndex 18 ; nif:endIndex 24 ;
  nif:anchorOf "closed" ; nif:referenceContext <article/1> .
<article/1#entity-e1> a dl:Organization ; rdfs:label "harbour board" ;
  gaf:denotedBy <article/1#char=0,17> .
<article/1#claim-v1> a dl:Claim ; rdfs:label "The harbour board closes the port"@en ;
  sem:eventType dl:Close ; dl:lemma "close" ; dl:agent <article/1#entity-e1> ;
  gaf:denotedBy <article/1#char=18,24> ; dl:evidence <article/1#char=18,24> ;
  dl:polarity dl:positive ; dl:factuality dl:asserted ; dl:quoted false ;
  dl:salience 0.9 ; dl:confidence 0.8 ; prov:wasDerivedFrom <article/1> ;
  dcterms:isPartOf <graph/1> .
<event/a> a sem:Event ; rdfs:label "A port closes"@en ; sem:eventType dl:Close ;
  dl:polarity dl:positive ; dl:factuality dl:asserted ; dl:salience 0.9 ;
  dl:claim <article/1#claim-v1> ; dl:reportCount 1 ; dl:sourceCount 1 ; dl:agent <entity/board> ;
  dl:timePrecision "day" ; sem:hasEarliestBeginTimeStamp "2021-01-08T00:00:00"^^xsd:dateTime ;
  sem:hasLatestEndTimeStamp "2021-01-08T23:59:59"^^xsd:dateTime .
<entity/board> a dl:Organization ; rdfs:label "harbour board" ;
  dl:mentionedAs <article/1#entity-e1> .
"""


def _conforms(text: str) -> tuple[bool, str]:
    data = Graph().parse(data=text, format="turtle") + load_ontology()
    conforms, _, report = validate(data, shacl_graph=load_shapes())
    return conforms, report


def test_a_sound_graph_conforms_to_the_shapes() -> None:
    conforms, report = _conforms(GOOD)
    assert conforms, report


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('rdfs:label "A port closes"@en ;', ""),
        ("dl:reportCount 1", "dl:reportCount 0"),
        ("2021-01-08T23:59:59", "2021-01-07T23:59:59"),
        ("dl:claim <article/1#claim-v1> ;", ""),
        ("nif:beginIndex 18 ;", "nif:beginIndex 24 ;"),
        ('nif:anchorOf "closed" ;', ""),
        ("gaf:denotedBy <article/1#char=18,24> ;", ""),
        ("sem:eventType dl:Close ; dl:lemma", "sem:eventType dl:Close , dl:End ; dl:lemma"),
        ("sem:eventType dl:Close ; dl:lemma", "sem:eventType dl:Closs ; dl:lemma"),
        ("dl:quoted false ;", 'dl:quoted "no" ;'),
        ("dl:agent <article/1#entity-e1>", "dl:agent <article/1#char=0,17>"),
        ("dl:mentionedAs <article/1#entity-e1>", 'rdfs:comment "adrift"'),
        ('dl:model "en 1.0" ;', ""),
        ('"2021-01-08"^^xsd:date', '"last Friday"'),
        ("prov:wasGeneratedBy <graph/1#extraction>", 'rdfs:comment "unknown"'),
    ],
)
def test_the_shapes_tell_a_good_graph_from_a_bad_one(old: str, new: str) -> None:
    assert old in GOOD
    conforms, _ = _conforms(GOOD.replace(old, new))
    assert not conforms


def test_the_shapes_are_a_graph_of_their_own() -> None:
    shapes = load_shapes()
    assert (URIRef(DL.EventShape), RDF.type, None) in shapes
    assert (URIRef(DL.Remove), None, None) not in shapes
