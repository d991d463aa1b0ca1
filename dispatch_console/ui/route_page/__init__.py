"""The page of one route: every command that touched it, with arrivals and who gave it."""
