"""Scores of past assessments, as printed."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from tracker.extensions import db
from tracker.models import Assessment, Finding, Score


def of_years(organization_id: int, *, years: Sequence[int]) -> dict[int, dict[str, Decimal]]:
    """Return `{fiscal year: {score key: value}}` for the years asked for, items left out; empty where there is none."""
    rows = db.session.execute(
        select(Assessment.fiscal_year, Score.key, Score.value)
        .join(Score, Score.assessment_id == Assessment.id)
        .where(
            Assessment.organization_id == organization_id,
            Assessment.fiscal_year.in_(years),
            Score.key.not_like("%:i%") | Score.key.like("indicator:%"),
            Score.key.not_like("%:e%"),
            Score.key.not_like("%:o%"),
        )
    )
    scores: dict[int, dict[str, Decimal]] = {year: {} for year in years}
    for year, key, value in rows:
        scores[year][key] = value
    return scores


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
