// What stands on the map besides its marks: pill, tooltip, scale, attribution. Text is always set as text.

import { metresPerPixel, niceBelow } from "./geo.js";

const EDGE = 8;
const BUTTONS = { width: 32, bottom: 170 }; // what the program's buttons cover at the upper right

function within(value, room) {
  return Math.round(Math.max(EDGE, Math.min(value, room - EDGE)));
}

export class Chrome {
  constructor(container) {
    this.container = container;
    this.pill = this.make("pill");
    this.tip = this.make("tip");
    this.scale = this.make("scale");
    this.credit = this.make("credit");
    this.legend = this.make("legend");
  }

  make(name) {
    const node = document.createElement("div");
    node.className = `chrome ${name}`;
    node.hidden = true;
    this.container.appendChild(node);
    return node;
  }

  // parts: list of [text, class]; near: {x, y} the middle of the pill's upper edge.
  showPill(parts, near) {
    fill(this.pill, parts);
    this.pill.hidden = false;
    this.keepInside(this.pill, near.x - this.pill.offsetWidth / 2, near.y);
  }

  hidePill() {
    this.pill.hidden = true;
  }

  // lines: list of [text, class]; the first is the title.
  showTip(lines, x, y) {
    this.tip.replaceChildren(
      ...lines.map(([text, kind]) => {
        const line = document.createElement("div");
        line.className = kind;
        line.textContent = text;
        return line;
      }),
    );
    this.tip.hidden = false;
    const below = y + 16 + this.tip.offsetHeight < this.container.clientHeight;
    this.keepInside(this.tip, x + 10, below ? y + 14 : y - 12 - this.tip.offsetHeight);
  }

  hideTip() {
    this.tip.hidden = true;
  }

  keepInside(node, x, y) {
    const top = within(y, this.container.clientHeight - node.offsetHeight);
    const buttons = top < BUTTONS.bottom ? BUTTONS.width : 0;
    node.style.left = `${within(x, this.container.clientWidth - node.offsetWidth - buttons)}px`;
    node.style.top = `${top}px`;
  }

  drawScale(view) {
    const perPixel = metresPerPixel(view.map.getCenter().lat, view.worldSize);
    const metres = niceBelow(60 * perPixel);
    this.scale.hidden = false;
    this.scale.style.width = `${Math.round(metres / perPixel)}px`;
    this.scale.textContent = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
  }

  // words: what is now, after, moved, done; empty: no plan is previewed. `both`: the way of now is dashed.
  showLegend(words, both) {
    this.legend.hidden = !words.length;
    if (!words.length) return;
    const [now, after, moved, done] = words;
    const parts = [["line after", after], ["ring", moved], ["dot", done]];
    if (both) parts.unshift(["line now", now]);
    this.legend.replaceChildren(
      ...parts.flatMap(([kind, word]) => {
        const mark = document.createElement("i");
        mark.className = kind;
        const text = document.createElement("span");
        text.textContent = word;
        return [mark, text];
      }),
    );
  }

  showCredit(text) {
    this.credit.textContent = text;
    this.credit.hidden = !text;
  }
}

function fill(node, parts) {
  node.replaceChildren(
    ...parts.map(([text, kind]) => {
      const span = document.createElement("span");
      span.className = kind;
      span.textContent = text;
      return span;
    }),
  );
}
