"""What the audit calls a change: its label without what people write as they like. The audit is never erased."""

from __future__ import annotations

from dispatch_console.domain.plan import PlanChange
from dispatch_console.store.values import WideChange


def label(change: PlanChange) -> str:
    """`Import orders-keller.csv` is kept as `Import …`."""
    said = change.label
    for text in _written(change):
        said = said.replace(text, "…")
    return said


def _written(change: PlanChange) -> list[str]:
    """Names of files, notes on roads and on decisions."""
    texts = [side.area.note for swap in change.roads for side in swap if side is not None]
    sides = (side for swap in change.orders for side in swap if side is not None)
    texts += [side.next.note for side in sides if side.next is not None]
    if isinstance(change, WideChange) and change.imported is not None:
        texts.append(change.imported.record.file)
    return [text for text in texts if text]
