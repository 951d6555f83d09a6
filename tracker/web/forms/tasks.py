"""Notes on tasks as they come from a browser."""

from werkzeug.datastructures import MultiDict

NOTE_LENGTH = 2000


def note_from(form: MultiDict[str, str]) -> str:
    """Return the note a person wrote, its line ends as one character and without what no database can hold."""
    return text_from(form.get("note", ""))


def text_from(written: str) -> str:
    """Return a text of several lines as it is kept: line ends as one character, without what no database can hold."""
    return written.replace("\r\n", "\n").replace("\0", "").strip()
