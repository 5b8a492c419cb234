"""Links: which things of other knowledge bases, such as Wikidata, our entities are.

A link hangs on a name (its key), not on an entity's address, so that it outlives both new
readings of articles and a change of address. Links are kept in a graph of their own; what
the merged graph says of them (owl:sameAs) is derived.
"""
