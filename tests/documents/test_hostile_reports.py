"""Files made to deceive, to break or to fill the memory end in a sentence, and in reasonable time."""

import time

import pytest

from tests.hostile.reports import BY_HAND, REPORTS, TEXTS
from tracker.documents.reading.apart import read
from tracker.domain.sentences import Refusal

PATIENCE = 30  # seconds; the slowest takes two


def test_there_are_enough_of_them():
    assert len(TEXTS | BY_HAND) > 40


@pytest.mark.parametrize("which", REPORTS)
def test_what_is_no_report_is_refused_for_its_own_reason(which):
    name, content, refusal = REPORTS[which]
    began = time.perf_counter()

    with pytest.raises(Refusal) as refused:
        read(content, name, tell=lambda *_: None)

    assert str(refused.value) == str(refusal)
    assert time.perf_counter() - began < PATIENCE
