"""What is read from a draft: schedules, divisions, doubts, unanswered findings, tasks."""

from dataclasses import replace
from datetime import date

import pytest

from tracker.documents.reading.preview import NoPlanYear, read_draft
from tracker.documents.reading.preview_json import as_json
from tracker.documents.reading.report import draft_of
from tracker.domain.deadlines import Festival
from tracker.domain.responsibles import USUAL_DIVISIONS
from tracker.domain.timeframes import Kind

ROUNDS = (date(2026, 3, 31), date(2026, 9, 30))
FESTIVALS = (
    Festival("new-year", date(2025, 12, 30)),
    Festival("chinese-new-year", date(2026, 2, 16)),
    Festival("songkran", date(2026, 4, 10)),
)
HEADINGS = ("ผลการวิเคราะห์", "มาตรการ", "ขั้นตอน", "ระยะเวลา", "ผู้รับผิดชอบ")
INDICATOR = ("ตัวชี้วัดที่ ๒ การใช้งบประมาณ", "", "", "", "")


def draft_with(*measures):
    return replace(draft_of([HEADINGS, INDICATOR, *measures]), plan_year=2569)


def measure(*, steps="- ประกาศ", time_frame="ทุกเดือน", responsible="กองคลัง"):
    return ("ไม่ทราบยอด", "เปิดเผยยอด", steps, time_frame, responsible)


def reading_of(*measures):
    return read_draft(draft_with(*measures), divisions=USUAL_DIVISIONS)


def tasks_of(*measures):
    return reading_of(*measures).task_count(rounds=ROUNDS, festivals=FESTIVALS)


def questions_of(*measures):
    return [(str(one.where), one.printed) for one in reading_of(*measures).doubts]


def test_a_measure_that_can_be_read_leaves_no_question():
    assert questions_of(measure()) == []


def test_there_is_a_task_for_each_slot_and_division():
    assert tasks_of(measure(time_frame="ทุกเดือน", responsible="กองคลัง และกองช่าง")) == 12 * 2


def test_steps_that_follow_the_same_schedule_share_their_tasks():
    assert tasks_of(measure(steps="- รวบรวม - ประกาศ")) == 12


def test_a_step_with_a_rhythm_of_its_own_has_tasks_of_its_own():
    own_rhythm = measure(steps="- ตรวจลิงก์ทุกเดือน - รายงาน", time_frame="ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙")

    assert tasks_of(own_rhythm) == 12 + 2


def test_the_measures_own_schedule_asks_for_nothing_where_every_step_has_one():
    assert tasks_of(measure(steps="- เตือนในทุกเทศกาล", time_frame="ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙")) == 3


def test_a_measure_without_steps_follows_its_own_schedule():
    assert tasks_of(measure(steps="")) == 12


def test_a_time_frame_that_cannot_be_read_is_asked_about():
    assert questions_of(measure(), measure(time_frame="ตลอดปีการศึกษา ๒๕๗๐")) == [
        ("Measure 2, time frame", "ตลอดปีการศึกษา ๒๕๗๐")
    ]


def test_a_missing_time_frame_is_asked_about_and_not_guessed():
    assert questions_of(measure(time_frame="")) == [("Measure 1, time frame", "")]
    assert tasks_of(measure(time_frame="")) == 0


def test_everyone_who_is_no_division_is_asked_about():
    reading = reading_of(measure(responsible="กองคลัง / คณะทำงาน"))

    assert [division.name for division in reading.measures[0].responsible.divisions] == ["กองคลัง"]
    assert questions_of(measure(responsible="กองคลัง / คณะทำงาน")) == [("Measure 1, responsible", "คณะทำงาน")]


def test_a_measure_for_nobody_is_asked_about():
    assert questions_of(measure(responsible="")) == [("Measure 1, responsible", "")]


def test_a_measure_of_no_indicator_is_asked_about():
    reading = read_draft(replace(draft_of([HEADINGS, measure()]), plan_year=2569), divisions=USUAL_DIVISIONS)

    assert [str(one.where) for one in reading.doubts] == ["Measure 1, indicator"]


def test_a_person_may_give_another_year():
    reading = read_draft(draft_with(measure(time_frame="ภายในเดือนสิงหาคม")), divisions=USUAL_DIVISIONS, plan_year=2570)

    assert reading.plan_year == 2570
    assert reading.measures[0].time_frame.deadlines(rounds=()) == (date(2027, 8, 31),)


def test_a_plan_of_no_known_year_is_refused():
    with pytest.raises(NoPlanYear):
        read_draft(replace(draft_with(measure()), plan_year=None), divisions=USUAL_DIVISIONS)


def test_an_unclear_schedule_of_one_measure_leaves_the_others_readable():
    reading = reading_of(measure(time_frame="โดยเร็ว"), measure())

    assert [one.time_frame.kind for one in reading.measures] == [Kind.UNCLEAR, Kind.MONTHLY]


def test_sentences_are_translated_for_json():
    shown = as_json(
        reading_of(measure(responsible="")), rounds=ROUNDS, festivals=FESTIVALS, translate=lambda one: one.message
    )

    assert [doubt["where"] for doubt in shown["doubts"]] == ["Measure %(number)s, responsible"]


def test_a_report_without_scores_has_empty_maps():
    shown = as_json(reading_of(measure()), rounds=ROUNDS, festivals=FESTIVALS)

    assert (shown["overall"], shown["instruments"], shown["indicators"]) == ({}, {}, {})
    assert (shown["items"], shown["findings"], shown["unanswered"], shown["level"]) == ([], [], [], "")
