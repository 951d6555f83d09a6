"""Is a photograph whole, and how does it look without what the camera wrote about it?"""

import io
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import pillow_heif
from PIL import Image, ImageOps

from tracker.documents.evidence.refusals import BrokenPicture, TooManyPixels
from tracker.domain.evidence import FileType

MOST_PIXELS = 50_000_000  # what telephones take at most; half a gigabyte while it is decoded
PREVIEW, THUMBNAIL = (1600, 1600), (240, 240)
QUALITY = 80
FORMATS = {FileType.JPG: "JPEG", FileType.PNG: "PNG", FileType.HEIC: "HEIF"}

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = (
    None  # `MOST_PIXELS` is checked before anything is decoded; the library's limit would only warn
)

# One photograph may need a few hundred megabytes while it is decoded: never several at once on an office machine.
_decoding = Lock()


@dataclass(frozen=True)
class Previews:
    """A photograph as a page shows it: JPEG, upright, without anything but its pixels."""

    large: bytes
    small: bytes


def previews(path: Path, kind: FileType) -> Previews:
    """
    Decode a whole picture and return how pages show it.

    :raises Unacceptable: if it cannot be decoded to its last pixel, or has absurdly many
    """
    try:
        with _decoding, Image.open(path, formats=[FORMATS[kind]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise TooManyPixels(MOST_PIXELS)
            picture.draft("RGB", PREVIEW)  # a JPEG is decoded no larger than it is needed
            picture.load()
            large = _plain(picture)
            small = large.copy()
            small.thumbnail(THUMBNAIL)
            return Previews(_as_jpeg(large), _as_jpeg(small))
    except TooManyPixels:
        raise
    except Exception as error:  # decoders give up on damaged bytes with every kind of error there is
        raise BrokenPicture() from error


def _plain(picture: Image.Image) -> Image.Image:
    """Return the pixels alone, upright and on white: the library would carry comments over into what it saves."""
    if picture.mode.startswith(
        "I"
    ):  # grey in 16 bits, as scanners write it: the library would cut it off, not scale it
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    wanted = "RGBA" if picture.has_transparency_data else "RGB"
    seen = picture if picture.mode == wanted else picture.convert(wanted)  # a copy may take hundreds of megabytes
    seen.thumbnail(PREVIEW)
    upright = _upright(seen)
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright if upright.mode == "RGBA" else None)
    return plain


def _upright(picture: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # what a camera wrote about a picture may be damaged while the picture is not
        return picture


def _as_jpeg(picture: Image.Image) -> bytes:
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=QUALITY, optimize=True)
    return content.getvalue()
