"""Keeping the results that a report prints, also of a year that is known already."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from tracker.documents.reading.preview import ReportReading
from tracker.domain import findings as rules
from tracker.domain.changes import ChangeKind
from tracker.extensions import db
from tracker.models import Appointment, Assessment, Finding, Measure, Organization, Plan, Score
from tracker.services import changes, imports


@dataclass(frozen=True)
class Differing:
    """A figure, or the level, that is known already and printed otherwise."""

    key: str
    known: str
    printed: str


@dataclass(frozen=True)
class ScoreDifference:
    """What a report adds to the result of a year (พ.ศ.), and what it says otherwise."""

    year: int
    is_new: bool
    added: int = 0
    differing: tuple[Differing, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.differing)


def differences(*, organization_id: int, reading: ReportReading) -> tuple[ScoreDifference, ...]:
    """Return what the report says otherwise than is known of each year, the newest year first."""
    years = sorted({figure.year for figure in reading.draft.figures}, reverse=True)
    found = (_difference(_known(organization_id, year), reading, year) for year in years)
    return tuple(one for one in found if one)


def keep(
    *,
    organization: Organization,
    reading: ReportReading,
    replaced: Collection[int] = (),
    by: Appointment | None,
    now: datetime,
) -> bool:
    """
    Keep what is new in the report's results, and what is printed otherwise for the years in `replaced`.

    Returns whether anything was changed; what was is in the organization's record.
    """
    before: list[str] = []
    after: list[str] = []
    for difference in differences(organization_id=organization.id, reading=reading):
        known, year = _known(organization.id, difference.year), difference.year
        if known is None:
            db.session.add(imports.new_assessment(organization, reading, year))
        else:
            _complete(known, reading, is_replaced=year in replaced)
        if difference.added:
            after.append(f"{year} +{difference.added}")
        if year in replaced:
            before += [f"{year} {one.key} {one.known}" for one in difference.differing]
            after += [f"{year} {one.key} {one.printed}" for one in difference.differing]
    if after:
        changes.record(
            organization_id=organization.id,
            kind=ChangeKind.SCORES_KEPT,
            by=by,
            now=now,
            before="\n".join(before),
            after="\n".join(after),
        )
    return bool(after)


def answer(plan: Plan) -> None:
    """Note which findings of the year before a plan its measures answer now."""
    assessment = _known(plan.organization_id, plan.fiscal_year - 1)
    if assessment is None:
        return
    in_plan = select(Measure).where(Measure.plan_id == plan.id, Measure.is_retired.is_(False))
    texts = [_text_of(one) for one in db.session.scalars(in_plan)]
    left = {_key(one) for one in rules.unanswered(map(_as_rule, assessment.findings), texts)}
    for finding in assessment.findings:
        finding.is_answered = _key(_as_rule(finding)) not in left
    db.session.flush()


def _known(organization_id: int, year: int) -> Assessment | None:
    return db.session.scalar(
        select(Assessment).where(Assessment.organization_id == organization_id, Assessment.fiscal_year == year)
    )


def _written(score: Decimal) -> str:
    """Return a score as reports print it, two decimals unless it has more."""
    return f"{score:.2f}" if score == round(score, 2) else str(score)


def _difference(known: Assessment | None, reading: ReportReading, year: int) -> ScoreDifference:
    printed: dict[str, Decimal] = imports.printed_scores(reading.draft, year)
    if known is None:
        return ScoreDifference(year, is_new=True, added=len(printed))
    scores = {score.key: score.value for score in known.scores}
    differing = [
        Differing(key, _written(scores[key]), _written(value))
        for key, value in printed.items()
        if key in scores and scores[key] != value
    ]
    added = len(printed.keys() - scores.keys())
    if year == reading.draft.assessment_year:
        level = reading.draft.level
        if level and known.level and level != known.level:
            differing.append(Differing("level", known.level, level))
        theirs, ours = set(map(_key, reading.draft.findings)), {_key(_as_rule(one)) for one in known.findings}
        if theirs and ours and theirs != ours:
            differing.append(Differing("findings", str(len(known.findings)), str(len(reading.draft.findings))))
        added += (0 if known.level else bool(level)) + (0 if ours else len(reading.draft.findings))
    return ScoreDifference(year, is_new=False, added=added, differing=tuple(differing))


def _complete(known: Assessment, reading: ReportReading, *, is_replaced: bool) -> None:
    scores = {score.key: score for score in known.scores}
    for key, value in imports.printed_scores(reading.draft, known.fiscal_year).items():
        if key not in scores:
            known.scores.append(Score(key=key, value=value))
        elif is_replaced:
            scores[key].value = value
    if known.fiscal_year == reading.draft.assessment_year:
        if reading.draft.level and (is_replaced or not known.level):
            known.level = reading.draft.level
        if reading.draft.findings and (is_replaced or not known.findings):
            known.findings = imports.new_findings(reading)
    db.session.flush()


def _as_rule(finding: Finding) -> rules.Finding:
    return rules.Finding(
        finding.indicator, finding.instrument, tuple(finding.items), finding.text, finding.recommendation
    )


def _key(finding: rules.Finding) -> tuple[int, tuple[str, ...], str]:
    return finding.indicator, finding.items, finding.text


def _text_of(measure: Measure) -> rules.MeasureText:
    steps = tuple(step.text for step in measure.current_steps)
    return rules.MeasureText(measure.indicator, measure.title, tuple(measure.analysis), steps)
