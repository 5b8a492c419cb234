"""Actions: which words speak of an event, and what kind of action of the ontology each names."""
