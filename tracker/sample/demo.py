"""The demo: one small municipality, its plan of 2569 with a year of history and this year's plan in progress."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker import clock
from tracker.documents.reading.draft import ReportDraft
from tracker.documents.reading.preview import read_draft
from tracker.documents.reading.text import read_text_report
from tracker.domain.calendar import first_day, fiscal_year_of
from tracker.domain.consistency import Figure, Source
from tracker.domain.permissions import Role
from tracker.domain.responsibles import USUAL_DIVISIONS
from tracker.domain.statuses import Status
from tracker.domain.thai import arabic_digits
from tracker.extensions import db
from tracker.models import Appointment, Evidence, Organization, Plan, Position, Task
from tracker.queries import calendars, publication
from tracker.sample import disclosures, link_looks, link_months, report_bytes
from tracker.sample.citizens import speak
from tracker.sample.story import People, tell
from tracker.services import imports, organizations, public_evidence, staff, windows
from tracker.services.windows import Shows

FIRST_YEAR = 2569
MADE_ON = timedelta(days=5)  # after the year began
PUBLIC_NAME = "tambon-tuayang"
SHOWN = 8  # pieces of evidence

# The result a year later, made up so that the figures agree: overall, instruments, indicators 1 to 10.
NEXT_SCORES = [
    "97.15",
    "99.18",
    "98.87",
    "98.03",
    "94.65",
    "98.90",
    "99.10",
    "99.80",
    "99.45",
    "98.65",
    "98.80",
    "97.85",
    "98.70",
    "96.30",
    "93.00",
]


def load(*, today: date, now: datetime) -> list[staff.Account]:
    """Create the demo as it stands on a day and return who can sign in with which password."""
    report = read_text_report(report_bytes())
    organization = organizations.create(name=report.organization, divisions=USUAL_DIVISIONS)
    accounts = staff.create(organization=organization, starts_on=first_day(FIRST_YEAR), with_addresses=True)
    people = _people(organization)
    windows.name(organization=organization, written=PUBLIC_NAME, by=people.clerk, now=min(now, _made_at(FIRST_YEAR)))
    for year in sorted({FIRST_YEAR, max(FIRST_YEAR, fiscal_year_of(today))}):
        plan = _year(organization, report if year == FIRST_YEAR else _later(report, year), people, year, now)
        if year == FIRST_YEAR:
            _show_evidence(plan, by=people.clerk, now=now)
            speak(plan, by=people.clerk, opened_at=min(now, _made_at(year)), now=now)
    link_looks.fill(organization_id=organization.id, now=now)
    return accounts


def is_empty() -> bool:
    """Return whether there is no organization in the database yet."""
    return db.session.scalar(select(Organization.id).limit(1)) is None


def _year(organization: Organization, report: ReportDraft, people: People, year: int, now: datetime) -> Plan:
    made_at = min(now, _made_at(year))
    plan = imports.create_plan(
        organization=organization,
        reading=read_draft(report, divisions=USUAL_DIVISIONS, plan_year=year),
        by=people.clerk,
        now=made_at,
        today=clock.local(made_at).date(),
    )
    if year == FIRST_YEAR:
        missing = [str(gap.sentence) for gap in publication.check(plan).missing]
        shows = Shows(feedback=True)
        windows.change(plan=plan, shows=shows, by=people.clerk, now=made_at)
        windows.open_(plan=plan, seen=shows, gaps=missing, accepts_gaps=True, by=people.clerk, now=made_at)
    disclosures.fill(fiscal_year=year, by=people.clerk, now=made_at)
    calendar = calendars.working_days(organization.id)
    link_looks.fill(organization_id=organization.id, now=now)
    plan_tasks = _tasks(plan)
    checks = link_months.deeds(plan, plan_tasks, clerk=people.clerk, calendar=calendar, until=now)
    tell(plan, plan_tasks=plan_tasks, people=people, calendar=calendar, until=now, more=checks)
    return plan


def _made_at(year: int) -> datetime:
    """Return when the plan of a year is made, unless it is not as late as that yet."""
    return datetime.combine(first_day(year) + MADE_ON, time(9, 30), clock.BANGKOK)


def _show_evidence(plan: Plan, *, by: Appointment, now: datetime) -> None:
    """Let the public see what shows some tasks that are done, the first of them."""
    first = select(Evidence.id).join(Evidence.task).where(Task.plan_id == plan.id, Task.status == Status.DONE)
    ids = db.session.scalars(first.order_by(Evidence.id).limit(SHOWN)).all()
    public_evidence.show(plan=plan, ids=ids, by=by, now=now)


def _tasks(plan: Plan) -> list[Task]:
    return list(
        db.session.scalars(
            select(Task)
            .where(Task.plan_id == plan.id)
            .options(joinedload(Task.measure), joinedload(Task.division))
            .order_by(Task.id)
        )
    )


def _people(organization: Organization) -> People:
    appointments = db.session.scalars(
        select(Appointment)
        .join(Appointment.position)
        .where(Position.organization_id == organization.id)
        .options(joinedload(Appointment.position))
        .order_by(Appointment.id)
    ).all()
    by_role: dict[Role, list[Appointment]] = {}
    for appointment in appointments:
        by_role.setdefault(appointment.position.role, []).append(appointment)
    return People(
        clerk=by_role[Role.CLERK][0],
        secretary=by_role[Role.EXECUTIVE][-1],
        heads={a.position.division_id: a for a in by_role[Role.HEAD] if a.position.division_id},
        officers={a.position.division_id: a for a in by_role[Role.OFFICER] if a.position.division_id},
    )


def _later(report: ReportDraft, year: int) -> ReportDraft:
    """Return the same measures taken again in a later year, after that year's result."""
    measures = tuple(
        replace(measure, time_frame=arabic_digits(measure.time_frame).replace(str(FIRST_YEAR), str(year)))
        for measure in report.measures
    )
    figures = tuple(
        Figure(subject, year - 1, Decimal(printed), Source.TABLE)
        for subject, printed in zip(imports.score_subjects().values(), NEXT_SCORES, strict=True)
    )
    return replace(
        report, assessment_year=year - 1, plan_year=year, figures=figures, claims=(), findings=(), measures=measures
    )
