"""What a clerk sends on the way from a report to a plan: the file, or a pasted table."""

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField
from wtforms import Field, TextAreaField
from wtforms.validators import ValidationError

from tracker.domain.thai import clean
from tracker.web.forms.translated import TranslatedForm


class UploadForm(TranslatedForm):
    """The report: a file, or by the page's second button a table that was pasted."""

    report = FileField(lazy_gettext("The report as a file"))
    table = TextAreaField(lazy_gettext("A table pasted from Word, Excel or a web page"))

    @property
    def is_pasted(self) -> bool:
        """Whether the second button was pressed."""
        return bool(self.table.raw_data)

    def validate_report(self, field: Field) -> None:
        if not self.is_pasted and not field.data:
            raise ValidationError(gettext("Choose the file first."))

    def validate_table(self, field: Field) -> None:
        if self.is_pasted and not clean(field.data):
            raise ValidationError(gettext("Paste the table first."))

    def received(self, limit: int) -> tuple[bytes, str]:
        """Return what was sent and its name: of a file as much as `limit` bytes and one more."""
        if self.is_pasted:
            return self.table.data.encode(), gettext("Pasted table")
        return self.report.data.stream.read(limit + 1), self.report.data.filename or ""
