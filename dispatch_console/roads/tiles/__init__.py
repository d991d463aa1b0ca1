"""The map of a region pack: vector tiles cut from the shapes of an extract."""
