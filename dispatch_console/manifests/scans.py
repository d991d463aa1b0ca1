"""Reads the codes of our papers out of pictures of them: scans, photos, pages."""

from __future__ import annotations

import numpy as np
import zxingcpp
from numpy.typing import NDArray

#: What we print: see `codes`.
_FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode])


def codes_in(grey: NDArray[np.uint8]) -> list[str]:
    """The texts of all Code 128 and QR codes in a picture of shape (height, width), each once, as they lie from the
    top. Turned and skewed ones are found; a picture without any gives none.
    """
    found = zxingcpp.read_barcodes(grey, formats=_FORMATS)
    return list(dict.fromkeys(code.text for code in sorted(found, key=lambda code: code.position.top_left.y)))
