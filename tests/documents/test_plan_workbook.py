from datetime import date
from io import BytesIO

import openpyxl
import pytest
from flask_babel import force_locale

from tracker.documents import plan_layout as layout
from tracker.documents.plan_layout import Field, Measure, Plan, Step
from tracker.documents.reading.draft import ReportDraft
from tracker.documents.reading.plan_facts import UnreadableCell
from tracker.documents.reading.plan_workbook import NewerWorkbook, NothingFilledIn, read_plan_workbook
from tracker.documents.reading.preview import read_draft
from tracker.documents.reading.refusals import ReportTooLong
from tracker.documents.reading.returned_rows import with_corrected_rows, with_known_divisions
from tracker.documents.writing.cell_rules import LONGEST_HINT
from tracker.documents.writing.plan_meanings import OF, time_frames
from tracker.documents.writing.plan_workbook import (
    Returned,
    TooLongForACell,
    write_plan,
    write_returned,
    write_template,
)
from tracker.documents.writing.xlsx import LONGEST_TEXT
from tracker.domain.responsibles import Division
from tracker.domain.timeframes import Kind, read_time_frame
from tracker.web.filters import sentence

DIVISIONS = ("สำนักปลัดเทศบาล", "กองคลัง", "กองช่าง")
EMPTY = Plan("เทศบาลตำบลตัวอย่าง", 2569, (date(2026, 3, 31), date(2026, 9, 30)))
FILLED_IN = {
    Field.INDICATOR: "6 คุณภาพการดำเนินงาน",
    Field.TITLE: "ปรับปรุงคู่มือ",
    Field.STEP: "ทบทวนคู่มือ",
    Field.TIME_FRAME: "ทุกไตรมาส",
    Field.RESPONSIBLE: "กองคลัง",
}


def template():
    return openpyxl.load_workbook(BytesIO(write_template(EMPTY, divisions=DIVISIONS, say=str)))


def saved(book):
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def read(content):
    return read_plan_workbook(content, tell=lambda done, total: None)


def filled_in(*rows, book=None):
    """Return the form with these rows on its sheet of measures, each a mapping of columns to what is typed."""
    book = book or template()
    sheet = book[layout.MEASURES]
    headings = [cell.value for cell in sheet[1]]
    for number, row in enumerate(rows, 2):
        for field, value in row.items():
            sheet.cell(number, headings.index(field) + 1, value)
    return saved(book)


def failures(*rows):
    """Return the reasons why rows cannot be read, a line each."""
    return [[str(reason) for reason in row.reasons] for row in read(filled_in(*rows)).failed]


def test_the_form_that_comes_back_filled_in_is_a_draft_of_its_year():
    draft = read(filled_in(FILLED_IN))

    assert (draft.organization, draft.plan_year, draft.assessment_year) == ("เทศบาลตำบลตัวอย่าง", 2569, 2568)
    assert draft.rounds == EMPTY.rounds
    (measure,) = draft.measures
    assert (measure.indicator, measure.title, measure.steps) == (6, "ปรับปรุงคู่มือ", ("ทบทวนคู่มือ",))
    assert (measure.weight, measure.needs_evidence) == (1, False)


def test_rows_without_a_name_are_further_steps_of_the_measure_above():
    further = {Field.STEP: "เผยแพร่", Field.STEP_TIME_FRAME: "ทุกเดือน", Field.ANALYSIS: "ประชาชนไม่ทราบ"}

    (measure,) = read(filled_in(FILLED_IN, further)).measures

    assert measure.steps == ("ทบทวนคู่มือ", "เผยแพร่")
    assert measure.step_words == ("", "ทุกเดือน")
    assert measure.analysis == ("ประชาชนไม่ทราบ",)


def test_rows_that_repeat_the_measure_are_further_steps_of_it_as_well():
    (measure,) = read(filled_in(FILLED_IN, FILLED_IN | {Field.STEP: "เผยแพร่"})).measures

    assert measure.steps == ("ทบทวนคู่มือ", "เผยแพร่")


def test_the_same_name_with_another_time_frame_is_another_measure():
    measures = read(filled_in(FILLED_IN, FILLED_IN | {Field.TIME_FRAME: "ทุกเดือน"})).measures

    assert [measure.time_frame for measure in measures] == ["ทุกไตรมาส", "ทุกเดือน"]


def test_rows_with_the_same_number_belong_together_and_with_another_do_not():
    numbered = [FILLED_IN | {Field.NUMBER: number, Field.STEP: f"ขั้นที่ {number}"} for number in (1, 1, 2)]
    numbered[2] |= {Field.TITLE: "อื่น"}

    assert [len(measure.steps) for measure in read(filled_in(*numbered)).measures] == [2, 1]


def test_a_step_without_words_of_its_own_follows_its_measure_whatever_it_says():
    reading = read_draft(read(filled_in(FILLED_IN | {Field.STEP: "ตรวจสอบทุกเดือน"})), divisions=())

    assert reading.measures[0].steps[0].own_time_frame is None


@pytest.mark.parametrize(
    ("written", "number"),
    [(3, 3), ("๓", 3), ("3 การใช้อำนาจ", 3), ("ตัวชี้วัดที่ 3 การใช้อำนาจ", 3), ("การใช้อำนาจ", 3), ("10.", 10)],
)
def test_an_indicator_is_known_however_it_is_written(written, number):
    assert read(filled_in(FILLED_IN | {Field.INDICATOR: written})).measures[0].indicator == number


@pytest.mark.parametrize(
    ("written", "needed"), [("ใช่", True), ("มี", True), ("YES", True), ("ไม่ใช่", False), ("", False)]
)
def test_yes_and_no_are_understood_as_people_write_them(written, needed):
    assert read(filled_in(FILLED_IN | {Field.NEEDS_EVIDENCE: written})).measures[0].needs_evidence is needed


def test_a_day_typed_as_a_day_is_taken_as_buddhist_where_it_must_be():
    days = [
        read(filled_in(FILLED_IN | {Field.TIME_FRAME: day})).measures[0].time_frame
        for day in (date(2026, 3, 31), date(2569, 3, 31))
    ]

    assert days == ["31 มีนาคม 2569"] * 2


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({Field.INDICATOR: None}, "The indicator is missing. Write its number, 1 to 10."),
        ({Field.INDICATOR: 11}, "“11” is no indicator. Write its number, 1 to 10."),
        ({Field.TITLE: None}, "The measure has no name."),
        ({Field.TITLE: "ตัวอย่าง: คู่มือ"}, "This is an example of the form. Write a name of your own instead."),
        ({Field.TIME_FRAME: "เร็ว ๆ นี้"}, "It is not clear when “เร็ว ๆ นี้” falls due."),
        ({Field.STEP_TIME_FRAME: "เร็ว ๆ นี้"}, "It is not clear when “เร็ว ๆ นี้” falls due."),
        ({Field.STEP: None, Field.STEP_TIME_FRAME: "ทุกเดือน"}, "There is a time frame of a step, but no step"),
        ({Field.WEIGHT: 0}, "“0” is no weight. Write a whole number from 1 to 100."),
        ({Field.WEIGHT: 101}, "“101” is no weight. Write a whole number from 1 to 100."),
        ({Field.WEIGHT: 1.5}, "“1.5” is no weight. Write a whole number from 1 to 100."),
        ({Field.NEEDS_EVIDENCE: "บางครั้ง"}, "“บางครั้ง” is neither yes nor no. Choose ใช่ or ไม่ใช่."),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_read_fails_with_its_reason(changed, reason):
    ((found,),) = failures(FILLED_IN | changed)

    assert found.startswith(reason)


def test_all_reasons_of_a_row_are_given_at_once():
    ((*found,),) = failures(FILLED_IN | {Field.INDICATOR: 12, Field.WEIGHT: "มาก"})

    assert len(found) == 2


def test_a_measure_that_stands_in_the_file_twice_fails_the_second_time():
    numbered = FILLED_IN | {Field.NUMBER: 1}

    draft = read(filled_in(numbered, FILLED_IN | {Field.TITLE: "อื่น", Field.NUMBER: 2}, numbered | {Field.NUMBER: 3}))

    assert len(draft.measures) == 2
    assert [str(reason) for row in draft.failed for reason in row.reasons] == ["The same measure was read already."]


def test_a_row_that_says_something_else_of_its_measure_fails():
    rows = failures(FILLED_IN, {Field.STEP: "เผยแพร่", Field.TIME_FRAME: "ทุกเดือน"})

    assert rows == [[], ["“ระยะเวลา” says something else than the measure's first row."]]


def test_with_one_row_all_rows_of_its_measure_fail_and_the_others_are_read():
    wrong = {Field.STEP: "เผยแพร่", Field.STEP_TIME_FRAME: "เร็ว ๆ นี้"}

    draft = read(filled_in(FILLED_IN, wrong, FILLED_IN | {Field.TITLE: "อื่น"}))

    assert [len(row.reasons) for row in draft.failed] == [0, 1]
    assert [measure.title for measure in draft.measures] == ["อื่น"]


def test_somebody_who_is_no_division_fails_once_the_divisions_are_known():
    draft = read(filled_in(FILLED_IN | {Field.RESPONSIBLE: "กองเมฆหมอก"}, FILLED_IN | {Field.TITLE: "อื่น"}))

    known = with_known_divisions(draft, divisions=[Division(name) for name in DIVISIONS])

    assert [measure.title for measure in known.measures] == ["อื่น"]
    ((reason,),) = [row.reasons for row in known.failed]
    assert str(reason) == "“กองเมฆหมอก” is no division of this organization. Choose from the list."


def test_a_row_that_fails_says_at_once_whether_its_division_is_known():
    draft = read(filled_in(FILLED_IN | {Field.RESPONSIBLE: "กองเมฆหมอก", Field.WEIGHT: 500}))

    (row,) = with_known_divisions(draft, divisions=[Division(name) for name in DIVISIONS]).failed

    assert len(row.reasons) == 2


def test_rows_that_failed_come_back_with_the_reason_and_corrected_join_the_others():
    draft = read(filled_in(FILLED_IN, FILLED_IN | {Field.TITLE: "อื่น", Field.WEIGHT: 500}))
    rows = [Returned(row.cells, "เหตุผล") for row in draft.failed]
    book = openpyxl.load_workbook(BytesIO(write_returned(EMPTY, rows, divisions=DIVISIONS, say=str)))

    sheet = book[layout.MEASURES]
    assert [sheet["A1"].value, sheet["A2"].value, sheet["D2"].value] == [layout.REASON, "เหตุผล", "อื่น"]
    assert sheet.max_row == 2
    again = with_corrected_rows(draft, read(filled_in({Field.WEIGHT: 5}, book=book)))
    assert [(measure.title, measure.weight) for measure in again.measures] == [("ปรับปรุงคู่มือ", 1), ("อื่น", 5)]
    assert again.failed == ()


def test_rows_that_did_not_come_back_go_on_waiting():
    draft = read(filled_in(*[FILLED_IN | {Field.TITLE: title, Field.WEIGHT: 500} for title in ("หนึ่ง", "สอง")]))
    first, second = draft.failed
    rows = [Returned(first.cells, "เหตุผล")]
    book = openpyxl.load_workbook(BytesIO(write_returned(EMPTY, rows, divisions=DIVISIONS, say=str)))

    again = with_corrected_rows(draft, read(filled_in({Field.WEIGHT: 5, Field.TITLE: "หนึ่ง แก้ชื่อ"}, book=book)))

    assert [measure.title for measure in again.measures] == ["หนึ่ง แก้ชื่อ"]
    assert again.failed == (second,)


def test_rows_that_were_read_before_are_not_taken_twice():
    draft = read(filled_in(FILLED_IN))

    again = with_corrected_rows(draft, draft)

    assert again.measures == draft.measures
    assert [str(reason) for row in again.failed for reason in row.reasons] == ["The same measure was read already."]


def test_the_form_is_known_by_its_headings_where_its_mark_is_lost():
    book = template()
    book.custom_doc_props.props.clear()
    sheet = book[layout.MEASURES]
    sheet.title = "Sheet1"
    sheet.insert_rows(1, 2)
    headings = [cell.value for cell in sheet[3]]
    for field, value in FILLED_IN.items():
        sheet.cell(4, headings.index(field) + 1, value)

    assert [measure.title for measure in read(saved(book)).measures] == ["ปรับปรุงคู่มือ"]


def test_another_organizations_table_is_none_of_ours():
    book = openpyxl.Workbook()
    book.active.append(["ตัวชี้วัดที่", "ชื่อมาตรการ", "ขั้นตอน/วิธีการ", "ระยะเวลา", "ผู้รับผิดชอบ"])

    assert read(saved(book)) is None


def test_a_form_of_a_later_version_is_refused():
    book = template()
    book.custom_doc_props.props[0].value = "2"

    with pytest.raises(NewerWorkbook):
        read(saved(book))


def test_a_form_with_nothing_in_it_says_so_although_it_has_examples():
    with pytest.raises(NothingFilledIn):
        read(saved(template()))


def test_more_rows_than_any_plan_has_are_refused():
    book = template()
    for number in range(layout.MOST_ROWS + 1):
        book[layout.MEASURES].append([None, 1, f"มาตรการ {number // 400}", None, "ขั้นตอน"])

    with pytest.raises(ReportTooLong, match="10,000"):
        read(saved(book))


def test_a_measure_of_too_many_steps_is_refused():
    with pytest.raises(ReportTooLong, match="500"):
        read(filled_in(FILLED_IN, *[{Field.STEP: f"ขั้นที่ {number}"} for number in range(500)]))


@pytest.mark.parametrize(
    ("sheet", "cell", "written"),
    [
        (layout.PLAN, "B3", "ปีหน้า"),
        (layout.PLAN, "B5", "31 มีนาคม 2571"),
        (layout.SCORES, "C2", "ดีมาก"),
        (layout.FINDINGS, "A2", "ตัวชี้วัดที่ 12"),
    ],
)
def test_a_cell_beside_the_measures_that_cannot_be_read_is_named(sheet, cell, written):
    book = template()
    book[sheet][cell] = written

    with pytest.raises(UnreadableCell) as refusal:
        read(filled_in(FILLED_IN, book=book))

    assert sheet in str(refusal.value)
    assert written in str(refusal.value)


def test_a_text_that_no_cell_can_hold_is_refused_rather_than_cut():
    for text in ("ก" * (LONGEST_TEXT + 1), "😀" * (LONGEST_TEXT // 2 + 1)):
        with pytest.raises(TooLongForACell):
            write_plan(Plan("อบต.", 2569, measures=(Measure(1, "ก", steps=(Step(text),)),)), divisions=(), say=str)


def test_a_draft_with_failed_rows_is_kept_as_json_and_an_older_one_still_loads():
    draft = read(filled_in(FILLED_IN, FILLED_IN | {Field.TITLE: "อื่น", Field.WEIGHT: 500}))
    kept = draft.to_json()

    assert ReportDraft.from_json(kept) == draft
    older = {name: value for name, value in kept.items() if name not in ("rounds", "failed")}
    of_later = ("words", "responsible_words", "step_words", "weight", "needs_evidence")
    older["measures"] = [{n: v for n, v in one.items() if n not in of_later} for one in kept["measures"]]
    assert ReportDraft.from_json(older).measures[0].step_words is None


def test_steps_that_a_person_added_in_the_preview_leave_the_others_their_rhythm():
    draft = read(filled_in(FILLED_IN, {Field.STEP: "เผยแพร่", Field.STEP_TIME_FRAME: "ทุกเดือน"}))
    (measure,) = draft.measures
    steps = ("ขั้นใหม่", *measure.steps)
    changed = ReportDraft.from_json(draft.to_json() | {"measures": [vars(measure) | {"steps": steps}]})

    (reading,) = read_draft(changed, divisions=()).measures

    kinds = [step.own_time_frame and step.own_time_frame.kind for step in reading.steps]
    assert kinds == [None, None, Kind.MONTHLY]


def test_the_form_offers_what_can_be_chosen_and_takes_other_words_where_there_are_any():
    sheet = template()[layout.MEASURES]
    headings = {cell.value: cell.column_letter for cell in sheet[1]}
    rules = {str(rule.sqref).split("2:")[0]: rule for rule in sheet.data_validations.dataValidation}

    def rule(field):
        return rules[headings[field]]

    assert rule(Field.INDICATOR).formula1 == f"'{layout.CHOICES}'!$A$2:$A$11"
    assert rule(Field.RESPONSIBLE).formula1 == f"'{layout.CHOICES}'!$B$2:$B$4"
    assert [bool(rule(one).showErrorMessage) for one in (Field.INDICATOR, Field.RESPONSIBLE)] == [True, False]
    assert (rule(Field.WEIGHT).formula1, rule(Field.WEIGHT).formula2) == ("1", "100")
    assert all(rule.prompt for rule in rules.values())


def test_the_form_keeps_its_headings_in_view_and_locks_nothing():
    book = template()

    assert book[layout.MEASURES].freeze_panes == "D2"
    assert not any(page.protection.sheet for page in book)
    assert [page.sheet_state for page in book] == ["visible"] * len(book.worksheets)


def test_every_time_frame_that_is_offered_can_be_read():
    frames = [read_time_frame(words, fiscal_year=2569) for words in time_frames(2569)]

    assert [frame for frame in frames if frame.kind == Kind.UNCLEAR] == []


@pytest.mark.parametrize("language", ["th", "en"])
def test_what_is_said_beside_a_cell_is_short_enough_to_be_shown(app, language):
    with app.test_request_context(), force_locale(language):
        said = {field: sentence(meaning) for field, meaning in OF.items()}

    assert {field: words for field, words in said.items() if len(words) > LONGEST_HINT} == {}


def test_a_text_that_looks_like_the_writers_own_marks_stays_a_text():
    plan = Plan("อบต.", 2569, measures=(Measure(1, "<r><t>ก</t></r>"),))

    assert read(write_plan(plan, divisions=(), say=str)).measures[0].title == "<r><t>ก</t></r>"
