"""Barcodes as outlines (SVG paths): sharp on every printer, and part of the page instead of a picture to fetch. Plain Python."""

from functools import lru_cache

from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

QUIET = 10
"""Modules of white that a scanner wants before and after a Code 128."""
QR_QUIET = 2
"""Modules of white around a QR code: four by the standard, the label itself is white around it."""


def code128(value):
    """Return (width in modules, path) of a Code 128, one module high, with its quiet zones; None when it cannot be drawn.

    >>> width, path = code128("SF1234567890123")
    >>> width, path[:26]
    (165, 'M10 0h2v1h-2zM13 0h1v1h-1z')
    >>> code128("") is None, code128("顺丰123456") is None
    (True, True)
    """
    bars = _code128_bars(value or "")
    if not bars:
        return None
    path, at = [], QUIET
    for number, width in enumerate(bars):
        if number % 2 == 0:
            path.append(f"M{at} 0h{width}v1h-{width}z")
        at += width
    return at + QUIET, "".join(path)


def _code128_bars(value):
    """Return the widths of bars and gaps in turn, beginning with a bar."""
    if not value or not value.isascii() or not value.isprintable():
        return []
    symbol = Code128(value)
    symbol.validate()
    symbol.encode()
    symbol.decompose()
    # The library writes a bar of n modules as the n-th small letter, a gap as the n-th capital, or the other way round.
    return [ord(letter.lower()) - ord("a") + 1 for letter in symbol.decomposed]


@lru_cache(maxsize=256)
def qr(value):
    """Return (width in modules, path) of a QR code of middle correction, quiet zone included; None for no text.

    >>> width, path = qr("WH/OUT/00001")
    >>> width, path.startswith("M2 2h7v1h-7z")
    (25, True)
    >>> qr("") is None
    True
    """
    if not value:
        return None
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(value)
    code.make()
    path = []
    for y, row in enumerate(code.modules):
        x = 0
        while x < len(row):
            width = _run(row, x)
            if row[x]:
                path.append(f"M{x + QR_QUIET} {y + QR_QUIET}h{width}v1h-{width}z")
            x += width
    return len(code.modules) + 2 * QR_QUIET, "".join(path)


def _run(row, start):
    """Return how many modules from ``start`` on are alike."""
    end = start
    while end < len(row) and bool(row[end]) == bool(row[start]):
        end += 1
    return end - start
