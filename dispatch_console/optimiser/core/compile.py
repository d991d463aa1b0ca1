"""How functions of the search become machine code: by numba, when they are first called; in the frozen program they
are read from the library that was made of them when it was frozen, and there is neither numba nor LLVM."""

from __future__ import annotations

import numpy as np

from dispatch_console import resources
from dispatch_console.optimiser.core.frames import Ints

if resources.is_frozen():
    from dispatch_console.optimiser.core.shipped import (
        compiled,
        inlined,
        ints_1,
        ints_2,
        set_apart,
        short_2,
        short_3,
    )
else:
    from dispatch_console.optimiser.core.apart import ints_1, ints_2, set_apart, short_2, short_3
    from dispatch_console.optimiser.core.jit import compiled, inlined

__all__ = ["Ints", "compiled", "inlined", "ints_1", "ints_2", "set_apart", "short_2", "short_3", "wide"]


@inlined
def wide(number: int) -> int:
    """An integer read from a narrow array, as the 64 bits in which all else is: one type, one compilation."""
    return int(np.int64(number))
