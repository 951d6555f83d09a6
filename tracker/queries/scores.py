"""Scores of past assessments, as printed."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import and_, select

from tracker.domain.results import History, Result
from tracker.extensions import db
from tracker.models import Assessment, Finding, Score

# What picks the scores of a whole: overall, instruments, indicators, but no items (`IIT:i1`).
_NO_ITEMS = (
    Score.key.not_like("%:i%") | Score.key.like("indicator:%"),
    Score.key.not_like("%:e%"),
    Score.key.not_like("%:o%"),
)


def of_years(organization_id: int, *, years: Sequence[int]) -> dict[int, dict[str, Decimal]]:
    """Return `{fiscal year: {score key: value}}` for the years asked for, items left out; empty where there is none."""
    rows = db.session.execute(
        select(Assessment.fiscal_year, Score.key, Score.value)
        .join(Score, Score.assessment_id == Assessment.id)
        .where(
            Assessment.organization_id == organization_id,
            Assessment.fiscal_year.in_(years),
            *_NO_ITEMS,
        )
    )
    scores: dict[int, dict[str, Decimal]] = {year: {} for year in years}
    for year, key, value in rows:
        scores[year][key] = value
    return scores


def history(organization_id: int) -> History:
    """Return the results of every year, items left out, with the levels as printed; in one statement."""
    rows = db.session.execute(
        select(Assessment.fiscal_year, Assessment.level, Score.key, Score.value)
        .outerjoin(Score, and_(Score.assessment_id == Assessment.id, *_NO_ITEMS))
        .where(Assessment.organization_id == organization_id)
        .order_by(Assessment.fiscal_year, Score.id)
    )
    levels: dict[int, str] = {}
    scores: dict[int, dict[str, Decimal]] = {}
    for year, level, key, value in rows:
        levels[year] = level
        known = scores.setdefault(year, {})
        if key is not None:
            known[key] = value
    return History({year: Result(year, scores[year], level) for year, level in levels.items()})


def unanswered_findings(organization_id: int, *, fiscal_year: int) -> Sequence[Finding]:
    """Return the findings of an assessment that no measure answers."""
    return db.session.scalars(
        select(Finding)
        .join(Assessment, Assessment.id == Finding.assessment_id)
        .where(
            Assessment.organization_id == organization_id,
            Assessment.fiscal_year == fiscal_year,
            Finding.is_answered.is_(False),
        )
        .order_by(Finding.indicator, Finding.id)
    ).all()
