"""Bringing a measure into line with what a report says of it now, what a person made of it kept."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from tracker.documents.reading.preview import MeasureReading, StepReading
from tracker.domain.differences import Merge
from tracker.domain.timeframes import step_time_frame
from tracker.domain.timeframes.phrases import phrase_for
from tracker.extensions import db
from tracker.models import Measure, Step
from tracker.queries.differences import Change, Field, MeasureDifference, StepFate
from tracker.services import imports


def bring_into_line(
    measure: Measure, difference: MeasureDifference, reading: MeasureReading, *, theirs: Collection[str]
) -> tuple[str, str]:
    """
    Take over what the report says and nobody changed since, and return what changed as it was and as it is.

    :param theirs: in which conflicts (`Change.key`) the report counts; the plan stays as it is in the others
    """
    before, after = [measure.title], []
    for change in difference.changes:
        if not _counts(change, theirs):
            continue
        if change.before or change.after:
            before.append(change.before)
            after.append(change.after)
        _take_change(measure, change, reading)
    _take_steps(measure, difference, reading, theirs)
    _note_printed(measure, reading)
    return "\n".join(before), "\n".join([measure.title, *after])


def _counts(change: Change, theirs: Collection[str]) -> bool:
    return not change.is_conflict or change.key in theirs


def _take_change(measure: Measure, change: Change, reading: MeasureReading) -> None:
    draft = reading.measure
    match change.field:
        case Field.RETURNED:
            measure.is_retired = False
        case Field.INDICATOR if draft.indicator is not None:
            measure.indicator = draft.indicator
        case Field.TITLE | Field.WEIGHT | Field.NEEDS_EVIDENCE:
            setattr(measure, change.field, getattr(draft, change.field))
        case Field.ANALYSIS:
            measure.analysis = list(draft.analysis)
        case Field.BUDGET:
            measure.budget_text = draft.budget
        case Field.SUCCESS:
            measure.success_text = draft.success
        case Field.TIME_FRAME:
            measure.schedule, measure.schedule_words = reading.time_frame, reading.words
            measure.time_frame_text = draft.time_frame
        case Field.DIVISIONS:
            names = {division.name for division in reading.responsible.divisions}
            wanted = [one for one in measure.plan.organization.open_divisions if one.name in names]
            closed = [one for one in measure.divisions if one.closed_on is not None]
            measure.divisions = [*wanted, *closed]


def _note_printed(measure: Measure, reading: MeasureReading) -> None:
    """Keep the report's own words, also where the plan keeps those of a person."""
    draft = reading.measure
    measure.printed = reading.as_printed.without_cells()
    measure.responsible_text = draft.responsible
    measure.source = [list(cells) for cells in draft.source]
    if measure.time_frame_text != draft.time_frame:
        measure.schedule_words = measure.schedule_words or measure.time_frame_text
        measure.time_frame_text = draft.time_frame


def _take_steps(
    measure: Measure, difference: MeasureDifference, reading: MeasureReading, theirs: Collection[str]
) -> None:
    changes = {change.step_id: change for change in difference.changes if change.field == Field.STEP}
    timed = {one.step_id for one in difference.changes if one.field == Field.STEP_TIME_FRAME and _counts(one, theirs)}
    known = {step.id: step for step in measure.steps}
    places: dict[Step, int] = {}
    for fate in difference.steps:
        if fate.step_id is None:
            step = imports.new_step(reading, fate.place or 0, len(measure.steps) + 1)
            measure.steps.append(step)
        else:
            step = known[fate.step_id]
            counts = fate.merge != Merge.KEPT and _counts(changes[fate.step_id], theirs)
            _take_step(step, fate, reading, counts=counts)
            if fate.place is not None and fate.step_id in timed:
                _take_rhythm(step, reading.steps[fate.place])
        if fate.place is not None:
            places[step] = fate.place
    unknown = Counter(reading.steps_left_out) - Counter(filter(None, (step.printed for step in measure.steps)))
    measure.steps += [imports.step_left_out(text, len(measure.steps) + 1) for text in unknown.elements()]
    db.session.flush()
    for order, step in enumerate(_in_order(measure.steps, places), start=1):
        step.order = order
    db.session.flush()
    db.session.expire(measure, ["steps"])


def _take_step(step: Step, fate: StepFate, reading: MeasureReading, *, counts: bool) -> None:
    read = None if fate.place is None else reading.steps[fate.place]
    if counts and read is None:
        step.is_retired = True
    elif counts and read is not None:
        # Unless somebody gave it a rhythm of its own; what a plan's own workbook says of it is a change of its own.
        if reading.measure.step_words is None and step.own_schedule_words == _own_words(step):
            _take_rhythm(step, read)
        step.text, step.is_retired = read.text, False
    if fate.place is not None:
        step.printed = reading.printed_steps[fate.place]
    elif step.printed not in reading.as_printed.steps:  # the report has it no longer, or a person left it out
        step.printed = None


def _take_rhythm(step: Step, read: StepReading) -> None:
    step.own_schedule, step.own_schedule_words = read.own_time_frame, read.own_words


def _own_words(step: Step) -> str:
    """Return in words the rhythm that was read of the step as the report had it."""
    own = step_time_frame(step.printed or step.text, fiscal_year=step.measure.plan.fiscal_year)
    return phrase_for(own) if own else ""


def _in_order(steps: Sequence[Step], places: Mapping[Step, int]) -> list[Step]:
    """Return the steps in the report's order; one that it does not have stays behind the one that it followed."""
    followers: dict[Step | None, list[Step]] = {None: []}
    last: Step | None = None
    for step in steps:
        if step in places:
            last = step
            followers[step] = [step]
        else:
            followers[last].append(step)
    ordered: Collection[Step] = sorted(places, key=lambda step: places[step])
    return [*followers[None], *(one for step in ordered for one in followers[step])]
