"""Scores of past assessments, as printed, and what they found."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, select

from tracker.domain.results import History, Result
from tracker.extensions import db
from tracker.models import Assessment, Finding, Score

# What picks the scores of a whole: overall, instruments, indicators, but no items (`IIT:i1`).
_NO_ITEMS = (
    Score.key.not_like("%:i%") | Score.key.like("indicator:%"),
    Score.key.not_like("%:e%"),
    Score.key.not_like("%:o%"),
)


def history(organization_id: int) -> History:
    """Return the results of every year, items left out, with the levels as printed; in one statement."""
    return history_of(db.session.execute(results(organization_id)))


def history_of(rows: Iterable[Sequence[Any]]) -> History:
    """Return the rows of `results` as a value."""
    levels: dict[int, str] = {}
    scores: dict[int, dict[str, Decimal]] = {}
    for year, level, key, value in rows:
        levels[year] = level
        known = scores.setdefault(year, {})
        if key is not None:
            known[key] = Decimal(value)
    return History({year: Result(year, scores[year], level) for year, level in levels.items()})


def results(organization_id: int) -> Select[int, str, str | None, Decimal | None]:
    """Return the statement of every year's level and scores, items left out."""
    return (
        select(Assessment.fiscal_year, Assessment.level, Score.key, Score.value)
        .outerjoin(Score, and_(Score.assessment_id == Assessment.id, *_NO_ITEMS))
        .where(Assessment.organization_id == organization_id)
        .order_by(Assessment.fiscal_year, Score.id)
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
