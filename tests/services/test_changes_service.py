from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from tests.clocks import MORNING
from tests.factories import make_organization, make_person
from tracker.domain.changes import ChangeKind
from tracker.domain.history import digest
from tracker.domain.permissions import Role
from tracker.models import Change
from tracker.services import changes


@pytest.fixture
def organization(db):
    """An organization on whose record five things stand."""
    organization = make_organization()
    admin = make_person(Role.ADMINISTRATOR, organization=organization)
    for number in range(1, 6):
        changes.record(
            organization_id=organization.id,
            kind=ChangeKind.PERSON_CHANGED,
            by=admin,
            now=MORNING + timedelta(minutes=number),
            person=admin.user,
            before=f"ชื่อ {number - 1}",
            after=f"ชื่อ {number}",
        )
    return organization


def tamper(db, seq, /, **values):
    db.session.execute(update(Change).where(Change.seq == seq).values(**values))
    db.session.expire_all()


def broken_seq(organization):
    found = changes.first_break(organization)
    return found and found.seq


def test_an_untouched_record_is_whole(organization):
    assert broken_seq(organization) is None


def test_an_organization_without_changes_has_a_whole_record(db):
    assert broken_seq(make_organization()) is None


def test_changes_are_numbered_without_gaps_and_each_names_its_predecessor(db, organization):
    rows = db.session.scalars(select(Change).order_by(Change.seq)).all()

    assert [change.seq for change in rows] == [1, 2, 3, 4, 5]
    assert [change.previous_hash for change in rows] == ["", *[change.hash for change in rows[:-1]]]


def test_two_organizations_have_records_of_their_own(organization):
    other = make_organization("เทศบาลตำบลข้างเคียง")

    first = changes.record(organization_id=other.id, kind=ChangeKind.PERSON_ADDED, by=None, now=MORNING)

    assert (first.seq, first.previous_hash) == (1, "")
    assert (broken_seq(organization), broken_seq(other)) == (None, None)


CHANGES = {
    "before": "ไม่เคยชื่อนี้",
    "after": "ไม่เคยชื่อนี้",
    "before_digest": "0" * 64,
    "after_digest": "0" * 64,
    "at": MORNING,
    "kind": ChangeKind.PERSON_ADDED,
    "appointment_id": None,
    "user_id": None,
    "hash": "0" * 64,
    "previous_hash": "0" * 64,
}


@pytest.mark.parametrize("seq", [1, 3, 5])
@pytest.mark.parametrize("column", CHANGES)
def test_a_changed_row_is_named(db, organization, seq, column):
    tamper(db, seq, **{column: CHANGES[column]})

    assert broken_seq(organization) == seq


def test_a_text_with_its_digest_rewritten_is_found_by_the_hash(db, organization):
    tamper(db, 3, after="ไม่เคยชื่อนี้", after_digest=digest("ไม่เคยชื่อนี้"))

    assert broken_seq(organization) == 3


def test_a_row_taken_out_is_named_by_the_one_behind_it(db, organization):
    db.session.execute(delete(Change).where(Change.seq == 2))

    assert broken_seq(organization) == 3


def test_rows_taken_from_the_end_are_missed(db, organization):
    db.session.execute(delete(Change).where(Change.seq == 5))

    found = changes.first_break(organization)
    assert (found.seq, found.row_id) == (5, None)


def test_a_name_enters_the_hash_by_its_digest_alone(db, organization):
    row = db.session.scalars(select(Change).where(Change.seq == 1)).one()

    assert row.after_digest == digest("ชื่อ 1")
