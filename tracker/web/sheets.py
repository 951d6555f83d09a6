"""Every list as an XLSX file: beside the list, for those who may see the list."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from flask import Blueprint, Response, request, send_file
from flask_babel import gettext

from tracker import clock
from tracker.documents.writing.xlsx import MEDIA_TYPE, MOST_ROWS, Column, Sheet, Value, write
from tracker.domain.permissions import Act
from tracker.domain.statuses import Placement
from tracker.models import Task
from tracker.queries import directories, measures, messages, people, progress, task_list, tasks
from tracker.queries.directories import Directory
from tracker.web import access, downloads, labels
from tracker.web.filters import short_date
from tracker.web.forms.task_list import narrowing_from
from tracker.web.loaders import plan_in_view, year_in_view

bp = Blueprint("sheets", __name__)

MOST_MESSAGES = 500


@bp.get("/tasks/file.xlsx")
@access.signed_in
def all_tasks() -> Response:
    """The list of tasks, narrowed as the page is, all pages of it."""
    plan = year_in_view()
    if plan is None:
        return _file(gettext("All tasks"), _task_columns(), ())
    names = directories.directory(access.user().organization_id, plan.id)
    today = clock.today()
    chosen = narrowing_from(request.args, fiscal_year=plan.fiscal_year, names=names, today=today)
    rows = task_list.every(plan.id, chosen.filter, today=today, limit=MOST_ROWS + 1)
    day = chosen.filter.as_of
    title = gettext("All tasks as of %(day)s", day=short_date(day)) if day else gettext("All tasks")
    return _file(title, _task_columns(), _task_rows(rows, names))


@bp.get("/work/file.xlsx")
@access.signed_in
def my_work() -> Response:
    """What the person's divisions still owe or have handed in."""
    return _file(gettext("My work"), _task_columns(), _whole_tasks(tasks.owed_by([d.id for d in access.divisions()])))


@bp.get("/reviews/file.xlsx")
@access.allowed(Act.REVIEW)
def reviews() -> Response:
    found = tasks.all_waiting_for_review(access.user().organization_id)
    return _file(gettext("Waiting for your review"), _task_columns(), _whole_tasks(found))


@bp.get("/measures/file.xlsx")
@access.signed_in
def all_measures() -> Response:
    columns = [
        Column(gettext("Indicator"), 10),
        Column(gettext("Measure"), 60),
        Column(gettext("Time frame"), 30),
        Column(gettext("Number of divisions"), 12),
        Column(gettext("Steps"), 12),
        Column(gettext("Tasks"), 12),
        Column(gettext("Done"), 12),
        Column(gettext("Overdue"), 12),
    ]
    return _file(gettext("Measures"), columns, _measure_rows())


@bp.get("/notices/file.xlsx")
@access.signed_in
def notices() -> Response:
    columns = [Column(gettext("Day"), 20), Column(gettext("Read"), 12), *_task_columns()]
    return _file(gettext("Notices"), columns, _notice_rows())


@bp.get("/admin/deliveries/file.xlsx")
@access.allowed(Act.ADMINISTER)
def deliveries() -> Response:
    columns = [
        Column(gettext("Day"), 20),
        Column(gettext("To"), 30),
        Column(gettext("State"), 16),
        Column(gettext("Attempts"), 10),
        Column(gettext("The server's answer"), 60),
    ]
    found = messages.recent_deliveries(access.user().organization_id, limit=MOST_ROWS + 1)
    rows = (
        (d.message.digest_on, d.message.user.name, str(labels.DELIVERY[d.state]), d.attempts, d.error) for d in found
    )
    return _file(gettext("Mails"), columns, rows)


@bp.get("/admin/people/file.xlsx")
@access.allowed(Act.ADMINISTER)
def all_people() -> Response:
    columns = [
        Column(gettext("Position"), 40),
        Column(gettext("Role"), 20),
        Column(gettext("Division"), 30),
        Column(gettext("Name"), 30),
        Column(gettext("User name"), 20),
        Column(gettext("E-mail"), 35),
        Column(gettext("From"), 20),
        Column(gettext("Until"), 20),
    ]
    return _file(gettext("People"), columns, _people_rows())


def _file(title: str, columns: Sequence[Column], rows: Sequence | Iterator) -> Response:
    cut = gettext("The list is longer: only its first %(count)s rows are here.", count=f"{MOST_ROWS:,}")
    content = write(Sheet(title, columns, rows, cut))
    plain = str(request.endpoint).rpartition(".")[2].replace("_", "-")
    return downloads.named(send_file(BytesIO(content), MEDIA_TYPE), f"{title}.xlsx", plain=f"{plain}.xlsx")


def _task_columns() -> list[Column]:
    return [
        Column(gettext("Due on"), 20),
        Column(gettext("Indicator"), 10),
        Column(gettext("Measure"), 60),
        Column(gettext("Occasion"), 22),
        Column(gettext("Division"), 30),
        Column(gettext("Position"), 30),
        Column(gettext("Status"), 16),
        Column(gettext("Obstacle"), 40),
        Column(gettext("Schedule"), 16),
    ]


def _task_rows(rows: Iterator[task_list.Row], names: Directory) -> Iterator[tuple[Value, ...]]:
    statuses, outside = labels.statuses(), gettext("outside the schedule")
    sees_inside = {division_id: access.sees_inside(division_id) for division_id in names.divisions}
    for row in rows:
        measure = names.measures[row.measure_id]
        post = names.posts.get(row.position_id) if row.position_id else None
        yield (
            row.due_on,
            measure.indicator,
            measure.title,
            labels.occasion(row.slot),
            names.divisions[row.division_id],
            post.title if post else None,
            statuses[row.status],
            row.blocked_reason if sees_inside[row.division_id] else _known_only(row.blocked_reason),
            outside if row.placement == Placement.OUTSIDE else None,
        )


def _whole_tasks(found: Sequence[Task]) -> Iterator[tuple[Value, ...]]:
    statuses, outside = labels.statuses(), gettext("outside the schedule")
    for task in found:
        yield (
            task.due_on,
            task.measure.indicator,
            task.measure.title,
            labels.occasion(task.slot),
            task.division.name,
            task.position.title if task.position else None,
            statuses[task.status],
            task.blocked_reason if access.sees_inside(task.division_id) else _known_only(task.blocked_reason),
            outside if task.placement == Placement.OUTSIDE else None,
        )


def _known_only(reason: str) -> str:
    """Return that there is an obstacle, not its words: those are for the division, reviewers, executives, auditors."""
    return gettext("obstacle") if reason else ""


def _measure_rows() -> Iterator[tuple[Value, ...]]:
    plan = plan_in_view()
    if plan is None:
        return
    by_measure = progress.as_of(plan.id, day=clock.today()).measures
    for listed in measures.of_plan(plan.id):
        measure, done = listed.measure, by_measure.get(listed.measure.id)
        words = measure.schedule_words or measure.time_frame_text
        figures = (done.countable, done.done, done.overdue) if done else (0, 0, 0)
        yield measure.indicator, measure.title, words, listed.division_count, listed.step_count, *figures


def _notice_rows() -> Iterator[tuple[Value, ...]]:
    yes, no = gettext("yes"), gettext("no")
    for message in messages.of_user(access.user().id, limit=MOST_MESSAGES):
        for row in _whole_tasks([notice.task for notice in message.notices if notice.task]):
            yield message.digest_on, yes if message.read_at else no, *row


def _people_rows() -> Iterator[tuple[Value, ...]]:
    for appointment in people.in_office(access.user().organization_id, today=clock.today()):
        position, user = appointment.position, appointment.user
        title = f"{position.title} {gettext('(acting)')}" if appointment.is_acting else position.title
        division = position.division.name if position.division else None
        role = str(labels.ROLE[position.role])
        yield title, role, division, user.name, user.username, user.email, appointment.starts_on, appointment.ends_on
