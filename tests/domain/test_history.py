from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tracker.domain.history import Entry, EventKind, chained_hash, digest

ENTRY = Entry(
    plan_id=1,
    seq=2,
    at=datetime(2026, 2, 20, 2, 0, tzinfo=UTC),
    appointment_id=3,
    kind=EventKind.STARTED,
    task_id=4,
    before="not_started",
    after="in_progress",
    note_digest=digest("เริ่มแล้ว"),
)
OTHERS = {
    "plan_id": 9,
    "seq": 9,
    "at": ENTRY.at + timedelta(microseconds=1),
    "appointment_id": None,
    "kind": EventKind.SUBMITTED,
    "task_id": None,
    "before": "",
    "after": "done",
    "note_digest": digest(""),
}


@pytest.mark.parametrize("name", OTHERS)
def test_the_hash_covers(name):
    changed = replace(ENTRY, **{name: OTHERS[name]})

    assert chained_hash(changed, previous="") != chained_hash(ENTRY, previous="")


def test_the_hash_covers_every_field():
    assert set(OTHERS) == set(ENTRY.__dataclass_fields__)


def test_the_hash_covers_the_predecessor():
    assert chained_hash(ENTRY, previous="a") != chained_hash(ENTRY, previous="b")


def test_two_texts_cannot_trade_letters_across_their_border():
    one, other = replace(ENTRY, before="ab", after="c"), replace(ENTRY, before="a", after="bc")

    assert chained_hash(one, previous="") != chained_hash(other, previous="")


def test_a_text_cannot_pass_for_the_predecessor():
    assert chained_hash(replace(ENTRY, before='","'), previous="") != chained_hash(ENTRY, previous='","')


def test_a_hash_is_the_same_on_every_machine_and_for_ever():
    # If this changes, every history that was ever written reads as broken.
    assert chained_hash(ENTRY, previous="") == ("81708264758e2493d3d1e8280f1767e0cf1a4e39417fd2afd5c81d436a2d33d0")


def test_a_digest_is_64_hexadecimal_digits():
    assert digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
