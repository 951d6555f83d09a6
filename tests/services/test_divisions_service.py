from datetime import date

import pytest
from sqlalchemy import select

from tests.clocks import MORNING, TODAY
from tests.factories import make_measure, make_organization, make_person, make_plan, make_position, make_task
from tracker.documents.reading.corrections import Corrections, MeasureCorrection
from tracker.domain.changes import ChangeKind
from tracker.domain.divisions import HeadTaken, NameOfClosed, NameTaken, PositionsLeft, UnfinishedTasks
from tracker.domain.permissions import Role
from tracker.domain.responsibles import Division as Named
from tracker.domain.sentences import Refusal
from tracker.domain.statuses import Placement, Status
from tracker.models import Change, Task
from tracker.sample import report_bytes
from tracker.services import divisions, drafts, measures, schedules


@pytest.fixture
def organization(db):
    return make_organization(divisions=("สำนักปลัดเทศบาล", "กองคลัง", "กองช่าง"))


@pytest.fixture
def admin(organization):
    return make_person(Role.ADMINISTRATOR, organization=organization)


@pytest.fixture
def acts(admin):
    """Who does it, and when."""
    return {"by": admin, "now": MORNING}


@pytest.fixture
def add(organization, acts):
    return lambda name, **more: divisions.add(organization_id=organization.id, named=Named(name, **more), **acts)


def recorded(db):
    return [(c.kind, c.before, c.after) for c in db.session.scalars(select(Change).order_by(Change.seq))]


def names(db, organization):
    db.session.expire_all()
    return [division.name for division in organization.divisions]


def test_a_new_division_stands_last_and_is_recorded(db, organization, add):
    add("กองการศึกษา", short_names=("กศ.",), head="ผู้อำนวยการกองการศึกษา")

    assert names(db, organization)[-1] == "กองการศึกษา"
    assert recorded(db) == [(ChangeKind.DIVISION_ADDED, "", "กองการศึกษา · กศ. · ผู้อำนวยการกองการศึกษา")]


@pytest.mark.parametrize("named", [Named("กองคลัง"), Named("กอง คลัง"), Named("กองพัสดุ", ("กองคลัง",))])
def test_no_two_divisions_go_by_the_same_name(db, organization, acts, named):
    with pytest.raises(NameTaken):
        divisions.add(organization_id=organization.id, named=named, **acts)

    assert recorded(db) == []


def test_no_two_heads_have_the_same_title(add):
    add("กองการศึกษา", head="ผู้อำนวยการ")

    with pytest.raises(HeadTaken):
        add("กองกีฬา", head="ผู้อำนวยการ")


def test_another_organization_may_have_a_division_of_the_same_name(db, add):
    make_organization("เทศบาลตำบลข้างเคียง", divisions=("กองการศึกษา",))

    add("กองการศึกษา")


def test_a_renamed_division_keeps_its_tasks_and_the_record_says_what_it_was(db, organization, acts):
    division = organization.divisions[1]
    task = make_task(division=division)

    divisions.change(division=division, named=Named("กองคลังและพัสดุ", ("กค.",)), **acts)

    assert task.division.name == "กองคลังและพัสดุ"
    assert recorded(db) == [(ChangeKind.DIVISION_CHANGED, "กองคลัง", "กองคลังและพัสดุ · กค.")]


def test_what_a_clerk_decided_in_a_report_on_its_way_in_follows_the_new_name(organization, acts, admin):
    draft = drafts.keep(content=report_bytes(), file_name="รายงาน.txt", by=admin, now=MORNING)
    decided = MeasureCorrection(division_names=("กองช่าง", "กองคลัง"))
    drafts.correct(draft=draft, corrections=Corrections(year=2570, measures={"0": decided}), basis=0)

    divisions.change(division=organization.divisions[1], named=Named("กองคลังและพัสดุ"), **acts)

    assert draft.corrections == {"year": 2570, "measures": {"0": {"division_names": ["กองช่าง", "กองคลังและพัสดุ"]}}}


def test_saving_a_division_as_it_is_records_nothing(db, organization, acts):
    divisions.change(division=organization.divisions[1], named=Named("กองคลัง"), **acts)

    assert recorded(db) == []


@pytest.mark.parametrize(
    ("which", "up", "order"),
    [(2, True, [0, 2, 1]), (0, False, [1, 0, 2]), (0, True, [0, 1, 2]), (2, False, [0, 1, 2])],
)
def test_a_division_changes_places_with_its_neighbour(db, organization, acts, which, up, order):
    before = names(db, organization)

    divisions.move(division=organization.divisions[which], up=up, **acts)

    assert names(db, organization) == [before[place] for place in order]


def test_a_closed_division_is_stepped_over(db, organization, acts):
    divisions.close(division=organization.divisions[1], today=TODAY, **acts)

    divisions.move(division=organization.divisions[2], up=True, **acts)

    assert names(db, organization).index("กองช่าง") < names(db, organization).index("สำนักปลัดเทศบาล")


def test_divisions_whose_order_is_the_same_can_be_put_in_order(db, organization, acts):
    for division in organization.divisions:
        division.order = 0
    db.session.flush()

    divisions.move(division=organization.divisions[2], up=True, **acts)

    assert names(db, organization) == ["สำนักปลัดเทศบาล", "กองช่าง", "กองคลัง"]


@pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.IN_PROGRESS, Status.SUBMITTED])
def test_a_division_with_work_to_do_or_to_accept_is_not_closed(organization, acts, status):
    division = organization.divisions[1]
    for _ in range(3):
        make_task(division=division, status=status, submitted_by=make_person(Role.CLERK))

    with pytest.raises(UnfinishedTasks) as refused:
        divisions.close(division=division, today=TODAY, **acts)

    assert refused.value.sentence.values == {"name": "กองคลัง", "count": 3}


def test_work_of_another_year_counts_too(organization, acts):
    division = organization.divisions[1]
    make_task(measure=make_measure(plan=make_plan(2568, organization=organization)), division=division)

    with pytest.raises(UnfinishedTasks):
        divisions.close(division=division, today=TODAY, **acts)


def test_a_division_with_positions_is_not_closed(organization, acts):
    make_position(division=organization.divisions[1])

    with pytest.raises(PositionsLeft):
        divisions.close(division=organization.divisions[1], today=TODAY, **acts)


def test_finished_and_retired_tasks_do_not_hold_a_division(db, organization, acts):
    division, clerk = organization.divisions[1], make_person(Role.CLERK)
    for status in (Status.DONE, Status.NOT_APPLICABLE):
        make_task(division=division, status=status, submitted_by=clerk)
    make_task(division=division).placement = Placement.RETIRED
    make_position(division=division).abolished_on = TODAY
    db.session.flush()

    divisions.close(division=division, today=TODAY, **acts)

    assert division.closed_on == TODAY
    assert division not in organization.open_divisions
    assert division in organization.divisions


def test_closing_twice_is_closing_once(db, organization, acts):
    for day in (TODAY, date(2026, 2, 21)):
        divisions.close(division=organization.divisions[1], today=day, **acts)

    assert organization.divisions[1].closed_on == TODAY
    assert recorded(db) == [(ChangeKind.DIVISION_CLOSED, "", "")]


def test_a_closed_division_leaves_its_short_names_to_others_but_not_its_name(organization, acts, add):
    old = add("กองการศึกษา", short_names=("กศ.",))
    divisions.close(division=old, today=TODAY, **acts)

    add("กองการศึกษา ศาสนาและวัฒนธรรม", short_names=("กศ.",))
    with pytest.raises(NameOfClosed):
        add("กองการศึกษา")


def test_a_division_whose_names_are_others_by_now_is_not_reopened(acts, add):
    old = add("กองการศึกษา", short_names=("กศ.",))
    divisions.close(division=old, today=TODAY, **acts)
    add("กองกีฬา", short_names=("กศ.",))

    with pytest.raises(NameTaken):
        divisions.reopen(division=old, **acts)


def test_a_reopened_division_is_given_work_again(db, organization, acts):
    division = organization.divisions[1]
    divisions.close(division=division, today=TODAY, **acts)

    divisions.reopen(division=division, **acts)
    divisions.reopen(division=division, **acts)

    assert division in organization.open_divisions
    assert [kind for kind, _, _ in recorded(db)] == [ChangeKind.DIVISION_CLOSED, ChangeKind.DIVISION_REOPENED]


@pytest.fixture
def closed(db, organization, acts):
    """A division that did what one measure gave it, and was closed; its measure is planned still."""
    division = organization.divisions[1]
    measure = make_measure(divisions=[organization.divisions[0], division])
    schedules.apply(plan=measure.plan, by=None, now=MORNING)
    for task in db.session.scalars(select(Task).where(Task.division_id == division.id)):
        task.status = Status.NOT_APPLICABLE
    db.session.flush()
    divisions.close(division=division, today=TODAY, **acts)
    return division, measure


def tasks_of(db, division):
    return [(t.slot, t.placement) for t in db.session.scalars(select(Task).where(Task.division_id == division.id))]


def test_the_tasks_of_a_closed_division_stay_as_they_are_whatever_the_schedule_says(db, closed):
    division, measure = closed
    before = tasks_of(db, division)
    measure.plan.rounds[0].due_on = date(2026, 2, 28)

    assert schedules.apply(plan=measure.plan, by=None, now=MORNING)
    assert tasks_of(db, division) == before


def test_a_measure_can_be_changed_without_losing_the_closed_division_it_had(db, organization, closed, admin):
    division, measure = closed
    wanted = measures.MeasureChange(
        title=measure.title,
        schedule_words="ทุกไตรมาส",
        weight=1,
        division_ids=frozenset({organization.divisions[0].id, organization.divisions[2].id}),
        steps=(),
        basis=measures.basis_of(measure),
    )

    measures.change(measure=measure, change=wanted, by=admin, now=MORNING)
    schedules.apply(plan=measure.plan, by=admin, now=MORNING)

    assert {d.name for d in measure.divisions} == {"สำนักปลัดเทศบาล", "กองคลัง", "กองช่าง"}
    assert not [slot for slot, _ in tasks_of(db, division) if slot.startswith("quarter")]


def test_a_measure_is_not_given_to_a_closed_division(organization, closed, admin):
    division, _ = closed
    other = make_measure(divisions=[organization.divisions[0]])
    wanted = measures.MeasureChange(
        title=other.title,
        schedule_words=other.time_frame_text,
        weight=1,
        division_ids=frozenset({division.id}),
        steps=(),
        basis=measures.basis_of(other),
    )

    with pytest.raises(Refusal):
        measures.change(measure=other, change=wanted, by=admin, now=MORNING)
