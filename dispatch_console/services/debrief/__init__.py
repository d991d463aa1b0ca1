"""Debrief of the returned sheets: what the paper tells goes in as facts, and what is still open is said in sentences."""
