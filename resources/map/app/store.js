// What the map shows: stops and routes by id, the selection, the filter. Filled from day.json, kept fresh by deltas.
// A stop comes as [id, lat, lon, route, number, state, grams]; route 0 is the pool.

import { unitX, unitY } from "./geo.js";
import { readLine } from "./ways.js";

export const LATE = 1;
export const DONE = 2;
export const OFF_ROAD = 4;

// Places by rank (see RANKS in labels.js); all others are of the last one.
const KINDS = ["city", "town", "village", "suburb", "hamlet"];

export function rankOf(kind) {
  return KINDS.includes(kind) ? KINDS.indexOf(kind) : KINDS.length;
}

export class Store {
  constructor() {
    this.depot = null;
    this.stops = new Map();
    this.routes = new Map();
    this.towns = [];
    this.selected = new Set();
    this.current = 0;
    this.focus = 0; // the route that stands out, 0: none
    this.dragging = false;
    this.version = 0; // counts changes of where stops lie
    this.named = 0; // counts changes of the names of places
    this.lines = new Map(); // of legs along roads, by the names of `legName`
    this.lined = 0; // counts changes of those
    this.filter = { kind: "all", route: 0 };
    this.before = []; // routes as they run, while another plan is previewed over them
    this.moved = new Set(); // stops that the previewed plan moves
  }

  preview({ before, moved }) {
    this.before = before.map((route) => ({ ...route, from: point(route.from), to: route.to && point(route.to) }));
    this.moved = new Set(moved);
  }

  // lines: numbers of each leg by its name; none: that leg is straight.
  addLines({ forget, lines }) {
    if (forget) this.lines = new Map();
    for (const [name, numbers] of Object.entries(lines)) if (numbers.length) this.lines.set(name, readLine(numbers));
    this.lined += 1;
  }

  load(day) {
    this.depot = day.depot && point(day.depot);
    this.stops = new Map();
    this.routes = new Map();
    this.patch({ stops: day.stops, routes: day.routes, gone: [] });
  }

  // towns: [name, lat, lon, weight], the heaviest in larger letters.
  nameTowns(towns) {
    const most = Math.max(0, ...towns.map((town) => town[3]));
    this.towns = towns.map(([name, lat, lon, weight]) => {
      return { key: `${name} ${lat} ${lon}`, name, rank: weight === most ? 0 : 2, ...point([lat, lon]) };
    });
    this.named += 1;
  }

  // names: {key, name, kind, ux, uy} as the base map tells them; the greatest are placed first.
  nameFromMap(names) {
    this.towns = names.map((name) => ({ ...name, rank: rankOf(name.kind), x: 0, y: 0 }));
    this.towns.sort((a, b) => a.rank - b.rank);
    this.named += 1;
  }

  patch(delta) {
    let moved = delta.gone.length > 0;
    for (const id of delta.gone) this.stops.delete(id);
    for (const [id, lat, lon, route, number, state, grams] of delta.stops) {
      const known = this.stops.get(id);
      if (known && known.lat === lat && known.lon === lon) {
        Object.assign(known, { route, number, state, grams });
        continue;
      }
      moved = true;
      this.stops.set(id, { id, lat, lon, route, number, state, grams, ux: unitX(lon), uy: unitY(lat), x: 0, y: 0,
        dx: 0, dy: 0 });
    }
    for (const route of delta.routes) {
      this.routes.set(route.id, {
        ...route,
        from: point(route.from),
        to: route.to && point(route.to),
      });
    }
    if (moved) this.version += 1;
  }

  shows(route) {
    const { kind } = this.filter;
    if (kind === "all") return true;
    if (kind === "unassigned") return route === 0;
    if (kind === "route") return route === this.filter.route;
    return false;
  }

  showsStop(stop) {
    if (this.filter.kind === "selected") return this.selected.has(stop.id) || stop.route === this.focus;
    return this.shows(stop.route);
  }

  showsRoute(route) {
    if (this.filter.kind !== "selected") return this.shows(route.id);
    return route.id === this.focus || route.stops.some((id) => this.selected.has(id));
  }

  // A route stands out when it is the one in talk; `dimmed` are then all others, except while stops are dragged:
  // then every route is a place to drop them.
  dimmed(route) {
    return this.focus !== 0 && !this.dragging && route !== this.focus && route !== 0;
  }
}

function point([lat, lon]) {
  return { lat, lon, ux: unitX(lon), uy: unitY(lat), x: 0, y: 0 };
}
