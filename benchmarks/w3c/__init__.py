"""The W3C's test suites for SPARQL 1.1, run over HTTP against a live endpoint.

    python -m benchmarks.w3c DIRECTORY [--endpoint URL --graph-store URL --token SECRET]

DIRECTORY holds the suite as the W3C publishes it (manifest.ttl and a folder for each group).
Without an endpoint, the one of `dateline serve` is started over an empty store, with its
production server. Each test empties the store, fills it through the Graph Store Protocol, asks
through the SPARQL Protocol, and compares what comes back.
"""
