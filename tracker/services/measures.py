"""Correcting how a measure was read: its divisions, schedule, weight and steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from tracker.domain.calendar import THAILAND
from tracker.domain.history import EventKind, digest
from tracker.domain.links import LinkCheckUse
from tracker.domain.sentences import N_, Refusal
from tracker.domain.timeframes import Kind, TimeFrame, read_time_frame
from tracker.extensions import db
from tracker.models import Appointment, Division, Measure, Step, Task, TaskState
from tracker.models.base import FOREVER
from tracker.services import events, locks, states

# As the history has it.
LINK_CHECKS = {
    LinkCheckUse.EVIDENCE: "ผลการตรวจสอบลิงก์ประจำเดือน: แนบเป็นหลักฐาน",
    LinkCheckUse.COMPLETION: "ผลการตรวจสอบลิงก์ประจำเดือน: แนบและถือว่าดำเนินการแล้ว",
}


class UnclearTimeFrame(Refusal):
    """The words do not say when something is due."""

    def __init__(self, words: str) -> None:
        super().__init__(
            N_("It is not clear when “%(words)s” falls due. Write it like “ทุกเดือน” or “28 ก.พ. 69 และ 31 ส.ค. 69”."),
            words=words,
        )


class ChangedMeanwhile(Refusal):
    """Two people, or two tabs, changed the same measure."""

    def __init__(self) -> None:
        super().__init__(N_("Somebody saved this measure since you opened it. Open it again and repeat your change."))


@dataclass(frozen=True)
class StepChange:
    """A step as it shall read: no `id` adds it, no `text` takes it out, no `schedule_words` follows the measure."""

    id: int | None
    text: str
    schedule_words: str


@dataclass(frozen=True)
class MeasureChange:
    """A measure as it shall be read. Its printed words stay as they are, the title's in `Measure.source`."""

    title: str
    schedule_words: str
    weight: int
    division_ids: frozenset[int]
    steps: Sequence[StepChange]
    needs_evidence: bool = False
    link_check: LinkCheckUse = LinkCheckUse.NONE
    basis: str = ""  # `basis_of` the measure when the person began


def change(*, measure: Measure, change: MeasureChange, by: Appointment, now: datetime) -> None:
    """
    Correct the reading of a measure. Its tasks follow with `schedules.apply`.

    :raises UnclearTimeFrame: if a time frame cannot be read
    :raises ChangedMeanwhile: if somebody saved the measure since, perhaps the same person in another tab
    """
    locks.hold_plan(measure.plan)
    _look_again(measure)
    before = described(measure)
    if change.basis != digest(before):
        raise ChangedMeanwhile()
    measure.title = change.title
    _reread(measure, change.schedule_words)
    measure.needs_evidence = change.needs_evidence
    _use_link_check(measure, change.link_check, now)
    _assign(measure, change.division_ids)
    for step_change in change.steps:
        _change_step(measure, step_change)
    if measure.weight != change.weight:
        measure.weight = change.weight
        keep_states(measure, now=now)
    after = described(measure)
    if before != after:
        events.record(plan=measure.plan, kind=EventKind.MEASURE_CHANGED, by=by, now=now, before=before, after=after)


def _look_again(measure: Measure) -> None:
    """Read the measure as it stands now: somebody may have saved it while this waited for the plan."""
    db.session.refresh(measure)
    db.session.expire(measure, ["divisions", "steps"])
    steps = select(Step).where(Step.measure_id == measure.id)
    db.session.scalars(steps.execution_options(populate_existing=True)).all()


def basis_of(measure: Measure) -> str:
    """Return what tells whether the measure still is as it was when a person began to change it."""
    return digest(described(measure))


def clear_time_frame(words: str, *, fiscal_year: int) -> TimeFrame:
    """
    Return what a person's words say.

    :raises UnclearTimeFrame: if they do not say when something is due
    """
    read = read_time_frame(words, fiscal_year=fiscal_year)
    if read.kind == Kind.UNCLEAR:
        raise UnclearTimeFrame(words)
    return read


def _reread(measure: Measure, words: str) -> None:
    if words != (measure.schedule_words or measure.time_frame_text):
        measure.schedule = clear_time_frame(words, fiscal_year=measure.plan.fiscal_year)
        measure.schedule_words = words


def _use_link_check(measure: Measure, use: LinkCheckUse, now: datetime) -> None:
    """Say what the month's check does for the measure's tasks, from this month's on."""
    if use != measure.link_check:
        measure.link_check = use
        measure.link_check_from = None if use == LinkCheckUse.NONE else now.astimezone(THAILAND).date()


def _assign(measure: Measure, division_ids: frozenset[int]) -> None:
    """Make these divisions responsible; closed ones stay with what they have done and get nothing new."""
    rows = select(Division).where(Division.organization_id == measure.organization_id)
    known = {one.id: one for one in db.session.scalars(rows.execution_options(populate_existing=True))}
    kept = {division.id for division in measure.divisions if division.closed_on is not None}
    for division_id in division_ids - kept:
        if division_id not in known or known[division_id].closed_on is not None:
            raise Refusal(N_("One of the divisions no longer exists. Load the page again."))
    measure.divisions = [known[division_id] for division_id in sorted(division_ids | kept)]


def _change_step(measure: Measure, change: StepChange) -> None:
    year = measure.plan.fiscal_year
    own = clear_time_frame(change.schedule_words, fiscal_year=year) if change.schedule_words else None
    if change.id is None:
        if change.text:
            order = max((step.order for step in measure.steps), default=0) + 1
            measure.steps.append(
                Step(order=order, text=change.text, own_schedule=own, own_schedule_words=change.schedule_words)
            )
        return
    step = next((step for step in measure.steps if step.id == change.id), None)
    if step is None:
        raise Refusal(N_("One of the steps no longer exists. Load the page again."))
    step.is_retired = not change.text
    step.text = change.text or step.text
    if change.schedule_words != step.own_schedule_words:
        step.own_schedule, step.own_schedule_words = own, change.schedule_words


def described(measure: Measure) -> str:
    """Return what a measure asks for, as the history keeps it."""
    parts = [
        measure.title,
        measure.schedule_words or measure.time_frame_text,
        f"×{measure.weight}",
        ", ".join(division.name for division in measure.divisions),
        *(["ต้องมีหลักฐาน"] if measure.needs_evidence else []),
        *([LINK_CHECKS[measure.link_check]] if measure.link_check in LINK_CHECKS else []),
        *(f"{step.order}. {step.text} ({step.own_schedule_words})" for step in measure.current_steps),
    ]
    return "\n".join(parts)


def keep_states(measure: Measure, *, now: datetime) -> None:
    """Let what figures ask of a measure's tasks – weight and indicator – be from now on as the measure has it."""
    db.session.flush()
    current = db.session.scalars(
        db.select(Task).join(TaskState, TaskState.task_id == Task.id)
        .where(Task.measure_id == measure.id, TaskState.valid_to == FOREVER)
    ).all()  # fmt: skip
    states.keep(tasks=current, now=now)
