"""Checking that no history was changed."""

import sys
from collections.abc import Iterator

import click
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import select

from tracker.extensions import db
from tracker.models import Organization, Plan
from tracker.services import (
    changes,
    closings,
    events,
    issues,
)

audit = AppGroup("audit", help="Check the history.")


@audit.command("verify")
@with_appcontext
def verify() -> None:
    """Check histories, closed rounds, issued reports and records of changes; name the first row that was changed."""
    plans = db.session.scalars(select(Plan).order_by(Plan.id)).all()
    told = [f"plan {plan.fiscal_year}: {words}" for plan in plans for words in _broken(plan)]
    for organization in db.session.scalars(select(Organization).order_by(Organization.id)):
        if gap := changes.first_break(organization):
            row = f"change {gap.row_id}" if gap.row_id else "rows missing at the end"
            told.append(f"{organization.name}: record broken at seq {gap.seq} ({row})")
    click.echo("\n".join(told or ["The history is whole."]))
    sys.exit(1 if told else 0)


def _broken(plan: Plan) -> Iterator[str]:
    if found := events.first_break(plan):
        row = f"event {found.event_id}" if found.event_id else "rows missing at the end"
        yield f"broken at seq {found.seq} ({row})"
    if unsealed := closings.first_break(plan):
        yield _as_closed(unsealed)
    if changed := issues.first_break(plan):
        which = f"issue {changed.issue.id}" if changed.issue else "it is missing"
        yield f"the report issued at seq {changed.seq} is not as it was stamped ({which})"


def _as_closed(found: closings.Break) -> str:
    if (closing := found.closing) is None:
        return f"the closed round told at seq {found.seq} is missing"
    return f"closed round of {closing.round_on} r{closing.revision} is not as it was sealed (closing {closing.id})"
