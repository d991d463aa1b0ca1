"""Arrays as compiled code is handed them: by their addresses and shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: An array of integers, as compiled code reads and writes it: what lies in it is an `int` there.
type Ints = NDArray[Any]

#: Words a row of a frame: an address and up to three lengths.
WORDS = 4


def frame(arrays: Sequence[Ints]) -> Ints:
    """Addresses and shapes of arrays of up to three dimensions, a row each. The arrays must outlive it."""
    words = np.zeros((len(arrays), WORDS), np.int64)
    for row, array in zip(words, arrays, strict=True):
        row[0] = array.ctypes.data
        row[1 : 1 + array.ndim] = array.shape
    return words
