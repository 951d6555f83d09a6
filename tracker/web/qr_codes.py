"""A picture for a telephone's camera, as one path of an SVG: nothing inline that the policy forbids."""

from dataclasses import dataclass

from qrcode.main import QRCode


@dataclass(frozen=True)
class Picture:
    """A square of `size` modules, its dark ones drawn by `path`."""

    size: int
    path: str


def qr_code(text: str) -> Picture:
    """Return the QR code of a text, with the quiet zone that readers need around it."""
    code = QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    dark = [(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return Picture(len(rows), "".join(f"M{x} {y}h1v1h-1z" for x, y in dark))
