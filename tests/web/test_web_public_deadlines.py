from datetime import date

import pytest

from tests.factories import make_measure, make_task
from tests.factories_public import make_window
from tracker.domain.statuses import Status

JANUARY, FEBRUARY, MARCH, APRIL = (date(2026, month, 28) for month in (1, 2, 3, 4))


@pytest.fixture
def measure(people):
    measure = make_measure()
    measure.plan.organization.slug = "bangsai"
    make_window(measure.plan)
    return measure


@pytest.fixture
def folds(measure, visit):
    """Return what each fold of the measure's page says, and whether it stands open."""

    def read():
        page = visit().get(f"/public/bangsai/2569/measures/{measure.id}")
        return [(one.all("summary")[0].text, "open" in one.attributes) for one in page.root.all("details")]

    return read


def test_a_measure_with_many_deadlines_folds_all_but_the_late_and_the_next(measure, folds):
    make_task(measure=measure, due_on=date(2025, 12, 28), status=Status.DONE)
    for day in (JANUARY, FEBRUARY, MARCH):
        make_task(measure=measure, due_on=day)

    assert folds() == [
        ("กำหนด 28 ธันวาคม 2568 แล้วเสร็จ 1 จาก 1 งาน", False),
        ("กำหนด 28 มกราคม 2569 แล้วเสร็จ 0 จาก 1 งาน · ▲ เกินกำหนด 1", True),
        ("กำหนด 28 กุมภาพันธ์ 2569 แล้วเสร็จ 0 จาก 1 งาน", True),
        ("กำหนด 28 มีนาคม 2569 แล้วเสร็จ 0 จาก 1 งาน", False),
    ]


def test_what_does_not_apply_is_not_counted_in_a_fold(measure, folds):
    for day in (JANUARY, FEBRUARY, MARCH, APRIL):
        make_task(measure=measure, due_on=day, status=Status.DONE)
    make_task(measure=measure, due_on=APRIL, status=Status.NOT_APPLICABLE, slot="extra")

    assert folds()[-1][0] == "กำหนด 28 เมษายน 2569 แล้วเสร็จ 1 จาก 1 งาน"


def test_a_measure_with_few_deadlines_folds_nothing(measure, folds):
    for day in (JANUARY, FEBRUARY, MARCH):
        make_task(measure=measure, due_on=day)

    assert folds() == []
