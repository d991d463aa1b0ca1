// Where a drag over the map would be dropped: on the route whose dot or line is nearest, else on the ground.

import { segmentDistance2 } from "./geo.js";
import { segments } from "./ways.js";

const REACH = 16;

// {route, x, y, lat, lon}; route 0: on no route.
export function dropTarget(view, x, y) {
  const place = view.map.containerPointToLatLng([x, y]);
  return { route: nearestRoute(view, x, y), x, y, lat: place.lat, lon: place.lng };
}

function nearestRoute(view, x, y) {
  const { store } = view;
  let found = 0;
  let best = REACH * REACH;
  for (const stop of view.visible) {
    if (stop.route === 0 || view.held.has(stop.id)) continue;
    // A dot wins over a line that passes as near.
    const d = Math.max(0, (stop.x - x) ** 2 + (stop.y - y) ** 2 - 36);
    if (d < best) [best, found] = [d, stop.route];
  }
  for (const route of store.routes.values()) {
    if (!store.showsRoute(route)) continue;
    const points = view.pointsOf(route);
    const end = route.stops.length ? points.length - (route.to ? 1 : 0) : 0;
    for (let i = 1; i < end; i++) {
      for (const [ax, ay, bx, by] of segments(view, points[i - 1], points[i])) {
        const d = segmentDistance2(x, y, ax, ay, bx, by);
        if (d < best) [best, found] = [d, route.id];
      }
    }
  }
  return found;
}
