"""What the overview needs beside the figures of a plan, in one statement: scores, findings, days off."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import Integer, String, cast, literal, null, select, union_all

from tracker.domain.calendar import Calendar
from tracker.extensions import db
from tracker.models import Holiday, Plan
from tracker.queries import scores
from tracker.queries.decisions import OpenFinding


@dataclass
class Around:
    """The scores of years by their keys, the findings that no measure answers, and the office's working days."""

    scores: dict[int, dict[str, Decimal]]
    findings: list[OpenFinding] = field(default_factory=list)
    calendar: Calendar = field(default_factory=Calendar)


def around(plan: Plan, *, years: Sequence[int]) -> Around:
    """Return what surrounds a plan: printed scores of fiscal years, what its assessment found, days off."""
    printed = scores.printed(plan.organization_id, years=years).subquery()
    open_findings = scores.unanswered(plan.organization_id, fiscal_year=plan.fiscal_year - 1).order_by(None).subquery()
    nothing, no_word = cast(null(), Integer), cast(null(), String)
    rows = db.session.execute(
        union_all(
            select(literal("score"), printed.c.fiscal_year, printed.c.key, cast(printed.c.value, String), nothing),
            select(
                literal("finding"), open_findings.c.indicator, no_word, cast(open_findings.c.text, String),
                open_findings.c.id,
            ),
            select(literal("holiday"), nothing, no_word, cast(Holiday.on_day, String), nothing).where(
                Holiday.organization_id == plan.organization_id
            ),
        )
    ).all()  # fmt: skip
    found = Around({year: {} for year in years})
    for what, year, key, value, _ in rows:
        if what == "score":
            found.scores[year][key] = Decimal(value)
    in_order = sorted((indicator, id, text) for what, indicator, _, text, id in rows if what == "finding")
    found.findings = [OpenFinding(indicator, text) for indicator, _, text in in_order]
    found.calendar = Calendar(frozenset(date.fromisoformat(day) for what, _, _, day, _ in rows if what == "holiday"))
    return found
