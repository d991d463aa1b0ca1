"""Debrief: what a returned sheet tells goes in as facts, and what is still open is said in sentences."""
