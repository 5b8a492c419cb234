"""The SPARQL 1.1 Protocol, the Graph Store Protocol and a description of the service."""

from web.sparql.blueprint import blueprint

__all__ = ["blueprint"]
