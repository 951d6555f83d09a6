"""What runs by the clock, run by hand: the scheduler alone, the reminders of a day."""

from datetime import date, datetime

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, gettext

from tracker.jobs import reminders, scheduler
from tracker.queries import calendars, forecasts
from tracker.queries import reminders as owed_reminders
from tracker.web.filters import long_date


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
