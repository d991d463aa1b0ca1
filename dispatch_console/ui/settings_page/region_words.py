"""What the settings say of a region pack."""

from __future__ import annotations

import datetime as dt

from dispatch_console.domain import saying
from dispatch_console.services.regions.current import Region
from dispatch_console.ui import texts

_tr = texts.of("RegionSection")

#: From so many days on, roads and addresses have changed enough to say so.
_OLD_DAYS = 183


def classes() -> dict[str, str]:
    """What vehicles are called whose roads count."""
    return {"van": _tr("Vans"), "truck": _tr("Trucks"), "bicycle": _tr("Bicycles")}


def title(region: Region) -> str:
    if region.pack is None:
        return _tr("No region pack: roads are estimated, places are set by hand, the map is plain.")
    held = region.pack.manifest
    made = dt.datetime.fromisoformat(held.made).astimezone()
    return _tr("{name}, built {date}").format(name=held.name, date=_date(made.date()))


def holds(region: Region) -> str:
    if region.pack is None:
        return _tr(
            "Build one from an OpenStreetMap extract (.osm.pbf). It is done on this computer, without internet."
        )
    held = region.pack.manifest
    rush = _tr(", with rush hours") if len(held.buckets.times) > 1 else ""
    parts = [
        _tr("roads for {classes}").format(classes=saying.listed(held.classes)) + rush if held.classes else "",
        _tr("{n:,} addresses").format(n=held.addresses) if held.addresses else _tr("no addresses"),
        _tr("map") if held.map else _tr("no map"),
        held.attribution,
    ]
    return " · ".join(part for part in parts if part)


def age(region: Region, today: dt.date) -> str:
    """Until when the map's data go; whether that is long ago. Empty where the extract does not tell."""
    until = _until(region)
    if until is None:
        return ""
    said = _tr("Data of {date}.").format(date=_date(until))
    if not is_old(region, today):
        return said
    return said + _tr(" That is {n} months ago: get a fresh extract of the region and build it anew.").format(
        n=(today - until).days // 30
    )


def is_old(region: Region, today: dt.date) -> bool:
    until = _until(region)
    return until is not None and (today - until).days > _OLD_DAYS


def megabytes(size: int) -> str:
    return _tr("{n:,} MB").format(n=max(1, round(size / 1e6)))


def _until(region: Region) -> dt.date | None:
    told = region.pack.manifest.source.data_until if region.pack is not None else None
    try:
        return dt.datetime.fromisoformat(told).date() if told else None
    except ValueError:
        return None


def _date(day: dt.date) -> str:
    return f"{saying.day_month(day)} {day.year}"
