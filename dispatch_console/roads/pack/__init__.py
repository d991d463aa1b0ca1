"""Region packs: an OpenStreetMap extract read once, and the road sets built from it."""
