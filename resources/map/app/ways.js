// Routes along roads: the line of each leg, and paths of whole stretches, thinned out once per zoom.

import { unitX, unitY } from "./geo.js";

const THIN = 1.2; // pixels: points nearer to the last one are left out

const e6 = (degrees) => Math.round(degrees * 1e6);

// A leg's name: its two places in millionths of a degree, as the program writes it.
export function legName(a, b) {
  return `${e6(a.lat)},${e6(a.lon)},${e6(b.lat)},${e6(b.lon)}`;
}

// numbers: [lat, lon, then each point's distance from the one before], in millionths of a degree.
export function readLine(numbers) {
  const ux = new Float64Array(numbers.length / 2);
  const uy = new Float64Array(numbers.length / 2);
  let lat = 0;
  let lon = 0;
  for (let i = 0; i < ux.length; i++) {
    lat += numbers[2 * i];
    lon += numbers[2 * i + 1];
    ux[i] = unitX(lon / 1e6);
    uy[i] = unitY(lat / 1e6);
  }
  return { ux, uy, size: 0, thin: null };
}

// The points between a and b in pixels of a world of that size, as a flat list; empty where the leg is straight.
export function between(view, a, b) {
  if (!view.store.lines.size) return NONE;
  const line = view.store.lines.get(legName(a, b));
  if (!line) return NONE;
  if (line.size !== view.worldSize) {
    line.size = view.worldSize;
    line.thin = thinned(line, view.worldSize);
  }
  return line.thin;
}

const NONE = new Float64Array(0);

function thinned({ ux, uy }, size) {
  const kept = [];
  let [x, y] = [Infinity, Infinity];
  for (let i = 0; i < ux.length; i++) {
    const [px, py] = [ux[i] * size, uy[i] * size];
    if (i < ux.length - 1 && Math.abs(px - x) < THIN && Math.abs(py - y) < THIN) continue;
    [x, y] = [px, py];
    kept.push(x, y);
  }
  return Float64Array.from(kept);
}

// The path through points[from] … points[to - 1] of a route, kept until zoom, stops or lines change. Its coordinates
// are those of the screen when `view.ways` began: the pen has to be moved by what the view has moved since.
export function pathOf(view, route, points, from, to) {
  const { ways, store } = view;
  const key = [view.worldSize, view.spreadFor, store.version, store.lined].join();
  if (ways.key !== key || ways.paths.size > 4000) {
    Object.assign(ways, { key, left: view.left, top: view.top, paths: new Map() });
  }
  let known = ways.paths.get(route);
  if (!known) ways.paths.set(route, (known = new Map()));
  const name = `${from} ${to}`;
  let path = known.get(name);
  if (!path) known.set(name, (path = draw(view, points, from, to)));
  return path;
}

// The straight pieces of the leg from a to b on the screen: [x, y, x, y] each.
export function* segments(view, a, b) {
  const line = between(view, a, b);
  let [x, y] = [a.x, a.y];
  for (let i = 0; i < line.length; i += 2) {
    const [nx, ny] = [line[i] - view.left, line[i + 1] - view.top];
    yield [x, y, nx, ny];
    [x, y] = [nx, ny];
  }
  yield [x, y, b.x, b.y];
}

function draw(view, points, from, to) {
  const path = new Path2D();
  const { left, top } = view.ways;
  const [dx, dy] = [view.left - left, view.top - top];
  for (let i = from; i < to; i++) {
    const point = points[i];
    if (i > from) {
      const line = between(view, points[i - 1], point);
      for (let k = 0; k < line.length; k += 2) path.lineTo(line[k] - left, line[k + 1] - top);
    }
    path.lineTo(point.x + dx, point.y + dy);
  }
  return path;
}
