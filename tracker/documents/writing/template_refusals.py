"""Why a template of the organization's own cannot be used: each a sentence for whoever wrote it."""

from tracker.domain.sentences import N_, Refusal


class UnusableTemplate(Refusal):
    """The template cannot be used."""


class UnknownField(UnusableTemplate):
    """It asks for a field that there is not; often a letter is missing."""

    def __init__(self, name: str, near: str, place: str) -> None:
        if near and place:
            message = N_("There is no field “%(name)s” for templates (near to it: %(near)s). It stands in: “%(place)s”")
        elif near:
            message = N_("There is no field “%(name)s” for templates (near to it: %(near)s).")
        elif place:
            message = N_("There is no field “%(name)s” for templates. It stands in: “%(place)s”")
        else:
            message = N_("There is no field “%(name)s” for templates.")
        super().__init__(message, name=name[:60], near=near, place=place)


class Unfillable(UnusableTemplate):
    """Its marks are not written as they must be."""

    def __init__(self, place: str) -> None:
        message = N_("The marks of the template cannot be read. Compare them with the example.")
        if place:
            message = N_(
                "The marks of the template cannot be read. Compare them with the example. Look near “%(place)s”."
            )
        super().__init__(message, place=place)


class Unclosed(UnusableTemplate):
    """A repetition or condition has a beginning and no end."""

    def __init__(self) -> None:
        super().__init__(N_("A repetition or condition in the template has no end: an endfor or endif is missing."))


class Forbidden(UnusableTemplate):
    """It reaches for what no template needs."""

    def __init__(self) -> None:
        super().__init__(N_("A template may only show fields, repeat over them and leave parts out. It asks for more."))


class TooMuchAsked(UnusableTemplate):
    """It never comes to its end, or needs more room than the machine may give it."""

    def __init__(self) -> None:
        super().__init__(N_("Filling the template takes too long or too much memory. Look for loops within loops."))


class LeadsOutside(UnusableTemplate):
    """It draws in pictures or templates from other places when it is opened."""

    def __init__(self) -> None:
        super().__init__(
            N_("The template draws in something from outside the file, such as a linked picture. Put it into the file.")
        )


class BodyNotAlone(UnusableTemplate):
    """The report's body is whole paragraphs and tables, and cannot stand in the middle of a line."""

    def __init__(self) -> None:
        super().__init__(
            N_("Write the field body once, with a p before it, in a paragraph of its own outside of any table.")
        )


class Unreadable(UnusableTemplate):
    """Word would not open it either, or what comes of it."""

    def __init__(self) -> None:
        super().__init__(N_("The template cannot be opened as a Word file. Save it anew in Word as .docx."))


class NotWord(UnusableTemplate):
    """Another kind of file was sent."""

    def __init__(self) -> None:
        super().__init__(N_("A template is a Word file (.docx). Save it as that and send it again."))
