"""Which tiles these are, without loading what makes them."""

from __future__ import annotations

from typing import Final

#: Counts up when the tiles of the same extract would come out otherwise; part of a pack's identity.
VERSION: Final = 2
