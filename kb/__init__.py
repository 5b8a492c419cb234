"""The graph: what articles say, who is who, what happened, and how it is asked."""
