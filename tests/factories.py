"""Small worlds for tests: each function states what matters and makes up the rest."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from flask import current_app
from sqlalchemy import select

from tests.clocks import MORNING, TODAY, at
from tests.papers import jpg
from tracker.documents.evidence.storage import Storage
from tracker.domain import responsibles
from tracker.domain.calendar import first_day, fiscal_year_of
from tracker.domain.channels import MAIL, ChannelKind
from tracker.domain.deliveries import DeliveryState, Problem
from tracker.domain.evidence import EvidenceKind, FileType
from tracker.domain.issues import FileFormat, IssueKind, Scope
from tracker.domain.permissions import Role
from tracker.domain.reminders import Rules
from tracker.domain.statuses import Status
from tracker.domain.timeframes import TimeFrame, read_time_frame
from tracker.domain.works import WorkState
from tracker.extensions import db
from tracker.models import (
    Appointment,
    Assessment,
    ChannelAddress,
    Closing,
    Delivery,
    Division,
    Evidence,
    Festival,
    Holiday,
    Issue,
    Measure,
    Message,
    Organization,
    Plan,
    Position,
    ReportTemplate,
    Round,
    Score,
    Step,
    StoredFile,
    Task,
)
from tracker.queries import issues as issue_queries
from tracker.services import (
    appointments,
    closings,
    issues,
    organizations,
    people,
    positions,
    report_templates,
    states,
    tokens,
)
from tracker.services.issues import Made, MadeFile

YEAR = 2569
ROUNDS = (date(2026, 3, 31), date(2026, 9, 30))
OF_TASKS_ONLY = Rules(behind_by=0, weekly=False)
ALL_YEAR = "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙"
PASSWORD = "a password for tests"

Row = TypeVar("Row")
_numbers = itertools.count(1)


def make_organization(
    name: str = "เทศบาลตำบลตัวอย่าง", divisions: Sequence[str] = ("สำนักปลัดเทศบาล", "กองคลัง")
) -> Organization:
    """Make a local government with its divisions in this order."""
    return organizations.create(name=name, divisions=[responsibles.Division(name) for name in divisions])


def make_plan(
    fiscal_year: int = YEAR,
    *,
    rounds: Sequence[date] = ROUNDS,
    organization: Organization | None = None,
    reminders_from: date | None = None,
    rules: Rules = OF_TASKS_ONLY,
) -> Plan:
    """Make an empty plan, created on the first day of its year, that reminds of tasks but not of itself."""
    plan = Plan(
        organization=organization or _the(Organization) or make_organization(),
        fiscal_year=fiscal_year,
        created_at=at(first_day(fiscal_year)),
        reminders_from=reminders_from or first_day(fiscal_year),
        reminder_rules=rules,
        rounds=[Round(due_on=day) for day in rounds],
    )
    return kept(plan)


def make_measure(
    indicator: int = 1,
    *,
    words: str = ALL_YEAR,
    steps: Sequence[str | tuple[str, str]] = (),
    divisions: Sequence[Division] | None = None,
    weight: int = 1,
    plan: Plan | None = None,
) -> Measure:
    """Make a measure of all divisions, without tasks. A step is its text, or its text and a time frame of its own."""
    plan = plan or _the(Plan) or make_plan()
    measure = Measure(
        organization_id=plan.organization_id,
        plan=plan,
        indicator=indicator,
        title=f"มาตรการที่ {next(_numbers)}",
        time_frame_text=words,
        schedule=_read(words, plan),
        weight=weight,
        divisions=list(plan.organization.divisions if divisions is None else divisions),
    )
    for order, step in enumerate(steps, start=1):
        text, own = (step, "") if isinstance(step, str) else step
        measure.steps.append(
            Step(order=order, text=text, own_schedule=_read(own, plan) if own else None, own_schedule_words=own)
        )
    return kept(measure)


def make_task(
    *,
    due_on: date = TODAY,
    status: Status = Status.NOT_STARTED,
    division: Division | None = None,
    measure: Measure | None = None,
    submitted_on: date | None = None,
    submitted_by: Appointment | None = None,
    since: datetime | None = None,
    slot: str = "",
) -> Task:
    """Make a task of a measure of its own; it has been as it is `since` the plan began."""
    measure = measure or make_measure()
    division = division or measure.plan.organization.divisions[0]
    task = Task(
        organization_id=measure.organization_id,
        plan=measure.plan,
        measure=measure,
        division=division,
        scheduled_division_id=division.id,
        slot=slot or f"date:{due_on.isoformat()}",
        due_on=due_on,
        scheduled_on=due_on,
        status=status,
    )
    if status in {Status.SUBMITTED, Status.DONE}:
        task.submitted_on = submitted_on or due_on
        task.submitted_by_id = (submitted_by or make_person(division=division)).user_id
    kept(task)
    states.keep(tasks=[task], now=since or measure.plan.created_at)
    return task


def make_closing(
    plan: Plan, *, round_on: date = TODAY - timedelta(days=1), by: Appointment | None = None, note: str = ""
) -> Closing:
    """Close a round of a plan this morning as of its own day; the plan is given the round where it has none."""
    if round_on not in plan.round_dates:
        plan.rounds.append(Round(due_on=round_on))
        db.session.flush()
    by = by or make_person(Role.CLERK, organization=plan.organization)
    return closings.close(plan=plan, round_on=round_on, as_of=round_on, note=note, by=by, now=MORNING, today=TODAY)


def make_issue(plan: Plan, *, by: Appointment | None = None) -> Issue:
    """Issue a report on a plan with a PDF of a few bytes."""
    by = by or make_person(Role.CLERK, organization=plan.organization)
    wish = issues.Wish(Scope(IssueKind.FOLLOW_UP), as_of=TODAY)
    issue = issues.ask(plan=plan, wish=wish, by=by, now=MORNING, today=TODAY)
    work = issue_queries.work_of(issue)
    assert work is not None
    work.state = WorkState.DONE
    content = b"%PDF-1.7"
    name = _kept_in(current_app.config["SETTINGS"].issued, content)
    file = MadeFile(FileFormat.PDF, size=len(content), sha256=sha256(content).hexdigest(), name=name)
    made = Made((file,), head_seq=plan.last_seq, head_hash=plan.last_hash)
    issues.settle(issue_id=issue.id, made=made, now=MORNING)
    return issue


def make_report_template(organization: Organization, *, title: str = "ลับเฉพาะ.docx") -> ReportTemplate:
    """Give an organization a template of its own; its file is only a few bytes."""
    by = make_person(Role.CLERK, organization=organization)
    name = _kept_in(current_app.config["SETTINGS"].issued, b"template")
    return report_templates.choose(
        kind=IssueKind.PLAN, title=title, name=name, sha256="0" * 64, size=8, by=by, now=MORNING
    )


def _kept_in(folder: Path, content: bytes) -> str:
    return Storage(folder).keep(Storage(folder).write(content))


def make_assessment(
    fiscal_year: int, scores: Mapping[str, str], *, level: str = "", organization: Organization | None = None
) -> Assessment:
    """Make a year's result with these scores, by their keys."""
    organization = organization or _the(Organization) or make_organization()
    return kept(
        Assessment(
            organization_id=organization.id,
            fiscal_year=fiscal_year,
            level=level,
            scores=[Score(key=key, value=Decimal(value)) for key, value in scores.items()],
        )
    )


def make_holiday(
    on_day: date = date(2026, 4, 16), *, name: str = "วันหยุดพิเศษ", organization: Organization | None = None
) -> Holiday:
    """Make a day off."""
    organization = organization or _the(Organization) or make_organization()
    return kept(Holiday(organization_id=organization.id, on_day=on_day, name=name))


def make_festival(
    on_day: date = date(2026, 4, 13), *, key: str = "songkran", organization: Organization | None = None
) -> Festival:
    """Make the festival of this name in the fiscal year of its day."""
    organization = organization or _the(Organization) or make_organization()
    year = fiscal_year_of(on_day)
    return kept(Festival(organization_id=organization.id, fiscal_year=year, key=key, name="สงกรานต์", on_day=on_day))


def storage() -> Storage:
    """Return where the application under test keeps the files of evidence."""
    return Storage(current_app.config["SETTINGS"].uploads)


def make_evidence(
    task: Task,
    *,
    title: str = "ภาพกิจกรรม.jpg",
    url: str = "",
    replaces: Evidence | None = None,
    is_withdrawn: bool = False,
    by: Appointment | None = None,
) -> Evidence:
    """Make evidence on a task whatever its status: a photograph on the disk, each of its own, or the link to `url`."""
    by = by or make_person(division=task.division)
    file = None if url else kept(_photograph(task.organization_id))
    return kept(
        Evidence(
            organization_id=task.organization_id,
            task=task,
            kind=EvidenceKind.LINK if url else EvidenceKind.FILE,
            title=title,
            url=url,
            file=file,
            version=replaces.version + 1 if replaces else 1,
            replaces_id=replaces.id if replaces else None,
            added_at=MORNING,
            added_by_id=by.id,
            withdrawn_at=MORNING if is_withdrawn else None,
            withdrawn_by_id=by.id if is_withdrawn else None,
            withdrawn_reason="แนบผิดงาน" if is_withdrawn else "",
        )
    )


def _photograph(organization_id: int) -> StoredFile:
    content, number = jpg(), next(_numbers)
    names = [storage().keep(storage().write(content)) for _ in range(3)]
    return StoredFile(
        organization_id=organization_id,
        sha256=f"{number:064}",
        size=len(content),
        kind=FileType.JPG,
        name=names[0],
        preview_name=names[1],
        thumbnail_name=names[2],
    )


def make_person(
    role: Role = Role.HEAD,
    *,
    division: Division | None = None,
    organization: Organization | None = None,
    has_email: bool = True,
    starts_on: date = date(2024, 10, 1),
    ends_on: date | None = None,
) -> Appointment:
    """Put a new person into a new position; the appointment is what acts."""
    if organization is None:
        organization = division.organization if division else _the(Organization) or make_organization()
    number = next(_numbers)
    return appointments.appoint(
        user=people.open_account(
            organization=organization,
            username=f"{role}{number}",
            name=f"เจ้าหน้าที่ {number}",
            password=PASSWORD,
            email=f"{role}{number}@example.org" if has_email else None,
        ),
        position=make_position(role, division=division, organization=organization),
        starts_on=starts_on,
        ends_on=ends_on,
    )


def make_address(
    person: Appointment,
    address: str = "jsons://hook.example.org/in",
    *,
    kind: ChannelKind = ChannelKind.WEBHOOK,
    label: str = "ระบบของสำนัก",
    is_on: bool = True,
) -> ChannelAddress:
    """Give a person one more way on which digests leave."""
    return kept(
        ChannelAddress(
            user_id=person.user_id,
            kind=kind,
            label=label,
            hint="…",
            sealed=tokens.seal(address),
            is_on=is_on,
            created_at=MORNING,
        )
    )


def make_position(
    role: Role = Role.HEAD, *, division: Division | None = None, organization: Organization | None = None
) -> Position:
    """Make a vacant position."""
    if organization is None:
        organization = division.organization if division else _the(Organization) or make_organization()
    return positions.create(organization=organization, title=f"ตำแหน่งที่ {next(_numbers)}", role=role, division=division)


def make_delivery(
    person: Appointment | None = None,
    state: DeliveryState = DeliveryState.WAITING,
    *,
    on: date = TODAY,
    problem: Problem | None = None,
    error: str = "",
    channel: str = MAIL,
) -> Delivery:
    """Leave a digest to a person in the outbox, in some state; what is settled was tried once."""
    user, attempts = (person or make_person()).user, 0 if state == DeliveryState.WAITING else 1
    message = Message(organization_id=user.organization_id, user_id=user.id, digest_on=on, created_at=MORNING)
    return kept(
        Delivery(
            message=message,
            channel=channel,
            header_id=f"<{next(_numbers)}@test>",
            state=state,
            attempts=attempts,
            tried_at=MORNING if attempts else None,
            next_try_at=MORNING,
            sent_at=MORNING if state == DeliveryState.SENT else None,
            problem=problem,
            error=error,
        )
    )


@dataclass(frozen=True)
class People:
    """The same people in every test of who may do what."""

    member: Appointment  # head of the first division
    neighbour: Appointment  # head of the second division
    clerk: Appointment
    administrator: Appointment
    executive: Appointment
    auditor: Appointment
    stranger: Appointment  # clerk of another organization


def make_people(organization: Organization | None = None) -> People:
    """Fill the usual positions of an organization, and one of another."""
    organization = organization or _the(Organization) or make_organization()
    first, second = organization.divisions[:2]
    return People(
        member=make_person(Role.HEAD, division=first),
        neighbour=make_person(Role.HEAD, division=second),
        clerk=make_person(Role.CLERK, division=first),
        administrator=make_person(Role.ADMINISTRATOR, organization=organization),
        executive=make_person(Role.EXECUTIVE, organization=organization),
        auditor=make_person(Role.AUDITOR, organization=organization),
        stranger=make_person(Role.CLERK, organization=make_organization("เทศบาลตำบลข้างเคียง")),
    )


def _the(kind: type[Row]) -> Row | None:
    """Return the first row of its kind that the test made: what is not named belongs to it."""
    return db.session.scalars(select(kind).order_by(kind.id).limit(1)).first()


def kept(row: Row) -> Row:
    """Put a row into the database and return it."""
    db.session.add(row)
    db.session.flush()
    return row


def _read(words: str, plan: Plan) -> TimeFrame:
    return read_time_frame(words, fiscal_year=plan.fiscal_year)
