// Names of towns: each takes the freest place around its middle and yields to dots.

import { FAMILY } from "./sprites.js";

// Steps away from the middle that are tried, near ones first.
const PLACES = [];
for (const dy of [0, -14, 14, -28, 28, -42, 42, -56, 56]) {
  for (const dx of [0, -30, 30, -60, 60]) PLACES.push([dx, dy, Math.hypot(dx, dy)]);
}
PLACES.sort((a, b) => a[2] - b[2]);

// Found anew when the zoom or the stops change, not while panning.
let known = { key: "", boxes: [] };

export function drawLabels(view) {
  const { pen, theme } = view;
  const key = [view.worldSize, view.store.version, view.radius, view.small, ...Object.values(view.store.filter)].join();
  if (known.key !== key) known = { key, boxes: placeLabels(view) };
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.lineWidth = 3;
  for (const { town, font, dx, dy } of known.boxes) {
    pen.font = font;
    pen.strokeStyle = theme.map_land;
    pen.strokeText(town.name, town.x + dx, town.y + dy);
    pen.fillStyle = theme.tx2;
    pen.fillText(town.name, town.x + dx, town.y + dy);
  }
  return known.boxes.length;
}

function placeLabels(view) {
  const boxes = [];
  const stops = [...view.store.stops.values()].filter((stop) => view.store.showsStop(stop));
  for (const town of view.store.towns) {
    const size = (town.large ? 14.5 : 12.5) - (view.small ? 1 : 0);
    view.pen.font = `600 ${size}px ${FAMILY}`;
    const half = { w: view.pen.measureText(town.name).width / 2 + 4, h: size / 2 + 3 };
    const box = freest(view, town, half, stops, boxes);
    if (box) boxes.push({ ...box, town, font: view.pen.font });
  }
  return boxes;
}

function freest(view, town, half, stops, taken) {
  const { depot } = view.store;
  const reach = view.radius + 1;
  const near = stops.filter((stop) => Math.abs(stop.x - town.x) < 170 && Math.abs(stop.y - town.y) < 90);
  let best = null;
  let least = Infinity;
  for (const [dx, dy, far] of PLACES) {
    const x = town.x + dx;
    const y = town.y + dy;
    if (taken.some((o) => Math.abs(o.x - x) < o.w + half.w && Math.abs(o.y - y) < o.h + half.h)) continue;
    let covered = far * 0.03;
    for (const stop of near) {
      if (Math.abs(stop.x - x) < half.w + reach && Math.abs(stop.y - y) < half.h + reach) covered += 1;
      if (covered >= least) break;
    }
    if (depot && Math.abs(depot.x - x) < half.w + 11 && Math.abs(depot.y - y) < half.h + 11) covered += 5;
    if (covered < least) {
      least = covered;
      best = { x, y, dx, dy, ...half };
    }
  }
  return best;
}
