"""Road services on the net, by routingpy: OSRM, Valhalla, openrouteservice, GraphHopper, Google, HERE."""
