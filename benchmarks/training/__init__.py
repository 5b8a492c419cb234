"""Training the reader: gold documents to examples, examples to weights, weights to files."""
