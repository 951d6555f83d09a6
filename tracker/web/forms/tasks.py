"""Notes on tasks as they come from a browser."""

from werkzeug.datastructures import MultiDict

from tracker.domain.sentences import N_, Refusal

NOTE_LENGTH = 2000


class NoteTooLong(Refusal):
    """A note is a few words, not a document."""

    def __init__(self) -> None:
        super().__init__(N_("Write at most %(count)s characters."), count=NOTE_LENGTH)


def note_from(form: MultiDict[str, str]) -> str:
    """Return the note a person wrote, its line ends as one character and without what no database can hold."""
    return text_from(form.get("note", ""))


def check_note(note: str) -> None:
    """
    Refuse a note that is too long.

    :raises NoteTooLong: if it is
    """
    if len(note) > NOTE_LENGTH:
        raise NoteTooLong()


def text_from(written: str) -> str:
    """Return a text of several lines as it is kept: line ends as one character, without what no database can hold."""
    return written.replace("\r\n", "\n").replace("\0", "").strip()
