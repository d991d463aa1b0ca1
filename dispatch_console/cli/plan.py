"""`plan`: order and fleet files → plan.json, manifests.pdf and loading.pdf in a folder."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from dispatch_console.cli.commands import Commands
from dispatch_console.domain import places
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.places import Place
from dispatch_console.domain.weights import Policy
from dispatch_console.services import manifests, plan_inputs, planfile, planning, policy, travel, zones
from dispatch_console.services.planning import Options
from dispatch_console.services.regions import online, use

#: Seconds between two lines of progress.
_TELL_S = 2.0
#: The prices that weigh a plan of which nothing is published yet.
_PRICES = ("unfamiliar", "off_zone", "balance_hours", "balance_stops", "optional_prize")


def register(commands: Commands) -> None:
    parser = commands.add_parser("plan", help="plan order files with a fleet file")
    add_arguments(parser)
    parser.set_defaults(run=run)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--orders", nargs="+", action="extend", type=Path, required=True, metavar="FILE", help="order files")
    add("--fleet", type=Path, required=True, metavar="FILE", help="drivers, vehicles and shifts")
    add("--depot", type=_place, metavar="LAT,LON", help="default: the commonest start in the fleet file")
    unset = argparse.SUPPRESS  # what stands before the command is not unsaid
    day = "as 2026-11-23; default: the day most orders name"
    add("--day", type=_day, metavar="D", default=unset, help=day)
    add("--timezone", metavar="TZ", help="as Europe/Vaduz; default: that of the depot's place")
    kinds = ", ".join(online.KINDS)
    roads = f"where travel times come from; KIND: {kinds}, which is told the places; its key: {online.KEY_VARIABLE}"
    add("--roads", default=travel.ESTIMATE, metavar="estimate|PACK|KIND[:URL]", help=roads)
    add("--road-class", default="van", metavar="CLASS", help="whose roads: van, truck or bicycle (default: van)")
    add("--seconds", type=_positive, default=30.0, metavar="S", help="how long to search (default: 30)")
    workers = "threads that search (default: one for each processor, at most 4)"
    add("--workers", type=_workers, default=Options().workers, metavar="N", help=workers)
    add("--seed", type=int, default=1, metavar="N", help="makes chance repeatable (default: 1)")
    price = f"what counts besides the cost, in money, once for each of {', '.join(_PRICES)} (see README)"
    add("--price", type=_price, action="append", default=[], metavar="NAME=AMOUNT", help=price)
    apart = "two classes of goods that may not ride together; once for each pair"
    add("--apart", type=_pair, action="append", default=[], metavar="GOODS,GOODS", help=apart)
    add("--out", type=Path, required=True, metavar="DIR", help="folder for the results")


def run(args: argparse.Namespace) -> int:
    """Exit code 0, or UserError. `args.render`, if there is one, turns papers into PDF."""
    if args.timezone is not None:
        zones.check(args.timezone)
    _make_folder(args.out)
    with use.roads(args.roads, args.road_class) as roads:
        if service := travel.about(roads).get("service"):
            _say(f"{service} is asked for the travel times, which may take minutes …")
        return _plan(args, roads)


def _plan(args: argparse.Namespace, roads: str) -> int:
    inputs = plan_inputs.Inputs(args.orders, args.fleet, args.depot, args.day, args.timezone, roads, _policy(args))
    opened = plan_inputs.open_files(inputs, dt.datetime.now().astimezone().date())
    for note in opened.notes:
        _say(note)
    options = Options(seconds=args.seconds, seed=args.seed, workers=args.workers)
    began = time.monotonic()
    day = _search(opened.day, options)
    # Processes take a moment to start, which is no searching.
    searched = planfile.Searched(args.seed, min(args.seconds, time.monotonic() - began))
    _say("asking every driver about the orders left out …" if day.plan.pool.stops else "every order has a driver")
    _write_json(planfile.document(day, searched), args.out / "plan.json")
    if getattr(args, "render", None) is not None:
        _say("drawing the sheets …")
        manifests.write_pdfs(day, args.out, args.render)
    return 0


def _policy(args: argparse.Namespace) -> Policy:
    """What the plan is to be weighed by; of a price that is said twice, the last."""
    found = Policy(apart=frozenset(args.apart))
    for name, amount in args.price:
        found = policy.with_price(found, name, amount)
    return found


def _search(day: Day, options: Options) -> Day:
    """The day with the best plan found; as it is if there is nothing to plan."""
    reason = planning.why_not(day, options)
    if reason is not None:
        _say(reason)
        return day
    return planning.search(day, options, _progress(day.depot.currency)).after


def _progress(currency: str) -> Callable[[planning.Point], None]:
    """Tells of a better plan, not too often."""
    told = -math.inf

    def tell(point: planning.Point) -> None:
        nonlocal told
        if point.at - told >= _TELL_S:
            told = point.at
            left = f", {point.unassigned} stops without a driver" if point.unassigned else ""
            _say(f"{point.at:5.1f} s  {point.cost / 100:.2f} {currency}  {point.metres / 1000:.0f} km{left}")

    return tell


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"{folder} cannot be made ({error.strerror}). Choose another folder.") from error


def _write_json(value: dict[str, Any], path: Path) -> None:
    try:
        path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path} cannot be written ({error.strerror}). Choose another folder.") from error


def _place(text: str) -> Place:
    parts = text.split(",")
    try:
        lat, lon = map(float, parts)
    except ValueError:
        raise argparse.ArgumentTypeError("a place is written 47.14,9.52") from None
    if not places.is_valid(lat, lon):
        raise argparse.ArgumentTypeError(f"{text} is not on the earth; a place is written 47.14,9.52")
    return Place(lat, lon)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a day is written 2026-11-23") from None


def _price(text: str) -> tuple[str, str]:
    name, _, amount = text.partition("=")
    if name not in _PRICES or not amount.strip():
        raise argparse.ArgumentTypeError(f"a price is written {_PRICES[0]}=2.50; there are {', '.join(_PRICES)}")
    try:
        policy.with_price(Policy(), name, amount)
    except UserError as error:
        raise argparse.ArgumentTypeError(error.message) from None
    return name, amount


def _pair(text: str) -> frozenset[str]:
    names = text.split(",")
    try:
        one, other = names
        return next(iter(policy.with_apart(Policy(), one, other).apart))
    except (ValueError, UserError):
        raise argparse.ArgumentTypeError("a pair is written food,cleaner") from None


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value <= 24 * 3600:
        raise argparse.ArgumentTypeError("from above 0 to 86400")
    return value


def _workers(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 64:
        raise argparse.ArgumentTypeError("from 1 to 64")
    return value


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="plan", description=__doc__)
    parser.set_defaults(day=None)
    add_arguments(parser)
    try:
        return run(parser.parse_args(argv))
    except UserError as error:
        _say(error.message)
        return 1


if __name__ == "__main__":
    sys.exit(main())
