// The page's wiring: Leaflet's map as folium made it, our canvas on it, the program behind the web channel.

import { readAreas, readCorner } from "./areas.js";
import { readBackdrop } from "./background.js";
import { BaseMap } from "./basemap.js";
import { Chrome } from "./chrome.js";
import { dropTarget } from "./drop.js";
import { Pointer } from "./pointer.js";
import { Store } from "./store.js";
import { View } from "./view.js";

const map = window[document.querySelector(".folium-map").id];
map.setMinZoom(3);
map.setMaxZoom(20);
const store = new Store();
const view = new View(map, store);
const chrome = new Chrome(map.getContainer());
const base = new BaseMap(map, nameTowns);
let tiles = null;
let told = null; // the base map last asked for, until it is shown
let loaded = false;
let towns = []; // from the day's addresses

new QWebChannel(qt.webChannelTransport, (channel) => start(channel.objects.map));

async function start(program) {
  const pointer = new Pointer(view, chrome, {
    click: (id, how) => program.click(id, how),
    route: (id) => program.pick_route(id),
    clear: () => program.clear(),
    lasso: (ids, add) => program.lasso(ids, add),
    drag: (id) => program.drag(id),
    menu: (id) => id && program.menu(id),
    pin: (id, lat, lon) => program.move_pin(id, lat, lon),
    place: (lat, lon) => program.place(lat, lon),
    offer: (at) => program.offer(at),
    groundMenu: (lat, lon, metres) => program.ground_menu(lat, lon, metres),
    finish: () => program.finish(),
    describe: (id, done) => program.describe(id, (answer) => done(JSON.parse(answer))),
  });
  pointer.target = (x, y, reach) => dropTarget(view, x, y, reach).route;
  pointer.onLasso = (stops) => showCount(stops.map((stop) => stop.id));
  view.afterDraw = () => chrome.drawScale(view);
  view.onRatio = () => base.settle();
  listen(program, pointer);
  window.inspectMap = () => inspect(pointer);
  program.ready();
  loadFonts();
}

// A canvas does not wait for fonts as a page does: what was written before they came is written again.
async function loadFonts() {
  await Promise.all(["600 12px Inter", "700 12px Inter"].map((font) => document.fonts.load(font)));
  view.sprites.reset(window.devicePixelRatio || 1);
  store.version += 1;
  view.request();
}

function listen(program, pointer) {
  program.themed.connect((text) => setTheme(JSON.parse(text)));
  program.reload.connect((fit) => load(program, fit));
  program.changed.connect((text) => {
    store.patch(JSON.parse(text));
    if (view.lasso.length && !view.target) showCount([...store.selected]);
    view.request();
  });
  program.selected.connect((text) => select(JSON.parse(text), pointer));
  program.previewed.connect((text) => {
    const preview = JSON.parse(text);
    store.preview(preview);
    chrome.showLegend(preview.words, preview.before.length > 0);
    view.request();
  });
  program.lined.connect((text) => {
    store.addLines(JSON.parse(text));
    base.nameBeside(store.lines.size > 0);
    view.request();
  });
  program.offered.connect((text, look) => {
    view.offers.set(JSON.parse(text));
    if (look) view.offers.look(map);
    view.request();
  });
  program.filtered.connect((kind, route) => {
    store.filter = { kind, route };
    view.request();
  });
  program.roaded.connect((text) => setAreas(JSON.parse(text)));
  program.tooled.connect((text) => setTools(JSON.parse(text), pointer));
  program.based.connect((text) => setBase(JSON.parse(text)));
  program.looked.connect((what, id) => look(what, id));
  program.centred.connect((lat, lon) => map.setView([lat, lon], Math.max(map.getZoom(), 13), { animate: false }));
  program.hovered.connect((x, y, pooled) => hoverDrag(program, pointer, x, y, pooled));
  program.held.connect((ids) => {
    view.held = new Set(ids);
    store.dragging = ids.length > 0;
    if (!ids.length) endDrag(pointer);
    view.request();
  });
  program.hinted.connect((text, bad) => showHint(text, bad));
  program.dropped.connect((x, y) => {
    const { route, lat, lon } = dropTarget(view, x, y);
    endDrag(pointer);
    program.drop(route, lat, lon);
  });
}

function setTheme(theme) {
  view.theme = theme;
  base.retheme(theme);
  view.sprites.reset(window.devicePixelRatio || 1);
  document.documentElement.classList.toggle("dark", theme.dark);
  for (const [token, value] of Object.entries(theme)) {
    if (typeof value === "string") document.documentElement.style.setProperty(`--${token}`, value);
  }
  view.request();
}

async function load(program, fit) {
  const day = await (await fetch("/data/day.json")).json();
  store.load(day);
  towns = day.towns;
  nameTowns();
  if (fit) fitAll();
  loaded = true;
  showBase();
  view.draw();
  program.shown(store.stops.size);
}

function select({ stops, current, focus, count }, pointer) {
  const same = stops.length === store.selected.size && stops.every((id) => store.selected.has(id));
  store.selected = new Set(stops);
  store.current = current;
  store.focus = focus;
  if (!same && !count) pointer.clearLasso();
  if (count || (same && view.lasso.length)) showCount(stops);
  else showTask(pointer);
  view.request();
}

// "18 selected · 1 unassigned · 585 kg", under what the lasso caught.
function showCount(ids) {
  const stops = ids.map((id) => store.stops.get(id)).filter(Boolean);
  if (!stops.length) {
    chrome.hidePill();
    return;
  }
  const open = stops.filter((stop) => stop.route === 0).length;
  const kg = Math.round(stops.reduce((sum, stop) => sum + stop.grams, 0) / 1000);
  const { words } = view.theme;
  const parts = [[`${stops.length} ${words.selected}`, "strong"]];
  if (open) parts.push([` · ${open} ${words.unassigned}`, "strong"]);
  parts.push([` · ${kg} kg`, "strong"], [words.hint, "hint"]);
  let [left, right, bottom] = [Infinity, -Infinity, -Infinity];
  for (let i = 0; i < view.lasso.length; i += 2) {
    left = Math.min(left, view.lasso[i]);
    right = Math.max(right, view.lasso[i]);
    bottom = Math.max(bottom, view.lasso[i + 1]);
  }
  chrome.showPill(parts, { x: (left + right) / 2, y: bottom + 12 });
}

function showTask(pointer) {
  if (pointer.tools.placing) chrome.showPill([[pointer.tools.placing, ""]], { x: view.width / 2, y: 8 });
  else chrome.hidePill();
}

function setTools(tools, pointer) {
  Object.assign(pointer.tools, tools);
  Object.assign(view.layers, tools.layers);
  if (!tools.lasso) pointer.clearLasso();
  document.documentElement.classList.toggle("placing", Boolean(tools.placing));
  showTask(pointer);
  view.request();
}

function setAreas({ areas, chosen, sketch }) {
  view.areas = readAreas(areas);
  view.area = chosen;
  view.sketch = sketch.map(readCorner);
  if (!sketch.length) view.pointed = null;
  view.request();
}

async function setBase(wanted) {
  const { kind, url, min, max, credit, backdrop } = wanted;
  if (tiles) tiles.remove();
  base.hide();
  const drawn = kind === "vector";
  const zooms = { minNativeZoom: min, maxNativeZoom: max, minZoom: 0, maxZoom: 20 };
  tiles = url && !drawn ? L.tileLayer(url, { ...zooms, noWrap: true }) : null;
  if (tiles) tiles.addTo(map);
  told = drawn ? wanted : null;
  view.layers.tiles = Boolean(url);
  document.documentElement.classList.toggle("pictures", Boolean(tiles));
  chrome.showCredit(credit);
  view.backdrop = backdrop ? readBackdrop(await (await fetch("/data/backdrop.json")).json()) : null;
  nameTowns();
  if (!store.stops.size) fitAll();
  showBase();
  view.request();
}

// Not before the day is there and the map where it shall look: tiles of another place would be drawn for nothing.
function showBase() {
  if (!told || !loaded || !view.theme) return;
  base.show(told, view.theme);
  told = null;
}

// A drawn backdrop and tiles of ours know their towns better than addresses do; pictures bring their own names.
function nameTowns() {
  if (base.names.length) store.nameFromMap(base.names);
  else store.nameTowns(view.backdrop ? view.backdrop.names : view.layers.tiles ? [] : towns);
  view.request();
}

function look(what, id) {
  if (what === "all") fitAll();
  else if (what === "in") map.setZoom(map.getZoom() + 0.5, { animate: false });
  else if (what === "out") map.setZoom(map.getZoom() - 0.5, { animate: false });
  else if (what === "stop") center(store.stops.get(id));
  else if (what === "selected") fit([...store.stops.values()].filter((stop) => store.selected.has(stop.id)));
}

function center(stop) {
  if (!stop) return;
  view.project();
  view.place(stop);
  if (!view.onScreen(stop, -24)) map.panTo([stop.lat, stop.lon], { animate: false });
}

// All stops and the depot; on a day without stops the towns around it, as the backdrop knows them: names that the
// base map tells may be those of the one that is just going, and have no degrees.
function fitAll() {
  const towns = view.backdrop ? view.backdrop.names.map(([, lat, lon]) => ({ lat, lon })) : [];
  const points = store.stops.size ? [...store.stops.values()] : towns;
  fit(store.depot ? [...points, store.depot] : points, store.stops.size ? 28 : 56); // room for the names of towns
}

function fit(points, padding = 28) {
  if (!points.length) return;
  const bounds = L.latLngBounds(points.map((point) => [point.lat, point.lon]));
  map.invalidateSize({ animate: false, pan: false });
  map.fitBounds(bounds, { animate: false, padding: [padding, padding], maxZoom: points.length > 1 ? 15 : 12 });
}

// A drag of the program's own passes over the map. `unplaced`: it brings stops that need a place on the ground.
function hoverDrag(program, pointer, x, y, unplaced) {
  if (x < 0) {
    endDrag(pointer);
    return;
  }
  const was = view.target;
  const target = dropTarget(view, x, y);
  if (unplaced) target.route = 0;
  store.dragging = true;
  view.target = target.route || unplaced ? target : null;
  view.request();
  if (!was || !view.target || was.route !== target.route) chrome.hidePill();
  else if (!chrome.pill.hidden) placeHint();
  program.over(target.route);
}

// What dropping here would do, said by the program once it has found out.
function showHint(text, bad) {
  if (!view.target || !text) return;
  chrome.showPill([[text, "strong"]], { x: view.target.x, y: view.target.y - 44 });
  chrome.pill.classList.toggle("bad", bad);
}

function placeHint() {
  chrome.keepInside(chrome.pill, view.target.x - chrome.pill.offsetWidth / 2, view.target.y - 44);
}

function endDrag(pointer) {
  view.target = null;
  store.dragging = false;
  chrome.pill.classList.remove("bad");
  if (view.lasso.length) showCount([...store.selected]);
  else showTask(pointer);
  view.request();
}

// For tests: what is on the screen.
function inspect(pointer) {
  const places = {};
  for (const stop of view.visible) places[stop.id] = [stop.x, stop.y];
  return JSON.stringify({
    ...view.drawn,
    places,
    held: [...view.held],
    offers: view.offers.list.map((pin) => [pin.x, pin.y]),
    offered: view.offers.chosen,
    selected: [...store.selected],
    focus: store.focus,
    depot: store.depot && [store.depot.x, store.depot.y],
    routes: [...store.routes.values()].map((r) => [r.id, r.slot, r.stops]),
    dashed: view.drawn.dashed,
    moved: [...store.moved],
    legend: chrome.legend.hidden ? "" : chrome.legend.textContent,
    dark: view.theme?.dark,
    zoom: map.getZoom(),
    lasso: view.lasso.length / 2,
    pill: chrome.pill.hidden ? "" : chrome.pill.textContent,
    tip: chrome.tip.hidden ? "" : chrome.tip.textContent,
    credit: chrome.credit.textContent,
    scale: chrome.scale.textContent,
    tools: pointer.tools,
    layers: view.layers,
    target: view.target,
    backdrop: Boolean(view.backdrop),
    base: base.counts(),
    roads: store.lines.size,
    areas: view.areas.map((area) => [area.kind, area.name, area.corners.length]),
    sketch: view.sketch.length,
    named: view.labelled,
  });
}
