// Where the roads of the day are closed, to be avoided or slow: hatched, framed and named, so that it can be told
// without colours; and the outline that is being drawn.

import { unitX, unitY } from "./geo.js";
import { FAMILY } from "./sprites.js";

const HATCH = 7; // pixels from line to line
const NAMED_FROM = 22; // pixels across: what looks smaller has its sign alone
const SIGN = 7;

const LOOKS = {
  closed: { token: "red", slants: [1, -1], dash: [] },
  avoid: { token: "amb", slants: [1], dash: [6, 3] },
  slow: { token: "acc", slants: [-1], dash: [2, 3] },
};

// told: [{id, kind, corners: [[lat, lon]…], name}]
export function readAreas(told) {
  return told.map((area) => ({ ...area, corners: area.corners.map(readCorner) }));
}

export function readCorner([lat, lon]) {
  return { ux: unitX(lon), uy: unitY(lat) };
}

export function drawAreas(view) {
  let drawn = 0;
  for (const area of view.areas) {
    for (const corner of area.corners) view.place(corner);
    if (area.corners.some((corner) => view.onScreen(corner, 2000))) {
      drawArea(view, area);
      drawn += 1;
    }
  }
  return drawn;
}

// Above the routes: what is closed is read even where every road is driven.
export function nameAreas(view) {
  for (const area of view.areas) nameArea(view, area);
}

function drawArea(view, area) {
  const { pen, theme } = view;
  const look = LOOKS[area.kind];
  const chosen = area.id === view.area;
  pen.save();
  trace(pen, area.corners);
  pen.closePath();
  pen.fillStyle = theme[look.token];
  pen.globalAlpha = theme.dark ? 0.16 : 0.1;
  pen.fill();
  pen.globalAlpha = chosen ? 0.8 : 0.55;
  pen.strokeStyle = theme[look.token];
  pen.save();
  pen.clip();
  hatch(view, area, look.slants);
  pen.restore();
  pen.globalAlpha = 1;
  pen.lineWidth = chosen ? 3 : 1.6;
  pen.setLineDash(look.dash);
  trace(pen, area.corners);
  pen.closePath();
  pen.stroke();
  pen.restore();
}

function hatch(view, area, slants) {
  const { pen } = view;
  const { left, top, right, bottom } = boxOf(view, area);
  pen.lineWidth = 1;
  pen.setLineDash([]);
  pen.beginPath();
  const reach = bottom - top;
  for (const slant of slants) {
    // The lines stand on the ground and not on the screen, so that they do not swim while the map is moved.
    const fixed = slant > 0 ? -(bottom + view.left + view.top) : top - view.left + view.top;
    const first = left - reach;
    for (let x = first + ((((fixed - first) % HATCH) + HATCH) % HATCH); x < right; x += HATCH) {
      pen.moveTo(x, slant > 0 ? bottom : top);
      pen.lineTo(x + reach, slant > 0 ? top : bottom);
    }
  }
  pen.stroke();
}

// The part of the screen that it may cover.
function boxOf(view, area) {
  const xs = area.corners.map((corner) => corner.x);
  const ys = area.corners.map((corner) => corner.y);
  return {
    left: Math.max(-HATCH, Math.min(...xs)),
    right: Math.min(view.width + HATCH, Math.max(...xs)),
    top: Math.max(-HATCH, Math.min(...ys)),
    bottom: Math.min(view.height + HATCH, Math.max(...ys)),
  };
}

function nameArea(view, area) {
  const { left, right, top, bottom } = boxOf(view, area);
  if (right < 0 || left > view.width || bottom < 0 || top > view.height) return;
  const x = (left + right) / 2;
  const small = Math.max(right - left, bottom - top) < NAMED_FROM && area.id !== view.area;
  drawSign(view, area, x, small ? (top + bottom) / 2 : Math.max(top, 0) - 2, !small);
}

// A small sign as it stands at a road, with its words beside it.
function drawSign(view, area, x, y, named) {
  const { pen, theme } = view;
  const look = LOOKS[area.kind];
  pen.save();
  pen.font = `600 11px ${FAMILY}`;
  const width = named ? pen.measureText(area.name).width : 0;
  const half = named ? (width + 2 * SIGN + 16) / 2 : SIGN + 2;
  const middle = Math.max(half + 2, Math.min(view.width - half - 2, x));
  if (named) {
    pen.fillStyle = theme.pane;
    pen.strokeStyle = theme[look.token];
    pen.lineWidth = 1;
    pen.beginPath();
    pen.roundRect(middle - half, y - 10, 2 * half, 20, 4);
    pen.fill();
    pen.stroke();
    pen.fillStyle = theme.tx;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.fillText(area.name, middle - half + 2 * SIGN + 10, y + 0.5);
  }
  const at = named ? middle - half + SIGN + 4 : middle;
  SIGNS[area.kind](pen, theme, at, y, SIGN);
  pen.restore();
}

const SIGNS = {
  // No entry.
  closed(pen, theme, x, y, r) {
    disc(pen, theme.red, theme.halo, x, y, r);
    pen.fillStyle = theme.pane;
    pen.fillRect(x - r * 0.62, y - r * 0.2, r * 1.24, r * 0.4);
  },
  // A way round.
  avoid(pen, theme, x, y, r) {
    pen.beginPath();
    for (const [dx, dy] of [[0, -1], [1, 0.8], [-1, 0.8]]) pen.lineTo(x + dx * r, y + dy * r);
    pen.closePath();
    pen.fillStyle = theme.amb;
    pen.strokeStyle = theme.halo;
    pen.lineWidth = 1;
    pen.stroke();
    pen.fill();
    pen.fillStyle = theme.pane;
    pen.fillRect(x - 0.8, y - r * 0.35, 1.6, r * 0.6);
    pen.fillRect(x - 0.8, y + r * 0.42, 1.6, 1.6);
  },
  // A clock.
  slow(pen, theme, x, y, r) {
    disc(pen, theme.acc, theme.halo, x, y, r);
    pen.strokeStyle = theme.pane;
    pen.lineWidth = 1.5;
    pen.beginPath();
    pen.moveTo(x, y - r * 0.6);
    pen.lineTo(x, y);
    pen.lineTo(x + r * 0.5, y + r * 0.25);
    pen.stroke();
  },
};

function disc(pen, fill, edge, x, y, r) {
  pen.beginPath();
  pen.arc(x, y, r, 0, 2 * Math.PI);
  pen.fillStyle = fill;
  pen.strokeStyle = edge;
  pen.lineWidth = 1;
  pen.stroke();
  pen.fill();
}

// The corners so far, and the way to where the pointer is.
export function drawSketch(view) {
  const { pen, theme, sketch, pointed } = view;
  if (!sketch.length) return;
  for (const corner of sketch) view.place(corner);
  const ahead = pointed ? [...sketch, pointed] : sketch;
  pen.save();
  trace(pen, ahead);
  pen.closePath();
  pen.fillStyle = theme.acc;
  pen.globalAlpha = 0.12;
  pen.fill();
  pen.globalAlpha = 1;
  pen.strokeStyle = theme.acc;
  pen.lineWidth = 1.8;
  trace(pen, ahead);
  pen.stroke();
  pen.setLineDash([4, 4]);
  pen.beginPath();
  pen.moveTo(ahead[ahead.length - 1].x, ahead[ahead.length - 1].y);
  pen.lineTo(ahead[0].x, ahead[0].y);
  pen.stroke();
  pen.setLineDash([]);
  sketch.forEach((corner, at) => {
    pen.beginPath();
    pen.arc(corner.x, corner.y, at ? 3.5 : 5, 0, 2 * Math.PI);
    pen.fillStyle = theme.pane;
    pen.fill();
    pen.stroke();
  });
  pen.restore();
}

// Whether a click here closes the outline: on its first corner.
export function closesSketch(view, x, y) {
  if (view.sketch.length < 3) return false;
  const [first] = view.sketch;
  view.place(first);
  return Math.hypot(first.x - x, first.y - y) <= 9;
}

function trace(pen, corners) {
  pen.beginPath();
  for (const { x, y } of corners) pen.lineTo(x, y);
}
