"""Words and shapes of the preview: how sure a reading is, the days of a schedule, what a cell of the report says."""

from collections.abc import Sequence
from datetime import date

from flask import Flask
from flask_babel import gettext, lazy_gettext

from tracker.documents.reading.markup import lines_of
from tracker.domain.certainty import Certainty
from tracker.domain.consistency import place_of
from tracker.web.filters import short_date

MOST_DAYS = 4

CERTAINTY = {
    Certainty.CERTAIN: lazy_gettext("certain"),
    Certainty.LIKELY: lazy_gettext("likely"),
    Certainty.LOOK: lazy_gettext("please look"),
    Certainty.UNREADABLE: lazy_gettext("cannot be read"),
}
SHAPE = {Certainty.CERTAIN: "●", Certainty.LIKELY: "◐", Certainty.LOOK: "▲", Certainty.UNREADABLE: "■"}
# In the order of `usual_phrases`.
FRAMES = (
    lazy_gettext("in the follow-up rounds"),
    lazy_gettext("at the end of the fiscal year"),
    lazy_gettext("every month"),
    lazy_gettext("every quarter"),
)


def few_days(days: Sequence[date]) -> str:
    """Return the days, or of many the first, the last and how many they are."""
    if len(days) <= MOST_DAYS:
        return ", ".join(map(short_date, days))
    return gettext(
        "%(first)s … %(last)s (%(count)s times)", first=short_date(days[0]), last=short_date(days[-1]), count=len(days)
    )


def register(app: Flask) -> None:
    """Give the words to the templates."""
    app.jinja_env.filters |= {"few_days": few_days, "words_of_cell": lines_of}
    app.jinja_env.globals |= {
        "certainty_label": CERTAINTY,
        "certainty_shape": SHAPE,
        "frame_label": FRAMES,
        "place_of": place_of,
    }
