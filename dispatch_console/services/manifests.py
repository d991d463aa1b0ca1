"""The papers of a day: which, for whom, as which version; as HTML documents that a face turns into PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from dispatch_console.domain import freeze, insertion
from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.insertion import Reason
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import Plan
from dispatch_console.manifests import (
    changed_sheet,
    day_summary,
    driver_sheet,
    hand_over,
    html,
    labels,
    loading_list,
    why,
)
from dispatch_console.manifests.figures import day_short
from dispatch_console.manifests.hand_over import Handing
from dispatch_console.manifests.letters import letter
from dispatch_console.manifests.lines import Imprint
from dispatch_console.manifests.paper import Paper
from dispatch_console.services import evening, sheet_versions
from dispatch_console.services.reprinting import MOVED_S, Difference, difference, to_reprint
from dispatch_console.services.session import DaySession
from dispatch_console.services.sheet_ways import SheetWays
from dispatch_console.services.wizards import meeting

__all__ = [
    "MOVED_S",
    "Difference",
    "Document",
    "Edition",
    "Job",
    "Kind",
    "Paper",
    "build",
    "day_short",
    "difference",
    "edition",
    "has_meetings",
    "jobs",
    "record_printed",
    "route_letter",
    "routes_with_stops",
    "safe_name",
    "to_reprint",
    "write_pdfs",
]

#: Labels are cut into documents of at most so many.
_LABELS_A_DOCUMENT = 50
#: For so many unassigned stops the summary tries every place; up to a tenth of a second each. For all others it
#: tries every driver with nothing else to do: some milliseconds.
_REASONS_A_DAY = 40


class Kind(StrEnum):
    DRIVER_SHEET = "driver sheet"
    LOADING_LIST = "loading list"
    DAY_SUMMARY = "day summary"
    LABELS = "labels"
    HAND_OVER = "hand-over"


@dataclass(frozen=True, slots=True)
class Edition:
    """One run of the printer: when, by whom, and the version of each route in it. No versions: a draft."""

    at: dt.datetime
    by: str = ""
    versions: Mapping[ShiftId, int] = field(default_factory=dict[ShiftId, int])
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One paper as a page of HTML. `name` is a safe file name without its ending; `route` None: of the day."""

    kind: Kind
    route: ShiftId | None
    name: str
    paper: Paper
    html: str


@dataclass(frozen=True, slots=True)
class Job:
    """A document that is made when it is needed: making many takes a while. `title` says which it is."""

    title: str
    make: Callable[[], Document]


#: Documents → one PDF of all their pages, in their order.
Render = Callable[[Sequence[Document]], bytes]


def edition(day: Day, routes: Iterable[ShiftId], at: dt.datetime, by: str) -> Edition:
    """The run that can be made now: each route whose papers have changed with the version after its last one.

    Papers that read as they did keep their version. A draft has no versions and says so on every page. Nothing is
    taken until `record_printed`.
    """
    if day.approval.state is DayState.DRAFT:
        return Edition(at, by, draft=True)
    return Edition(at, by, sheet_versions.next_versions(day, routes))


def record_printed(session: DaySession, run: Edition, kinds: Iterable[Kind], initiator: object = None) -> None:
    """Take the versions of a run, just before its pages go out: no sheet that reads differently gets the same ones.

    Only sheets and loading lists carry versions; a draft has none. Raises UserError if one is taken already.
    """
    if run.draft or not {Kind.DRIVER_SHEET, Kind.LOADING_LIST} & set(kinds):
        return
    approval = sheet_versions.after_printing(session.day, run.versions)
    if approval is None:
        raise UserError("Sheets of this version were printed in the meantime. Print again to get the next version.")
    if approval != session.day.approval:
        session.set_approval(approval, initiator)


def build(day: Day, kind: Kind, routes: Sequence[ShiftId], run: Edition, paper: Paper = Paper.A4) -> list[Document]:
    """All documents of one kind at once; see `jobs`."""
    return [job.make() for job in jobs(day, [kind], routes, run, paper)]


def jobs(
    day: Day, kinds: Iterable[Kind], routes: Sequence[ShiftId], run: Edition, paper: Paper = Paper.A4
) -> list[Job]:
    """The documents of a run: kind by kind, in the order of `routes`; routes without stops are passed over.

    Raises UserError for labels of a draft: they carry stop numbers, which may still change.
    """
    chosen = tuple(kinds)
    if Kind.LABELS in chosen and run.draft:
        raise UserError("Labels carry stop numbers, so they are printed after approval. Approve the plan first.")
    driven = [route for route in routes if _has_paper(day, route)]
    ways = SheetWays(day)
    return [
        job
        for kind in chosen
        for job in _jobs_of(day, kind, routes if kind is Kind.HAND_OVER else driven, run, paper, ways)
    ]


def routes_with_stops(day: Day) -> list[ShiftId]:
    """The routes that have anything to print, in lane order: those of drivers on the road who have lost all their
    stops are among them."""
    return [route.id for route in day.routes if _has_paper(day, route.id)]


def has_meetings(day: Day) -> bool:
    """Whether there is a hand-over sheet to print."""
    return any(meets.carried for meets in meeting.of_day(day))


def route_letter(day: Day, route: ShiftId) -> str:
    """The letter that the papers of a route carry."""
    return letter(day.shifts[route].slot)


def safe_name(text: str) -> str:
    """`text` as a file name that every system takes: no separators, no trailing dots, not a device's name."""
    kept = "".join("-" if c in '<>:"/\\|?*' or not c.isprintable() else c for c in text)
    kept = " ".join(kept.split())[:120].strip(" .") or "paper"
    device = kept.split(".", 1)[0].upper()
    reserved = {"CON", "PRN", "AUX", "NUL", *(f"{port}{i}" for port in ("COM", "LPT") for i in range(10))}
    return f"_{kept}" if device in reserved else kept


def write_pdfs(
    day: Day,
    out_dir: Path,
    render: Render,
    *,
    at: dt.datetime | None = None,
    by: str = "",
    paper: Paper = Paper.A4,
) -> list[Path]:
    """Write manifests.pdf (the driver sheets) and loading.pdf of a planned day, all as version 1.

    `at`: when they were printed; None: now. A day without routes gives its day summary in place of the sheets.
    Raises UserError if the folder cannot be written.
    """
    routes = routes_with_stops(day)
    run = Edition(at or dt.datetime.now(dt.UTC), by, dict.fromkeys(routes, 1))
    written: list[Path] = []
    for name, kind in (("manifests.pdf", Kind.DRIVER_SHEET), ("loading.pdf", Kind.LOADING_LIST)):
        documents = build(day, kind, routes, run, paper) or build(day, Kind.DAY_SUMMARY, [], run, paper)
        written.append(_write(out_dir / name, render(documents)))
    return written


def _has_paper(day: Day, route: ShiftId) -> bool:
    return bool(day.plan.route(route).stops or difference(day, route))


def _write(path: Path, data: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise UserError(
            f"{path} cannot be written ({error.strerror}). Close it or choose another folder."
        ) from error
    return path


def _jobs_of(
    day: Day, kind: Kind, routes: Sequence[ShiftId], run: Edition, paper: Paper, ways: SheetWays
) -> list[Job]:
    if kind is Kind.DAY_SUMMARY:
        return [Job("Day summary", partial(_summary, day, run, paper, ways.credit))]
    if kind is Kind.LABELS:
        return [job for route in routes for job in _label_jobs(day, route)]
    if kind is Kind.HAND_OVER:
        return _hand_over_jobs(day, routes, run, paper, ways)
    make = partial(_driver_sheet, ways) if kind is Kind.DRIVER_SHEET else _loading_list
    return [Job(_title(day, route, kind), partial(make, day, route, run, paper)) for route in routes]


def _read_ahead(day: Day, route: ShiftId, run: Edition) -> None:
    """What the papers say, which `record_printed` asks for all of them at once, is found while they are made."""
    if not run.draft:
        sheet_versions.said(day, route)


def _driver_sheet(ways: SheetWays, day: Day, route: ShiftId, run: Edition, paper: Paper) -> Document:
    """Of a driver under way whose sheet says otherwise by now: the changed sheet, which replaces it.

    The credit of the roads comes to the sheet last: it is none of what tells one version from the next.
    """
    _read_ahead(day, route, run)
    imprint, found = _imprint(run, route), ways.of(route)
    if difference(day, route):
        changed = changed_sheet.changed_sheet(day, route, imprint, found)
        page = html.changed_sheet(replace(changed, map_credit=ways.credit), paper)
    else:
        sheet = driver_sheet.driver_sheet(day, route, imprint, found)
        page = html.driver_sheet(replace(sheet, map_credit=ways.credit), paper)
    return _document(day, Kind.DRIVER_SHEET, route, run, paper, page)


def _loading_list(day: Day, route: ShiftId, run: Edition, paper: Paper) -> Document:
    _read_ahead(day, route, run)
    sheet = loading_list.loading_list(day, route, _imprint(run, route))
    return _document(day, Kind.LOADING_LIST, route, run, paper, html.loading_list(sheet, paper))


def _summary(day: Day, run: Edition, paper: Paper, credit: str) -> Document:
    imprint = Imprint(None if run.draft else max(1, day.revision), run.at, run.by)
    sheet = day_summary.day_summary(day, imprint, _reasons(day), evening.of_day(day))
    name = safe_name(f"Day summary {day.date}{' draft' if run.draft else ''}")
    return Document(Kind.DAY_SUMMARY, None, name, paper, html.day_summary(sheet, paper, credit))


def _label_jobs(day: Day, route: ShiftId) -> list[Job]:
    made = labels.labels(day, route)
    parts = [made[i : i + _LABELS_A_DOCUMENT] for i in range(0, len(made), _LABELS_A_DOCUMENT)]
    return [Job(_title(day, route, Kind.LABELS), partial(_labels, day, route, i, p)) for i, p in enumerate(parts)]


def _labels(day: Day, route: ShiftId, part: int, made: Sequence[labels.ParcelLabel]) -> Document:
    more = f" part {part + 1}" if part else ""
    name = safe_name(f"{_title(day, route, Kind.LABELS)} {day.date}{more}")
    return Document(Kind.LABELS, route, name, Paper.LABEL, html.labels(made))


def _hand_over_jobs(day: Day, routes: Sequence[ShiftId], run: Edition, paper: Paper, ways: SheetWays) -> list[Job]:
    """Both copies of each meeting between two of `routes`."""
    made: list[Job] = []
    for meets in meeting.of_day(day):
        if meets.carried and {meets.giver, meets.taker} <= set(routes):
            handing = Handing(meets.giver, meets.taker, meets.stop)
            copies: tuple[hand_over.Copy, ...] = (1, 2)
            for copy in copies:
                title = f"{_title(day, meets.giver, Kind.HAND_OVER)} to {_short_name(day, meets.taker)}"
                name = f"{title} copy {copy}"
                made.append(Job(name, partial(_hand_over, ways, day, handing, copy, run, paper, name)))
    return made


def _hand_over(
    ways: SheetWays, day: Day, handing: Handing, copy: hand_over.Copy, run: Edition, paper: Paper, name: str
) -> Document:
    found = ways.of(handing.giver, handing.taker)
    sheet = hand_over.hand_over(day, handing, copy, _imprint(run, handing.taker), found)
    file = safe_name(f"{name} {day.date}")
    holder = handing.giver if copy == 1 else handing.taker
    return Document(Kind.HAND_OVER, holder, file, paper, html.hand_over(sheet, paper, ways.credit))


def _document(day: Day, kind: Kind, route: ShiftId, run: Edition, paper: Paper, page: str) -> Document:
    state = "draft" if run.draft else f"v{run.versions[route]}"
    return Document(kind, route, safe_name(f"{_title(day, route, kind)} {day.date} {state}"), paper, page)


def _title(day: Day, route: ShiftId, kind: Kind) -> str:
    """`K Ada Quill driver sheet`"""
    return f"{route_letter(day, route)} {_short_name(day, route)} {kind}"


def _short_name(day: Day, route: ShiftId) -> str:
    """A driver's name, so short that there is room for what tells his papers apart: two names and their dates are
    a file's name on any disk."""
    return day.shifts[route].driver.name.encode(errors="replace")[:80].decode(errors="ignore").strip()


def _imprint(run: Edition, route: ShiftId) -> Imprint:
    return Imprint(None if run.draft else run.versions[route], run.at, run.by)


def _reasons(day: Day) -> why.Reasons:
    """`insertion.reasons` for the first stops of the pool; for the rest what would be in the way if the drivers had
    nothing else left to do."""
    looked_at = frozenset(day.unassigned[:_REASONS_A_DAY])
    heads = [route.with_stops(route.stops[: freeze.head_length(route, day.facts)]) for route in day.routes]
    emptied = Plan({route.id: route for route in (*heads, day.plan.pool)})
    basis = replace(day.basis)  # with trials of its own

    def reasons(stop: StopId) -> Sequence[Reason] | why.Alone:
        if stop in looked_at:
            return insertion.reasons(stop, day.plan, day.basis)
        return why.Alone(insertion.reasons(stop, emptied, basis))

    return reasons
