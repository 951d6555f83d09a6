"""What pages show of a task's evidence: each piece with its versions, and what may be done with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import current_app

from tracker import clock
from tracker.domain.evidence import ENDINGS, LONGEST_ADDRESS, LONGEST_TITLE, TYPE_NAMES
from tracker.domain.links import LinkCheckUse
from tracker.domain.permissions import Act
from tracker.models import Evidence, Link, Task
from tracker.queries import dead_evidence
from tracker.queries import evidence as queries
from tracker.web import access
from tracker.web.problems import Problem


@dataclass(frozen=True)
class Piece:
    """A piece of evidence as it stands, with the versions before it, the newest first."""

    evidence: Evidence
    earlier: Sequence[Evidence]


@dataclass(frozen=True)
class Failure:
    """Why something was not done, and what the person had typed."""

    problem: Problem
    evidence_id: int | None = None  # None: something new was to be added
    typed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """The evidence of a task for whoever is signed in; `dead` are the links that cannot be opened."""

    task: Task
    may_see: bool
    may_change: bool
    count: int
    pieces: Sequence[Piece]
    dead: Mapping[int, Link]  # by evidence (id)
    awaits_links: bool
    limit_mb: int
    failure: Failure | None = None
    kinds: str = ", ".join(TYPE_NAMES.values())
    accept: str = ",".join(f".{ending}" for endings in ENDINGS.values() for ending in endings)
    longest_address: int = LONGEST_ADDRESS
    longest_title: int = LONGEST_TITLE


def _awaits_links(task: Task, rows: Sequence[Evidence]) -> bool:
    """Return whether the month's check was to do the task, and did not because of what it found."""
    is_attached = any(row.added_by_id is None and row.withdrawn_at is None for row in rows)
    is_untouched = task.takes_reports and not task.status_reason and not task.blocked_reason
    return is_attached and is_untouched and task.measure.link_check == LinkCheckUse.COMPLETION


def section_of(task: Task, failure: Failure | None = None) -> Section:
    """Return what a page shows of a task's evidence, in two statements; who may not see it is told how many."""
    may_see = access.seeing_inside(task.division_id) is not None
    rows = queries.of_task(task.id) if may_see else []
    pieces = _pieces(rows)
    standing = sum(piece.evidence.withdrawn_at is None for piece in pieces)
    return Section(
        task=task,
        may_see=may_see,
        may_change=task.takes_reports and access.acting_as(Act.REPORT, task.division_id) is not None,
        count=standing if may_see else queries.count_of(task.id),
        pieces=pieces,
        dead=dead_evidence.of_task(task.id, today=clock.today()),
        awaits_links=_awaits_links(task, rows),
        limit_mb=current_app.config["SETTINGS"].upload_mb,
        failure=failure,
    )


def _pieces(rows: Sequence[Evidence]) -> list[Piece]:
    by_id = {row.id: row for row in rows}
    replaced = {row.replaces_id for row in rows}
    pieces = [Piece(row, _before(row, by_id)) for row in rows if row.id not in replaced]
    return sorted(pieces, key=lambda piece: piece.evidence.withdrawn_at is not None)  # what stands comes first


def _before(row: Evidence, by_id: Mapping[int, Evidence]) -> list[Evidence]:
    versions = []
    while row.replaces_id is not None:
        row = by_id[row.replaces_id]
        versions.append(row)
    return versions
