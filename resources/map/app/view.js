// The canvas over Leaflet: keeps the projection, draws everything once a frame at most.

import { drawAreas, drawSketch, nameAreas } from "./areas.js";
import { drawBackground } from "./background.js";
import { drawLabels } from "./labels.js";
import { drawBefore, drawDepot, drawDots, drawLines, drawTarget } from "./marks.js";
import { drawOffers, Offers } from "./offers.js";
import { spread } from "./spread.js";
import { Sprites } from "./sprites.js";

export class View {
  constructor(map, store) {
    this.map = map;
    this.store = store;
    this.theme = null;
    this.sprites = new Sprites();
    this.layers = { tiles: false, towns: true, lines: true };
    this.backdrop = null;
    this.target = null; // where a drag would drop: {route, stop}
    this.moving = null; // a stop whose pin is being moved: {id, x, y}
    this.held = new Set(); // stops being dragged away
    this.offers = new Offers(); // places that an address may mean
    this.lasso = [];
    this.areas = []; // of the day's roads, see areas.js
    this.area = ""; // the one that is chosen
    this.sketch = []; // corners of the area that is being drawn
    this.pointed = null; // where the pointer is meanwhile
    this.drawn = { stops: 0, lines: 0, dashed: 0, labels: 0, ms: 0, at: 0 };
    this.visible = [];
    this.ways = { key: "", left: 0, top: 0, paths: new Map() }; // see ways.js
    this.labelled = []; // names of places that are on the screen
    this.inView = 0;
    this.spreadFor = "";
    this.pending = false;
    this.canvas = document.createElement("canvas");
    this.canvas.className = "marks";
    map.getContainer().appendChild(this.canvas);
    this.pen = this.canvas.getContext("2d");
    map.on("move zoom resize viewreset", () => this.request());
    new ResizeObserver(() => map.invalidateSize({ animate: false, pan: false })).observe(map.getContainer());
  }

  request() {
    if (this.pending) return;
    this.pending = true;
    requestAnimationFrame(() => {
      this.pending = false;
      this.draw();
    });
  }

  get small() {
    return this.width < 400;
  }

  // The radius of a dot: smaller on a narrow pane and where very many stops are in view.
  get radius() {
    if (this.inView > 1600) return 3.2;
    return this.small || this.inView > 700 ? 4.6 : 6.5;
  }

  get depotHalf() {
    return this.small ? 9 : 10;
  }

  project() {
    const size = this.map.getSize();
    const bounds = this.map.getPixelBounds();
    this.width = size.x;
    this.height = size.y;
    this.worldSize = 256 * Math.pow(2, this.map.getZoom());
    this.left = bounds.min.x;
    this.top = bounds.min.y;
    const ratio = window.devicePixelRatio || 1;
    if (this.canvas.width !== Math.round(size.x * ratio) || this.canvas.height !== Math.round(size.y * ratio)) {
      this.canvas.width = Math.round(size.x * ratio);
      this.canvas.height = Math.round(size.y * ratio);
      this.canvas.style.width = `${size.x}px`;
      this.canvas.style.height = `${size.y}px`;
    }
    if (ratio !== this.sprites.ratio) {
      this.sprites.reset(ratio);
      this.onRatio?.();
    }
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  place(point) {
    point.x = point.ux * this.worldSize - this.left;
    point.y = point.uy * this.worldSize - this.top;
  }

  placeAll() {
    const { stops, depot, routes, towns } = this.store;
    for (const stop of stops.values()) this.place(stop);
    const shown = [...stops.values()].filter((stop) => this.store.showsStop(stop));
    this.visible = shown.filter((stop) => this.onScreen(stop, 20));
    this.inView = this.visible.length;
    if (depot) this.place(depot);
    this.moveApart(shown);
    for (const stop of shown) {
      stop.x += stop.dx;
      stop.y += stop.dy;
    }
    for (const town of towns) this.place(town);
    for (const route of [...routes.values(), ...this.store.before]) {
      this.place(route.from);
      if (route.to) this.place(route.to);
    }
  }

  moveApart(stops) {
    const { version, filter, focus } = this.store;
    const key = [this.worldSize, version, this.radius, stops.length, filter.kind, filter.route, focus].join();
    if (key === this.spreadFor) return;
    this.spreadFor = key;
    spread(stops, this.radius, this.store.depot, this.depotHalf);
  }

  onScreen(point, margin) {
    return (
      point.x > -margin && point.y > -margin && point.x < this.width + margin && point.y < this.height + margin
    );
  }

  // The points of a route: from its start over its stops to its end, those without a stop's number included. Between
  // two tours the way goes through the start place again: that is the very same point.
  pointsOf(route) {
    const points = [route.from];
    route.stops.forEach((id, at) => {
      if (route.reloads.includes(at)) points.push(route.from);
      const stop = this.store.stops.get(id);
      if (stop) points.push(stop);
    });
    if (route.to) points.push(route.to);
    return points;
  }

  // The index in `pointsOf` behind the last point that is driven.
  drivenPoints(route) {
    return 1 + route.driven + route.reloads.filter((at) => at < route.driven).length;
  }

  draw() {
    if (!this.theme) return;
    const start = performance.now();
    this.project();
    this.placeAll();
    this.pen.clearRect(0, 0, this.width, this.height);
    drawBackground(this);
    this.drawn.areas = drawAreas(this);
    this.drawn.dashed = this.layers.lines ? drawBefore(this) : 0;
    this.drawn.lines = this.layers.lines ? drawLines(this) : 0;
    this.drawn.labels = this.layers.towns ? drawLabels(this) : 0;
    drawDepot(this);
    this.drawn.stops = drawDots(this);
    nameAreas(this);
    drawTarget(this);
    drawOffers(this);
    this.drawLasso();
    drawSketch(this);
    this.drawn.ms = performance.now() - start;
    this.drawn.at = performance.timeOrigin + performance.now();
    this.afterDraw?.();
  }

  drawLasso() {
    if (this.lasso.length < 4) return;
    const { pen, lasso, theme } = this;
    pen.beginPath();
    for (let i = 0; i < lasso.length; i += 2) pen.lineTo(lasso[i], lasso[i + 1]);
    pen.closePath();
    pen.globalAlpha = 0.1;
    pen.fillStyle = theme.acc;
    pen.fill();
    pen.globalAlpha = 1;
    pen.strokeStyle = theme.acc;
    pen.lineWidth = 1.5;
    pen.setLineDash([5, 3]);
    pen.stroke();
    pen.setLineDash([]);
  }

  // The topmost stop under the pointer, or null.
  stopAt(x, y) {
    let found = null;
    let best = Math.pow(Math.max(this.radius, 5) + 3, 2);
    for (const stop of this.visible) {
      const d = (stop.x - x) ** 2 + (stop.y - y) ** 2;
      if (d <= best) {
        best = d;
        found = stop;
      }
    }
    return found;
  }
}
