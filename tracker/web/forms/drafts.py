"""What a clerk sends on the way from a report to a plan: the file."""

from flask_babel import lazy_gettext
from flask_wtf.file import FileField, FileRequired

from tracker.web.forms.translated import TranslatedForm


class UploadForm(TranslatedForm):
    """The report."""

    report = FileField(lazy_gettext("The report"), validators=[FileRequired(lazy_gettext("Choose the file first."))])
