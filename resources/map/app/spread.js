// Dots that would hide one another move apart a little, so that every number can be read and every stop be hit.
// Found anew when the zoom or the stops change, not while panning; the further in, the less there is to move.

const ROUNDS = 8;
const MOST = 10; // pixels that a dot may stand off its place
const MOST_STOPS = 2500;

// Sets dx, dy (pixels) of all stops given, whose x, y are their true places. Nothing covers the depot (half its side
// is `depotHalf`).
export function spread(stops, radius, depot, depotHalf) {
  for (const stop of stops) stop.dx = stop.dy = 0;
  if (stops.length > MOST_STOPS) return;
  const apart = 2 * radius + 1;
  for (let round = 0; round < ROUNDS; round++) {
    if (depot) pushFrom(depot, stops, depotHalf + radius + 2);
    if (!pushApart(stops, apart, round)) return;
  }
}

function pushFrom(depot, stops, apart) {
  for (const stop of stops) {
    const x = stop.x + stop.dx - depot.x;
    const y = stop.y + stop.dy - depot.y;
    const far = Math.hypot(x, y);
    if (far >= apart) continue;
    stop.dx += ((far ? x / far : 0) * (apart - far));
    stop.dy += ((far ? y / far : 1) * (apart - far));
  }
}

// One round over all pairs that touch; false if there were none.
function pushApart(stops, apart, round) {
  const cells = intoCells(stops, apart);
  let touched = false;
  stops.forEach((a, i) => {
    const column = Math.floor((a.x + a.dx) / apart);
    const row = Math.floor((a.y + a.dy) / apart);
    for (let c = column - 1; c <= column + 1; c++) {
      for (let r = row - 1; r <= row + 1; r++) {
        for (const j of cells.get(key(c, r)) || []) {
          if (j > i && pushPair(a, stops[j], apart, i + round)) touched = true;
        }
      }
    }
  });
  return touched;
}

function pushPair(a, b, apart, seed) {
  let x = b.x + b.dx - a.x - a.dx;
  let y = b.y + b.dy - a.y - a.dy;
  let far = Math.hypot(x, y);
  if (far >= apart) return false;
  if (far < 0.01) {
    // At one and the same place: each pair in another direction, always the same one.
    [x, y, far] = [Math.cos(seed * 2.4), Math.sin(seed * 2.4), 1];
    far = 1;
  }
  const half = (apart - Math.min(far, apart)) / 2 + 0.25;
  move(a, (-x / far) * half, (-y / far) * half);
  move(b, (x / far) * half, (y / far) * half);
  return true;
}

function move(stop, dx, dy) {
  stop.dx += dx;
  stop.dy += dy;
  const far = Math.hypot(stop.dx, stop.dy);
  if (far > MOST) {
    stop.dx *= MOST / far;
    stop.dy *= MOST / far;
  }
}

function intoCells(stops, size) {
  const cells = new Map();
  stops.forEach((stop, i) => {
    const at = key(Math.floor((stop.x + stop.dx) / size), Math.floor((stop.y + stop.dy) / size));
    const cell = cells.get(at);
    if (cell) cell.push(i);
    else cells.set(at, [i]);
  });
  return cells;
}

function key(column, row) {
  return column * 1000003 + row;
}
