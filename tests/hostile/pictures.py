"""Pictures that are not whole, absurdly large, or something else as well."""

import io
import random
import struct
import zlib

from PIL import Image

from tests.papers import heic, jpg, packed, pdf, picture, png
from tracker.documents.evidence.pictures import MOST_PIXELS
from tracker.documents.evidence.refusals import BrokenPicture, TooManyPixels, TwoKindsInOne

ARCHIVE = packed({"META-INF/MANIFEST.MF": "Main-Class: A", "A.class": b"x"})


def _noisy(form: str) -> bytes:
    content = io.BytesIO()
    Image.frombytes("RGB", (200, 200), random.Random(1).randbytes(120_000)).save(content, form)
    return content.getvalue()


def _flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def _resized_jpg(width: int, height: int) -> bytes:
    """Return a picture whose header promises another size than there is."""
    content = bytearray(jpg())
    at = content.find(b"\xff\xc0")
    struct.pack_into(">HH", content, at + 5, height, width)
    return bytes(content)


def _resized_png(width: int, height: int) -> bytes:
    content = png()
    head = b"IHDR" + struct.pack(">II", width, height) + content[24:29]
    return content[:12] + head + struct.pack(">I", zlib.crc32(head)) + content[33:]


def _one_colour_png() -> bytes:
    """Return a hundred million pixels in a few kilobytes."""
    content = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(content, "PNG")
    return content.getvalue()


def _broken_heic() -> bytes:
    content = heic()
    return content[: content.find(b"mdat") + 12]


MANY = TooManyPixels(MOST_PIXELS)

PICTURES = {
    "half a jpg": ("a.jpg", _noisy("JPEG")[:10_000], BrokenPicture()),
    "a jpg without its last bytes": ("a.jpg", _noisy("JPEG")[:-200], BrokenPicture()),
    "the header of a jpg": ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(200), BrokenPicture()),
    "three bytes of a jpg": ("a.jpg", b"\xff\xd8\xff", BrokenPicture()),
    "half a png": ("a.png", _noisy("PNG")[:50_000], BrokenPicture()),
    "a png with a damaged byte": ("a.png", _flipped(_noisy("PNG"), 50_000), BrokenPicture()),
    "a png with a damaged header": ("a.png", _flipped(png(), 18), BrokenPicture()),
    "the header of a png": ("a.png", b"\x89PNG\r\n\x1a\n", BrokenPicture()),
    "half a heic": ("a.heic", _broken_heic(), BrokenPicture()),
    "the header of a heic": ("a.heic", b"\0\0\0\x1cftypheic\0\0\0\0mif1heic" + bytes(200), BrokenPicture()),
    "a jpg of four billion pixels": ("a.jpg", _resized_jpg(65_000, 65_000), MANY),
    "a jpg of one long line": ("a.jpg", _resized_jpg(65_500, 1_000), MANY),
    "a png of four billion pixels": ("a.png", _resized_png(65_000, 65_000), MANY),
    "a png of more pixels than there are": ("a.png", _resized_png(2**31 - 1, 2**31 - 1), MANY),
    "a hundred million black pixels": ("a.png", _one_colour_png(), MANY),
    "a png of a size it has not": ("a.png", _resized_png(7_000, 7_000), BrokenPicture()),
    "a jar after a gif": ("a.gif", picture("GIF") + ARCHIVE, TwoKindsInOne()),
    "a jar after a gif, as a picture": ("a.jpg", picture("GIF") + ARCHIVE, TwoKindsInOne()),
    "a jar after a jpg": ("a.jpg", jpg() + ARCHIVE, TwoKindsInOne()),
    "a jar after a jpg, as a jar": ("a.jar", jpg() + ARCHIVE, TwoKindsInOne()),
    "a jar after a png": ("a.png", png() + ARCHIVE, TwoKindsInOne()),
    "a jar after a heic": ("a.heic", heic() + ARCHIVE, TwoKindsInOne()),
    "a jar with a remark after a jpg": ("a.jpg", jpg() + ARCHIVE[:-2] + b"\x04\0abcd", TwoKindsInOne()),
    "a jar after noise": ("a.docx", b"\x01\x02\x03" + bytes(50) + ARCHIVE, TwoKindsInOne()),
    "a pdf in a jpg's remark": ("a.jpg", picture("JPEG", comment=pdf()), TwoKindsInOne()),
    "a pdf in a jpg's remark, as pdf": ("a.pdf", picture("JPEG", comment=pdf()), TwoKindsInOne()),
}
