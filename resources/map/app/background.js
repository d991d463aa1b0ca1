// What lies under the routes when no tiles do: a fine grid, or the drawn surroundings that came with the region.

import { metresPerPixel, niceBelow, unitX, unitY } from "./geo.js";

// Kept as a picture: while only stops and routes change there is no need to draw it again.
const kept = { key: "", picture: document.createElement("canvas") };

export function drawBackground(view) {
  if (view.layers.tiles) return;
  const { left, top, worldSize, canvas, theme, backdrop } = view;
  const key = [left, top, worldSize, canvas.width, canvas.height, theme.dark, Boolean(backdrop)].join();
  const pen = view.pen;
  if (kept.key !== key) {
    kept.key = key;
    kept.picture.width = canvas.width;
    kept.picture.height = canvas.height;
    view.pen = kept.picture.getContext("2d");
    view.pen.setTransform(pen.getTransform());
    if (backdrop) drawBackdrop(view, backdrop);
    else drawGrid(view);
    view.pen = pen;
  }
  if (kept.picture.width && kept.picture.height) pen.drawImage(kept.picture, 0, 0, view.width, view.height);
}

// Lines a round number of metres apart, fixed to the ground, so that panning and zooming can be seen.
function drawGrid(view) {
  const { pen, theme, width, height, worldSize } = view;
  const middle = view.map.getCenter();
  const perPixel = metresPerPixel(middle.lat, worldSize);
  const step = niceBelow(110 * perPixel) / perPixel;
  pen.strokeStyle = theme.grid;
  pen.lineWidth = 1;
  pen.beginPath();
  for (let x = -(((view.left % step) + step) % step); x < width; x += step) {
    pen.moveTo(Math.round(x) + 0.5, 0);
    pen.lineTo(Math.round(x) + 0.5, height);
  }
  for (let y = -(((view.top % step) + step) % step); y < height; y += step) {
    pen.moveTo(0, Math.round(y) + 0.5);
    pen.lineTo(width, Math.round(y) + 0.5);
  }
  pen.stroke();
}

// The steps of drawing, back to front: kind of shape, colour of the theme, width of the line (0: filled), dash.
const STEPS = [
  ["towns", "map_town", 0],
  ["parks", "map_park", 0],
  ["water", "map_water", 6],
  ["lanes", "map_casing_soft", 2.6],
  ["lanes", "map_street", 1.4],
  ["streets", "map_street", 1],
  ["rail", "map_casing", 1.6],
  ["rail", "map_land", 0.8, [5, 5]],
  ["roads", "map_casing", 4.8],
  ["roads", "map_road", 3.4],
];

// Coordinates are units of the world times this, counted from an origin, so that single precision is enough.
const GRAIN = 4194304;

// data: lists of [lat, lon] by kind, and `names` as [text, lat, lon, 1 if large].
export function readBackdrop(data) {
  const first = data.lanes[0][0];
  const origin = { ux: unitX(first[1]), uy: unitY(first[0]) };
  const paths = new Map();
  for (const kind of new Set(STEPS.map((step) => step[0]))) {
    const path = new Path2D();
    for (const shape of data[kind] || []) addShape(path, shape, origin);
    paths.set(kind, path);
  }
  return { origin, paths, names: data.names || [] };
}

function addShape(path, shape, origin) {
  shape.forEach(([lat, lon], i) => {
    const x = (unitX(lon) - origin.ux) * GRAIN;
    const y = (unitY(lat) - origin.uy) * GRAIN;
    if (i) path.lineTo(x, y);
    else path.moveTo(x, y);
  });
}

function drawBackdrop(view, backdrop) {
  const { pen, theme } = view;
  const scale = view.worldSize / GRAIN;
  // Lines thin out as the view widens, so that a town does not become a blot.
  const thin = Math.max(0.5, Math.min(1.6, 1 + (view.map.getZoom() - 11) * 0.2));
  pen.save();
  pen.translate(backdrop.origin.ux * view.worldSize - view.left, backdrop.origin.uy * view.worldSize - view.top);
  pen.scale(scale, scale);
  pen.lineJoin = "round";
  for (const [kind, colour, width, dash] of STEPS) {
    const path = backdrop.paths.get(kind);
    pen.lineCap = dash ? "butt" : "round";
    if (width) {
      pen.setLineDash((dash || []).map((d) => d / scale));
      pen.strokeStyle = theme[colour];
      pen.lineWidth = (width * thin) / scale;
      pen.stroke(path);
    } else {
      pen.fillStyle = theme[colour];
      pen.fill(path);
    }
  }
  pen.restore();
}
