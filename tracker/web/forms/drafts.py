"""What a clerk sends on the way from a report to a plan: the file, then the corrections of what was read."""

import re
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import Field, TextAreaField
from wtforms.validators import ValidationError

from tracker.domain.sentences import N_, Refusal
from tracker.domain.thai import arabic_digits, clean
from tracker.web.forms.translated import TranslatedForm

FIRST_YEAR, LAST_YEAR = 2560, 2600
LONGEST_WORDS = 500


class NoFiscalYear(Refusal):
    """Nobody makes a plan for such a year."""

    def __init__(self, written: str) -> None:
        super().__init__(N_("“%(year)s” is not a fiscal year. Write it in พ.ศ., such as 2569."), year=written[:20])


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


def corrections_from(form: MultiDict[str, str], *, count: int) -> dict[str, Any]:
    """Return what the preview's form says about each of `count` measures, as values that a draft's row can keep."""
    return {
        "year": _year(clean(form.get("year", ""))),
        "measures": [
            {
                "schedule_words": clean(form.get(f"words-{place}", ""))[:LONGEST_WORDS],
                "division_names": [clean(name) for name in form.getlist(f"divisions-{place}")],
                "indicator": form.get(f"indicator-{place}", type=int),
            }
            for place in range(count)
        ],
    }


def _year(written: str) -> int | None:
    """
    Return the year written; None where nothing is.

    :raises NoFiscalYear: if it is no fiscal year (พ.ศ.) of these times
    """
    if not written:
        return None
    year = arabic_digits(written)
    if not re.fullmatch("[0-9]{4}", year) or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise NoFiscalYear(written)
    return int(year)
