"""Reads the codes of our papers out of pictures of them: scans, photos, pages."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def codes_in(grey: NDArray[np.uint8]) -> list[str]:
    """The texts of all Code 128 and QR codes in a picture of shape (height, width), each once, as they lie from the
    top. Turned and skewed ones are found; a picture without any gives none.
    """
    import zxingcpp  # only who has a picture to read pays for it

    wanted = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode])
    found = zxingcpp.read_barcodes(grey, formats=wanted)
    return list(dict.fromkeys(code.text for code in sorted(found, key=lambda code: code.position.top_left.y)))
