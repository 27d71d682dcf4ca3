"""QR codes in one grey picture, with what they say."""

from __future__ import annotations

from typing import Any

import numpy as np
import zxingcpp

_LONG = 120  # characters that are kept


def codes_in(grey: np.ndarray[Any, np.dtype[np.uint8]]) -> list[str]:
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return ["".join(char for char in one.text if char.isprintable())[:_LONG] for one in found if one.text]
