"""Measures of the system: what it finds against gold annotation, and how fast it is."""
