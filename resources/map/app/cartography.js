// How the base map looks: what is painted in which order, how wide at which zoom, in the theme's colours.
// Quiet on purpose: routes and stops are what the map is for. `paint` is {scale, dz, theme, beside}: tiles of a whole
// zoom are shown `scale` times as large, which is `dz` zooms further in, so that all sizes here are pixels of the
// screen; `beside`: names of streets stand beside them.

import { RANKS } from "./labels.js";
import { rankOf } from "./store.js";
import { KeptFree, StreetName } from "./streetnames.js";

// Pixels at a zoom of the screen, by pairs of [zoom, pixels], growing evenly with each zoom in between.
function width(paint, stops) {
  return (z) => sized(stops, z + paint.dz) / paint.scale;
}

function sized(stops, zoom) {
  if (zoom <= stops[0][0]) return stops[0][1];
  for (let i = 1; i < stops.length; i++) {
    const [[z0, w0], [z1, w1]] = [stops[i - 1], stops[i]];
    if (zoom < z1) return w0 * Math.pow(w1 / w0, (zoom - z0) / (z1 - z0));
  }
  return stops[stops.length - 1][1];
}

const plus = (stops, more) => stops.map(([zoom, pixels]) => [zoom, pixels + (zoom < 11 ? more * 0.7 : more)]);

// Kinds, from the least: the last is painted on top. `from`: the zoom of the screen it is shown from.
const ROADS = [
  { kinds: ["service", "pedestrian"], from: 15, fill: "map_street", casing: "map_edge",
    width: [[14, 0.8], [16, 3.2], [18, 8], [20, 18]] },
  { kinds: ["residential", "living_street"], from: 13, fill: "map_street", casing: "map_edge",
    width: [[12, 0.7], [14, 2], [16, 6], [18, 13], [20, 30]] },
  { kinds: ["tertiary"], from: 12, fill: "map_street", casing: "map_edge",
    width: [[11, 0.9], [13, 2], [14, 3.2], [16, 8], [18, 15], [20, 33]] },
  { kinds: ["secondary"], from: 9, fill: "map_road", casing: "map_casing",
    width: [[9, 0.8], [11, 1.4], [13, 2.8], [16, 9], [18, 17], [20, 36]] },
  { kinds: ["primary"], from: 7, fill: "map_road", casing: "map_casing",
    width: [[7, 0.8], [11, 1.8], [13, 3.4], [16, 10], [18, 19], [20, 38]] },
  { kinds: ["motorway", "trunk"], from: 6, fill: "map_road", casing: "map_casing",
    width: [[6, 0.9], [10, 2], [13, 4], [16, 11], [18, 20], [20, 40]] },
];
const PATHS = ["track", "path"];
const LAND = { wood: "map_wood", green: "map_park", built: "map_town", rock: "map_rock", farm: "map_farm" };

export function paintRules(paint) {
  const { theme } = paint;
  return [ground, water, buildings, ways, roads].flatMap((part) => part(paint, theme));
}

function rule(dataLayer, symbolizer, filter, minzoom) {
  return { dataLayer, symbolizer, filter, minzoom };
}

function of(...kinds) {
  const wanted = new Set(kinds);
  return (z, feature) => wanted.has(feature.props.kind);
}

function line(options) {
  return new window.protomapsL.LineSymbolizer({ lineJoin: "round", lineCap: "round", ...options });
}

function ground(paint, theme) {
  const { PolygonSymbolizer } = window.protomapsL;
  const colour = (z, feature) => theme[LAND[feature.props.kind]] || theme.map_land;
  return [rule("land", new PolygonSymbolizer({ fill: colour }))];
}

function water(paint, theme) {
  const { PolygonSymbolizer } = window.protomapsL;
  const river = width(paint, [[6, 0.8], [10, 1.4], [13, 3], [16, 7], [20, 20]]);
  const stream = width(paint, [[13, 0.8], [16, 1.8], [20, 5]]);
  return [
    rule("waterways", line({ color: theme.map_water, width: stream }), of("stream"), 14),
    rule("waterways", line({ color: theme.map_water, width: river }), of("river")),
    rule("water", new PolygonSymbolizer({ fill: theme.map_water })),
  ];
}

function buildings(paint, theme) {
  const { PolygonSymbolizer } = window.protomapsL;
  const fill = theme.map_building;
  const edge = { stroke: theme.map_building_edge, width: width(paint, [[16, 0.7], [20, 1]]) };
  const opacity = (z) => (z + paint.dz < 15 ? 0.7 : 1);
  return [
    { ...rule("buildings", new PolygonSymbolizer({ fill, opacity }), undefined, 14), maxzoom: 15 },
    rule("buildings", new PolygonSymbolizer({ fill, ...edge }), undefined, 16),
  ];
}

// Tracks, footpaths, rails and ferries.
function ways(paint, theme) {
  const dash = (...parts) => () => parts.map((part) => part / paint.scale);
  const path = width(paint, [[14, 0.8], [16, 1.2], [20, 3]]);
  const rail = [[10, 0.8], [13, 1.6], [16, 3], [20, 6]];
  const gap = { width: width(paint, rail.map(([z, w]) => [z, w * 0.5])), lineCap: "butt", dash: dash(6, 6) };
  return [
    rule("roads", line({ color: theme.map_path, width: path, lineCap: "butt", dash: dash(3, 2.2) }), of(...PATHS), 15),
    rule("roads", line({ color: theme.map_path, width: path, dash: dash(5, 4) }), of("ferry"), 10),
    rule("roads", line({ color: theme.map_rail, width: width(paint, rail) }), of("rail"), 10),
    rule("roads", line({ color: theme.map_land, ...gap }), of("rail"), 13),
  ];
}

// All casings before all fills, so that crossings are open; roads below ground are paler and lie under the others.
function roads(paint, theme) {
  const below = (z, feature) => Boolean(feature.props.tunnel);
  const rules = [];
  for (const { kinds, from, casing, fill, width: stops } of ROADS) {
    const kind = of(...kinds);
    const under = (z, f) => kind(z, f) && below(z, f);
    const edge = { color: theme[casing], width: width(paint, plus(stops, 1.6)), opacity: 0.6 };
    const inside = { color: theme.map_tunnel, width: width(paint, stops) };
    for (const look of [edge, inside]) {
      rules.push(rule("roads", line({ ...look, lineCap: "butt" }), under, Math.max(13, from)));
    }
  }
  for (const step of ["casing", "fill"]) {
    for (const road of ROADS) {
      const kind = of(...road.kinds);
      const open = (z, f) => kind(z, f) && !f.props.link && (z < 13 || !below(z, f));
      const ramp = (z, f) => kind(z, f) && f.props.link && !below(z, f);
      const more = step === "casing" ? (road.casing === "map_casing" ? 2 : 1.6) : 0;
      const color = theme[road[step]];
      const narrow = road.width.map(([z, w]) => [z, w * 0.65]);
      const thin = line({ color, width: width(paint, plus(narrow, more)) });
      rules.push(rule("roads", thin, ramp, Math.max(road.from, 12)));
      rules.push(rule("roads", line({ color, width: width(paint, plus(road.width, more)) }), open, road.from));
    }
  }
  return rules;
}

// Names of streets along their lines, the greater ones first. Names of places: see labels.js.
export function labelRules(paint, family) {
  const { theme } = paint;
  const name = (kinds, minzoom, size) => ({
    dataLayer: "roads",
    minzoom,
    filter: of(...kinds),
    symbolizer: new StreetName(() => ({
      font: `500 ${size / paint.scale}px ${family}`,
      size: size / paint.scale,
      fill: theme.map_label,
      stroke: theme.halo,
      width: 3 / paint.scale,
      repeat: 380 / paint.scale,
      beside: paint.beside ? size * 0.95 / paint.scale : 0, // routes lie in the streets and would cover it
    })),
  });
  const place = (zoom, feature) => {
    const { size, weight, from } = RANKS[rankOf(feature.props.kind)];
    const shown = zoom + paint.dz >= from;
    return { font: `${weight} ${size / paint.scale}px ${family}`, size: shown ? size / paint.scale : 0 };
  };
  return [
    { dataLayer: "places", symbolizer: new KeptFree(place) },
    name(["motorway", "trunk", "primary"], 13, 11),
    name(["secondary", "tertiary"], 14, 11),
    name(["residential", "living_street", "pedestrian"], 15, 10.5),
    name(["service", "track", "path"], 17, 10),
  ];
}
