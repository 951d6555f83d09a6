from dataclasses import replace
from datetime import timedelta

import pytest

from tests.clocks import MORNING
from tracker.domain.changes import ChangeEntry, ChangeKind
from tracker.domain.history import chained_hash, digest

ENTRY = ChangeEntry(
    organization_id=1,
    seq=2,
    at=MORNING,
    appointment_id=3,
    kind=ChangeKind.APPOINTED,
    division_id=None,
    position_id=4,
    user_id=5,
    before_digest=digest(""),
    after_digest=digest("2026-02-20/"),
)
OTHERS = {
    "organization_id": 9,
    "seq": 9,
    "at": MORNING + timedelta(microseconds=1),
    "appointment_id": None,
    "kind": ChangeKind.APPOINTMENT_ENDED,
    "division_id": 4,
    "position_id": None,
    "user_id": None,
    "before_digest": digest("2026-02-20/"),
    "after_digest": digest(""),
}


@pytest.mark.parametrize("name", OTHERS)
def test_the_hash_covers(name):
    changed = replace(ENTRY, **{name: OTHERS[name]})

    assert chained_hash(changed, previous="") != chained_hash(ENTRY, previous="")


def test_the_hash_covers_every_field():
    assert set(OTHERS) == set(ENTRY.__dataclass_fields__)


def test_a_hash_is_the_same_on_every_machine_and_for_ever():
    # If this changes, every record that was ever written reads as broken.
    assert chained_hash(ENTRY, previous="") == "fe055e449534224d65635d8e7db2c39a08403fd58ddf008cff0366414db9125e"
