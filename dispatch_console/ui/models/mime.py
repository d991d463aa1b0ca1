"""Stops on their way from one pane to another: the ids in driving order as a JSON list."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from PySide6.QtCore import QMimeData

from dispatch_console.domain.orders import StopId
from dispatch_console.ui.desk import STOPS_MIME


def packed(stops: Sequence[StopId]) -> QMimeData:
    data = QMimeData()
    data.setData(STOPS_MIME, json.dumps([int(stop) for stop in stops]).encode("ascii"))
    return data


def holds_stops(data: QMimeData) -> bool:
    return data.hasFormat(STOPS_MIME)


def unpacked(data: QMimeData, known: Collection[StopId]) -> list[StopId]:
    """The stops of a drag, each once; whatever is not a list of `known` ids is passed over."""
    if not data.hasFormat(STOPS_MIME):
        return []
    try:
        values: object = json.loads(bytes(data.data(STOPS_MIME).data()))
    except ValueError:
        return []
    if not isinstance(values, list):
        return []
    ids = [StopId(value) for value in values if type(value) is int]
    return [stop for stop in dict.fromkeys(ids) if stop in known]
