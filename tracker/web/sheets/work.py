"""Lists of work as files: tasks, what is owed, what waits for a review, measures."""

from collections.abc import Iterator, Sequence

from flask import Response, request
from flask_babel import gettext

from tracker import clock
from tracker.documents.writing.xlsx import MOST_ROWS, Column, Value
from tracker.domain.permissions import Act
from tracker.domain.statuses import Placement
from tracker.models import Task
from tracker.queries import directories, evidence, measures, progress, task_list, tasks
from tracker.queries.directories import Directory
from tracker.web import access, labels
from tracker.web.filters import long_moment, short_date
from tracker.web.forms.task_list import narrowing_from
from tracker.web.loaders import plan_in_view, year_in_view
from tracker.web.sheets.handing import bp, list_file


@bp.get("/tasks/file.xlsx")
@access.signed_in
def all_tasks() -> Response:
    """The list of tasks, narrowed as the page is, all pages of it."""
    plan = year_in_view()
    if plan is None:
        return list_file(gettext("All tasks"), task_columns(), ())
    names = directories.directory(access.user().organization_id, plan.id)
    today = clock.today()
    chosen = narrowing_from(request.args, fiscal_year=plan.fiscal_year, names=names, today=today)
    rows = task_list.every(plan.id, chosen.filter, today=today, limit=MOST_ROWS + 1)
    day = chosen.filter.as_of
    title = gettext("All tasks as of %(day)s", day=short_date(day)) if day else gettext("All tasks")
    return list_file(title, task_columns(), _task_rows(rows, names))


@bp.get("/work/file.xlsx")
@access.signed_in
def my_work() -> Response:
    """What the person's divisions still owe or have handed in."""
    return list_file(gettext("My work"), task_columns(), whole_tasks(tasks.owed_by([d.id for d in access.divisions()])))


@bp.get("/reviews/file.xlsx")
@access.allowed(Act.REVIEW)
def reviews() -> Response:
    found = tasks.all_waiting_for_review(access.user().organization_id)
    return list_file(gettext("Waiting for your review"), task_columns(), whole_tasks(found))


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
    return list_file(gettext("Measures"), columns, _measure_rows())


@bp.get("/evidence/file.xlsx")
@access.signed_in
def all_evidence() -> Response:
    """The evidence of the plan in view that the person may see."""
    columns = [
        Column(gettext("Indicator"), 10),
        Column(gettext("Measure"), 60),
        Column(gettext("Division"), 30),
        Column(gettext("Due on"), 20),
        Column(gettext("Evidence"), 50),
        Column(gettext("Kind"), 12),
        Column(gettext("Version"), 10),
        Column(gettext("Attached"), 26),
        Column(gettext("By"), 40),
        Column(gettext("Address"), 50),
    ]
    return list_file(gettext("Evidence"), columns, _evidence_rows())


def _evidence_rows() -> Iterator[tuple[Value, ...]]:
    plan = year_in_view()
    if plan is None:
        return
    names = directories.directory(access.user().organization_id, plan.id)
    seen = [division_id for division_id in names.divisions if access.sees_inside(division_id)]
    for piece in evidence.of_plan(plan.id, division_ids=seen, limit=MOST_ROWS + 1):
        task = piece.task
        kind = piece.file.kind.upper() if piece.file else gettext("link")
        by = piece.added_by
        moment, position = long_moment(piece.added_at), by.position.title if by else gettext("the program itself")
        yield (
            *(task.measure.indicator, task.measure.title, task.division.name, task.due_on),
            *(piece.title, kind, piece.version, moment, position, piece.url),
        )


def task_columns() -> list[Column]:
    """Return the columns of a list of tasks."""
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


def whole_tasks(found: Sequence[Task]) -> Iterator[tuple[Value, ...]]:
    """Yield the rows of tasks; the words of an obstacle only where the person sees them on the page."""
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
