"""What the overview needs beside the figures of a plan, in one statement: scores, findings, days off, addresses."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Integer, String, cast, literal, null, select, union_all

from tracker.domain.calendar import Calendar
from tracker.domain.results import History
from tracker.extensions import db
from tracker.models import Holiday, Plan
from tracker.queries import link_figures, scores
from tracker.queries.decisions import OpenFinding
from tracker.queries.link_figures import ListReach


@dataclass
class Around:
    """The results of all years, the findings that no measure answers, the working days, how the addresses stand."""

    results: History
    findings: list[OpenFinding]
    calendar: Calendar
    reach: ListReach


def around(plan: Plan) -> Around:
    """Return what surrounds a plan: results of all years, what its assessment found, days off, its items' addresses."""
    results = scores.results(plan.organization_id).order_by(None).subquery().c
    findings = scores.unanswered(plan.organization_id, fiscal_year=plan.fiscal_year - 1).order_by(None).subquery().c
    links = link_figures.counted(plan.organization_id, fiscal_year=plan.fiscal_year).subquery().c
    number, word = cast(null(), Integer), cast(null(), String)
    rows = db.session.execute(
        union_all(
            select(
                literal("result"), results.fiscal_year, results.key, cast(results.value, String),
                cast(results.level, String), number,
            ),
            select(literal("finding"), findings.indicator, word, cast(findings.text, String), word, findings.id),
            select(literal("holiday"), number, word, cast(Holiday.on_day, String), word, number).where(
                Holiday.organization_id == plan.organization_id
            ),
            select(literal("link"), links["count"], word, cast(links.verdict, String), word, links.fiscal_year),
        )
    ).all()  # fmt: skip
    found = sorted((indicator, id, text) for what, indicator, _, text, _, id in rows if what == "finding")
    return Around(
        results=scores.history_of(
            (year, level, key, value) for what, year, key, value, level, _ in rows if what == "result"
        ),
        findings=[OpenFinding(indicator, text) for indicator, _, text in found],
        calendar=Calendar(frozenset(date.fromisoformat(row[3]) for row in rows if row[0] == "holiday")),
        reach=ListReach.of((verdict, count, year) for what, count, _, verdict, _, year in rows if what == "link"),
    )
