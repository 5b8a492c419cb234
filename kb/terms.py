"""Terms and literals as the store takes them."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from pyoxigraph import Literal, NamedNode


class Namespace:
    """The terms of one vocabulary that the graph uses, as attributes: no other exists here."""

    def __init__(self, iri: str, terms: str) -> None:
        self.iri = iri
        self.names = frozenset(terms.split())

    def term(self, name: str) -> NamedNode:
        """The term of that local name, for those that come from data, such as action types."""
        return _node(self.iri + name)

    def __getattr__(self, name: str) -> NamedNode:
        if name in ("iri", "names") or name not in self.names:
            raise AttributeError(f"{name} is not among the terms that the graph uses")
        return _node(self.iri + name)


@lru_cache(maxsize=2048)
def _node(iri: str) -> NamedNode:
    return NamedNode(iri)


DL = Namespace(
    "https://w3id.org/dateline/ontology#",
    "Story articleCount eventCount mainParticipant partOfStory "
    "Version concerns copyOf knownFrom preferred statedBy supportCount value version withdrawn "
    "ClaimCorrection ClaimRejection ClaimSelector EntityMerge EntityRenaming EntitySplit "
    "EntityTyping EventMerge EventRenaming EventSplit RoleChange Withdrawal about apartFrom "
    "entityClass entityName intoName mention nameKey newAction newEarliest newFactuality newLabel "
    "newLatest newPolarity newPrecision operation readAs reason role roleChange selects sense "
    "undated "
    "ArticleGraph Claim Entity Extraction Facility GeopoliticalEntity Group Law Location Mention "
    "NamedEvent Organization Person Place Product UnnamedParticipant Work addressee after agent "
    "attributedTo base before causes claim commitNumber confidence configuration destination "
    "disputed evidence extractorVersion factuality headline includes instrument lemma "
    "mappingVersion mentionedAs model origin otherParticipant patient place polarity "
    "publishedFrom quoted readFrom recipient reportCount salience sameAs simultaneous sourceCount "
    "story timeExpression timeGrounding timePrecision timeValue topic writeMark "
    "EntityLink accepted endpoint link linkMethod linkStatus linkTarget declined proposed",
)
SEM = Namespace(
    "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "Event eventType hasEarliestBeginTimeStamp hasEarliestEndTimeStamp hasLatestBeginTimeStamp "
    "hasLatestEndTimeStamp",
)
NIF = Namespace(
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "Context Phrase String anchorOf beginIndex endIndex isString referenceContext",
)
GAF = Namespace("http://groundedannotationframework.org/gaf#", "denotedBy")
PROV = Namespace(
    "http://www.w3.org/ns/prov#",
    "Activity Agent Entity SoftwareAgent endedAtTime generatedAtTime used wasAssociatedWith "
    "wasAttributedTo wasDerivedFrom wasGeneratedBy wasInvalidatedBy",
)
SCHEMA = Namespace(
    "https://schema.org/",
    "NewsArticle Organization author datePublished headline inLanguage publisher url",
)
DCTERMS = Namespace("http://purl.org/dc/terms/", "description identifier isPartOf")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#", "altLabel")
OWL = Namespace("http://www.w3.org/2002/07/owl#", "sameAs versionInfo")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#", "label")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#", "boolean date dateTime decimal integer")

NAMESPACES = {
    "dl": DL, "sem": SEM, "nif": NIF, "gaf": GAF, "prov": PROV, "schema": SCHEMA,
    "dcterms": DCTERMS, "skos": SKOS, "owl": OWL, "rdf": RDF, "rdfs": RDFS, "xsd": XSD,
}  # fmt: skip
"""The vocabularies by their usual prefixes."""

PREFIXES = {
    "dl": DL.iri,
    "sem": SEM.iri,
    "nif": NIF.iri,
    "gaf": GAF.iri,
    "prov": PROV.iri,
    "schema": SCHEMA.iri,
    "dcterms": DCTERMS.iri,
    "skos": SKOS.iri,
    "owl": OWL.iri,
    "time": "http://www.w3.org/2006/time#",
    "oa": "http://www.w3.org/ns/oa#",
    "plover": "https://w3id.org/dateline/plover#",
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "xsd": XSD.iri,
}
"""The usual prefixes of queries and exports."""


def integer(value: int) -> Literal:
    """A whole number."""
    return Literal(str(value), datatype=XSD.integer)


def decimal(value: float) -> Literal:
    """A number between 0 and 1, to three places: enough to rank by, stable to print."""
    text = f"{value:.3f}".rstrip("0")
    return Literal(text + "0" if text.endswith(".") else text, datatype=XSD.decimal)


def amount(value: float) -> Literal:
    """A count or an amount of any size, in its shortest form."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return Literal(text, datatype=XSD.decimal)


def boolean(value: bool) -> Literal:
    """True or false."""
    return Literal("true" if value else "false", datatype=XSD.boolean)


def moment(value: str) -> Literal:
    """A date-time."""
    return Literal(value, datatype=XSD.dateTime)


def day_or_moment(value: str) -> Literal:
    """An ISO 8601 date or date-time; seconds are filled in, a zone is kept. Raises ValueError.

    It is written in the canonical form, as stores give it back: what is read out of a graph
    must not depend on whether it has been stored.
    """
    if "T" not in value:
        return Literal(date.fromisoformat(value).isoformat(), datatype=XSD.date)
    clock, point, rest = datetime.fromisoformat(value).isoformat().partition(".")
    fraction, zone = (rest[:6].rstrip("0"), rest[6:]) if point else ("", "")
    text = f"{clock}.{fraction}{zone}" if fraction else clock + zone
    return moment(re.sub(r"[+-]00:00\Z", "Z", text))
