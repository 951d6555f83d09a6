"""What a person does to the measures of a report besides writing."""

from dataclasses import replace

import pytest

from tests.documents.test_corrections import HEADINGS, INDICATOR
from tracker.documents.reading import correcting
from tracker.documents.reading.correcting import MOST_ADDED, NothingBefore, TooManyAdded
from tracker.documents.reading.corrections import Corrections, MeasureCorrection
from tracker.documents.reading.entries import entries
from tracker.documents.reading.report import draft_of
from tracker.domain.responsibles import USUAL_DIVISIONS

NOTHING = Corrections()
ROWS = [
    ("ก", "มาตรการหนึ่ง", "- ประกาศ", "ตลอดปี ๒๕๖๙", "คณะกรรมการ ITA"),
    ("ข", "มาตรการสอง", "- ประชุม", "ตลอด ปี 2569", "กองคลัง และคณะกรรมการ ITA"),
    ("ค", "มาตรการสาม", "- รายงาน", "ทุกเดือน", "กองคลัง"),
    ("ง", "มาตรการสี่", "- สรุป", "ทุกเดือน", "กองช่าง"),
]


@pytest.fixture(scope="module")
def report():
    return replace(draft_of([HEADINGS, INDICATOR, *ROWS]), plan_year=2569)


@pytest.fixture
def found(report):
    """The measures, read with these corrections."""
    return lambda corrections=NOTHING: entries(report, corrections, divisions=USUAL_DIVISIONS, year=2569)


def with_one(key, **values):
    return Corrections(measures={key: MeasureCorrection(**values)})


def names(entry):
    return [division.name for division in entry.reading.responsible.divisions]


def test_words_for_all_reach_those_printed_in_the_same_words_and_no_other(found):
    corrections = with_one("0", schedule_words="ทุกไตรมาส")

    spread = correcting.with_words_for_all(corrections, found(corrections), found(corrections)[0])

    assert [entry.words for entry in found(spread)] == ["ทุกไตรมาส", "ทุกไตรมาส", "ทุกเดือน", "ทุกเดือน"]


def test_divisions_for_all_reach_those_printed_in_the_same_words(found):
    corrections = with_one("2", division_names=("กองช่าง",))

    spread = correcting.with_divisions_for_all(corrections, found(corrections), found(corrections)[2])

    assert [names(entry) for entry in found(spread)] == [[], ["กองคลัง"], ["กองช่าง"], ["กองช่าง"]]


def test_a_body_means_the_same_wherever_it_is_named(found):
    alike = correcting.unmatched_alike(found(), "คณะกรรมการ  ITA")

    spread = correcting.with_meaning(Corrections(), alike, "คณะกรรมการ ITA", ["กองช่าง"])

    assert [names(entry) for entry in found(spread)] == [["กองช่าง"], ["กองคลัง", "กองช่าง"], ["กองคลัง"], ["กองช่าง"]]


def test_a_measure_left_out_comes_back_as_it_was(found):
    corrections = with_one("1", title="ชื่อใหม่")
    out = correcting.taken_out(corrections, found(corrections)[1], is_out=True)

    assert [entry.number for entry in found(out)] == [1, 0, 2, 3]
    assert correcting.taken_out(out, found(out)[1], is_out=False) == corrections


def test_joining_runs_the_texts_together(found):
    joined = found(correcting.joined(Corrections(), found(), found()[1]))

    whole = joined[0].reading.measure
    assert (whole.title, whole.analysis, whole.steps) == ("มาตรการหนึ่ง มาตรการสอง", ("ก", "ข"), ("ประกาศ", "ประชุม"))
    assert joined[0].words == "ตลอดปี ๒๕๖๙"  # printed again, it is no rest
    assert names(joined[0]) == ["กองคลัง"]
    assert [entry.number for entry in joined] == [1, 0, 2, 3]


def test_the_first_measure_has_none_to_be_joined_with(found):
    with pytest.raises(NothingBefore):
        correcting.joined(Corrections(), found(), found()[0])


def test_parting_brings_back_what_was_decided_before(found):
    corrections = with_one("0", title="ชื่อใหม่")
    joined = correcting.joined(corrections, found(corrections), found(corrections)[1])

    parted = correcting.parted(joined, found(joined), found(joined)[1])

    assert parted.to_json() == corrections.to_json()


def test_parting_keeps_what_was_corrected_since(found):
    joined = correcting.joined(Corrections(), found(), found()[1])
    joined = joined.with_measure("0", replace(joined.of("0"), title="รวมแล้วแก้"))

    parted = found(correcting.parted(joined, found(joined), found(joined)[1]))

    assert [entry.number for entry in parted] == [1, 2, 3, 4]
    assert parted[0].reading.measure.title == "รวมแล้วแก้"
    assert parted[1].reading.measure.title == "มาตรการสอง"


def test_what_was_joined_to_a_measure_goes_with_it_to_the_one_before(found, report):
    first = correcting.joined(Corrections(), found(), found()[2])
    second = correcting.joined(first, found(first), found(first)[1])

    joined = found(second)

    assert [entry.number for entry in joined] == [1, 0, 0, 2]
    assert joined[0].reading.measure.steps == ("ประกาศ", "ประชุม", "รายงาน")
    assert len(joined[0].reading.measure.source) == 3


def test_a_measure_that_was_missed_gets_a_key_of_its_own(found):
    corrections, first = correcting.with_another(Corrections())
    corrections, second = correcting.with_another(corrections)

    assert [entry.key for entry in found(corrections)][-2:] == [first, second]


def test_measures_cannot_be_added_without_end():
    many = Corrections(added=tuple(f"n{number}" for number in range(MOST_ADDED)))

    with pytest.raises(TooManyAdded):
        correcting.with_another(many)
