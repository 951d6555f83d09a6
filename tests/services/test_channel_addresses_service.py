import pytest
from sqlalchemy import select

from tests.clocks import MORNING, TODAY
from tests.factories import make_address, make_people
from tracker.domain.changes import ChangeKind
from tracker.domain.channels import ChannelKind, channel_name
from tracker.domain.deliveries import DeliveryState
from tracker.models import Change, ChannelAddress, ChannelStanding, Delivery, Message
from tracker.services import channel_addresses, tokens
from tracker.services.changes import first_break

SECRET = "jsons://hook.example.org/in/0123456789abcdef"


@pytest.fixture
def people(db):
    return make_people()


@pytest.fixture
def add(people):
    def add(address=SECRET, *, label="กลุ่มกอง", person=None):
        return channel_addresses.add(
            user=(person or people.member).user, kind=ChannelKind.WEBHOOK, label=label, address=address,
            by=people.administrator, now=MORNING,
        )  # fmt: skip

    return add


@pytest.fixture
def remove(people):
    return lambda row: channel_addresses.remove(address=row, by=people.administrator, now=MORNING)


@pytest.fixture
def changes(db):
    return lambda: db.session.scalars(select(Change).order_by(Change.seq)).all()


def test_an_address_is_on_sealed_and_known_by_its_end(add):
    row = add()

    assert (row.is_on, row.hint, row.created_at) == (True, "…cdef", MORNING)
    assert "hook.example.org" not in row.sealed
    assert channel_addresses.opened(row) == SECRET


def test_an_address_sealed_by_another_installation_does_not_open(add):
    row = add()
    row.sealed = "not ours"

    assert channel_addresses.opened(row) is None


def test_the_record_names_kind_and_label_and_never_the_address(add, remove, changes, people):
    remove(add())

    added, removed = changes()
    assert (added.kind, added.before, added.after) == (ChangeKind.CHANNEL_ADDED, "", "webhook · กลุ่มกอง")
    assert (removed.kind, removed.before, removed.after) == (ChangeKind.CHANNEL_REMOVED, "webhook · กลุ่มกอง", "")
    assert {change.user_id for change in (added, removed)} == {people.member.user_id}
    assert {change.appointment_id for change in (added, removed)} == {people.administrator.id}
    assert first_break(people.member.user.organization) is None


def test_an_address_that_the_person_has_is_refused_by_its_label(add):
    add(label="กลุ่มกอง")

    with pytest.raises(channel_addresses.AddressKnown, match="กลุ่มกอง"):
        add(label="อีกชื่อหนึ่ง")


def test_two_people_may_share_an_address(add, people):
    add()

    assert add(person=people.neighbour).user_id == people.neighbour.user_id


def test_a_sixth_address_is_refused(add):
    for number in range(5):
        add(f"{SECRET}{number}")

    with pytest.raises(channel_addresses.TooManyAddresses):
        add(f"{SECRET}5")


def test_what_waits_for_a_removed_address_is_dropped_and_what_was_sent_stays(db, people, remove):
    row = make_address(people.member)
    message = Message(
        organization_id=people.member.user.organization_id, user_id=people.member.user_id,
        digest_on=TODAY, created_at=MORNING,
    )  # fmt: skip
    common = {"message": message, "next_try_at": MORNING}
    waiting = Delivery(**common, channel=channel_name(row.id), header_id="<1>", address_id=row.id)
    mail = Delivery(**common, channel="mail", header_id="<2>")
    sent = Delivery(
        message=Message(
            organization_id=message.organization_id, user_id=message.user_id, digest_on=TODAY.replace(day=19),
            created_at=MORNING,
        ),
        channel=channel_name(row.id), header_id="<3>", address_id=row.id, state=DeliveryState.SENT,
        sent_at=MORNING, next_try_at=MORNING,
    )  # fmt: skip
    db.session.add_all([waiting, mail, sent])
    db.session.flush()

    remove(row)

    db.session.expire_all()
    assert [d.state for d in (waiting, mail, sent)] == [
        DeliveryState.DROPPED, DeliveryState.WAITING, DeliveryState.SENT,
    ]  # fmt: skip
    assert (waiting.address_id, sent.address_id) == (None, None)


def test_the_next_address_with_the_same_number_does_not_inherit_how_this_one_did(db, people, remove):
    row = make_address(people.member)
    db.session.add(ChannelStanding(channel=channel_name(row.id), failures=3, failing_since=MORNING))
    db.session.flush()

    remove(row)

    assert db.session.scalars(select(ChannelStanding)).all() == []
    assert db.session.scalars(select(ChannelAddress)).all() == []


def test_the_sealed_text_is_another_each_time(add, people):
    first, second = add(), add(person=people.neighbour)

    assert first.sealed != second.sealed
    assert tokens.unseal(first.sealed) == tokens.unseal(second.sealed)
