"""`region`: builds a region pack from an OpenStreetMap extract, and says what one holds."""

from __future__ import annotations

import argparse
import math
import sys
import time
from pathlib import Path

from dispatch_console.cli.commands import Commands
from dispatch_console.services.regions import build
from dispatch_console.services.regions.build import Build, Options

#: Seconds between two lines of progress.
_TELL_S = 1.0


def register(commands: Commands) -> None:
    parser = commands.add_parser("region", help="build a region pack: roads, addresses and map without internet")
    below = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    made = below.add_parser("build", help="from an extract (.osm.pbf)")
    add = made.add_argument
    add("pbf", type=Path, metavar="FILE", help="an OpenStreetMap extract, ends in .osm.pbf")
    add("--out", type=Path, required=True, metavar="DIR", help="the folder of the pack")
    add("--name", default="", metavar="NAME", help="default: after the file")
    classes = f"vehicle classes with roads, of {', '.join(build.CLASSES)}; default: van"
    add("--class", dest="classes", nargs="+", choices=build.CLASSES, metavar="CLASS", help=classes)
    add("--by-daytime", action="store_true", help="roads take longer in the morning, at midday and in the evening")
    add("--without", nargs="+", choices=build.STEPS, default=[], metavar="STEP", help=", ".join(build.STEPS))
    add("--country", default="", metavar="CC", help="two letters, where the extract does not tell")
    made.set_defaults(run=_build)
    said = below.add_parser("info", help="what a pack holds")
    said.add_argument("pack", type=Path, metavar="DIR")
    said.set_defaults(run=_info)


def _build(args: argparse.Namespace) -> int:
    classes = tuple(dict.fromkeys(args.classes or ("van",)))
    options = Options(args.name, classes, args.by_daytime, frozenset(args.without), args.country)
    began = time.monotonic()
    building = build.start(args.pbf, args.out, options)
    try:
        _follow(building)
        done = building.result()
    except KeyboardInterrupt:
        building.cancel()
        _say(build.STOPPED)
        return 1
    for note in done.notes:
        _say(note)
    made = done.manifest
    parts = [*made.classes, *([f"{made.addresses} addresses"] if made.addresses else []), *(["map"] * made.map)]
    _say(f"{made.name} is ready in {time.monotonic() - began:.0f} s: {', '.join(parts)}. {args.out}")
    return 0


def _follow(building: Build) -> None:
    """Tell of steps until the build ends: at once that it has begun, then of those that take a moment."""
    told, last = -math.inf, ""
    while not building.ended:
        step = building.wait(0.2 if last else 0.0)
        now = time.monotonic()
        if not building.ended and (step.text != last or now - told >= _TELL_S):
            told, last = now, step.text
            left = "" if step.left_s is None else f", about {step.left_s:.0f} s left"
            _say(f"{step.done:4.0%}  {step.text}{left}")


def _info(args: argparse.Namespace) -> int:
    made = build.info(args.pack)
    west, south, east, north = made.bbox
    lines = {
        "name": made.name,
        "id": made.id,
        "made": made.made,
        "from": f"{made.source.file}, {made.source.bytes / 1e6:.1f} MB, data until {made.source.data_until or '?'}",
        "box": f"{south:.4f},{west:.4f} to {north:.4f},{east:.4f}",
        "countries": ", ".join(made.countries) or "?",
        "roads": "; ".join(f"{name} ({one.edges} edges)" for name, one in made.classes.items()) or "none",
        "times of day": ", ".join(made.buckets.names),
        "addresses": str(made.addresses),
        "map": "yes" if made.map else "no",
        "size": f"{sum(size for size, _ in (made.files or {}).values()) / 1e6:.1f} MB",
        "data": made.attribution,
    }
    for word, value in lines.items():
        print(f"{word + ':':<14}{value}")
    return 0


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
