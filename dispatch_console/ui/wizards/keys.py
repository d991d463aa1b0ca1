"""The keys of the wizards, known before the wizards are loaded."""

from __future__ import annotations

KEYS = {
    "breakdown": "Ctrl+Shift+B",
    "sick": "Ctrl+Shift+S",
    "late": "Ctrl+Shift+L",
    "swap": "Ctrl+Shift+W",
    "match": "Ctrl+Shift+M",
    "urgent": "Ctrl+Shift+U",
    "cancel": "Ctrl+Shift+X",
    "split": "Ctrl+Shift+P",
}
