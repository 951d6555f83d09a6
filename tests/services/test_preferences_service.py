from datetime import date, time

import pytest

from tests.factories import make_address
from tracker.domain.sending_hours import USUAL, Wishes
from tracker.models import Preference
from tracker.services import preferences, unsubscribing

LATE = Wishes(time(16, 30), date(2026, 3, 1), date(2026, 3, 15))


@pytest.fixture
def user(people):
    return people.member.user


@pytest.fixture
def kept(db, user):
    return lambda: db.session.get(Preference, user.id)


def test_what_a_person_chose_is_kept(user, kept):
    preferences.change(user=user, wishes=LATE, wants_mail=False, addresses_on=[])

    assert (kept().wishes, kept().wants_mail) == (LATE, False)


def test_a_later_choice_replaces_the_earlier_one(user, kept):
    preferences.change(user=user, wishes=LATE, wants_mail=False, addresses_on=[])

    preferences.change(user=user, wishes=USUAL, wants_mail=True, addresses_on=[])

    assert (kept().wishes, kept().wants_mail) == (USUAL, True)


def test_each_of_ones_own_addresses_is_switched_on_its_own(people, user):
    first, second = make_address(people.member), make_address(people.member, is_on=False)

    preferences.change(user=user, wishes=USUAL, wants_mail=True, addresses_on=[second.id])

    assert (first.is_on, second.is_on) == (False, True)


def test_nobody_switches_the_addresses_of_others(people, user):
    theirs, other = make_address(people.neighbour), make_address(people.neighbour, is_on=False)

    preferences.change(user=user, wishes=USUAL, wants_mail=True, addresses_on=[other.id])

    assert (theirs.is_on, other.is_on) == (True, False)


def test_who_leaves_the_mails_keeps_everything_else(people, user, kept):
    address = make_address(people.member)
    preferences.change(user=user, wishes=LATE, wants_mail=True, addresses_on=[address.id])

    for _ in range(2):
        unsubscribing.stop(user=user)

    assert (kept().wishes, kept().wants_mail, address.is_on) == (LATE, False, True)


def test_who_never_chose_anything_leaves_the_mails_too(user, kept):
    unsubscribing.stop(user=user)

    assert (kept().wishes, kept().wants_mail) == (USUAL, False)


def test_a_token_leads_to_the_person_whose_mails_it_is_in(people, user):
    token = unsubscribing.token_for(user)

    assert unsubscribing.user_of(token) == user
    assert unsubscribing.token_for(user) == token
    assert unsubscribing.token_for(people.neighbour.user) != token


@pytest.mark.parametrize("change", ["cut", "longer", "swapped", "empty", "thai", "huge"])
def test_a_token_that_we_did_not_sign_leads_nowhere(people, user, change):
    token, other = (unsubscribing.token_for(one) for one in (user, people.neighbour.user))
    changed = {
        "cut": token[:-1],
        "longer": f"{token}x",
        "swapped": f"{other.partition('.')[0]}.{token.partition('.')[2]}",
        "empty": "",
        "thai": "กองคลัง",
        "huge": "a" * 100_000,
    }

    assert unsubscribing.user_of(changed[change]) is None


def test_a_token_of_another_installation_leads_nowhere(app, user, monkeypatch):
    token = unsubscribing.token_for(user)
    monkeypatch.setitem(app.config, "SECRET_KEY", "another installation's")

    assert unsubscribing.user_of(token) is None
