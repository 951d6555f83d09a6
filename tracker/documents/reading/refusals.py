"""Why a report cannot be read, each reason with its own sentence."""

from tracker.domain.sentences import N_, Refusal

MEGABYTE = 1024 * 1024
MAX_BYTES = 5 * MEGABYTE  # of text
MOST_BYTES = 20 * MEGABYTE  # of a document


class UnreadableReport(Refusal):
    """The file is not a report we can read; the sentence says why and what to do."""


class EmptyReport(UnreadableReport):
    def __init__(self) -> None:
        super().__init__(N_("The file is empty."))


class ReportTooLarge(UnreadableReport):
    def __init__(self, limit: int = MAX_BYTES) -> None:
        super().__init__(N_("The file is too large: a report may have at most %(limit)s MB."), limit=limit // MEGABYTE)


class NotText(UnreadableReport):
    """The file only bears the name of a text file: it is a picture, an archive, a program."""

    def __init__(self, kind: str | None = None) -> None:
        if kind is None:
            super().__init__(N_("This is not a text file."))
        else:
            super().__init__(N_("This is not a text file but %(kind)s under another name."), kind=kind)


class DamagedText(UnreadableReport):
    def __init__(self) -> None:
        super().__init__(N_("The text is damaged: parts of its letters are missing. Please save it again as UTF-8."))


class NotThai(UnreadableReport):
    def __init__(self) -> None:
        super().__init__(
            N_("The text is not Thai, or is saved in an encoding we do not know. Please save it as UTF-8.")
        )


class NoMeasures(UnreadableReport):
    def __init__(self) -> None:
        super().__init__(
            N_("No measures were found: a report needs a table with columns for measures, steps and time frame.")
        )


class ReportTooLong(UnreadableReport):
    """A plan has about ten measures; what has thousands is a mistake that would become a million tasks."""


class WebPage(UnreadableReport):
    """Also what some systems call an Excel file and is a table in HTML."""

    def __init__(self) -> None:
        super().__init__(
            N_("This is a web page (HTML). Open it in Word or Excel and save it as .docx or .xlsx, or paste its table.")
        )


class Picture(UnreadableReport):
    def __init__(self) -> None:
        super().__init__(
            N_("This is a picture, in which nothing can be read. Send the document it was made of, or type its table.")
        )


class NoDocument(UnreadableReport):
    def __init__(self) -> None:
        super().__init__(N_("This is no document. Send Word (.docx), Excel (.xlsx), PDF or text."))


class LockedReport(UnreadableReport):
    def __init__(self) -> None:
        super().__init__(
            N_("The document is locked with a password. Take the password off in Word or Excel and send it again.")
        )


class StrictOffice(UnreadableReport):
    """Word and Excel offer a second form of the same ending, which few programs read."""

    def __init__(self) -> None:
        super().__init__(
            N_("This is saved as “Strict Open XML”. Save it as an ordinary Word document or Excel workbook.")
        )


class TookTooLong(UnreadableReport):
    def __init__(self) -> None:
        super().__init__(N_("Reading this file took too long. Save only the tables of the plan and send those."))


class TookTooMuch(UnreadableReport):
    """More memory, or an answer larger than any report's."""

    def __init__(self) -> None:
        super().__init__(
            N_("This file holds more than can be read. Take the pictures out, or save only the tables of the plan.")
        )


class TooManyAtOnce(UnreadableReport):
    """Each of them may take much memory, and the machine is a small one."""

    def __init__(self) -> None:
        super().__init__(N_("Several files are being read at this moment. Wait a minute and send this one again."))


class ReadingBroke(UnreadableReport):
    """The process that read it ended without an answer."""

    def __init__(self) -> None:
        super().__init__(
            N_("This file could not be read: it is unusual or damaged. Copy its tables into a new document.")
        )


class PasswordPdf(UnreadableReport):
    def __init__(self) -> None:
        super().__init__(N_("The PDF is locked with a password. Please save it without one and send it again."))


class ScannedPdf(UnreadableReport):
    def __init__(self) -> None:
        super().__init__(
            N_("This file is a scanned picture without text. Please send the Word file, or a PDF saved from Word.")
        )


class LettersUnknown(UnreadableReport):
    """The fonts of a PDF do not say which letters they draw: what can be seen cannot be read."""

    def __init__(self) -> None:
        super().__init__(
            N_("No Thai text can be read from this PDF. Please send the Word file, or a PDF saved again from Word.")
        )
