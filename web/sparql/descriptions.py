"""What the service can do (SPARQL 1.1 Service Description) and what it holds (VoID), as RDF."""

from __future__ import annotations

from flask import Response, current_app, request, url_for
from rdflib import RDF, VOID, BNode, Graph, Literal, Namespace, URIRef

from kb.querying import GRAPHS, RESULTS
from web.context import EXTENSION, knowledge_base
from web.negotiation import preferences
from web.problems import Problem
from web.sparql.served import served

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
OFFERS = ("text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples")
_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
    "application/n-quads": "N-Quads",
    "application/trig": "TriG",
}


def service() -> Response:
    """The description of the service, which its address gives to whoever asks nothing."""
    here, graph = served(), Graph()
    endpoint = URIRef(request.base_url)
    node = URIRef(f"{request.base_url}#service")
    graph.bind("sd", SD)
    graph.bind("void", VOID)
    graph.add((node, RDF.type, SD.Service))
    graph.add((node, SD.endpoint, endpoint))
    for language in ("SPARQL10Query", "SPARQL11Query", "SPARQL11Update"):
        graph.add((node, SD.supportedLanguage, SD[language]))
    for media_type in (*RESULTS, *GRAPHS):
        graph.add((node, SD.resultFormat, FORMATS[_NAMES[media_type]]))
    for media_type in GRAPHS:
        graph.add((node, SD.inputFormat, FORMATS[_NAMES[media_type]]))
    if here.union:
        graph.add((node, SD.feature, SD.UnionDefaultGraph))
    dataset, default = URIRef(f"{request.base_url}#dataset"), BNode()
    graph.add((node, SD.defaultDataset, dataset))
    graph.add((dataset, RDF.type, SD.Dataset))
    graph.add((dataset, SD.defaultGraph, default))
    graph.add((default, RDF.type, SD.Graph))
    if EXTENSION in current_app.extensions:
        graph.add((dataset, VOID.inDataset, URIRef(url_for("sparql.void", _external=True))))
    return _reply(graph)


def dataset() -> Response:
    """What the knowledge base holds, in totals that the index keeps. Raises Problem 404."""
    if EXTENSION not in current_app.extensions:
        raise Problem(404, "This endpoint serves a bare store: nothing is known of what it holds.")
    kb, graph = knowledge_base(), Graph()
    totals = kb.overview()
    node = URIRef(f"{request.base_url}#dataset")
    graph.bind("void", VOID)
    graph.bind("dcterms", DCTERMS)
    graph.add((node, RDF.type, VOID.Dataset))
    graph.add((node, DCTERMS.title, Literal("A Dateline knowledge base", lang="en")))
    graph.add((node, VOID.sparqlEndpoint, URIRef(url_for("sparql.sparql", _external=True))))
    graph.add((node, VOID.uriSpace, Literal(kb.base)))
    graph.add((node, VOID.documents, Literal(totals.articles)))
    graph.add((node, VOID.entities, Literal(totals.events + totals.entities + totals.claims)))
    prefixes = kb.prefixes()
    for name in ("dl", "sem", "schema", "prov", "nif", "gaf", "skos", "dcterms"):
        graph.add((node, VOID.vocabulary, URIRef(prefixes[name])))
    parts = (
        (f"{prefixes['sem']}Event", totals.events),
        (f"{prefixes['dl']}Claim", totals.claims),
        (f"{prefixes['schema']}NewsArticle", totals.articles),
    )
    for name, count in parts:
        part = BNode()
        graph.add((node, VOID.classPartition, part))
        graph.add((part, VOID["class"], URIRef(name)))
        graph.add((part, VOID.entities, Literal(count)))
    return _reply(graph)


def _reply(graph: Graph) -> Response:
    """A small graph in the RDF format that the client likes best; Turtle for browsers."""
    chosen = next(iter(preferences(request, OFFERS)), OFFERS[0])
    response = Response(graph.serialize(format=chosen), mimetype=chosen)
    response.vary.add("Accept")
    return response
