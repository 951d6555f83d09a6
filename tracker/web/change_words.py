"""How far a plan came between two days, in one sentence."""

from flask_babel import gettext, ngettext

from tracker.domain.figures import Changes
from tracker.web.filters import short_date


def change_words(changes: Changes) -> str:
    """Return how far the plan came since an earlier day, in the page's language."""
    points, done = changes.total.points, changes.total.done
    return gettext(
        "since %(day)s %(points)s, %(done)s",
        day=short_date(changes.since),
        points=_points(points),
        done=ngettext("%(num)d task more is done", "%(num)d tasks more are done", done)
        if done >= 0
        else ngettext("%(num)d task fewer is done", "%(num)d tasks fewer are done", -done),
    )


def _points(points: int | None) -> str:
    """Return by how many percentage points completion changed."""
    if points is None:
        return gettext("nothing can be compared, as no task had been set")
    if points == 0:
        return gettext("unchanged")
    if points < 0:
        return ngettext("down by %(num)d point", "down by %(num)d points", -points)
    return ngettext("up by %(num)d point", "up by %(num)d points", points)
