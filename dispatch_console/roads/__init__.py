"""Travel times and distances between places. Providers stand behind one interface in `providers`; so far there is
`estimate`: great circle by a factor, with a speed that grows with the distance.
"""
