"""What a pack of evidence has in it."""

from typing import Any

from sqlalchemy import func, select

from tracker.domain.indicators import INDICATORS
from tracker.domain.issues import Scope
from tracker.domain.packs import Piece
from tracker.extensions import db
from tracker.models import (
    Appointment,
    Division,
    Evidence,
    Measure,
    Plan,
    Position,
    StoredFile,
    Task,
)
from tracker.models.evidence import is_current

BY_THE_PROGRAM = "ระบบ"  # papers are in Thai


def pieces(plan: Plan, scope: Scope) -> list[Piece]:
    """
    Return the evidence that stands on a plan's tasks now – of an indicator or a round where the scope names one.

    To a round belongs what was due after the round before it, up to its day.
    """
    wanted = [Task.plan_id == plan.id, is_current()]
    if scope.indicator:
        wanted.append(Measure.indicator == scope.indicator)
    if scope.round_on:
        before = [day for day in plan.round_dates if day < scope.round_on]
        wanted += [Task.due_on <= scope.round_on, *([Task.due_on > before[-1]] if before else [])]
    rows = db.session.execute(
        select(
            Evidence.id,
            Measure.indicator,
            Measure.id.label("measure_id"),
            Measure.title.label("measure"),
            Division.name.label("division"),
            Task.due_on,
            Evidence.title,
            Evidence.version,
            func.coalesce(Position.title, BY_THE_PROGRAM).label("by"),
            Evidence.added_at.label("at"),
            Evidence.url,
            StoredFile.name.label("stored"),
            StoredFile.sha256,
            StoredFile.size,
        )
        .join(Evidence.task)
        .join(Task.measure)
        .join(Task.division)
        .outerjoin(Evidence.added_by)
        .outerjoin(Appointment.position)
        .outerjoin(Evidence.file)
        .where(*wanted)
        .order_by(Measure.indicator, Measure.id, Division.order, Division.id, Task.due_on, Evidence.id)
    ).mappings()
    return [_piece(dict(row)) for row in rows]


def _piece(row: dict[str, Any]) -> Piece:
    of_file = {name: row[name] or empty for name, empty in (("stored", ""), ("sha256", ""), ("size", 0))}
    return Piece(**row | of_file | {"indicator_name": INDICATORS[row["indicator"] - 1].name_th})
