"""Files made to deceive, to break or to fill the memory end in a sentence of their own; none is waited for."""

import pytest

from tests.hostile.reports import BY_HAND, REPORTS, TEXTS
from tracker.documents.reading.apart import read
from tracker.domain.sentences import Refusal


def test_there_are_enough_of_them():
    assert len(TEXTS | BY_HAND) > 40


@pytest.mark.parametrize("which", REPORTS)
def test_what_is_no_report_is_refused_for_its_own_reason(which):
    name, content, refusal = REPORTS[which]

    with pytest.raises(Refusal) as refused:
        read(content, name, tell=lambda *_: None)

    assert str(refused.value) == str(refusal)
