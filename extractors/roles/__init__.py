"""Who takes part in an event, and as what: arguments from the dependency parse.

Role names are those of ontology.ttl (agent, patient, recipient, instrument, place, source,
destination, topic, other); times are the business of `extractors.times`.
"""

from extractors.roles.arguments import Argument, argument, find_arguments

__all__ = ["Argument", "argument", "find_arguments"]
