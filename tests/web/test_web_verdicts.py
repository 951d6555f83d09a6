from datetime import date

import pytest
from flask_babel import force_locale

from tracker.domain.figures import Cell, Figures, Named
from tracker.domain.progress import Progress
from tracker.domain.verdicts import verdict
from tracker.web.verdict_words import verdict_words

DAY = date(2026, 2, 20)
WORKS, FINANCE, OFFICE = Named(1, "กองช่าง"), Named(2, "กองคลัง"), Named(3, "สำนักปลัด")
DONE = Progress(done=1, due=1, weight=1, done_weight=1, due_weight=1)
DONE_EARLY = Progress(done=1, weight=1, done_weight=1)
NOT_DUE = Progress(not_started=1, weight=1)
WAITING = Progress(submitted=1, due=1, weight=1, due_weight=1)


def late(count):
    return Progress(not_started=count, overdue=count, due=count, weight=count, due_weight=count)


SENTENCES = [
    ([], DAY, "ยังไม่มีการกำหนดงาน", "No task has been set yet."),
    (
        [(WORKS, NOT_DUE), (WORKS, NOT_DUE)],
        date(2025, 9, 30),
        "ยังไม่เริ่มปีงบประมาณ กำหนดงานไว้แล้ว 2 งาน ณ วันที่ 30 กันยายน 2568",
        "The fiscal year has not begun, 2 tasks are set, as of 30 September 2568",
    ),
    (
        [(WORKS, DONE)],
        DAY,
        "ดำเนินการแล้ว 100% ควรได้ 100% ณ วันที่ 20 กุมภาพันธ์ 2569 – ครบทุกงานแล้ว",
        "100% is done, 100% should be, as of 20 February 2569 – every task is done",
    ),
    (
        [(WORKS, DONE_EARLY), (WORKS, NOT_DUE)],
        DAY,
        "ดำเนินการแล้ว 50% ควรได้ 0% ณ วันที่ 20 กุมภาพันธ์ 2569 – เร็วกว่าแผน",
        "50% is done, 0% should be, as of 20 February 2569 – ahead of the plan",
    ),
    (
        [(WORKS, DONE), (WORKS, NOT_DUE)],
        DAY,
        "ดำเนินการแล้ว 50% ควรได้ 50% ณ วันที่ 20 กุมภาพันธ์ 2569 – เป็นไปตามแผน",
        "50% is done, 50% should be, as of 20 February 2569 – on course",
    ),
    (
        [(WORKS, DONE), (WORKS, WAITING)],
        DAY,
        "ดำเนินการแล้ว 50% ควรได้ 100% ณ วันที่ 20 กุมภาพันธ์ 2569 – ต่ำกว่าแผน แต่ไม่มีงานค้างเกินกำหนด",
        "50% is done, 100% should be, as of 20 February 2569 – behind the plan, though no task is overdue",
    ),
    (
        [(WORKS, late(5)), (FINANCE, late(1)), (OFFICE, DONE)],
        DAY,
        "ดำเนินการแล้ว 14% ควรได้ 100% ณ วันที่ 20 กุมภาพันธ์ 2569 – กองช่าง ค้าง 5 งาน",
        "14% is done, 100% should be, as of 20 February 2569 – กองช่าง is late with 5 tasks",
    ),
    (
        [(WORKS, late(2)), (FINANCE, late(2))],
        DAY,
        "ดำเนินการแล้ว 0% ควรได้ 100% ณ วันที่ 20 กุมภาพันธ์ 2569 – กองช่าง และกองคลัง ค้างส่วนราชการละ 2 งาน",
        "0% is done, 100% should be, as of 20 February 2569 – กองช่าง and กองคลัง are each late with 2 tasks",
    ),
    (
        [(WORKS, late(1)), (FINANCE, late(1)), (OFFICE, late(1))],
        DAY,
        "ดำเนินการแล้ว 0% ควรได้ 100% ณ วันที่ 20 กุมภาพันธ์ 2569 – 3 ส่วนราชการ ค้างส่วนราชการละ 1 งาน",
        "0% is done, 100% should be, as of 20 February 2569 – 3 divisions are each late with 1 task",
    ),
]


@pytest.mark.parametrize(("parts", "day", "thai", "english"), SENTENCES)
def test_one_sentence_says_how_any_plan_stands(app, parts, day, thai, english):
    figures = Figures(day, tuple(Cell(1, 1, division, day, done) for division, done in parts))
    found = verdict(figures, fiscal_year=2569)

    with app.test_request_context():
        for language, sentence in (("th", thai), ("en", english)):
            with force_locale(language):
                assert verdict_words(found) == sentence
