"""Scores of past assessments, as printed."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import Select, select

from tracker.extensions import db
from tracker.models import Assessment, Finding, Score


def of_years(organization_id: int, *, years: Sequence[int]) -> dict[int, dict[str, Decimal]]:
    """Return `{fiscal year: {score key: value}}` for the years asked for, items left out; empty where there is none."""
    scores: dict[int, dict[str, Decimal]] = {year: {} for year in years}
    for year, key, value in db.session.execute(printed(organization_id, years=years)):
        scores[year][key] = value
    return scores


def printed(organization_id: int, *, years: Sequence[int]) -> Select[int, str, Decimal]:
    """Return the statement of the scores of these years, items left out."""
    return (
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


def unanswered_findings(organization_id: int, *, fiscal_year: int) -> Sequence[Finding]:
    """Return the findings of an assessment that no measure answers."""
    return db.session.scalars(unanswered(organization_id, fiscal_year=fiscal_year)).all()


def unanswered(organization_id: int, *, fiscal_year: int) -> Select[Finding]:
    """Return the statement of the findings of an assessment that no measure answers."""
    return (
        select(Finding)
        .join(Assessment, Assessment.id == Finding.assessment_id)
        .where(
            Assessment.organization_id == organization_id,
            Assessment.fiscal_year == fiscal_year,
            Finding.is_answered.is_(False),
        )
        .order_by(Finding.indicator, Finding.id)
    )
