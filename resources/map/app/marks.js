// Routes, stops, the depot and what a drag points at.

import { DONE, LATE, OFF_ROAD } from "./store.js";
import { pathOf, segments } from "./ways.js";

// How a driver's slot looks: colours repeat from 13 on, with a dashed line.
export function lookOf(theme, slot) {
  const [fill, ink, edge] = theme.routes[(slot - 1) % theme.routes.length];
  return { fill, ink, edge, halo: theme.halo, dashed: slot > theme.routes.length };
}

export function drawLines(view) {
  const { store } = view;
  let lines = 0;
  const routes = [...store.routes.values()].filter((r) => store.showsRoute(r) && r.stops.length);
  for (const dimmed of [true, false]) {
    for (const route of routes) {
      if (store.dimmed(route.id) !== dimmed) continue;
      drawLine(view, route, dimmed);
      lines += 1;
    }
  }
  return lines;
}

// Where a previewed plan leaves the way that is driven now: the legs of now that it does not have, dashed. What is
// driven already and the way home stay out of it. Returns how many legs.
export function drawBefore(view) {
  const { pen, store, theme } = view;
  let legs = 0;
  pen.strokeStyle = theme.tx2;
  pen.lineWidth = 1.5;
  pen.setLineDash([5, 3]);
  pen.beginPath();
  for (const route of store.before) {
    const after = store.routes.get(route.id);
    if (!store.showsRoute(route)) continue;
    const kept = new Set(after ? legsOf(view, after, 0).map(([a, b]) => `${name(a)}-${name(b)}`) : []);
    for (const [a, b] of legsOf(view, route, view.drivenPoints(route) - 1)) {
      if (kept.has(`${name(a)}-${name(b)}`)) continue;
      pen.moveTo(a.x, a.y);
      for (const [, , x, y] of segments(view, a, b)) pen.lineTo(x, y);
      legs += 1;
    }
  }
  pen.stroke();
  pen.setLineDash([]);
  return legs;
}

function legsOf(view, route, from) {
  const points = view.pointsOf(route);
  const end = route.to ? points.length - 1 : points.length;
  const legs = [];
  for (let i = Math.max(1, from + 1); i < end; i++) legs.push([points[i - 1], points[i]]);
  return legs;
}

function name(point) {
  return point.id || "start";
}

function drawLine(view, route, dimmed) {
  const { pen, theme } = view;
  const look = lookOf(theme, route.slot);
  const points = view.pointsOf(route);
  const end = route.to ? points.length - 1 : points.length;
  pen.lineJoin = "round";
  if (dimmed) {
    pen.globalAlpha = 0.45;
    stroke(view, route, points, 0, end, look.fill, 1.3, look.dashed);
    pen.globalAlpha = 1;
    return;
  }
  const driven = Math.min(view.drivenPoints(route), end);
  // The way home says little and would draw a star around the depot: faint, unless the route stands out.
  if (route.to && view.store.focus !== route.id) {
    pen.globalAlpha = 0.45;
    stroke(view, route, points, end - 1, points.length, look.fill, 1.3, look.dashed);
    pen.globalAlpha = 1;
  }
  const last = view.store.focus === route.id ? points.length : end;
  const from = route.driven > 0 ? driven - 1 : 0;
  const tours = toursOf(view, route, points, from, last);
  for (const [a, b] of tours) stroke(view, route, points, a, b, theme.halo, 4.4, false);
  if (route.driven > 0) stroke(view, route, points, 0, driven, theme.done, 1, false);
  for (const [a, b] of tours) {
    if (look.edge) stroke(view, route, points, a, b, look.edge, 3.6, look.dashed);
    stroke(view, route, points, a, b, look.fill, 2.4, look.dashed);
  }
}

// [from, to) of the parts of a route that are drawn in full. The way back to reload is a way home: faint, unless the
// route stands out.
function toursOf(view, route, points, from, last) {
  if (view.store.focus === route.id) return [[from, last]];
  const parts = [];
  let start = from;
  for (let i = start + 1; i < last; i++) {
    if (points[i] !== route.from) continue;
    parts.push([start, i]);
    view.pen.globalAlpha = 0.45;
    const look = lookOf(view.theme, route.slot);
    stroke(view, route, points, i - 1, i + 1, look.fill, 1.3, look.dashed);
    view.pen.globalAlpha = 1;
    start = i;
  }
  return [...parts, [start, last]];
}

function stroke(view, route, points, from, to, colour, width, dashed) {
  const { pen } = view;
  const path = pathOf(view, route, points, from, to);
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.setLineDash(dashed ? [7, 4] : []);
  pen.save();
  pen.translate(view.ways.left - view.left, view.ways.top - view.top);
  pen.stroke(path);
  pen.restore();
  pen.setLineDash([]);
}

export function drawDots(view) {
  const { store } = view;
  const rank = (stop) => (store.selected.has(stop.id) ? 2 : store.dimmed(stop.route) ? 0 : 1);
  const layers = [[], [], []];
  for (const stop of view.visible) layers[rank(stop)].push(stop);
  for (const layer of layers) for (const stop of layer) drawDot(view, stop);
  if (view.moving) drawMoving(view);
  return view.visible.length;
}

function drawDot(view, stop) {
  const { pen, store, theme } = view;
  const selected = store.selected.has(stop.id);
  let radius = view.radius;
  if (store.focus && stop.route === store.focus && radius > 4) radius += 0.5;
  const faint = store.dimmed(stop.route) && !selected;
  const shown = faint ? Math.min(radius, 4) : radius;
  pen.globalAlpha = view.held.has(stop.id) ? 0.4 : 1;
  if (selected) ring(view, stop, radius + 3, theme.acc, 2, theme.glass);
  if (stop.route === 0) hollow(view, stop, radius);
  else if (stop.state & DONE) disc(view, stop, radius * 0.6, theme.done);
  else filled(view, stop, shown);
  if (stop.state & LATE && !(stop.state & DONE)) ring(view, stop, shown + 0.8, theme.red, faint ? 1.5 : 2);
  if (stop.state & OFF_ROAD) struck(view, stop, radius);
  if (store.moved.has(stop.id)) ring(view, stop, radius + 3.5, theme.tx, 1.5);
  if (stop.id === store.current && selected) ring(view, stop, radius + 5.5, theme.acc, 1);
  pen.globalAlpha = 1;
}

function filled(view, stop, radius) {
  const route = view.store.routes.get(stop.route);
  const look = lookOf(view.theme, route ? route.slot : 1);
  const text = radius > 4.2 ? String(stop.number) : "";
  const picture = view.sprites.dot(look, radius, text, look.dashed);
  const { ratio } = view.sprites;
  const corner = (middle) => Math.round((middle - radius - 2) * ratio) / ratio;
  view.pen.drawImage(picture, corner(stop.x), corner(stop.y), picture.width / ratio, picture.height / ratio);
}

function hollow(view, stop, radius) {
  ring(view, stop, radius + 1.4, view.theme.halo, 1.2);
  ring(view, stop, Math.max(radius - 0.8, 2), view.theme.tx, radius > 4 ? 2.2 : 1.6, view.theme.hollow);
}

// No road leads there: barred, in a broken ring.
function struck(view, stop, radius) {
  const { pen, theme } = view;
  const away = (radius + 2) * Math.SQRT1_2;
  for (const [colour, width] of [[theme.halo, 4.4], [theme.amb, 2]]) {
    pen.setLineDash(colour === theme.amb ? [4, 2.5] : []);
    ring(view, stop, radius + 2, colour, width);
    pen.setLineDash([]);
    pen.beginPath();
    pen.moveTo(stop.x - away, stop.y + away);
    pen.lineTo(stop.x + away, stop.y - away);
    pen.stroke();
  }
}

function disc(view, at, radius, colour) {
  view.pen.fillStyle = colour;
  view.pen.beginPath();
  view.pen.arc(at.x, at.y, radius, 0, 2 * Math.PI);
  view.pen.fill();
}

function ring(view, at, radius, colour, width, fill) {
  const { pen } = view;
  pen.beginPath();
  pen.arc(at.x, at.y, radius, 0, 2 * Math.PI);
  if (fill) {
    pen.fillStyle = fill;
    pen.fill();
  }
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.stroke();
}

function drawMoving(view) {
  const { pen, theme, moving } = view;
  const stop = view.store.stops.get(moving.id);
  if (!stop) return;
  pen.strokeStyle = theme.acc;
  pen.lineWidth = 1.5;
  pen.setLineDash([5, 3]);
  pen.beginPath();
  pen.moveTo(stop.x, stop.y);
  pen.lineTo(moving.x, moving.y);
  pen.stroke();
  pen.setLineDash([]);
  ring(view, moving, view.radius + 3, theme.acc, 2, theme.glass);
  disc(view, moving, 2, theme.acc);
}

// A square with a house in it.
export function drawDepot(view) {
  const { pen, store, theme } = view;
  if (!store.depot) return;
  const { x, y } = store.depot;
  const half = view.depotHalf;
  pen.fillStyle = theme.halo;
  box(pen, x, y, half + 1, 3);
  pen.fillStyle = theme.tx;
  box(pen, x, y, half, 2);
  const k = half / 10;
  pen.fillStyle = theme.on_tx;
  pen.beginPath();
  for (const [dx, dy] of [[0, -7.5], [6, -2.5], [6, 4.5], [-6, 4.5], [-6, -2.5]]) pen.lineTo(x + dx * k, y + dy * k);
  pen.fill();
}

function box(pen, x, y, half, radius) {
  pen.beginPath();
  pen.roundRect(x - half, y - half, 2 * half, 2 * half, radius);
  pen.fill();
}

// What a drag over the map would be dropped on: the route in full strength, the stop or place in a ring.
export function drawTarget(view) {
  const { target, store, pen, theme } = view;
  if (!target) return;
  const route = store.routes.get(target.route);
  if (route) {
    const points = view.pointsOf(route);
    stroke(view, route, points, 0, points.length, theme.acc, 6, false);
    stroke(view, route, points, 0, points.length, lookOf(theme, route.slot).fill, 2.4, false);
    for (const point of points.slice(1)) if (point.id) drawDot(view, point);
    return;
  }
  pen.strokeStyle = theme.acc;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.arc(target.x, target.y, 9, 0, 2 * Math.PI);
  pen.moveTo(target.x - 14, target.y);
  pen.lineTo(target.x + 14, target.y);
  pen.moveTo(target.x, target.y - 14);
  pen.lineTo(target.x, target.y + 14);
  pen.stroke();
}
