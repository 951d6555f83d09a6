"""Why a file is not taken as evidence, each reason with its own sentence."""

from tracker.domain.evidence import MEGABYTE
from tracker.domain.sentences import N_, Refusal


class Unacceptable(Refusal):
    """The file is not taken; the sentence says why and what to do."""


class NoFile(Unacceptable):
    def __init__(self) -> None:
        super().__init__(N_("Choose the file first."))


class OneAtATime(Unacceptable):
    def __init__(self) -> None:
        super().__init__(N_("Send one file at a time, so that each is checked and shown before the next."))


class EmptyFile(Unacceptable):
    def __init__(self) -> None:
        super().__init__(N_("The file is empty (0 bytes). Open it where it came from, save it again and send that."))


class TooLarge(Unacceptable):
    def __init__(self, limit: int) -> None:
        super().__init__(
            N_("The file is larger than %(limit)s MB. Make it smaller, or publish it and add its link here."),
            limit=limit // MEGABYTE,
        )


class WrongEnding(Unacceptable):
    """The name says one thing, the content another."""

    def __init__(self, ending: str, actual: str) -> None:
        super().__init__(
            N_(
                "The name ends in .%(ending)s, but the content is %(actual)s. Give the file its right name and send it."
            ),
            ending=ending,
            actual=actual,
        )


class TwoKindsInOne(Unacceptable):
    """A polyglot: readers disagree on what it is."""

    def __init__(self) -> None:
        super().__init__(
            N_("The file is two kinds in one, which can be dangerous. Save it anew with an ordinary program.")
        )


class Svg(Unacceptable):
    def __init__(self) -> None:
        super().__init__(N_("SVG drawings can carry programs. Save the drawing as PNG or PDF."))


class WebPage(Unacceptable):
    def __init__(self) -> None:
        super().__init__(N_("This is a web page (HTML). Add its link instead, or print it to a PDF."))


class Script(Unacceptable):
    def __init__(self) -> None:
        super().__init__(N_("This is a script: commands for a computer, not evidence."))


class Program(Unacceptable):
    def __init__(self) -> None:
        super().__init__(N_("This is a program. Do not open it, and ask whoever gave it to you where it comes from."))


class Archive(Unacceptable):
    def __init__(self) -> None:
        super().__init__(N_("This is an archive (ZIP, RAR or the like). Take the files out and send them one by one."))


class OldOffice(Unacceptable):
    def __init__(self) -> None:
        super().__init__(
            N_("This is a file of an old Word, Excel or PowerPoint. Save it as .docx, .xlsx or PDF and send that.")
        )


class OtherOffice(Unacceptable):
    """A document of a kind that is not on the list: slides, templates, OpenDocument, rich text."""

    def __init__(self) -> None:
        super().__init__(N_("Documents of this kind are not taken. Save it as PDF, .docx or .xlsx and send that."))


class Macros(Unacceptable):
    def __init__(self) -> None:
        super().__init__(N_("The document contains macros, which are programs. Save it without them, or as PDF."))


class LockedPdf(Unacceptable):
    def __init__(self) -> None:
        super().__init__(
            N_("The PDF is locked with a password or restrictions. Save it without, so that reviewers can read it.")
        )


class LockedOffice(Unacceptable):
    def __init__(self) -> None:
        super().__init__(
            N_("The document is locked with a password. Take the password off: reviewers must be able to read it.")
        )


class ActivePdf(Unacceptable):
    def __init__(self) -> None:
        super().__init__(
            N_("The PDF contains commands that run when it is opened. Print it to a new PDF and send that.")
        )


class TooMuchInside(Unacceptable):
    """A zip bomb."""

    def __init__(self) -> None:
        super().__init__(
            N_("Unpacked, this file would become enormous, which can be dangerous. Save the document anew.")
        )


class StrayParts(Unacceptable):
    """Parts of a document whose names lead out of it."""

    def __init__(self) -> None:
        super().__init__(
            N_("Parts of this document bear names that lead out of it, which can be dangerous. Save it anew.")
        )


class OutsideEntities(Unacceptable):
    """XML that defines entities: it grows without end or reads other files."""

    def __init__(self) -> None:
        super().__init__(N_("The document contains definitions that ordinary programs never write. Save it anew."))


class BrokenPdf(Unacceptable):
    def __init__(self) -> None:
        super().__init__(N_("The PDF is damaged or not complete. Open it, save it again and send that."))


class BrokenOffice(Unacceptable):
    def __init__(self) -> None:
        super().__init__(N_("The document is damaged or not complete. Open it, save it again and send that."))


class BrokenPicture(Unacceptable):
    def __init__(self) -> None:
        super().__init__(N_("The picture is damaged or not complete. Take or save it again and send that."))


class TooManyPixels(Unacceptable):
    def __init__(self, limit: int) -> None:
        super().__init__(
            N_("The picture has more than %(limit)s million pixels. Make it smaller and send it again."),
            limit=limit // 1_000_000,
        )


class OtherPicture(Unacceptable):
    def __init__(self) -> None:
        super().__init__(N_("Pictures of this kind are not taken. Save it as JPG or PNG and send that."))


class SoundOrFilm(Unacceptable):
    def __init__(self) -> None:
        super().__init__(N_("Sound and film are not taken. Publish it and add its link here."))


class UnknownKind(Unacceptable):
    def __init__(self) -> None:
        super().__init__(N_("Files of this kind are not taken. Send a PDF, Word, Excel, JPG, PNG or HEIC file."))
