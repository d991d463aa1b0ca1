"""Travel times and distances between places, and the ways between them. Providers stand behind one interface in
`providers`: `estimate` (great circle by a factor, with a speed that grows with the distance) and region packs, of
which `pack` builds the roads and `engine` drives them.
"""
