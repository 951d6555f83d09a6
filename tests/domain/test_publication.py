from dataclasses import replace

import pytest

from tracker.domain.findings import Finding
from tracker.domain.indicators import INDICATORS, Instrument
from tracker.domain.publication import OF_A_MEASURE, Element, Gap, Promise, check

ALL = frozenset(indicator.number for indicator in INDICATORS)
WHOLE = Promise(7, 1, "ตรงเวลา", ("รอนาน",), ("ทำคู่มือ",), "ทั้งปี", "ทุกส่วนราชการ")
EVERY = tuple(replace(WHOLE, id=number, indicator=number) for number in sorted(ALL))


def checked(*changed, **options):
    """Check a whole plan in which the measures of some indicators are others."""
    replaced = {one.indicator for one in changed}
    others = [one for one in EVERY if one.indicator not in replaced]
    return check([*others, *changed], **({"year": 2568, "scored": ALL} | options))


def without(element, empty):
    names = {Element.MEASURE: "title", Element.ANALYSIS: "analysis", Element.STEPS: "steps"}
    name = names.get(element, str(element))
    return replace(WHOLE, **{name: (empty,) if name in ("analysis", "steps") else empty})


def test_a_plan_with_all_elements_is_complete():
    assert checked() == check(EVERY, year=2568, scored=ALL)
    assert checked().is_complete
    assert checked().doubtful == ()


@pytest.mark.parametrize("empty", ["", " ", "-", "–", "...", "_"])
@pytest.mark.parametrize("element", OF_A_MEASURE)
def test_an_element_that_says_nothing_is_missing_and_leads_to_its_measure(element, empty):
    found = checked(without(element, empty))

    assert [(gap.element, gap.indicator, gap.measure_id) for gap in found.missing] == [(element, 1, 7)]
    assert not found.is_complete


def test_a_list_without_entries_is_missing_as_well():
    found = checked(replace(WHOLE, analysis=(), steps=()))

    assert [gap.element for gap in found.missing] == [Element.ANALYSIS, Element.STEPS]


@pytest.mark.parametrize("text", ["1", "๑", "ก", "a"])
def test_one_letter_says_something(text):
    assert checked(replace(WHOLE, steps=("-", text))).is_complete


def test_a_sentence_names_the_measure_its_indicator_and_what_it_lacks():
    (gap,) = checked(replace(WHOLE, time_frame="")).missing

    assert str(gap.sentence) == "“ตรงเวลา” (indicator 1) lacks a time frame."


def test_an_indicator_without_a_measure_is_missing():
    found = check(EVERY[1:], year=2568, scored=ALL)

    assert [(gap.element, gap.indicator, gap.measure_id) for gap in found.missing] == [(Element.MEASURE, 1, None)]


def test_what_is_missing_stands_in_the_order_of_the_indicators():
    found = checked(replace(WHOLE, id=90, indicator=9, steps=()), replace(WHOLE, id=20, indicator=2, steps=()))

    assert [gap.measure_id for gap in found.missing] == [20, 90]


@pytest.mark.parametrize(
    ("scored", "sentences"),
    [
        (ALL, []),
        (ALL - {3, 10}, ["The assessment of 2568 has no score of these indicators: 3, 10."]),
        (frozenset(), ["The result of the assessment of 2568 is missing."]),
    ],
)
def test_the_analysis_is_over_all_ten_indicators(scored, sentences):
    found = checked(scored=scored).missing

    assert [str(gap.sentence) for gap in found] == sentences
    assert {gap.element for gap in found} <= {Element.RESULT}


def test_a_time_frame_from_which_no_day_follows_is_doubtful_but_not_missing():
    found = checked(replace(WHOLE, falls_due=False))

    assert found.is_complete
    assert [gap.measure_id for gap in found.doubtful] == [7]


def test_a_missing_time_frame_is_not_doubted_as_well():
    assert checked(replace(WHOLE, time_frame="", falls_due=False)).doubtful == ()


def test_who_is_none_of_the_divisions_is_doubtful():
    found = checked(replace(WHOLE, unmatched=("คณะทำงาน ITA",)))

    assert found.is_complete
    assert [str(gap.sentence) for gap in found.doubtful] == [
        "“ตรงเวลา” (indicator 1) names “คณะทำงาน ITA”, which is none of the divisions."
    ]


def test_a_finding_that_no_measure_answers_is_doubtful():
    found = checked(unanswered=[Finding(10, Instrument.OIT, ("o27",), "ขาดองค์ประกอบ")])

    assert found.is_complete
    assert found.doubtful[0].indicator == 10
    assert "ขาดองค์ประกอบ" in str(found.doubtful[0].sentence)


def test_an_empty_plan_lacks_its_result_and_every_measure():
    assert [gap.element for gap in check([], year=2568).missing] == [Element.RESULT, *[Element.MEASURE] * 10]
    assert isinstance(check([], year=2568).missing[0], Gap)
