"""What a subscribed calendar says of each task, in words."""

from datetime import date, datetime

from flask_babel import gettext

from tracker.documents.writing.ics import Agenda, Entry
from tracker.domain.calendar import end_of, start_of
from tracker.domain.feeds import cancelled_from, sequence, shares, shown_from
from tracker.domain.lateness import is_overdue
from tracker.domain.statuses import OPEN, Status
from tracker.models import Feed
from tracker.queries import feeds as queries
from tracker.web import labels
from tracker.web.addresses import base, url_path
from tracker.web.filters import long_date, weekday


def agenda(feed: Feed, *, today: date) -> Agenda:
    """Return the calendar of a feed as it stands on a day, in the language of the moment."""
    user = feed.user
    positions = [appointment.position for appointment in user.appointments_on(today)]
    rows = queries.shown(
        shares(feed.division_id, positions),
        organization_id=user.organization_id,
        due_from=shown_from(today),
        cancelled_from=max(feed.created_at, start_of(cancelled_from(today))),
    )
    name = feed.division.name if feed.division else gettext("My work")
    return Agenda(f"ITA · {name}", tuple(_entry(row, user.organization_id, today) for row in rows))


def changed_at(feed: Feed, agenda: Agenda, *, today: date) -> datetime:
    """Return when a calendar last changed. What days alone bring, such as lateness, comes at midnight."""
    return max(feed.created_at, start_of(today), *(entry.changed_at for entry in agenda.entries))


def _entry(row: queries.Shown, organization_id: int, today: date) -> Entry:
    is_late = is_overdue(status=row.status, due_on=row.due_on, today=today) and not row.is_cancelled
    title = f"{row.title} · {row.division.short_name}"
    address = base() + url_path("tasks.show", task_id=row.task_id)
    is_coming = row.status in OPEN and not is_late and not row.is_cancelled
    return Entry(
        organization_id=organization_id,
        task_id=row.task_id,
        due_on=row.due_on,
        summary=_summary(row, title, is_late),
        description="\n".join([*_description(row, organization_id), address]),
        url=address,
        sequence=sequence(states=row.states, ended=row.ended, is_overdue=is_late),
        changed_at=max(row.changed_at, end_of(row.due_on)) if is_late else row.changed_at,
        categories=("ITA", gettext("Indicator %(number)s", number=row.indicator), row.division.short_name),
        is_cancelled=row.is_cancelled,
        alarm=gettext("Due tomorrow: %(title)s", title=title) if is_coming else "",
    )


def _summary(row: queries.Shown, title: str, is_late: bool) -> str:
    if is_late:
        return gettext("▲ Overdue: %(title)s", title=title)
    if row.status == Status.DONE and not row.is_cancelled:
        return gettext("✓ Done: %(title)s", title=title)
    return title


def _description(row: queries.Shown, organization_id: int) -> list[str]:
    """Return what everybody signed in may read of the task: neither what was reported on it nor by whom."""
    if row.is_cancelled:
        return [gettext("No longer a task of this calendar.")]
    words = {"weekday": weekday(row.due_on), "day": long_date(row.due_on)}
    who = [row.division.name, row.position_title]
    what = [gettext("Indicator %(number)s", number=row.indicator), labels.occasion(row.slot, organization_id)]
    return [
        gettext("due on %(weekday)s %(day)s", **words),
        gettext("Status: %(status)s", status=labels.STATUS[row.status]),
        " · ".join(filter(None, what)),
        " · ".join(filter(None, who)),
    ]
