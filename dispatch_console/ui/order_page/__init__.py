"""The page of one order: where it is now, and everything that happened to it, over all its days."""
