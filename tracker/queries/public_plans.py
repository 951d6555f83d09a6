"""What the public may know of a plan, in a fixed number of statements whatever the size."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import false, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tracker.domain.feedback import FeedbackState
from tracker.domain.figures import Figures
from tracker.domain.indicators import INDICATORS
from tracker.domain.lateness import is_overdue
from tracker.domain.progress import Progress
from tracker.domain.public_plans import (
    PublicEvidence,
    PublicIndicator,
    PublicMeasure,
    PublicPlan,
    PublicRound,
    PublicTask,
)
from tracker.domain.results import OVERALL, key_of
from tracker.domain.statuses import Placement, Status
from tracker.extensions import db
from tracker.models import (
    Closing,
    Division,
    Event,
    Evidence,
    Feedback,
    Measure,
    Organization,
    Plan,
    PublicWindow,
    StoredFile,
    Task,
    TaskReport,
)
from tracker.models.evidence import is_current
from tracker.queries import closings, progress, scores


@dataclass(frozen=True)
class Address:
    """
    How an open window is found.

    `version` is what everything under the organization's public addresses depends on, beside the day and what citizens
    wrote: it is another one as soon as anything that is shown has changed.
    """

    organization: Organization
    plan: Plan
    window: PublicWindow
    version: tuple[object, ...] = ()


def open_window(public_name: str, fiscal_year: int) -> Address | None:
    """Return the window that is open under a public address: an organization's public name and a year (พ.ศ.)."""
    return next((one for one in windows_of(public_name) if one.plan.fiscal_year == fiscal_year), None)


def windows_of(public_name: str) -> list[Address]:
    """
    Return the open windows of an organization, the newest plan first, each with its version; in one statement.

    The heads of all its plans are in the version, for the scores of a year come with the plan that answers them.
    """
    rows = db.session.execute(
        select(Organization, Plan, PublicWindow)
        .join(Plan, Plan.organization_id == Organization.id)
        .outerjoin(PublicWindow, PublicWindow.plan_id == Plan.id)
        .where(_is_named(public_name))
        .order_by(Plan.fiscal_year.desc())
    ).all()
    version = tuple(part for row in rows for part in _version(*row))
    return [Address(*row, version) for row in rows if row[2] is not None and row[2].is_open]


def _version(organization: Organization, plan: Plan, window: PublicWindow | None) -> tuple[object, ...]:
    shown = window and (window.published_at, window.shows_results, window.shows_obstacles, window.takes_feedback)
    named = (organization.id, organization.name, organization.slug, organization.last_seq, organization.last_hash)
    return (*named, plan.id, plan.last_seq, plan.last_hash, shown)


def said_by_citizens(plan_id: int) -> tuple[object, ...]:
    """Return a mark of what citizens wrote and were answered on a plan's measures, as far as it is shown."""
    rows = db.session.execute(
        select(Feedback.id, Feedback.text, Feedback.answer, Feedback.answered_at, Feedback.is_answer_shown)
        .join(Feedback.measure)
        .where(Measure.plan_id == plan_id, Feedback.state == FeedbackState.SHOWN)
        .order_by(Feedback.id)
    )
    return tuple(map(tuple, rows))


def evidence_of(plan_id: int, key: str) -> Evidence | None:
    """Return the evidence that is public under this key on a plan, with its file."""
    return db.session.scalar(
        select(Evidence)
        .join(Evidence.task)
        .join(Task.measure)
        .where(Task.plan_id == plan_id, Task.placement != Placement.RETIRED, Measure.is_retired.is_(False))
        .where(Evidence.public_key == key, is_current())
        .options(joinedload(Evidence.file))
    )


def open_windows(public_name: str | None = None) -> list[Address]:
    """Return the windows that are open, of one organization or of all, by organization, the newest plan first."""
    named = [] if public_name is None else [_is_named(public_name)]
    rows = db.session.execute(
        select(Organization, Plan, PublicWindow)
        .join(Plan, Plan.organization_id == Organization.id)
        .join(PublicWindow, PublicWindow.plan_id == Plan.id)
        .where(PublicWindow.published_at.is_not(None), *named)
        .order_by(Organization.id, Plan.fiscal_year.desc())
    )
    return [Address(*row, _version(*row)) for row in rows]


def _is_named(public_name: str) -> Any:
    if public_name.isascii() and public_name.isdecimal():
        number = int(public_name[:12])  # in one spelling: each further one would be a door with a throttle of its own
        is_one = str(number) == public_name and number < 2**31
        return Organization.slug.is_(None) & (Organization.id == number) if is_one else false()
    return Organization.slug == public_name


def read(plan: Plan, window: PublicWindow, *, day: date) -> PublicPlan:
    """
    Return what the public is shown of a plan at the end of a local day, whether the window is open yet or not.

    :param window: says what else than the figures is shown
    :param day: today; tasks, words and evidence are as they are now
    """
    figures = progress.as_of(plan.id, day=day)
    known = scores.history(plan.organization_id)
    tasks = _tasks(plan, window, day)
    measures = list(_measures(plan, figures, tasks))
    now, before = (known.of(plan.fiscal_year - back).scores for back in (1, 2))
    return PublicPlan(
        id=plan.id,
        organization=plan.organization.name,
        public_name=plan.organization.public_name,
        fiscal_year=plan.fiscal_year,
        day=day,
        published_at=window.published_at,
        changed_at=_changed_at(plan),
        head_hash=plan.last_hash,
        progress=figures.total,
        indicators=[
            PublicIndicator(
                number=one.number,
                progress=figures.indicators.get(one.number, Progress()),
                score=now.get(key_of(one.number)),
                score_before=before.get(key_of(one.number)),
                measures=[measure for measure in measures if measure.indicator == one.number],
            )
            for one in INDICATORS
        ],
        score=now.get(OVERALL),
        score_before=before.get(OVERALL),
        rounds=_rounds(plan),
        next_deadlines=figures.next_deadlines(),
        takes_feedback=window.takes_feedback,
    )


def _changed_at(plan: Plan) -> datetime:
    last = db.session.scalar(select(func.max(Event.at)).where(Event.plan_id == plan.id))
    return last or plan.created_at


def _measures(plan: Plan, figures: Figures, tasks: Mapping[int, Sequence[PublicTask]]) -> Iterator[PublicMeasure]:
    rows = db.session.scalars(
        select(Measure)
        .where(Measure.plan_id == plan.id, Measure.is_retired.is_(False))
        .options(selectinload(Measure.steps), selectinload(Measure.divisions))
        .order_by(Measure.indicator, Measure.id)
    )
    for indicator, own in groupby(rows, key=lambda row: row.indicator):
        for place, row in enumerate(own, start=1):
            yield PublicMeasure(
                id=row.id,
                indicator=indicator,
                number=f"{indicator}.{place}",
                title=row.title,
                steps=tuple(step.text for step in row.current_steps),
                time_frame=row.schedule_words or row.time_frame_text,
                responsible=", ".join(division.name for division in sorted(row.divisions, key=lambda one: one.order)),
                progress=figures.measures.get(row.id, Progress()),
                tasks=tasks.get(row.id, ()),
            )


def _tasks(plan: Plan, window: PublicWindow, day: date) -> dict[int, list[PublicTask]]:
    """Return the tasks of each measure (by its id), by deadline and division."""
    shown = _evidence(plan)
    # Columns rather than entities: a large plan is read twice as fast.
    rows = db.session.execute(
        select(Task.id, Task.measure_id, Task.due_on, Task.status, Task.submitted_on, Division.name)
        .add_columns(func.coalesce(TaskReport.result, ""), func.coalesce(TaskReport.obstacles, ""))
        .join(Division, Division.id == Task.division_id)
        .outerjoin(TaskReport, TaskReport.task_id == Task.id)
        .where(Task.plan_id == plan.id, Task.placement != Placement.RETIRED)
        .order_by(Task.measure_id, Task.due_on, Division.order, Task.id)
    )
    found: dict[int, list[PublicTask]] = {}
    for id, measure_id, due_on, status, submitted_on, division, result, obstacles in rows:
        is_done = status == Status.DONE
        one = PublicTask(
            id=id,
            division=division,
            due_on=due_on,
            status=status,
            is_overdue=is_overdue(status=status, due_on=due_on, today=day),
            done_on=submitted_on if is_done else None,
            result=result if is_done and window.shows_results else "",
            obstacles=obstacles if window.shows_obstacles else "",
            evidence=shown.get(id, ()),
        )
        found.setdefault(measure_id, []).append(one)
    return found


def _evidence(plan: Plan) -> dict[int, list[PublicEvidence]]:
    """Return what was marked public of each task (by its id)."""
    rows = db.session.scalars(
        select(Evidence)
        .join(Evidence.task)
        .outerjoin(StoredFile, StoredFile.id == Evidence.file_id)
        .options(contains_eager(Evidence.file))
        .where(Task.plan_id == plan.id, Evidence.public_key.is_not(None), is_current())
        .order_by(Evidence.id)
    )
    found: dict[int, list[PublicEvidence]] = {}
    for row in rows:
        size = row.file.size if row.file else None
        one = PublicEvidence(row.public_key or "", row.kind, row.title, row.url, size)
        found.setdefault(row.task_id, []).append(one)
    return found


def _rounds(plan: Plan) -> list[PublicRound]:
    """Return the closed rounds, the latest first; one whose seal is broken is left out."""
    ids = [closing.id for closing in closings.latest(closings.of_plan(plan.id)).values()]
    rows = db.session.execute(
        select(Closing, Event)
        .outerjoin(Event, (Event.plan_id == Closing.plan_id) & (Event.seq == Closing.head_seq + 1))
        .where(Closing.id.in_(ids))
        .order_by(Closing.round_on.desc())
        .execution_options(populate_existing=True)
    )
    return [
        PublicRound(closing.round_on, closing.as_of, closing.snapshot.figures.total, closing.seal)
        for closing, event in rows
        if closing.is_whole(event)
    ]
