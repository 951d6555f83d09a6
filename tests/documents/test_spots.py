"""Which places of a report a person should look at, and which stop a plan from being made."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.documents.test_corrections import HEADINGS, INDICATOR
from tracker.documents.reading.corrections import Corrections, MeasureCorrection
from tracker.documents.reading.entries import corrected_report, entries, reading_of_entries
from tracker.documents.reading.report import draft_of
from tracker.documents.reading.spots import spots_of, spots_of_report, to_look_at
from tracker.domain.certainty import Certainty
from tracker.domain.consistency import Figure, Source, Subject
from tracker.domain.responsibles import USUAL_DIVISIONS

NOTHING = Corrections()
CLEAR = ("ไม่ทราบยอด", "เปิดเผยยอด", "- ประกาศ", "ทุกเดือน", "กองคลัง")


def report_of(*rows, heading=INDICATOR):
    return replace(draft_of([HEADINGS, heading, *rows]), plan_year=2569)


def places_of(report, **correction):
    """Return what is left to look at in each measure, by the end of its id."""
    corrections = Corrections(measures={"0": MeasureCorrection(**correction)})
    found = entries(report, corrections, divisions=USUAL_DIVISIONS, year=2569)
    spots = [spot for entry in found for spot in spots_of(entry, USUAL_DIVISIONS)]
    return {spot.at for spot in to_look_at(spots, frozenset())}


def whole_of(report, corrections=NOTHING, *, year=2569):
    report = corrected_report(report, corrections)
    found = entries(report, corrections, divisions=USUAL_DIVISIONS, year=2569)
    reading = reading_of_entries(report, found, year=2569)
    return list(spots_of_report(report, reading, year=year, own_name="เทศบาลตำบลตัวอย่าง"))


def test_a_measure_that_can_be_read_needs_no_look():
    assert places_of(report_of(CLEAR)) == set()


@pytest.mark.parametrize(
    ("row", "place"),
    [
        (("ก", "", "- ประกาศ", "ทุกเดือน", "กองคลัง"), "m0-title"),
        (("ก", "เปิดเผยยอด", "", "ทุกเดือน", "กองคลัง"), "m0-steps"),
        (("ก", "เปิดเผยยอด", "- ประกาศ", "ตลอดปีการศึกษา", "กองคลัง"), "m0-words"),
        (("ก", "เปิดเผยยอด", "- ประกาศ", "ทุกเดือน", "คณะกรรมการ ITA"), "m0-means-0"),
        (("ก", "เปิดเผยยอด", "- ประกาศ", "ทุกเดือน", ""), "m0-divisions"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_doubt_stands_at_its_own_field(row, place):
    assert places_of(report_of(row)) == {place}


def test_a_measure_below_no_heading_has_no_indicator():
    assert places_of(report_of(CLEAR, heading=("", "", "", "", ""))) == {"m0-indicator"}


def test_a_measure_left_out_asks_for_nothing():
    assert places_of(report_of(("ก", "เปิดเผยยอด", "", "", "")), is_out=True) == set()


@pytest.mark.parametrize("decided", [{"meanings": {"คณะกรรมการita": ()}}, {"division_names": ()}], ids=list)
def test_that_nobody_is_given_work_is_settled_once_a_person_says_so(decided):
    body = ("ก", "เปิดเผยยอด", "- ประกาศ", "ทุกเดือน", "คณะกรรมการ ITA")

    assert places_of(report_of(body), **decided) == set()


def test_words_that_a_person_wrote_and_nobody_can_read_stop_the_plan():
    report = report_of(CLEAR)
    corrections = Corrections(measures={"0": MeasureCorrection(schedule_words="ตลอดปีการศึกษา")})
    (entry,) = entries(report, corrections, divisions=USUAL_DIVISIONS, year=2569)

    assert [spot.at for spot in spots_of(entry, USUAL_DIVISIONS) if spot.stops] == ["m0-words"]


def test_an_indicator_taken_over_from_the_measure_before_is_only_likely():
    report = report_of(CLEAR, ("ข", "มาตรการสอง", "- ประชุม", "ทุกไตรมาส", "กองช่าง"))
    _, second = entries(report, Corrections(), divisions=USUAL_DIVISIONS, year=2569)

    assert next(spots_of(second, USUAL_DIVISIONS)).judgement.certainty == Certainty.LIKELY


def test_what_was_looked_at_needs_no_look_until_it_changes():
    report = report_of(("ก", "ก" * 400, "- ข", "ทุกเดือน", "กองคลัง"))
    (entry,) = entries(report, NOTHING, divisions=USUAL_DIVISIONS, year=2569)
    title = next(spot for spot in spots_of(entry, USUAL_DIVISIONS) if spot.at == "m0-title")
    other = replace(title, printed="ข" * 400)

    assert title.needs_a_look(frozenset())
    assert not title.needs_a_look(frozenset({title.mark}))
    assert other.needs_a_look(frozenset({title.mark}))


def test_what_stops_the_plan_is_not_settled_by_looking():
    (spot,) = whole_of(report_of(CLEAR), year=None)

    assert spot.stops
    assert spot.needs_a_look(frozenset({spot.mark}))


def test_a_report_of_another_organization_wants_a_look():
    (spot,) = whole_of(replace(report_of(CLEAR), organization="เทศบาลตำบลอื่น"))

    assert (spot.at, spot.judgement.certainty) == ("organization", Certainty.LOOK)


def test_a_plan_without_measures_is_stopped():
    corrections = Corrections(measures={"0": MeasureCorrection(is_out=True)})

    assert [spot.at for spot in whole_of(report_of(CLEAR), corrections) if spot.stops] == ["add"]


def test_a_doubted_score_stands_at_its_own_field_until_it_is_corrected():
    subject = Subject(indicator=6)
    figures = (
        Figure(subject, 2568, Decimal("98.33")),
        Figure(subject, 2568, Decimal("98.33"), Source.HEADING),
        Figure(subject, 2568, Decimal("98.34"), Source.TEXT),
    )
    report = replace(report_of(CLEAR), figures=figures)

    assert [spot.at for spot in whole_of(report)] == ["score-2"]
    assert whole_of(report, Corrections(scores={"2": "98.33"})) == []
