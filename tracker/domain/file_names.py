"""Names of files as people may keep them: whole in Thai, harmless on every system."""

import re
import unicodedata

from tracker.domain.thai import nfc

LONGEST_NAME = 200
UNNAMED = "หลักฐาน"
_FORBIDDEN = re.compile(r'[<>:"|?*]')  # Windows keeps no file of such a name
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)", re.IGNORECASE)
_ENDING = re.compile(r"\.((?=[0-9]*[A-Za-z])[A-Za-z0-9]{1,10})$")  # “ก.พ.69” ends in a year, not in an ending
# Control characters, invisible ones that turn or hide what is read, halves of characters.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})


def clean_name(written: str) -> str:
    """Return the last part of an uploaded file's name, NFC, without what no name may hold; "" where nothing stays."""
    last = re.split(r"[/\\]", nfc(written).rstrip("/\\"))[-1]
    visible = "".join(" " if c in "\t\n\r" else c for c in last if c in "\t\n\r" or _is_visible(c))
    name = _FORBIDDEN.sub("_", " ".join(visible.split())).strip(". ")
    return shortened(f"_{name}" if _RESERVED.match(name) else name, LONGEST_NAME)


def ending_of(name: str) -> str:
    """Return the ending of a name in small letters, without its dot; "" where it has none."""
    found = _ENDING.search(name)
    return found[1].lower() if found else ""


def with_ending(name: str, ending: str) -> str:
    """Return a clean name, with this ending where it has none (phones name pictures without)."""
    if not name or name.lower() == ending:
        return f"{UNNAMED}.{ending}"
    return name if ending_of(name) else shortened(f"{name}.{ending}", LONGEST_NAME)


def shortened(name: str, longest: int) -> str:
    """Cut the middle out of what is too long: the ending stays, and no vowel or tone mark loses its letter."""
    if len(name) <= longest:
        return name
    found = _ENDING.search(name)
    ending = found[0] if found else ""
    end = longest - len(ending) - 1
    while end and unicodedata.category(name[end]) == "Mn":
        end -= 1
    return f"{name[:end].rstrip('. ')}…{ending}"


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in _INVISIBLE
