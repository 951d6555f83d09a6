"""What a clerk sends on the way from a report to a plan: the file, then the corrections of what was read."""

import re
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import MultiDict

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
    """The report."""

    report = FileField(lazy_gettext("The report"), validators=[FileRequired(lazy_gettext("Choose the file first."))])


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
