// Names of places: each takes the freest spot around its middle and yields to dots. The greater a place, the larger its
// name, and the farther it may move away.

import { FAMILY } from "./sprites.js";

// Steps away from the middle that are tried, near ones first.
const PLACES = [];
for (const dy of [0, -14, 14, -28, 28, -42, 42, -56, 56]) {
  for (const dx of [0, -30, 30, -60, 60]) PLACES.push([dx, dy, Math.hypot(dx, dy)]);
}
PLACES.sort((a, b) => a[2] - b[2]);

const COVERED = 2.2; // what a covered dot weighs, in steps of 33 pixels away

// By rank: size and weight of the letters, how far a name may stand off, what it may cover, from which zoom.
export const RANKS = [
  { size: 14.5, weight: 600, far: 90, covers: Infinity, from: 0 }, // a city, or the town with most stops
  { size: 14, weight: 600, far: 90, covers: Infinity, from: 0 },
  { size: 12.5, weight: 600, far: 90, covers: Infinity, from: 0 }, // a village, or any town of the addresses
  { size: 11.5, weight: 600, far: 32, covers: 4, from: 12.5 },
  { size: 11, weight: 500, far: 16, covers: 2, from: 13.3 },
  { size: 10.5, weight: 500, far: 16, covers: 2, from: 14.3 },
];

// Found anew when the zoom or the stops change, not while panning: then only names that are new find their spot.
let known = { key: "", named: -1, boxes: new Map() };

export function drawLabels(view) {
  const { pen, theme, store } = view;
  const key = [view.worldSize, store.version, view.radius, view.small, ...Object.values(store.filter)].join();
  if (known.key !== key) known = { key, named: -1, boxes: new Map() };
  if (known.named !== store.named) known = { key, named: store.named, boxes: placeLabels(view, known.boxes) };
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.lineWidth = 3;
  view.labelled = [];
  for (const { town, font, dx, dy, w } of known.boxes.values()) {
    if (!view.onScreen({ x: town.x + dx, y: town.y + dy }, w)) continue;
    pen.font = font;
    pen.strokeStyle = theme.map_land;
    pen.strokeText(town.name, town.x + dx, town.y + dy);
    pen.fillStyle = town.rank > 2 ? theme.map_label : theme.tx2;
    pen.fillText(town.name, town.x + dx, town.y + dy);
    view.labelled.push(town.name);
  }
  return view.labelled.length;
}

// boxes: those that stand already, by the keys of their towns.
function placeLabels(view, standing) {
  const boxes = new Map();
  const zoom = view.map.getZoom();
  const stops = [...view.store.stops.values()].filter((stop) => view.store.showsStop(stop));
  const towns = view.store.towns.filter((town) => zoom >= RANKS[town.rank].from);
  for (const town of towns) {
    const box = standing.get(town.key);
    if (box) boxes.set(town.key, { ...box, town });
  }
  for (const town of towns) {
    if (boxes.has(town.key)) continue;
    const { weight, size: plain } = RANKS[town.rank];
    const size = plain - (view.small ? 1 : 0);
    view.pen.font = `${weight} ${size}px ${FAMILY}`;
    const half = { w: view.pen.measureText(town.name).width / 2 + 4, h: size / 2 + 3 };
    const spot = freest(view, town, half, stops, boxes);
    if (spot) boxes.set(town.key, { ...spot, ...half, town, font: view.pen.font });
  }
  return boxes;
}

function freest(view, town, half, stops, taken) {
  const { depot } = view.store;
  const { far: reach, covers } = RANKS[town.rank];
  const dot = view.radius + 1;
  const near = stops.filter((stop) => Math.abs(stop.x - town.x) < 170 && Math.abs(stop.y - town.y) < 90);
  let best = null;
  let least = covers;
  for (const [dx, dy, far] of PLACES) {
    if (far > reach) break;
    const x = town.x + dx;
    const y = town.y + dy;
    if (isTaken(taken, x, y, half)) continue;
    let covered = far * 0.03;
    for (const stop of near) {
      if (Math.abs(stop.x - x) < half.w + dot && Math.abs(stop.y - y) < half.h + dot) covered += COVERED;
      if (covered >= least) break;
    }
    if (depot && Math.abs(depot.x - x) < half.w + 11 && Math.abs(depot.y - y) < half.h + 11) covered += 5;
    if (covered < least) {
      least = covered;
      best = { dx, dy };
    }
  }
  return best;
}

function isTaken(boxes, x, y, half) {
  for (const { town, dx, dy, w, h } of boxes.values()) {
    if (Math.abs(town.x + dx - x) < w + half.w && Math.abs(town.y + dy - y) < h + half.h) return true;
  }
  return false;
}
