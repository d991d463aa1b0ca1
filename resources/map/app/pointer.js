// Mouse on the map: click, hover, lasso, taking a stop away, correcting a pin. Leaflet keeps panning and zooming.

import { closesSketch } from "./areas.js";
import { insidePolygon, metresPerPixel } from "./geo.js";

const SLACK = 4; // pixels before a press becomes a drag
const HOVER_MS = 500;
const FINGER = 6; // pixels: how well a road is hit

export class Pointer {
  constructor(view, chrome, tell) {
    this.view = view;
    this.chrome = chrome;
    this.tell = tell; // calls into the program, see main.js
    this.tools = { lasso: false, pins: false, placing: "" };
    this.press = null;
    this.hoverTimer = 0;
    this.hovered = 0;
    this.box = view.map.getContainer();
    this.box.addEventListener("mousedown", (e) => this.down(e), true);
    window.addEventListener("mousemove", (e) => this.move(e));
    window.addEventListener("mouseup", (e) => this.up(e));
    this.box.addEventListener("mouseleave", () => this.stopHover());
    this.box.addEventListener("contextmenu", (e) => e.preventDefault());
    this.box.addEventListener("wheel", () => this.stopHover(), { passive: true });
  }

  at(event) {
    const corner = this.box.getBoundingClientRect();
    return { x: event.clientX - corner.left, y: event.clientY - corner.top };
  }

  down(event) {
    this.stopHover();
    const { x, y } = this.at(event);
    if (event.button !== 0) {
      const id = this.view.stopAt(x, y)?.id || 0;
      this.press = event.button === 1 || event.button === 2 ? { kind: "pan", x, y, hit: id } : null;
      return;
    }
    const offer = this.view.offers.at(x, y);
    if (offer >= 0) {
      this.press = { kind: "offer", x, y, offer };
      event.stopImmediatePropagation();
      event.preventDefault();
      return;
    }
    const hit = this.tools.placing ? null : this.view.stopAt(x, y);
    const keys = { ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey };
    this.press = { kind: "ground", x, y, hit, keys };
    if (this.tools.placing) return;
    const selected = hit && this.view.store.selected.has(hit.id);
    if (hit && !event.shiftKey && (!this.tools.lasso || selected)) this.press.kind = "stop";
    else if (this.tools.lasso || event.shiftKey) this.press.kind = "lasso";
    if (this.press.kind !== "ground") {
      event.stopImmediatePropagation();
      event.preventDefault();
    }
  }

  move(event) {
    const { x, y } = this.at(event);
    const press = this.press;
    if (!press) {
      this.hover(x, y);
      return;
    }
    if (!event.buttons) {
      this.press = null;
      return;
    }
    const far = Math.hypot(x - press.x, y - press.y) > SLACK;
    press.moved ||= far;
    if (press.kind === "pan") this.pan(press, x, y);
    else if (press.kind === "lasso" && press.moved) this.drawLasso(x, y);
    else if (press.kind === "pin") this.movePin(x, y);
    else if (press.kind === "offer" && press.moved) this.moveOffer(press, x, y);
    else if (press.kind === "stop" && far) this.take(press, x, y);
  }

  up(event) {
    const press = this.press;
    this.press = null;
    const { x, y } = this.at(event);
    if (press?.kind === "pan" && !press.moved && event.button === 2) this.menu(press, x, y);
    if (!press || event.button !== 0) return;
    if (press.kind === "pin") this.dropPin(press);
    else if (press.kind === "offer") this.dropOffer(press);
    else if (press.moved && press.kind === "lasso") this.endLasso(press);
    else if (!press.moved) this.click(press, x, y, event.detail);
  }

  menu(press, x, y) {
    if (press.hit) {
      this.tell.menu(press.hit);
      return;
    }
    const { lat, lng } = this.view.map.containerPointToLatLng([x, y]);
    this.tell.groundMenu(lat, lng, FINGER * metresPerPixel(lat, this.view.worldSize));
  }

  click(press, x, y, count) {
    if (this.view.sketch.length && (count > 1 || closesSketch(this.view, x, y))) {
      this.tell.finish();
    } else if (this.tools.placing) {
      const place = this.view.map.containerPointToLatLng([x, y]);
      this.tell.place(place.lat, place.lng);
    } else if (press.hit) {
      this.tell.click(press.hit.id, press.keys.ctrl ? "toggle" : press.keys.shift ? "extend" : "set");
    } else {
      const route = this.routeAt(x, y);
      if (route) this.tell.route(route);
      else if (!press.keys.ctrl && !press.keys.shift) this.tell.clear();
    }
  }

  routeAt(x, y) {
    return this.target ? this.target(x, y, 5) : 0;
  }

  // A pressed stop that moves leaves the map's hands: the program starts a real drag, so that it can go anywhere.
  take(press, x, y) {
    if (press.keys.alt || this.tools.pins) {
      press.kind = "pin";
      this.movePin(x, y);
      return;
    }
    this.press = null;
    this.tell.drag(press.hit.id);
  }

  pan(press, x, y) {
    this.view.map.panBy([press.x - x, press.y - y], { animate: false });
    press.x = x;
    press.y = y;
  }

  movePin(x, y) {
    this.view.moving = { id: this.press.hit.id, x, y };
    this.view.request();
  }

  dropPin(press) {
    const { x, y } = this.view.moving;
    this.view.moving = null;
    this.view.request();
    const place = this.view.map.containerPointToLatLng([x, y]);
    this.tell.pin(press.hit.id, place.lat, place.lng);
  }

  // The tip goes with the pointer as far from it as it was taken.
  moveOffer(press, x, y) {
    const pin = this.view.offers.list[press.offer];
    if (!pin) return;
    this.view.offers.moving = { at: press.offer, x: pin.x + x - press.x, y: pin.y + y - press.y };
    this.view.request();
  }

  dropOffer(press) {
    const { offers } = this.view;
    const { moving } = offers;
    offers.moving = null;
    this.view.request();
    if (!moving) {
      this.tell.offer(press.offer);
      return;
    }
    const place = this.view.map.containerPointToLatLng([moving.x, moving.y]);
    this.tell.place(place.lat, place.lng);
  }

  cancel() {
    const busy = this.press !== null && this.press.kind !== "ground";
    if (this.press?.kind === "lasso") this.clearLasso();
    this.press = null;
    this.view.moving = null;
    this.view.offers.moving = null;
    this.view.request();
    return busy;
  }

  // The lasso -----------------------------------------------------------------------------------------------------

  drawLasso(x, y) {
    const { lasso } = this.view;
    if (!this.press.begun) {
      lasso.length = 0;
      lasso.push(this.press.x, this.press.y);
      this.press.begun = true;
    }
    const n = lasso.length;
    if (Math.hypot(lasso[n - 2] - x, lasso[n - 1] - y) > 3) lasso.push(x, y);
    this.press.caught = this.caught();
    this.onLasso?.(this.press.caught, this.press.keys);
    this.view.request();
  }

  caught() {
    const { lasso, visible } = this.view;
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < lasso.length; i += 2) {
      left = Math.min(left, lasso[i]);
      right = Math.max(right, lasso[i]);
      top = Math.min(top, lasso[i + 1]);
      bottom = Math.max(bottom, lasso[i + 1]);
    }
    return visible.filter(
      (s) => s.x >= left && s.x <= right && s.y >= top && s.y <= bottom && insidePolygon(s.x, s.y, lasso),
    );
  }

  endLasso(press) {
    const ids = (press.caught || []).map((stop) => stop.id);
    if (!ids.length) this.clearLasso();
    this.tell.lasso(ids, press.keys.ctrl || (press.keys.shift && this.tools.lasso));
  }

  clearLasso() {
    if (!this.view.lasso.length) return;
    this.view.lasso.length = 0;
    this.view.request();
  }

  // Hover ---------------------------------------------------------------------------------------------------------

  hover(x, y) {
    if (this.view.sketch.length) {
      this.view.pointed = { x, y };
      this.view.request();
    }
    const inside = x >= 0 && y >= 0 && x < this.view.width && y < this.view.height;
    const hit = inside && !this.tools.placing ? this.view.stopAt(x, y) : null;
    const id = hit ? hit.id : 0;
    const offered = inside && this.view.offers.at(x, y) >= 0;
    this.box.style.cursor = id || offered ? "pointer" : this.tools.placing || this.tools.lasso ? "crosshair" : "";
    if (id === this.hovered) return;
    this.stopHover();
    this.hovered = id;
    if (id) this.hoverTimer = setTimeout(() => this.describe(id), HOVER_MS);
  }

  describe(id) {
    this.tell.describe(id, (lines) => {
      const stop = this.view.store.stops.get(id);
      if (stop && this.hovered === id && lines.length) this.chrome.showTip(lines, stop.x, stop.y);
    });
  }

  stopHover() {
    clearTimeout(this.hoverTimer);
    this.hovered = 0;
    this.chrome.hideTip();
  }
}
