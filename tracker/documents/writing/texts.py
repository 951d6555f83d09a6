"""What every writer does to a text before it is put on paper: the digits asked for, nothing that no paper can hold."""

import re

from tracker.documents.writing.paper import Paper
from tracker.domain import thai

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ADDRESS = re.compile(r"(https?://\S+)")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85]")


def printable(text: str) -> str:
    r"""Return the text without characters that XML and fonts refuse; every end of line is `\n`, a tab a blank."""
    return _UNWRITABLE.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " "))


def shown(text: str, *, thai_digits: bool) -> str:
    """Return the text as the paper shows it; an address of the web would lead nowhere with other digits."""
    if not thai_digits:
        return printable(text)
    parts = _ADDRESS.split(printable(text))  # every second one is an address
    return "".join(part if place % 2 else thai.thai_digits(part) for place, part in enumerate(parts))


class Shown:
    """Shows the texts of one paper: `words(text)`; a `Code` takes `words.code(text)`."""

    def __init__(self, paper: Paper) -> None:
        self.thai_digits = paper.has_thai_digits

    def __call__(self, text: str) -> str:
        return shown(text, thai_digits=self.thai_digits)

    @staticmethod
    def code(text: str) -> str:
        """Return letters and digits unchanged."""
        return printable(text)
