// The base map out of a file of vector tiles, drawn by protomaps-leaflet in the colours of the theme. It puts areas,
// roads and names of streets on canvases of 256 pixels; names of places are handed to labels.js, which knows the stops.

import { labelRules, paintRules } from "./cartography.js";
import { FAMILY } from "./sprites.js";

const RING = 400; // pixels around the view that are drawn ahead, once the view itself is
const SETTLE_MS = 140; // the zoom rests so long before everything is drawn anew for it
const MOST_NAMES = 400;
const LABELED_TILES = 300; // by default only 16 data tiles keep their labels: fewer than a large window shows

// Zooms at which a tile is a whole number of the screen's pixels wide: a hundredth of a zoom apart at most.
export function wholeTiles(zoom) {
  const level = Math.round(zoom);
  const ratio = window.devicePixelRatio || 1;
  return level + Math.log2(Math.round(256 * ratio * Math.pow(2, zoom - level)) / (256 * ratio));
}

function widenCanvas(tile, side) {
  const plain = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, side);
  Object.defineProperty(tile, side, {
    get: () => plain.get.call(tile),
    set: (pixels) => {
      plain.set.call(tile, pixels && pixels + 1);
      if (pixels) tile.style[side] = `${(256 * (pixels + 1)) / pixels}px`;
    },
  });
}

export class BaseMap {
  // changed(): the names of places are others now, or the view has been painted.
  constructor(map, changed) {
    this.map = map;
    this.changed = changed;
    this.layer = null;
    this.names = [];
    this.paint = { scale: 1, dz: 0, theme: null, beside: false };
    this.stats = { first: 0, painted: 0, failed: 0 };
    const limit = map._limitZoom;
    map._limitZoom = (zoom) => wholeTiles(limit.call(map, zoom));
    map.on("zoomend", () => this.onZoom());
  }

  // told: url, max (the last zoom of the file), schema (region: ours, protomaps: the one of their planet files).
  show(told, theme) {
    this.hide();
    this.told = told;
    this.schema = told.schema;
    this.paint.theme = theme;
    this.stats = { first: 0, painted: 0, failed: 0, asked: performance.now() };
    const layer = window.protomapsL.leafletLayer({
      url: told.url,
      maxDataZoom: told.max,
      attribution: "", // ours stands in the corner
      noWrap: true,
      tileDelay: 0.01, // milliseconds a tile waits for each tile it lies off the middle; 0 would mean 3
      keepBuffer: 4,
      updateInterval: 40,
      maxZoom: 20,
      tasks: ["500 11px Inter", "600 12px Inter"].map((font) => document.fonts.load(font)),
      ...this.rules(),
    });
    this.layer = layer;
    this.widen(layer);
    this.keepLevels(layer);
    this.alignPixels(layer);
    // A request that is called off while the zoom changes would leave an empty tile for the way back.
    for (const view of layer.views.values()) view.tileCache.source.shouldCancelZooms = false;
    layer.on("tileload", () => this.gather());
    layer.on("load", () => this.onLoad());
    this.fitPixels();
    layer.addTo(this.map);
  }

  hide() {
    clearTimeout(this.settling);
    this.layer?.remove();
    this.layer = null;
    this.names = [];
  }

  rules() {
    const { theme } = this.paint;
    if (this.schema !== "protomaps") {
      const labels = labelRules(this.paint, FAMILY);
      return { paintRules: paintRules(this.paint), labelRules: labels, backgroundColor: theme.map_land };
    }
    return { flavor: theme.dark ? "dark" : "light", lang: "en" };
  }

  // The same tiles in other colours, each repainted in one go: nothing turns white in between.
  retheme(theme) {
    if (!this.layer || theme === this.paint.theme) return;
    if (this.schema === "protomaps") {
      this.show(this.told, theme);
      return;
    }
    this.paint.theme = theme;
    Object.assign(this.layer, this.rules());
    this.repaint();
  }

  // Names of streets beside them (on) or in their middle.
  nameBeside(on) {
    if (on === this.paint.beside) return;
    this.paint.beside = on;
    if (this.layer) this.repaint();
  }

  // Tiles around the view as well, but only once those in view are there.
  widen(layer) {
    const plain = layer._getTiledPixelBounds;
    this.ring = 0;
    this.bounds = () => plain.call(layer, this.map.getCenter());
    layer._getTiledPixelBounds = (centre) => {
      const { min, max } = plain.call(layer, centre);
      return L.bounds(min.subtract([this.ring, this.ring]), max.add([this.ring, this.ring]));
    };
  }

  // Without animations Leaflet throws all tiles away whenever the zoom changes, before new ones are there.
  keepLevels(layer) {
    const events = layer.getEvents;
    layer.getEvents = () => {
      const { viewprereset, ...rest } = events.call(layer);
      return rest;
    };
  }

  // Tiles lie on whole pixels (see `wholeTiles`), and each is a pixel wider than its place, so that no line of the
  // ground shows between two of them where the screen's own scale puts them in between.
  alignPixels(layer) {
    layer._setZoomTransform = (level, centre, zoom) => {
      const scale = this.map.getZoomScale(zoom, level.zoom);
      const corner = level.origin.multiplyBy(scale).subtract(this.map._getNewPixelOrigin(centre, zoom));
      L.DomUtil.setTransform(level.el, corner, scale);
    };
    const create = layer.createTile;
    layer.createTile = (coords, done) => {
      const tile = create.call(layer, coords, done);
      widenCanvas(tile, "width");
      widenCanvas(tile, "height");
      return tile;
    };
  }

  onZoom() {
    const { layer } = this;
    if (!layer) return;
    clearTimeout(this.settling);
    if (layer._tileZoom !== this.level) {
      this.ring = 0;
      this.names = [];
      this.fitPixels();
      layer.clearLayout();
      layer.labelers.maxLabeledTiles = LABELED_TILES;
    } else {
      this.settling = setTimeout(() => this.settle(), SETTLE_MS);
    }
  }

  // The screen or the zoom has changed within a level: every tile anew, pixel by pixel.
  settle() {
    if (this.layer && this.fitPixels()) this.repaint();
  }

  // One pixel of a tile's canvas shall be one of the screen, whatever the zoom; false if that holds already. A zoom
  // in between is shown by scaling tiles of the nearest whole zoom: what is drawn is made smaller or larger by that.
  fitPixels() {
    const { layer, map, paint } = this;
    this.level = layer._tileZoom ?? Math.round(map.getZoom());
    const dz = map.getZoom() - this.level;
    const scale = Math.pow(2, dz);
    const size = Math.round(256 * (window.devicePixelRatio || 1) * scale);
    if (size === layer.tileSize && Math.abs(scale - paint.scale) < 0.001) return false;
    Object.assign(paint, { scale, dz });
    layer.tileSize = size;
    layer.devicePixelRatio = size / 256;
    return true;
  }

  repaint() {
    const { layer } = this;
    layer.clearLayout();
    layer.labelers.maxLabeledTiles = LABELED_TILES;
    for (const [key, tile] of Object.entries(layer._tiles)) {
      if (tile.coords.z !== layer._tileZoom) continue;
      layer.renderTile(layer._wrapCoords(tile.coords), tile.el, tile.el.key ?? key);
    }
  }

  onLoad() {
    const now = performance.now();
    if (!this.stats.first) this.stats.first = now;
    this.stats.painted = now;
    if (this.ring) return;
    this.ring = RING / Math.max(1, window.devicePixelRatio || 1);
    this.layer._update();
  }

  // Names of places from the tiles that are at hand, for the zoom that is shown.
  gather() {
    const { layer } = this;
    const zoom = layer._tileZoom - 1;
    const found = new Map(this.names.map((name) => [name.key, name]));
    const before = found.size;
    for (const view of layer.views.values()) {
      const level = Math.min(zoom, view.maxDataLevel);
      const side = Math.pow(2, level);
      for (const [at, { data }] of view.tileCache.cache) {
        const [x, y, z] = at.split(":").map(Number);
        if (z !== level || found.size > MOST_NAMES) continue;
        for (const { props, geom } of data.get("places") ?? []) {
          if (typeof props.name !== "string" || !props.kind) continue;
          const ux = (x + geom[0][0].x / view.tileCache.tileSize) / side;
          const uy = (y + geom[0][0].y / view.tileCache.tileSize) / side;
          const key = `${props.name} ${Math.round(ux * 1e6)} ${Math.round(uy * 1e6)}`;
          if (!found.has(key)) found.set(key, { key, name: props.name, kind: props.kind, ux, uy });
        }
      }
    }
    if (found.size === before) return;
    this.names = [...found.values()];
    this.changed();
  }

  // For tests: how many tiles the view needs, and how many of them are not drawn.
  counts() {
    const { layer } = this;
    if (!layer || !layer._map) return { needed: 0, missing: 0, ...this.stats };
    const range = layer._pxBoundsToTileRange(this.bounds());
    const needed = (range.max.x - range.min.x + 1) * (range.max.y - range.min.y + 1);
    let there = 0;
    for (const tile of Object.values(layer._tiles)) {
      if (tile.coords.z === layer._tileZoom && range.contains(tile.coords) && tile.loaded) there += 1;
    }
    return { needed, missing: needed - there, names: this.names.length, ...this.stats };
  }
}
