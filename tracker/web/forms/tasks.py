"""Notes on tasks as they come from a browser."""

from werkzeug.datastructures import MultiDict

NOTE_LENGTH = 2000


def note_from(form: MultiDict[str, str]) -> str:
    """Return the note a person wrote, its line ends as one character and without what no database can hold."""
    return form.get("note", "").replace("\r\n", "\n").replace("\0", "").strip()
