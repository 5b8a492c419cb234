"""Terms and literals as the store takes them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from pyoxigraph import Literal, NamedNode


class Namespace:
    """Terms of one vocabulary, as attributes."""

    def __init__(self, base: str) -> None:
        self.iri = base

    def term(self, name: str) -> NamedNode:
        """The term of that local name."""
        return _node(self.iri + name)

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        return _node(self.iri + name)


@lru_cache(maxsize=2048)
def _node(iri: str) -> NamedNode:
    return NamedNode(iri)


DL = Namespace("https://w3id.org/dateline/ontology#")
SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
GAF = Namespace("http://groundedannotationframework.org/gaf#")
PROV = Namespace("http://www.w3.org/ns/prov#")
SCHEMA = Namespace("https://schema.org/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")

PREFIXES = {
    "dl": DL.iri,
    "sem": SEM.iri,
    "nif": NIF.iri,
    "gaf": GAF.iri,
    "prov": PROV.iri,
    "schema": SCHEMA.iri,
    "dcterms": DCTERMS.iri,
    "skos": SKOS.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "xsd": XSD.iri,
}


def integer(value: int) -> Literal:
    """A whole number."""
    return Literal(str(value), datatype=XSD.integer)


def decimal(value: float) -> Literal:
    """A number between 0 and 1, to three places: enough to rank by, stable to print."""
    text = f"{value:.3f}".rstrip("0")
    return Literal(text + "0" if text.endswith(".") else text, datatype=XSD.decimal)


def boolean(value: bool) -> Literal:
    """True or false."""
    return Literal("true" if value else "false", datatype=XSD.boolean)


def moment(value: str) -> Literal:
    """A date-time."""
    return Literal(value, datatype=XSD.dateTime)


def day_or_moment(value: str) -> Literal:
    """An ISO 8601 date or date-time; seconds are filled in, a zone is kept. Raises ValueError."""
    if "T" not in value:
        return Literal(date.fromisoformat(value).isoformat(), datatype=XSD.date)
    return moment(datetime.fromisoformat(value).isoformat())
