"""The addresses: folding, taking apart, and the index."""
