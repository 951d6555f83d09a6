"""What the sample report must give – and the real one it was modelled on, where that lies beside the repository."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from tracker.documents.reading.decoding import decode
from tracker.documents.reading.draft import ReportDraft
from tracker.documents.reading.markup import plain
from tracker.documents.reading.rows import rows_of
from tracker.documents.reading.text import read_text_report
from tracker.domain.consistency import LevelClaim, RankClaim, Scope, Source, Subject
from tracker.domain.indicators import Instrument
from tracker.domain.scores import Level

ALL_YEAR = "ตลอด ปีงบประมาณ พ.ศ. ๒๕๖๙"
STEPS_OF_EACH_INDICATOR = [2, 3, 1, 1, 4, 3, 2, 3, 2, 1]


def decimals(*texts):
    return [Decimal(text) for text in texts]


def test_the_organization_is_named_without_its_district(draft):
    assert draft.organization in ("เทศบาลตำบลตัวอย่าง", "เทศบาลตำบลบางปลา")


def test_what_was_measured_in_2568_is_planned_for_2569(draft):
    assert (draft.assessment_year, draft.plan_year) == (2568, 2569)


def test_the_level_is_the_printed_one(draft):
    assert draft.level == "ผ่านดี"


@pytest.mark.parametrize(
    ("subject", "earlier", "later"),
    [
        (Subject(), "97.02", "96.04"),
        (Subject(Instrument.IIT), "96.26", "99.60"),
        (Subject(Instrument.EIT1), "94.08", "99.43"),
        (Subject(Instrument.EIT2), "93.50", "95.00"),
        (Subject(Instrument.OIT), "100.00", "92.50"),
        (Subject(indicator=1), "98.28", "98.67"),
        (Subject(indicator=4), "90.75", "100.00"),
        (Subject(indicator=6), "96.66", "98.33"),
        (Subject(indicator=10), "100.00", "90.00"),
    ],
)
def test_scores_of_both_years_are_read(draft, subject, earlier, later):
    assert draft.scores(subject) == {2567: Decimal(earlier), 2568: Decimal(later)}


def test_every_indicator_has_scores_of_both_years(draft):
    assert [set(draft.scores(Subject(indicator=number))) for number in range(1, 11)] == [{2567, 2568}] * 10


def test_differences_are_read_with_their_signs(draft):
    differences = {one.subject: one.printed for one in draft.figures if one.minus_year and one.source == Source.TABLE}

    assert len(differences) == 15
    assert differences[Subject(Instrument.OIT)] == Decimal("-7.50")
    assert differences[Subject(indicator=8)] == Decimal("6.49")


def test_every_question_has_its_code(draft):
    assert [f"{item.instrument} {item.code}" for item in draft.items] == [
        *("IIT i1", "IIT i2", "IIT i4", "IIT i14", "IIT i15"),
        *("EIT1 e4", "EIT1 e5", "EIT1 e6", "EIT1 e7"),
        *("EIT2 e1", "EIT2 e2", "EIT2 e5", "EIT2 e7", "EIT2 e8"),
        *(f"OIT o{number}" for number in range(1, 29)),
    ]


def test_questions_keep_their_scores_misprints_included(draft):
    scores = {(item.instrument, item.code): item.score for item in draft.items}

    assert scores[Instrument.IIT, "i2"] == Decimal("96.67")
    assert scores[Instrument.EIT2, "e1"] == Decimal(85)
    assert scores[Instrument.OIT, "o6"] == scores[Instrument.OIT, "o27"] == Decimal(50)


def test_means_are_kept_as_printed(draft):
    means = [one for one in draft.figures if one.source == Source.DETAIL and not one.subject.item]

    assert [(one.subject.instrument, one.subject.indicator) for one in means] == [
        *(("IIT", 1), ("IIT", 2), ("IIT", 5)),
        *(("EIT1", 7), ("EIT1", 8), ("EIT2", 6), ("EIT2", 7), ("EIT2", 8)),
        *(("OIT", 9), ("OIT", 10)),
    ]
    assert [one.printed for one in means] == decimals(
        *("98.67", "99.78", "99.55", "98.34", "99.91", "86.67", "95.33", "93.00", "95.00", "90.00")
    )


def test_scores_beside_the_indicators_names_are_read(draft):
    headings = [(one.subject.indicator, one.printed) for one in draft.figures if one.source == Source.HEADING]

    assert headings == [(number, draft.scores(Subject(indicator=number))[2568]) for number in range(1, 11)]


def test_scores_in_sentences_are_read_beside_those_in_tables(draft):
    texts = [one for one in draft.figures if one.source == Source.TEXT]

    assert Decimal("98.34") in [one.printed for one in texts if one.subject == Subject(indicator=6)]
    assert [(one.year, one.printed) for one in texts if one.subject == Subject()] == [
        *((2568, Decimal("96.04")), (2568, Decimal("-0.98")), (2567, Decimal("97.02")))
    ]


def test_claims_in_sentences_are_read(draft):
    assert draft.claims == (
        LevelClaim(2568, Level.GOOD),
        LevelClaim(2567, Level.GOOD),
        RankClaim(2568, (3, 4, 2), highest=True, scope=Scope.ALL),
        RankClaim(2568, (10,), highest=False, scope=Scope.ALL),
        RankClaim(2568, (4,), highest=True, scope=Scope.IIT),
        RankClaim(2568, (5,), highest=False, scope=Scope.IIT),
        RankClaim(2568, (6,), highest=True, scope=Scope.EIT),
        RankClaim(2568, (8,), highest=False, scope=Scope.EIT),
    )


def test_each_defect_is_a_finding_about_the_questions_that_lost_points(draft):
    assert [(one.indicator, one.instrument, one.items) for one in draft.findings] == [
        (1, "IIT", ("i1", "i2")),
        (2, "IIT", ("i4",)),
        (5, "IIT", ("i14", "i15")),
        (7, "EIT1", ("e4", "e5", "e6")),
        (8, "EIT1", ("e7",)),
        (6, "EIT2", ("e1", "e2")),
        (7, "EIT2", ("e5",)),
        (8, "EIT2", ("e7", "e8")),
        (9, "OIT", ("o6",)),
        (10, "OIT", ("o27",)),
    ]


def test_the_table_after_the_page_break_continues_the_first_recommendation(draft):
    advice = [one.recommendation for one in draft.findings]

    assert " ๒.พัฒนา" in advice[0] or " ๒.เปิดบริการ" in advice[0]
    assert not advice[1].startswith("๒")


def test_every_indicator_has_one_measure_for_all_divisions(draft):
    assert [measure.indicator for measure in draft.measures] == list(range(1, 11))
    assert {measure.responsible for measure in draft.measures} == {"ทุกส่วนราชการ"}
    assert all(measure.title for measure in draft.measures)


def test_time_frames_keep_their_words_and_misprints(draft):
    assert [measure.time_frame for measure in draft.measures] == [
        "ตลอด ปังบประมาณ พ.ศ. ๒๕๖๙",
        "ภายใน เดือนกุมภาพันธ์ และ เดือนสิงหาคม ๒๕๖๙",
        *[ALL_YEAR] * 8,
    ]


def test_steps_are_told_apart(draft):
    assert [len(measure.steps) for measure in draft.measures] == STEPS_OF_EACH_INDICATOR


def test_analyses_are_lists_where_they_have_points(draft):
    assert [len(measure.analysis) for measure in draft.measures] == [1, 1, 1, 1, 2, 2, 1, 1, 1, 1]


def test_an_analysis_that_speaks_of_its_indicator_keeps_the_words(draft):
    assert draft.measures[2].analysis[0].startswith("ตัวชี้วัดที่ ๓")


def test_steps_with_a_rhythm_of_their_own_keep_the_words_that_say_so(draft):
    checking, updating = draft.measures[8].steps

    assert "ทุกเดือน" in checking
    assert "ทันทีที่มีการเปลี่ยนแปลง" in updating
    assert draft.measures[9].steps[0].endswith("ในทุกเทศกาล")


def test_no_text_holds_markup_or_line_breaks(draft):
    texts = [
        text
        for measure in draft.measures
        for text in (measure.title, measure.time_frame, measure.responsible, *measure.analysis, *measure.steps)
    ] + [text for finding in draft.findings for text in (finding.text, finding.recommendation)]

    assert [text for text in texts if "<" in text or text != " ".join(text.split())] == []


def test_no_word_of_a_step_is_lost_added_or_moved(content, draft):
    printed = [row[2] for row in rows_of(decode(content)) if len(row) == 5 and "๒๕๖๙" in row[3]]

    assert [" ".join(measure.steps) for measure in draft.measures] == [
        " ".join(word for word in plain(cell).split() if word != "-") for cell in printed
    ]


def test_the_raw_cells_of_each_measure_are_kept(content, draft):
    lines = decode(content).splitlines()

    assert all("\t".join(row) in lines for measure in draft.measures for row in measure.source)


def in_pipes(text):
    return "\n".join(f"| {line.replace(chr(9), ' | ')} |" if "\t" in line else line for line in text.split("\n"))


def without_empty_last_cells(text):
    return "\n".join(line.rstrip("\t") for line in text.split("\n"))


@pytest.mark.parametrize(
    "dressed",
    [
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("cp874"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\n\n").encode(),
        lambda text: in_pipes(text).encode(),
        lambda text: without_empty_last_cells(text).encode(),
    ],
    ids=["utf-16", "cp874", "CRLF", "blank lines between", "pipes", "empty last cells cut off"],
)
def test_the_same_report_in_other_dress_says_the_same(content, draft, dressed):
    other = read_text_report(dressed(decode(content)))

    assert without_sources(other) == without_sources(draft)


def without_sources(draft):
    return replace(draft, measures=tuple(replace(measure, source=()) for measure in draft.measures))


def test_a_draft_kept_as_json_comes_back_the_same(draft):
    assert ReportDraft.from_json(json.loads(json.dumps(draft.to_json()))) == draft
