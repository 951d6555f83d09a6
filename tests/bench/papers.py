"""Making papers: what a large one takes against as many times the small one; 1: it grows with what it tells."""

import time

from flask import Flask

from tests.bench.imports import workbook
from tests.bench.world import NOW, TODAY, build
from tracker.documents.reading.plan_workbook import read_plan_workbook
from tracker.documents.reading.preview import read_draft
from tracker.domain.issues import IssueKind, Scope
from tracker.domain.responsibles import USUAL_DIVISIONS
from tracker.extensions import db
from tracker.jobs.issuing import WRITERS
from tracker.queries import papers
from tracker.services import imports, organizations

FEW_TASKS, MANY_TASKS = 200, 2_000
FEW_MEASURES, MANY_MEASURES = 10, 200
STEPS = 5


def bench_papers(app: Flask, database: str) -> None:
    """Print a line for the follow-up report over many tasks, and one for the plan with many measures."""
    with app.app_context():
        of_tasks = [build(tasks)[0].id for tasks in (FEW_TASKS, MANY_TASKS)]
        _compare("follow-up", Scope(IssueKind.FOLLOW_UP), of_tasks, (FEW_TASKS, MANY_TASKS), database)
        of_measures = [_plan(measures) for measures in (FEW_MEASURES, MANY_MEASURES)]
        _compare("plan", Scope(IssueKind.PLAN), of_measures, (FEW_MEASURES, MANY_MEASURES), database)


def _plan(measures: int) -> int:
    draft = read_plan_workbook(workbook(measures, STEPS), tell=lambda _done, _total: None)
    assert draft is not None
    organization = organizations.create(name=f"เทศบาลที่มี {measures} มาตรการ", divisions=USUAL_DIVISIONS)
    reading = read_draft(draft, divisions=USUAL_DIVISIONS)
    plan = imports.create_plan(organization=organization, reading=reading, by=None, now=NOW, today=TODAY)
    db.session.commit()
    return plan.id


def _compare(paper: str, scope: Scope, plans: list[int], sizes: tuple[int, int], database: str) -> None:
    _seconds(scope, plans[0])  # what is loaded once
    small, large = (_seconds(scope, plan) for plan in plans)
    growth, total = sizes[1] / sizes[0], sum(large.values())
    parts = " ".join(f"{name}={1000 * took:.0f}" for name, took in large.items())
    ratio = growth * sum(small.values()) / total
    print(
        f"paper-{paper} size={sizes[1]} database={database} ratio={ratio:.2f} ms={1000 * total:.0f} {parts}", flush=True
    )


def _seconds(scope: Scope, plan: int) -> dict[str, float]:
    began = time.perf_counter()
    paper = papers.compose(plan, scope, on=TODAY, thai_digits=True)
    took = {"read": time.perf_counter() - began}
    for wanted, write in WRITERS.items():
        began = time.perf_counter()
        write(paper)
        took[wanted.value] = time.perf_counter() - began
    return took
