// Places that an address may mean: numbered pins, the one that Enter takes in the accent. A click takes one, and one
// that is dragged sets the place where it is let go.

import { unitX, unitY } from "./geo.js";
import { FAMILY } from "./sprites.js";

const RADIUS = 11;
const RISE = 21; // from the place up to the middle of the head
const CLOSEST = 16; // the zoom that fitting them ends at

export class Offers {
  constructor() {
    this.list = [];
    this.chosen = 0;
    this.moving = null; // the one that is dragged: {at, x, y} of its tip
  }

  set({ places, chosen }) {
    this.list = places.map(([lat, lon]) => ({ lat, lon, ux: unitX(lon), uy: unitY(lat), x: 0, y: 0 }));
    this.chosen = chosen;
    this.moving = null;
  }

  // The index of the pin under the pointer, the chosen one first; -1: none.
  at(x, y) {
    const order = [this.chosen, ...this.list.keys()];
    const hit = order.find((k) => {
      const pin = this.list[k];
      return pin && Math.hypot(pin.x - x, pin.y - RISE - y) <= RADIUS + 2;
    });
    return hit ?? -1;
  }

  // Bring all into view.
  look(map) {
    if (!this.list.length) return;
    map.invalidateSize({ animate: false, pan: false });
    const bounds = L.latLngBounds(this.list.map((pin) => [pin.lat, pin.lon]));
    map.fitBounds(bounds, { animate: false, paddingTopLeft: [48, 72], paddingBottomRight: [48, 40], maxZoom: CLOSEST });
  }
}

export function drawOffers(view) {
  const { offers } = view;
  for (const pin of offers.list) view.place(pin);
  const order = [...offers.list.keys()].sort((a, b) => (a === offers.chosen) - (b === offers.chosen) || b - a);
  for (const k of order) {
    const { moving } = offers;
    const moved = moving && moving.at === k;
    drawPin(view, moved ? moving : offers.list[k], String(k + 1), k === offers.chosen || moved);
  }
}

function drawPin(view, { x, y }, text, chosen) {
  const { pen, theme } = view;
  const head = y - RISE;
  const angle = 0.62; // where the sides of the tip leave the head
  pen.beginPath();
  pen.arc(x, head, RADIUS, Math.PI - angle, angle);
  pen.lineTo(x, y);
  pen.closePath();
  pen.lineWidth = 3;
  pen.strokeStyle = theme.halo;
  pen.stroke();
  pen.fillStyle = chosen ? theme.acc : theme.tx;
  pen.fill();
  pen.fillStyle = chosen ? theme.on_acc : theme.on_tx;
  pen.font = `700 12px ${FAMILY}`;
  pen.textAlign = "center";
  pen.textBaseline = "alphabetic";
  pen.fillText(text, x, head + 4.3);
}
