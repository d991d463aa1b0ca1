// Names along streets, also along bent ones: each letter is set on the line. A placer of labels for protomaps-leaflet,
// which asks `place` per street and tile, keeps what does not collide, and calls `draw` for every tile it touches.

const BEND = 0.45; // radians from one letter to the next that can still be read
const TURN = 1.9; // radians over the whole name
const TRIES = 7; // spots along a line

export class StreetName {
  // look(zoom): {font, fill, stroke, width, repeat, size, beside}, all in pixels of the tile; `beside`: how far from
  // the middle of the street, 0: in it.
  constructor(look) {
    this.look = look;
  }

  place(layout, geom, feature) {
    const name = feature.props.name;
    if (typeof name !== "string" || !name || name.length > 50) return undefined;
    const look = this.look(layout.zoom);
    layout.scratch.font = look.font;
    const letters = [...name];
    const widths = letters.map((letter) => layout.scratch.measureText(letter).width);
    const width = widths.reduce((sum, part) => sum + part, 0);
    const labels = [];
    for (const points of geom) {
      const line = measured(points);
      const [above, below] = [look.beside, -look.beside].map((far) => (far ? measured(shifted(points, far)) : line));
      if (line.length < width + look.size) continue;
      for (const start of starts(line.length, width, look.repeat)) {
        const flipped = along(line, start + width).x < along(line, start).x;
        const side = flipped ? below : above;
        const set = setLetters(side, letters, widths, (start * side.length) / line.length, width, flipped);
        if (set) labels.push(label(set, name, look));
      }
    }
    return labels.length ? labels : undefined;
  }
}

// Room for the name of a place, which is written elsewhere: streets put theirs around it.
export class KeptFree {
  // look(zoom, feature): {font, size}; size 0: nothing is written there.
  constructor(look) {
    this.look = look;
  }

  place(layout, geom, feature) {
    const { font, size } = this.look(layout.zoom, feature);
    if (!size || typeof feature.props.name !== "string") return undefined;
    layout.scratch.font = font;
    const half = layout.scratch.measureText(feature.props.name).width / 2 + 3;
    const { x, y } = geom[0][0];
    const box = { minX: x - half, maxX: x + half, minY: y - size * 0.7, maxY: y + size * 0.7 };
    return [{ anchor: point({ x, y }), bboxes: [box], draw: () => {} }];
  }
}

// Where names may begin: in the middle of each stretch, then to both sides of it.
function starts(length, width, repeat) {
  const stretches = Math.max(1, Math.floor(length / (width + repeat)));
  const room = length / stretches;
  const found = [];
  for (let i = 0; i < stretches; i++) {
    const middle = (i + 0.5) * room - width / 2;
    const step = (room - width) / 2 / ((TRIES - 1) / 2 + 0.5);
    for (let k = 0; k < TRIES; k++) found.push(middle + step * (k % 2 ? -1 : 1) * Math.ceil(k / 2));
  }
  return found.filter((start) => start >= 0 && start + width <= length);
}

function measured(points) {
  const at = [0];
  for (let i = 1; i < points.length; i++) {
    at.push(at[i - 1] + Math.hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y));
  }
  return { points, at, length: at[at.length - 1] };
}

// The line moved to its left by so many pixels, as seen when driving along it: above it from left to right.
function shifted(points, far) {
  return points.map((point, i) => {
    const a = points[Math.max(0, i - 1)];
    const b = points[Math.min(points.length - 1, i + 1)];
    const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    return { x: point.x + ((b.y - a.y) / length) * far, y: point.y - ((b.x - a.x) / length) * far };
  });
}

function setLetters(line, letters, widths, start, width, flipped) {
  const set = [];
  let gone = 0;
  for (let i = 0; i < letters.length; i++) {
    const middle = flipped ? start + width - gone - widths[i] / 2 : start + gone + widths[i] / 2;
    // The direction over the letter and a little more: a kink of the line turns it by degrees.
    const reach = widths[i] / 2 + 2;
    const a = along(line, middle - reach);
    const b = along(line, middle + reach);
    const angle = flipped ? Math.atan2(a.y - b.y, a.x - b.x) : Math.atan2(b.y - a.y, b.x - a.x);
    const { x, y } = along(line, middle);
    if (i && Math.abs(difference(angle, set[i - 1].angle)) > BEND) return null;
    set.push({ letter: letters[i], x, y, angle, half: widths[i] / 2 });
    gone += widths[i];
  }
  return Math.abs(difference(set[0].angle, set[set.length - 1].angle)) > TURN ? null : set;
}

function along({ points, at, length }, distance) {
  const d = Math.max(0, Math.min(length, distance));
  let low = 0;
  let high = at.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at[middle] <= d) low = middle;
    else high = middle;
  }
  const share = at[high] > at[low] ? (d - at[low]) / (at[high] - at[low]) : 0;
  return {
    x: points[low].x + (points[high].x - points[low].x) * share,
    y: points[low].y + (points[high].y - points[low].y) * share,
  };
}

function difference(a, b) {
  const d = a - b;
  return d > Math.PI ? d - 2 * Math.PI : d < -Math.PI ? d + 2 * Math.PI : d;
}

function label(set, name, { font, fill, stroke, width, repeat, size }) {
  const anchor = set[set.length >> 1];
  const half = size * 0.75;
  const boxes = set.filter((_, i) => i % 2 === 0 || i === set.length - 1);
  return {
    anchor: point(anchor),
    bboxes: boxes.map(({ x, y }) => ({ minX: x - half, maxX: x + half, minY: y - half, maxY: y + half })),
    deduplicationKey: name,
    deduplicationDistance: repeat,
    draw: (pen) => {
      pen.globalAlpha = 1;
      pen.font = font;
      pen.lineJoin = "round";
      pen.lineWidth = width;
      pen.strokeStyle = stroke;
      pen.fillStyle = fill;
      for (const write of ["strokeText", "fillText"]) {
        for (const { letter, x, y, angle, half } of set) {
          pen.save();
          pen.translate(x - anchor.x, y - anchor.y);
          pen.rotate(angle);
          pen[write](letter, -half, size * 0.36);
          pen.restore();
        }
      }
    },
  };
}

// What the library expects of a point.
function point({ x, y }) {
  return { x, y, dist: (other) => Math.hypot(other.x - x, other.y - y) };
}
