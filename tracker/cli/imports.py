"""Reading a report into a plan, or only showing what was read."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_babel import gettext, ngettext
from sqlalchemy import select
from sqlalchemy.exc import OperationalError, ProgrammingError

from tracker import clock
from tracker.cli.accounts import accounts_text
from tracker.cli.refusals import refusals_as_sentences
from tracker.documents.reading import apart, preview, preview_json
from tracker.documents.reading.refusals import MOST_BYTES, ReportTooLarge
from tracker.domain.calendar import first_day
from tracker.domain.responsibles import USUAL_DIVISIONS, Division
from tracker.domain.sentences import N_, Refusal
from tracker.domain.thai import clean
from tracker.domain.timeframes import Kind
from tracker.extensions import db
from tracker.models import Organization
from tracker.queries import calendars, usual_days
from tracker.services import (
    imports,
    organizations,
    staff,
)
from tracker.web.filters import sentence
from tracker.web.labels import KIND


class NoOrganization(Refusal):
    """The report does not say whose it is."""

    def __init__(self) -> None:
        super().__init__(N_("The report does not name the organization. Give it with --organization."))


@click.command("import-report")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--year", type=click.IntRange(2500, 2700), help="Fiscal year of the plan (พ.ศ.).")
@click.option("--organization", "name", default="", help="Whose report it is, where the report does not say.")
@click.option("--divisions", default="", help="Division names with commas between, for a new organization.")
@click.option("--dry-run", is_flag=True, help="Only show what was read; needs no database.")
@click.option("--json", "as_json", is_flag=True, help="Show it as JSON.")
@with_appcontext
def import_report(path: Path, year: int | None, name: str, divisions: str, dry_run: bool, as_json: bool) -> None:
    """Read a report and create its plan and tasks."""
    with refusals_as_sentences():
        report = apart.read(_bytes_of(path), path.name, tell=lambda _done, _total: None)
        report = replace(report, organization=clean(name) or report.organization)
        known = _known(report.organization)
        named = tuple(Division(clean(part)) for part in divisions.split(",") if part.strip())
        given = tuple(one.as_named() for one in known.open_divisions) if known else named or USUAL_DIVISIONS
        reading = preview.read_draft(report, divisions=given, plan_year=year)
        _show(reading, known, as_json)
        if not dry_run:
            _create(reading, known, given)


def _known(name: str) -> Organization | None:
    """Return the organization of this name; None also where there is no database yet, which a dry run does without."""
    url = db.engine.url
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return None  # looking would leave an empty file behind
    try:
        return db.session.scalar(select(Organization).where(Organization.name == name))
    except (OperationalError, ProgrammingError):
        db.session.rollback()
        return None


def _show(reading: preview.ReportReading, known: Organization | None, as_json: bool) -> None:
    year = reading.plan_year
    festivals = (
        calendars.expected_festivals(known.id, fiscal_year=year) if known else usual_days.festival_deadlines(year)
    )
    rounds = imports.rounds_of(reading.draft, year)
    shown = preview_json.as_json(reading, rounds=rounds, festivals=festivals, translate=sentence)
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    click.echo(f"{shown['organization']} · {gettext('plan of fiscal year %(year)s', year=year)}")
    for measure in shown["measures"]:
        click.echo(f"{measure['indicator']:>3} {measure['title']}")
        click.echo(f"    {measure['time_frame']['text']} → {KIND[Kind(measure['time_frame']['kind'])]}")
        click.echo(f"    {measure['responsible']['text']} → {', '.join(measure['responsible']['divisions']) or '–'}")
    for doubt in shown["doubts"]:
        click.echo(f"  ? {doubt['where']}: {doubt['printed']} → {doubt['expected'] or '–'}  {doubt['why']}")
    click.echo(ngettext("%(num)d task", "%(num)d tasks", shown["tasks"]))


def _create(reading: preview.ReportReading, known: Organization | None, divisions: Sequence[Division]) -> None:
    """Create the plan, and the organization with its first accounts where it is new."""
    if not reading.draft.organization:
        raise NoOrganization()
    organization = known or organizations.create(name=reading.draft.organization, divisions=divisions)
    since = min(clock.today(), first_day(reading.plan_year))
    accounts = [] if known else staff.create(organization=organization, starts_on=since)
    imports.create_plan(organization=organization, reading=reading, by=None, now=clock.now(), today=clock.today())
    db.session.commit()
    # Standard output may be JSON that a program reads.
    click.echo(accounts_text(accounts), err=True)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ReportTooLarge(MOST_BYTES)
        return path.read_bytes()
    except OSError as error:
        raise Refusal(N_("The file %(path)s cannot be read: %(reason)s."), path=path, reason=error.strerror) from None
