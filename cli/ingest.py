"""`dateline ingest`: articles into a knowledge base."""
