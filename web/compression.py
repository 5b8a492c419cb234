"""Answers are packed for whoever takes them so."""

from __future__ import annotations

from flask import Flask
from flask_compress import Compress

PACKED = (
    "text/html",
    "text/css",
    "text/csv",
    "text/tab-separated-values",
    "text/turtle",
    "text/javascript",
    "application/json",
    "application/problem+json",
    "application/ld+json",
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "application/rdf+xml",
    "application/n-triples",
    "application/n-quads",
    "application/trig",
    "image/svg+xml",
)


def register(app: Flask) -> None:
    """Pack whole and streamed answers, quickly rather than tightly."""
    app.config["COMPRESS_MIMETYPES"] = list(PACKED)
    app.config["COMPRESS_ALGORITHM"] = ["gzip", "deflate"]
    app.config["COMPRESS_ALGORITHM_STREAMING"] = ["gzip", "deflate"]
    app.config["COMPRESS_LEVEL"] = 4
    Compress(app)
