"""Papers on the screen, as PDF and on the printer."""
