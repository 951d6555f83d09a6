from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.clocks import MORNING, TODAY
from tests.factories import make_organization, make_person, make_position, make_task
from tracker.domain.appointments import DayHasPassed, EndsBeforeItStarts, LastAdministrator
from tracker.domain.changes import ChangeKind
from tracker.domain.permissions import Role
from tracker.domain.positions import Abolished
from tracker.models import Appointment, Change
from tracker.queries.appointments import newest_id, of_position
from tracker.services import appointments, tasks
from tracker.services.appointments import AccountClosed, CoverOverlaps, HolderChanged, HoldsAlready, NewcomerAlone
from tracker.services.people import Details

DAY = timedelta(days=1)
TOMORROW, NEXT_MONTH = TODAY + DAY, date(2026, 3, 20)


@pytest.fixture
def admin(db):
    return make_person(Role.ADMINISTRATOR, organization=make_organization())


@pytest.fixture
def acts(admin):
    """Who does it, when, and on which day."""
    return {"by": admin, "now": MORNING, "today": TODAY}


@pytest.fixture
def head(admin):
    return make_person(division=admin.user.organization.divisions[0])


@pytest.fixture
def successor(admin):
    return make_person(Role.OFFICER, division=admin.user.organization.divisions[1])


@pytest.fixture
def hand_over(acts):
    def hand_over(position, user, starts_on=TODAY, seen=None):
        seen = newest_id(of_position(position.id)) if seen is None else seen
        return appointments.hand_over(position=position, user=user, starts_on=starts_on, seen=seen, **acts)

    return hand_over


@pytest.fixture
def cover(acts):
    def cover(position, user, starts_on=TODAY, ends_on=NEXT_MONTH):
        return appointments.cover(position=position, user=user, starts_on=starts_on, ends_on=ends_on, **acts)

    return cover


def recorded(db):
    return [
        (change.kind, change.person, change.before, change.after)
        for change in db.session.scalars(select(Change).order_by(Change.seq))
    ]


def holders_on(db, position, day):
    rows = db.session.scalars(
        select(Appointment).where(Appointment.position_id == position.id, Appointment.is_acting.is_(False))
    )
    return [row.user for row in rows if row.is_in_force(day)]


def test_a_hand_over_from_today_ends_the_old_access_at_once_and_starts_the_new(db, head, successor, hand_over):
    hand_over(head.position, successor.user)

    assert holders_on(db, head.position, TODAY) == [successor.user]
    assert head.user.appointments_on(TODAY) == []
    assert (head.ends_on, head.ended_at) == (TODAY, MORNING)


def test_a_hand_over_on_a_later_day_ends_the_old_access_the_day_before(db, head, successor, hand_over):
    hand_over(head.position, successor.user, NEXT_MONTH)

    assert holders_on(db, head.position, NEXT_MONTH - DAY) == [head.user]
    assert holders_on(db, head.position, NEXT_MONTH) == [successor.user]


def test_whoever_was_appointed_this_morning_can_be_succeeded_the_same_day(db, head, successor, hand_over):
    this_morning = hand_over(head.position, successor.user)

    hand_over(head.position, head.user)

    assert holders_on(db, head.position, TODAY) == [head.user]
    assert this_morning.starts_on == this_morning.ends_on == TODAY


def test_a_planned_successor_who_is_replaced_never_begins(db, head, successor, hand_over):
    planned = hand_over(head.position, successor.user, NEXT_MONTH)
    another = make_person(Role.CLERK)

    hand_over(head.position, another.user, TOMORROW)

    assert holders_on(db, head.position, TODAY) == [head.user]
    assert holders_on(db, head.position, TOMORROW) == [another.user]
    assert holders_on(db, head.position, NEXT_MONTH) == [another.user]
    assert planned.tenure.is_over(TODAY)


def test_a_planned_successor_can_begin_sooner(db, head, successor, hand_over):
    hand_over(head.position, successor.user, NEXT_MONTH)

    hand_over(head.position, successor.user, TODAY)

    assert holders_on(db, head.position, TODAY) == holders_on(db, head.position, NEXT_MONTH) == [successor.user]


def test_a_vacant_position_is_filled(db, successor, hand_over):
    vacant = make_position(Role.CLERK)

    hand_over(vacant, successor.user)

    assert holders_on(db, vacant, TODAY) == [successor.user]


def test_both_ends_of_a_hand_over_are_recorded(db, head, successor, hand_over):
    since = head.starts_on.isoformat()

    hand_over(head.position, successor.user)

    assert recorded(db) == [
        (ChangeKind.APPOINTMENT_ENDED, head.user, f"{since}/", f"{since}/2026-02-20"),
        (ChangeKind.APPOINTED, successor.user, "", "2026-02-20/"),
    ]


def test_what_the_predecessor_did_stays_theirs(head, successor, hand_over):
    task = make_task(division=head.position.division)
    tasks.start(task=task, by=head, now=MORNING)

    hand_over(head.position, successor.user)
    tasks.submit(task=task, by=successor.user.appointments_on(TODAY)[-1], now=MORNING, today=TODAY)

    assert task.submitted_by_id == successor.user_id
    assert head.user_id != successor.user_id


def test_whoever_holds_it_already_is_not_appointed_again(db, head, hand_over):
    with pytest.raises(HoldsAlready):
        hand_over(head.position, head.user)

    assert recorded(db) == []


def test_a_second_click_appoints_nobody_twice(db, head, successor, hand_over):
    seen = newest_id(of_position(head.position_id))
    hand_over(head.position, successor.user, seen=seen)

    with pytest.raises(HoldsAlready):
        hand_over(head.position, successor.user, seen=seen)

    assert len(holders_on(db, head.position, TODAY)) == 1


def test_an_administrator_who_looked_before_another_changed_it_looks_again(head, successor, hand_over):
    seen = newest_id(of_position(head.position_id))
    hand_over(head.position, successor.user, seen=seen)

    with pytest.raises(HolderChanged):
        hand_over(head.position, make_person(Role.CLERK).user, seen=seen)


def test_nothing_is_handed_over_in_the_past(head, successor, hand_over):
    with pytest.raises(DayHasPassed):
        hand_over(head.position, successor.user, TODAY - DAY)


def test_a_closed_account_takes_nothing_over(db, head, successor, hand_over):
    successor.user.active = False
    db.session.flush()

    with pytest.raises(AccountClosed):
        hand_over(head.position, successor.user)


def test_an_abolished_position_is_not_handed_over(db, head, successor, hand_over):
    head.position.abolished_on = TODAY
    db.session.flush()

    with pytest.raises(Abolished):
        hand_over(head.position, successor.user)


def test_whoever_acted_and_takes_over_acts_no_longer(db, head, successor, hand_over, cover):
    acting = cover(head.position, successor.user)

    hand_over(head.position, successor.user)

    assert acting.tenure.is_over(TODAY)
    assert holders_on(db, head.position, TODAY) == [successor.user]


def test_somebody_elses_cover_goes_on_under_the_successor(head, successor, hand_over, cover):
    acting = cover(head.position, make_person(Role.CLERK).user)

    hand_over(head.position, successor.user)

    assert acting.is_in_force(TODAY)


@pytest.mark.parametrize("starts_on", [TODAY, TOMORROW])
def test_the_only_administrator_can_be_succeeded_without_a_gap(db, admin, successor, hand_over, starts_on):
    hand_over(admin.position, successor.user, starts_on)

    assert holders_on(db, admin.position, starts_on) == [successor.user]


def test_the_only_administrator_is_not_succeeded_by_somebody_unable_to_invite_anybody(admin, acts):
    newcomer = {"position": admin.position, "details": Details("ผู้มาใหม่", "newcomer"), "seen": admin.id}

    with pytest.raises(NewcomerAlone):
        appointments.hand_over_to_newcomer(starts_on=TODAY, **newcomer, **acts)


def test_with_another_administrator_a_newcomer_may_take_over(admin, acts):
    make_person(Role.ADMINISTRATOR)
    newcomer = {"position": admin.position, "details": Details("ผู้มาใหม่", "newcomer"), "seen": admin.id}

    appointment = appointments.hand_over_to_newcomer(starts_on=TODAY, **newcomer, **acts)

    assert appointment.user.username == "newcomer"


def test_a_newcomer_takes_over_any_other_position(db, head, acts):
    appointment = appointments.hand_over_to_newcomer(
        position=head.position, details=Details("ผู้มาใหม่", "newcomer"), starts_on=TODAY, seen=head.id, **acts
    )

    assert holders_on(db, head.position, TODAY) == [appointment.user]


def test_a_position_can_be_left_vacant_at_once(db, head, acts):
    appointments.vacate(position=head.position, **acts)

    assert holders_on(db, head.position, TODAY) == []


def test_leaving_a_position_vacant_takes_back_who_was_to_come_and_keeps_the_cover(
    db, head, successor, acts, hand_over, cover
):
    acting = cover(head.position, make_person(Role.CLERK).user)
    planned = hand_over(head.position, successor.user, NEXT_MONTH)

    appointments.vacate(position=head.position, **acts)

    assert planned.tenure.is_over(TODAY)
    assert acting.is_in_force(TODAY)


def test_the_last_administrators_position_is_not_left_vacant(admin, acts):
    with pytest.raises(LastAdministrator):
        appointments.vacate(position=admin.position, **acts)


def test_a_cover_is_no_administrator_to_rely_on(admin, successor, acts, cover):
    cover(admin.position, successor.user)

    with pytest.raises(LastAdministrator):
        appointments.vacate(position=admin.position, **acts)


@pytest.mark.parametrize(
    ("day", "acts_then"), [(TODAY, True), (NEXT_MONTH, True), (TODAY - DAY, False), (NEXT_MONTH + DAY, False)]
)
def test_a_cover_holds_from_its_first_to_its_last_day_and_ends_by_itself(head, successor, cover, day, acts_then):
    assert cover(head.position, successor.user).is_in_force(day) is acts_then


def test_a_cover_is_recorded(db, head, successor, cover):
    cover(head.position, successor.user)

    assert recorded(db) == [(ChangeKind.COVER_APPOINTED, successor.user, "", "2026-02-20/2026-03-20")]


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [(TODAY, NEXT_MONTH), (NEXT_MONTH, NEXT_MONTH + DAY), (TODAY, TODAY), (TOMORROW, TOMORROW)],
)
def test_two_people_do_not_act_in_one_position_on_the_same_day(head, successor, cover, starts_on, ends_on):
    cover(head.position, successor.user)

    for another in (successor, make_person(Role.CLERK)):
        with pytest.raises(CoverOverlaps):
            cover(head.position, another.user, starts_on, ends_on)


def test_a_cover_may_follow_a_cover(head, successor, cover):
    cover(head.position, successor.user, TODAY, TOMORROW)

    assert cover(head.position, successor.user, TOMORROW + DAY, NEXT_MONTH)


def test_nobody_acts_for_themselves(head, cover):
    with pytest.raises(HoldsAlready):
        cover(head.position, head.user)


def test_a_cover_that_ends_before_it_starts_is_refused(head, successor, cover):
    with pytest.raises(EndsBeforeItStarts):
        cover(head.position, successor.user, TOMORROW, TODAY)


def test_a_cover_can_be_ended_early_and_only_once(db, head, successor, acts, cover):
    acting = cover(head.position, successor.user)

    for _ in range(2):
        appointments.end_cover(cover=acting, **acts)

    assert not acting.is_in_force(TODAY)
    assert [kind for kind, *_ in recorded(db)] == [ChangeKind.COVER_APPOINTED, ChangeKind.COVER_ENDED]


def test_a_cover_taken_back_before_it_began_leaves_its_days_to_others(head, successor, acts, cover):
    planned = cover(head.position, successor.user, TOMORROW, NEXT_MONTH)

    appointments.end_cover(cover=planned, **acts)

    assert cover(head.position, make_person(Role.CLERK).user, TOMORROW, NEXT_MONTH)


def test_an_appointment_is_not_ended_as_if_it_were_a_cover(db, head, acts):
    appointments.end_cover(cover=head, **acts)

    assert head.is_in_force(TODAY)


def test_an_acting_clerk_reviews_but_does_not_accept_what_they_handed_in_as_themselves(head, cover):
    clerk = make_person(Role.CLERK)
    task, another = (make_task(division=head.position.division) for _ in range(2))
    acting = cover(clerk.position, head.user)
    for one, by in ((task, head), (another, make_person(division=head.position.division))):
        tasks.submit(task=one, by=by, now=MORNING, today=TODAY)

    tasks.accept(task=another, by=acting, now=MORNING)
    with pytest.raises(tasks.OwnSubmission):
        tasks.accept(task=task, by=acting, now=MORNING)
