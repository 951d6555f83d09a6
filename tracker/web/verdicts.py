"""The one sentence that says how a plan, or a part of it, stands."""

from flask_babel import gettext, ngettext

from tracker.domain.figures import Figures
from tracker.web.filters import long_date


def verdict(figures: Figures) -> str:
    """Return in one sentence whether the plan is on course and who holds it up most."""
    total = figures.total
    if total.percent is None:
        return gettext("No task has been set yet.")
    verdict = gettext(
        "%(done)s%% is done, %(expected)s%% should be, as of %(day)s",
        done=total.percent,
        expected=total.expected_percent,
        day=long_date(figures.day),
    )
    if not total.overdue:
        return verdict
    division, worst = figures.most_late()[0]
    late = ngettext(
        "%(division)s is late with %(num)d task",
        "%(division)s is late with %(num)d tasks",
        worst.overdue,
        division=division.name,
    )
    return f"{verdict} – {late}"
