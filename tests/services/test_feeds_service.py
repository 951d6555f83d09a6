from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clocks import MORNING, TODAY
from tracker.domain.feeds import MOST_FEEDS
from tracker.domain.sign_in import RecordKind, Visit
from tracker.models import Feed, SignInRecord
from tracker.queries import feeds as queries
from tracker.services import feeds
from tracker.services import people as accounts


@pytest.fixture
def user(people):
    return people.member.user


@pytest.fixture
def make(people):
    def make(user, division=None):
        return feeds.make(user=user, division=division, visit=Visit("10.0.0.1"), now=MORNING)

    return make


def found(made):
    return queries.of_fingerprint(feeds.fingerprint(made.token))


def test_the_token_is_kept_nowhere(db, user, make):
    made = make(user)

    assert found(made) == made.feed
    assert made.token not in str(vars(made.feed))
    assert len(made.token) >= 43  # 256 bits


def test_another_token_finds_nothing(user, make):
    made = make(user)

    assert queries.of_fingerprint(feeds.fingerprint(made.token[:-1])) is None
    assert queries.of_fingerprint(made.token) is None


def test_a_revoked_address_finds_nothing_and_the_others_stay(db, user, make):
    lost, kept = make(user), make(user)
    feeds.revoke(feed=lost.feed, by=user, visit=Visit(), now=MORNING)
    db.session.flush()

    assert found(lost) is None
    assert found(kept) == kept.feed


def test_making_and_revoking_stand_in_the_record_of_the_account(db, user, make):
    made = make(user)
    feeds.revoke(feed=made.feed, by=user, visit=Visit("10.0.0.2"), now=MORNING + timedelta(hours=1))

    rows = db.session.scalars(select(SignInRecord).order_by(SignInRecord.id)).all()
    assert [(row.kind, row.user_id, row.by_id, row.address) for row in rows] == [
        (RecordKind.FEED_MADE, user.id, user.id, "10.0.0.1"),
        (RecordKind.FEED_REVOKED, user.id, user.id, "10.0.0.2"),
    ]


def test_nobody_has_more_addresses_than_they_can_look_after(people, user, make):
    for _ in range(MOST_FEEDS):
        make(user)

    with pytest.raises(feeds.TooManyFeeds):
        make(user)
    make(people.neighbour.user)


def test_a_closed_account_has_no_calendars_any_more_even_when_it_is_opened_again(db, people, user, make):
    made, other = make(user), make(people.neighbour.user)
    accounts.close_account(user=user, by=people.administrator, now=MORNING, today=TODAY)
    accounts.reopen_account(user=user, by=people.administrator, now=MORNING)

    assert found(made) is None
    assert db.session.scalars(select(Feed)).all() == [other.feed]


def test_the_calendar_of_an_account_that_is_closed_is_not_found(db, user, make):
    made = make(user)
    user.active = False
    db.session.flush()

    assert found(made) is None
