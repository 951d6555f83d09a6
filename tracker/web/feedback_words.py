"""The words for what becomes of a citizen's comment."""

from flask import Flask
from flask_babel import lazy_gettext

from tracker.domain.feedback import LONGEST_ANSWER, LONGEST_REASON, FeedbackState, HiddenReason
from tracker.web.public_warnings import PERSONAL

STATE = {
    FeedbackState.NEW: lazy_gettext("waiting to be read"),
    FeedbackState.SHOWN: lazy_gettext("shown"),
    FeedbackState.HIDDEN: lazy_gettext("not shown"),
}

REASON = {
    HiddenReason.OFF_SUBJECT: lazy_gettext("it is not about this measure"),
    HiddenReason.PERSONAL_DATA: lazy_gettext("it contains personal data"),
    HiddenReason.INSULT: lazy_gettext("it insults or accuses somebody"),
    HiddenReason.ADVERTISING: lazy_gettext("it is advertising"),
    HiddenReason.TWICE: lazy_gettext("the same was said already"),
    HiddenReason.OTHER: lazy_gettext("another reason"),
}


def register(app: Flask) -> None:
    """Give the words to the templates."""
    app.jinja_env.globals.update(
        feedback_label=STATE,
        hidden_label=REASON,
        personal_label=PERSONAL,
        longest_reason=LONGEST_REASON,
        longest_answer=LONGEST_ANSWER,
    )
