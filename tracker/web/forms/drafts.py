"""What a clerk sends on the way from a report to a plan: the file, then the corrections of what was read."""

from typing import Any

from flask_babel import lazy_gettext
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import MultiDict

from tracker.domain.thai import clean
from tracker.web.forms.translated import TranslatedForm

FIRST_YEAR, LAST_YEAR = 2560, 2600
LONGEST_WORDS = 300


class UploadForm(TranslatedForm):
    """The report."""

    report = FileField(lazy_gettext("The report"), validators=[FileRequired(lazy_gettext("Choose the file first."))])


def corrections_from(form: MultiDict[str, str], *, count: int) -> dict[str, Any]:
    """Return what the preview's form says about each of `count` measures, as values that a draft's row can keep."""
    year = clean(form.get("year", ""))
    return {
        "year": int(year) if year.isdecimal() and FIRST_YEAR <= int(year) <= LAST_YEAR else None,
        "measures": [
            {
                "schedule_words": clean(form.get(f"words-{place}", ""))[:LONGEST_WORDS],
                "division_names": [clean(name) for name in form.getlist(f"divisions-{place}")],
                "indicator": form.get(f"indicator-{place}", type=int),
            }
            for place in range(count)
        ],
    }
