"""What a report that is read again says otherwise than the plan: nothing is changed here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.documents.plan_layout import Field as Column
from tracker.documents.reading.draft import MeasureDraft
from tracker.documents.reading.preview import MeasureReading, ReportReading, StepReading, read_steps, responsible_in
from tracker.domain.differences import Match, MeasureWords, Merge, StepWords, merged, pair_measures, pair_steps
from tracker.domain.timeframes import Kind
from tracker.extensions import db
from tracker.models import Measure, Plan, Step


class Field(StrEnum):
    """What of a measure a report can say otherwise."""

    RETURNED = "returned"
    INDICATOR = "indicator"
    TITLE = "title"
    ANALYSIS = "analysis"
    STEP = "step"
    ORDER = "order"
    TIME_FRAME = "time_frame"
    RESPONSIBLE = "responsible"
    DIVISIONS = "divisions"
    BUDGET = "budget"
    SUCCESS = "success"
    WEIGHT = "weight"
    NEEDS_EVIDENCE = "needs_evidence"
    STEP_TIME_FRAME = "step_time_frame"


@dataclass(frozen=True)
class Change:
    """One thing that the report says otherwise; in a conflict a person has changed it in the plan since."""

    measure_id: int
    field: Field
    before: str
    after: str
    is_conflict: bool = False
    step_id: int | None = None

    @property
    def key(self) -> str:
        """What names it in a form."""
        return f"{self.measure_id}-{self.field}" + (f"-{self.step_id}" if self.step_id else "")


@dataclass(frozen=True)
class StepFate:
    """A step of the plan, of the report or of both; `after` is what the report says, "" where it has no such step."""

    step_id: int | None
    place: int | None
    before: str
    after: str
    merge: Merge


@dataclass(frozen=True)
class MeasureDifference:
    """A measure of the plan, its place in the report, and what is said there otherwise."""

    measure_id: int
    indicator: int
    title: str
    place: int
    match: Match
    changes: tuple[Change, ...]
    steps: tuple[StepFate, ...]


@dataclass(frozen=True)
class Named:
    """A measure by its name."""

    measure_id: int
    indicator: int
    title: str


@dataclass(frozen=True)
class Difference:
    """What a report says otherwise than a plan; `new` are places in the report, `missing` what is in the plan only."""

    matched: tuple[MeasureDifference, ...] = ()
    new: tuple[int, ...] = ()
    missing: tuple[Named, ...] = ()
    known: tuple[Named, ...] = field(default=(), compare=False)  # every measure that the plan has or had

    @property
    def changed(self) -> tuple[MeasureDifference, ...]:
        """The measures that are in both and not the same."""
        return tuple(one for one in self.matched if one.changes)

    def __bool__(self) -> bool:
        return bool(self.changed or self.new)


def between(
    plan: Plan,
    reading: ReportReading,
    *,
    chosen: Mapping[int, int | None] | None = None,
) -> Difference:
    """
    Return what the report says otherwise than the plan.

    :param chosen: which measure (by its id) a measure of the report is, by its place; None: it is new
    """
    known = measures_of(plan)
    places = {measure.id: place for place, measure in enumerate(known)}
    pairing = pair_measures(
        [_read_words(printed_of(measure)) for measure in known],
        [_read_words(one.as_printed) for one in reading.measures],
        chosen={place: places.get(id_) if id_ else None for place, id_ in (chosen or {}).items()},
    )
    return Difference(
        matched=tuple(_difference(known[one.known], one, reading.measures[one.read]) for one in pairing.matches),
        new=pairing.new,
        missing=tuple(_named(known[place]) for place in pairing.missing if not known[place].is_retired),
        known=tuple(map(_named, known)),
    )


def measures_of(plan: Plan) -> Sequence[Measure]:
    """Return every measure that a plan has or had, as it stands now."""
    statement = (
        select(Measure)
        .where(Measure.plan_id == plan.id)
        .options(selectinload(Measure.steps), selectinload(Measure.divisions))
        .order_by(Measure.is_retired, Measure.indicator, Measure.id)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement).all()


def printed_of(measure: Measure) -> MeasureDraft:
    """Return a measure as the report had it when it was last read, or as it stands where nobody knows any more."""
    if measure.printed is not None:
        return MeasureDraft.from_json(measure.printed)
    steps = tuple(step.text for step in measure.current_steps)
    return MeasureDraft(
        indicator=measure.indicator,
        title=measure.title,
        analysis=tuple(measure.analysis),
        steps=steps,
        time_frame=measure.time_frame_text,
        responsible=measure.responsible_text,
        source=(),
        budget=measure.budget_text,
        success=measure.success_text,
        weight=measure.weight,
        needs_evidence=measure.needs_evidence,
    )


def _read_words(draft: MeasureDraft) -> MeasureWords:
    return MeasureWords(draft.indicator, draft.title, draft.steps)


def _named(measure: Measure) -> Named:
    return Named(measure.id, measure.indicator, measure.title)


def _difference(measure: Measure, match: Match, reading: MeasureReading) -> MeasureDifference:
    steps = tuple(_fates(measure, reading))
    changes = (
        *_of_itself(measure, reading),
        *_of_steps(measure, steps),
        *_of_schedule(measure, reading),
        *_of_divisions(measure, reading),
        *_of_rhythms(measure, reading, steps),
    )
    return MeasureDifference(measure.id, measure.indicator, measure.title, match.read, match, changes, steps)


def _of_itself(measure: Measure, reading: MeasureReading) -> Iterator[Change]:
    draft, printed = reading.measure, printed_of(measure)
    counted = (
        (Field.WEIGHT, _weight(printed), _weight(measure), _weight(draft)),
        (Field.NEEDS_EVIDENCE, _evidence(printed), _evidence(measure), _evidence(draft)),
    )
    # A workbook may have no more than the divisions that count; those are compared for themselves.
    responsible = draft.responsible if draft.responsible != draft.responsible_words else measure.responsible_text
    if measure.is_retired:
        yield Change(measure.id, Field.RETURNED, "", measure.title)
    for which, base, ours, theirs in (
        (Field.INDICATOR, _number(printed), str(measure.indicator), _number(draft)),
        (Field.TITLE, printed.title, measure.title, draft.title),
        (Field.ANALYSIS, "\n".join(printed.analysis), "\n".join(measure.analysis), "\n".join(draft.analysis)),
        (Field.BUDGET, printed.budget, measure.budget_text, draft.budget),
        (Field.SUCCESS, printed.success, measure.success_text, draft.success),
        (Field.RESPONSIBLE, measure.responsible_text, measure.responsible_text, responsible),
        *(counted if draft.step_words is not None else ()),  # only a plan's own workbook says so
    ):
        merge = merged(printed=base, ours=ours, theirs=theirs)
        if merge != Merge.KEPT and not (which == Field.INDICATOR and not theirs):
            yield Change(measure.id, which, ours, theirs, merge == Merge.CONFLICT)


def _number(draft: MeasureDraft) -> str:
    return str(draft.indicator or "")


def _fates(measure: Measure, reading: MeasureReading) -> Iterator[StepFate]:
    """Yield what becomes of each step: those of the report in its order, then those that are in the plan only."""
    texts = [step.text for step in reading.steps]
    printed = [text or own for text, own in zip(reading.printed_steps, texts, strict=True)]
    steps = sorted(measure.steps, key=lambda step: step.is_retired)  # one that stands is the same before one that left
    pairing = pair_steps([_step_words(step) for step in steps], printed)
    known = {match.read: steps[match.known] for match in pairing.matches}
    for place, text in enumerate(texts):
        if place in known:
            yield _fate(known[place], place, text)
        else:
            yield StepFate(None, place, "", text, Merge.TAKEN)
    for place in pairing.missing:
        yield _fate(steps[place], None, None)


def _step_words(step: Step) -> StepWords:
    return StepWords(step.text, is_printed=False) if step.printed is None else StepWords(step.printed)


def _fate(step: Step, place: int | None, theirs: str | None) -> StepFate:
    ours = None if step.is_retired else step.text
    return StepFate(step.id, place, ours or "", theirs or "", merged(printed=step.printed, ours=ours, theirs=theirs))


def _of_steps(measure: Measure, fates: Sequence[StepFate]) -> Iterator[Change]:
    for fate in fates:
        if fate.merge != Merge.KEPT:
            yield Change(
                measure.id, Field.STEP, fate.before, fate.after, fate.merge == Merge.CONFLICT, step_id=fate.step_id
            )
    places = {fate.step_id: fate.place for fate in fates if fate.place is not None}
    standing = [place for step in measure.current_steps if (place := places.get(step.id)) is not None]
    if standing != sorted(standing):
        yield Change(measure.id, Field.ORDER, "", "")


def _of_schedule(measure: Measure, reading: MeasureReading) -> Iterator[Change]:
    ours, theirs = measure.schedule_words or measure.time_frame_text, reading.words or reading.measure.time_frame
    merge = merged(printed=measure.time_frame_text, ours=ours, theirs=theirs)
    becomes_unclear = reading.time_frame.kind == Kind.UNCLEAR != measure.schedule.kind
    if merge != Merge.KEPT:
        yield Change(measure.id, Field.TIME_FRAME, ours, theirs, merge == Merge.CONFLICT or becomes_unclear)


def _of_divisions(measure: Measure, reading: MeasureReading) -> Iterator[Change]:
    """Yield the change of divisions. What the plan's report said is read once more: only its words are kept."""
    divisions = measure.plan.organization.open_divisions
    printed = responsible_in(measure.responsible_text, divisions=[one.as_named() for one in divisions])
    ours = [one.name for one in measure.divisions if one.closed_on is None]
    wanted = {one.name for one in reading.responsible.divisions}
    theirs = [one.name for one in divisions if one.name in wanted]
    merge = merged(printed={one.name for one in printed.divisions}, ours=set(ours), theirs=set(theirs))
    if merge != Merge.KEPT:
        is_conflict = merge == Merge.CONFLICT or not theirs
        yield Change(measure.id, Field.DIVISIONS, ", ".join(ours), ", ".join(theirs), is_conflict)


def _of_rhythms(measure: Measure, reading: MeasureReading, fates: Sequence[StepFate]) -> Iterator[Change]:
    """Yield when the steps are due otherwise; only a plan's own workbook says so beside them."""
    due = {one.text: one.own_time_frame for one in read_steps(printed_of(measure), measure.plan.fiscal_year)}
    steps = {step.id: step for step in measure.steps}
    for fate in fates if reading.measure.step_words is not None else ():
        if fate.step_id is None or fate.place is None or (not fate.before and fate.merge == Merge.KEPT):
            continue
        step, read = steps[fate.step_id], reading.steps[fate.place]
        merge = merged(printed=due.get(step.printed or ""), ours=step.own_schedule, theirs=read.own_time_frame)
        if merge != Merge.KEPT:
            ours, theirs = _timed(StepReading(step.text, step.own_schedule, step.own_schedule_words)), _timed(read)
            yield Change(measure.id, Field.STEP_TIME_FRAME, ours, theirs, merge == Merge.CONFLICT, step_id=step.id)


def _weight(measure: Measure | MeasureDraft) -> str:
    return f"×{measure.weight}"


def _evidence(measure: Measure | MeasureDraft) -> str:
    return f"{'' if measure.needs_evidence else 'ไม่'}{Column.NEEDS_EVIDENCE}"


def _timed(step: StepReading) -> str:
    return f"{step.text} ({step.own_words})" if step.own_time_frame else step.text
