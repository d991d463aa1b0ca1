// Web Mercator in units of the whole world: x and y run from 0 to 1, y downwards. Multiplying by the world's size in
// pixels at a zoom and taking off the view's corner gives a place on the screen, without Leaflet's objects per stop.

const RADIUS_M = 6371008.8;

export function unitX(lon) {
  return (lon + 180) / 360;
}

export function unitY(lat) {
  const sin = Math.sin((Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
}

// Metres that one pixel covers at a latitude, for a world that is `size` pixels wide.
export function metresPerPixel(lat, size) {
  return (2 * Math.PI * RADIUS_M * Math.cos((lat * Math.PI) / 180)) / size;
}

// 1, 2 or 5 times a power of ten, at most `limit`.
export function niceBelow(limit) {
  const power = Math.pow(10, Math.floor(Math.log10(limit)));
  const rest = limit / power;
  return (rest >= 5 ? 5 : rest >= 2 ? 2 : 1) * power;
}

// Square of the distance from point (px, py) to the segment a–b.
export function segmentDistance2(px, py, ax, ay, bx, by) {
  const dx = bx - ax;
  const dy = by - ay;
  const length2 = dx * dx + dy * dy;
  const t = length2 ? Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / length2)) : 0;
  const ex = ax + t * dx - px;
  const ey = ay + t * dy - py;
  return ex * ex + ey * ey;
}

// True if (x, y) lies in the polygon given as a flat list of x, y (even-odd rule).
export function insidePolygon(x, y, flat) {
  let inside = false;
  for (let i = 0, j = flat.length - 2; i < flat.length; j = i, i += 2) {
    const yi = flat[i + 1];
    const yj = flat[j + 1];
    if (yi > y !== yj > y && x < ((flat[j] - flat[i]) * (y - yi)) / (yj - yi) + flat[i]) inside = !inside;
  }
  return inside;
}
