"""What is said of a thing when it is described: an event with its reports, and so on.

SPARQL leaves open what DESCRIBE gives. Here it gives what a reader needs to understand the
thing, the same by its address and by a query: of an event the claims with their words and a
citation of their articles, of an entity the articles' own entities, of a story its events, of
an article its whole graph, of anything else what is said of it. A DESCRIBE is rewritten as the
CONSTRUCT that says so, so that every store answers it, within the limits of any other query.
"""

from __future__ import annotations

import re
from string import Template

from pyoxigraph import NamedNode

from kb.iris import Iris
from kb.lexing import tokens
from kb.terms import DCTERMS, DL, GAF, NIF, PROV, RDF, RDFS, SCHEMA, SEM

_NODE = "?described__"
_OF_PARTS = ", ".join(
    str(told)
    for told in (
        DL.partOfStory,
        RDF.type,
        RDFS.label,
        SEM.eventType,
        SEM.hasEarliestBeginTimeStamp,
        SEM.hasLatestEndTimeStamp,
    )
)
# Each part binds ?s, ?p and ?o; nodes of other kinds find nothing in it. Properties are told by
# filters where a pattern with them would let a store begin with all labels there are.
_PARTS = f"""
  {{ {_NODE} ?p ?o BIND({_NODE} AS ?s) }}
  UNION {{ GRAPH $merged {{ {_NODE} {DL.claim}|{DL.version}|{DL.link} ?s }} ?s ?p ?o }}
  UNION {{
    GRAPH $merged {{ {_NODE} {DL.claim} ?claim__ }}
    ?claim__ ?link__ ?s . ?s ?p ?o
    FILTER(?link__ NOT IN ({PROV.wasDerivedFrom}, {DCTERMS.isPartOf}) && ?p != {GAF.denotedBy})
  }}
  UNION {{
    GRAPH $merged {{ {_NODE} {DL.claim} ?claim__ }}
    ?claim__ {PROV.wasDerivedFrom} ?s . ?s ?p ?o
    FILTER(?p NOT IN ({NIF.isString}, {DL.story}, {DL.headline}))
  }}
  UNION {{
    GRAPH $merged {{ {_NODE} {DL.claim} ?claim__ }}
    ?claim__ {PROV.wasDerivedFrom}/{SCHEMA.publisher} ?s . ?s ?p ?o
  }}
  UNION {{
    GRAPH $merged {{ {_NODE} ?role__ ?s . ?s ?p ?o }} FILTER(?p = {RDFS.label})
  }}
  UNION {{
    GRAPH $merged {{ {_NODE} {DL.mentionedAs} ?s }} ?s ?p ?o FILTER(?p != {GAF.denotedBy})
  }}
  UNION {{
    GRAPH $merged {{ ?s {DL.partOfStory} {_NODE} ; ?p ?o }}
    FILTER(?p IN ({_OF_PARTS}))
  }}
  UNION {{ GRAPH ?graph__ {{ ?graph__ {PROV.wasDerivedFrom} {_NODE} . ?s ?p ?o }} }}
"""
_TOKEN = r"(?:<[^<>\"{}|^`\\\x00-\x20]*>|[?$]\w+|[\w.-]*:(?:[\w.:%-]|\\[^\w\s])*|\*)"  # noqa: S105
_GAP = r"(?:\s|#[^\n]*(?:\n|\Z))"
_DESCRIBE = re.compile(
    rf"((?:{_GAP}|PREFIX{_GAP}+[\w.-]*:{_GAP}*<[^>]*>|BASE{_GAP}+<[^>]*>)*+)"
    rf"DESCRIBE((?:{_GAP}*{_TOKEN})+){_GAP}*(?=WHERE\b|\{{|\Z)(.*)\Z",
    re.IGNORECASE | re.DOTALL,
)


def described(nodes: str, iris: Iris) -> str:
    """The CONSTRUCT that describes what a group graph pattern binds ?described__ to."""
    parts = Template(_PARTS).substitute(merged=iris.merged)
    return (
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{\n"
        f"  {{ SELECT DISTINCT {_NODE} WHERE {{ {nodes}\n }} }}\n{parts}}}"
    )


def description(node: NamedNode, iris: Iris) -> str:
    """The CONSTRUCT that describes one thing."""
    return described(f"VALUES {_NODE} {{ {node} }}", iris)


def expanded(query: str, iris: Iris) -> str:
    """A DESCRIBE as the CONSTRUCT that gives what is told of the things; others as they are.

    A DESCRIBE with FROM stays: it asks for what those graphs say, and a CONSTRUCT of parts of
    other graphs would not be that.

    >>> print(expanded("DESCRIBE <urn:a> ?x WHERE { ?x a ?y }", Iris("urn:kb:"))[:27])
    CONSTRUCT { ?s ?p ?o } WHER
    >>> expanded("SELECT ?x WHERE { ?x a ?y }", Iris("urn:kb:"))
    'SELECT ?x WHERE { ?x a ?y }'
    """
    found = _DESCRIBE.match(query)
    if found is None:
        return query
    prologue, targets, pattern = found.groups()
    things = re.findall(rf"{_GAP}*({_TOKEN})", targets)
    named = [thing for thing in things if thing[0] not in "?$*"]
    variables = [f"?{thing[1:]}" for thing in things if thing[0] in "?$"]
    if "*" in things:
        names = (token[0][1:] for token in tokens(pattern) if token[0][0] in "?$")
        variables = [f"?{name}" for name in dict.fromkeys(names)]
    parts = [f"{{ VALUES {_NODE} {{ {' '.join(named)} }} }}"] if named else []
    if variables and pattern.strip():
        chosen = "*" if "*" in things else " ".join(variables)
        parts.append(_chosen(f"SELECT {chosen} {pattern}", variables))
    if not parts:
        return query
    return prologue + described("\n  UNION ".join(parts), iris)


def _chosen(select: str, variables: list[str]) -> str:
    """A pattern that binds the node to each of the variables of a query in turn."""
    turns = " ".join(str(n) for n in range(len(variables)))
    node = variables[-1]
    for n, variable in reversed(list(enumerate(variables[:-1]))):
        node = f"IF(?turn__ = {n}, {variable}, {node})"
    return (
        f"{{ {{ {select}\n }} VALUES ?turn__ {{ {turns} }} BIND({node} AS {_NODE})"
        f" FILTER(isIRI({_NODE})) }}"
    )
