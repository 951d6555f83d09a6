"""Commands: each a line or two into a service or a job. They commit; a refusal ends them with a sentence and exit 1."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from flask_babel import force_locale, gettext, ngettext
from sqlalchemy import select
from sqlalchemy.exc import OperationalError, ProgrammingError

from tracker import clock
from tracker.documents.reading import apart, preview, preview_json
from tracker.documents.reading.refusals import MOST_BYTES, ReportTooLarge
from tracker.domain.calendar import first_day
from tracker.domain.responsibles import USUAL_DIVISIONS, Division
from tracker.domain.sentences import N_, Refusal
from tracker.domain.sign_in import Visit, written_code
from tracker.domain.thai import clean
from tracker.domain.timeframes import Kind
from tracker.extensions import db
from tracker.jobs import reminders, scheduler
from tracker.models import Organization, Plan
from tracker.queries import accounts, calendars, forecasts, usual_days
from tracker.queries import reminders as owed_reminders
from tracker.sample import demo as demo_world
from tracker.services import (
    changes,
    closings,
    events,
    imports,
    issues,
    one_time_keys,
    organizations,
    second_factors,
    staff,
)
from tracker.web.addresses import base, url_path
from tracker.web.filters import long_date, sentence
from tracker.web.labels import KIND

ACCOUNTS_FILE = "demo-accounts.txt"


class NoOrganization(Refusal):
    """The report does not say whose it is."""

    def __init__(self) -> None:
        super().__init__(N_("The report does not name the organization. Give it with --organization."))


class NoDatabase(Refusal):
    """The tables are not there yet, or the server is not."""

    def __init__(self) -> None:
        super().__init__(N_("The database cannot be used. Run “flask --app wsgi db upgrade” first, and try again."))


@contextmanager
def _refusals_as_sentences() -> Iterator[None]:
    """Say why something could not be done, leave nothing behind, and end with exit code 1."""
    try:
        with force_locale("th"):
            yield
    except Refusal as refusal:
        _give_up(refusal)
    except (OperationalError, ProgrammingError):
        _give_up(NoDatabase())


def _give_up(refusal: Refusal) -> NoReturn:
    db.session.rollback()
    with force_locale("th"):
        click.echo(sentence(refusal.sentence), err=True)
    sys.exit(1)


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
    with _refusals_as_sentences():
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
    click.echo(_accounts_text(accounts), err=True)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ReportTooLarge(MOST_BYTES)
        return path.read_bytes()
    except OSError as error:
        raise Refusal(N_("The file %(path)s cannot be read: %(reason)s."), path=path, reason=error.strerror) from None


@click.command("demo")
@click.option("--if-empty", is_flag=True, help="Do nothing but show the accounts when there is data already.")
@with_appcontext
def demo(if_empty: bool) -> None:
    """Load the demo municipality and show who can sign in with which password."""
    file = current_app.config["SETTINGS"].instance / ACCOUNTS_FILE
    if demo_world.is_empty():
        accounts = _accounts_text(demo_world.load(today=clock.today(), now=clock.now()))
        db.session.commit()
        _keep(file, accounts)
    elif not if_empty:
        click.echo("There is data in this database already; the demo is loaded into an empty one only.", err=True)
        sys.exit(1)
    with force_locale("th"):
        click.echo(gettext("What everybody may see: %(site)s/public", site=base()))
        if file.exists():
            click.echo(gettext("Who can sign in, with which password, in which position:"))
            click.echo(file.read_text(encoding="utf-8"))


@click.command("jobs")
@with_appcontext
def jobs() -> None:
    """Run the scheduler alone, until it is stopped. Any number of hosts may; one acts at a time."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    ticking = scheduler.start(app)
    scheduler.wait_for_the_end()
    scheduler.stop(app, ticking)


@click.command("reminders")
@click.option("--on", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day, such as 2026-02-20.")
@click.option("--dry-run", is_flag=True, help="Only list who would be told what.")
@with_appcontext
def send_reminders(day: datetime, dry_run: bool) -> None:
    """Collect and deliver what is owed on a day, as at the end of its sending hours."""
    with force_locale("th"):
        today = day.date()
        if dry_run:
            _list_digests(today)
            return
        collected, sent = reminders.run_on(today)
        click.echo(gettext("%(written)s digests written, %(sent)s mails sent.", written=collected, sent=sent))


def _list_digests(today: date) -> None:
    found = [
        forecast
        for organization in owed_reminders.organizations()
        for forecast in forecasts.of_day(
            organization.id, on=today, today=today, calendar=calendars.working_days(organization.id)
        )
    ]
    if not found:
        click.echo(gettext("Nobody is owed anything on %(day)s.", day=long_date(today)))
    for forecast in found:
        click.echo(f"{forecast.user.name} <{forecast.user.email or '-'}>")
        click.echo("\n".join(f"  {item.step:8} {_about(item)}" for item in forecast.items))


def _about(item: forecasts.Item) -> str:
    if item.task:
        return f"{long_date(item.task.due_on)}  {item.task.division.name}  {item.task.measure.title}"
    return item.link.url if item.link else gettext("plan of fiscal year %(year)s", year=item.plan.fiscal_year)


@click.command("sign-in-code")
@click.argument("username")
@click.option("--reset-second-step", is_flag=True, help="Also let the person in without the app.")
@with_appcontext
def sign_in_code(username: str, reset_second_step: bool) -> None:
    """Print a code for choosing a new password, for an administrator who is locked out. It is recorded."""
    with _refusals_as_sentences():
        user = accounts.by_name(clean(username))
        if user is None:
            raise Refusal(N_("There is no account with this name."))
        here: dict[str, Any] = {"by": None, "visit": Visit(), "now": clock.now(), "machine_now": clock.machine_now()}
        code = one_time_keys.make_code(user=user, **here)
        if reset_second_step:
            second_factors.end(user=user, **here)
        db.session.commit()
        address = base() + url_path("one_time_keys.code_form")
        click.echo(
            gettext(
                "Code for %(username)s, to be used once within 7 days at %(address)s:",
                username=user.username,
                address=address,
            )
        )
        click.echo(written_code(code, group=5))


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


def register(app: Flask) -> None:
    """Give the commands to `flask --app wsgi`."""
    for command in (import_report, demo, jobs, send_reminders, sign_in_code, audit):
        app.cli.add_command(command)


def _keep(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(text + "\n", encoding="utf-8")


def _accounts_text(accounts: list[staff.Account]) -> str:
    return "\n".join(f"{account.username:10} {account.password:14} {account.position}" for account in accounts)
