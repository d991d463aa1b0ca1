"""Region packs: built from an extract, chosen, and asked for travel times."""
