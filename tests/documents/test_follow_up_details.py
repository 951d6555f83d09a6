"""The follow-up report as a paper: what each division did about each measure, and which tasks a row tells together."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.follow_ups import DIVISIONS, DUE, MEASURE, done, open_task, paper, rows, table, words
from tracker.documents.composing.follow_up import Promise, Proof
from tracker.domain.statuses import Status

FIRST, SECOND, THIRD, _ = DIVISIONS
FEBRUARY, LATER = date(2026, 2, 15), date(2026, 9, 30)
MONTHS = [date(2025, 10, 31), date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 31)]
LINK = Proof("รายงานผล", "https://example.org/1")


def told(*works, **more):
    """Return the rows of the only measure, without its heading and its sum."""
    return rows(paper(*works, **more), "ตัวชี้วัดที่ 1")[1:-1]


def last(*works, **more):
    """Return the sum of the only measure."""
    return rows(paper(*works, **more), "ตัวชี้วัดที่ 1")[-1]


def test_a_measure_is_headed_by_what_was_promised():
    promised = Promise(1, 1, "1.1", "บริการโปร่งใส", "ตลอดปี ๒๕๖๙", "ทุกส่วนราชการ", "๑๐,๐๐๐ บาท", "ร้อยละ ๘๐")

    assert rows(paper(done(), measures=[promised]), "ตัวชี้วัดที่ 1")[0] == [
        "มาตรการที่ 1.1 บริการโปร่งใส · ระยะเวลา: ตลอดปี 2569 · ผู้รับผิดชอบ: ทุกส่วนราชการ"
        " · งบประมาณตามแผน: 10,000 บาท · ตัวชี้วัดความสำเร็จ: ร้อยละ 80"
    ]


def test_a_task_that_is_done_says_when_what_and_by_what_it_is_shown():
    work = done(
        submitted_on=DUE - timedelta(days=2),
        result="อบรมแล้ว",
        ticked=2,
        steps=3,
        budget=Decimal("850.50"),
        evidence=(LINK,),
    )

    [[division, when, result, evidence, budget, remarks]] = told(work)

    assert division == FIRST.name
    assert when.splitlines() == [
        "แล้วเสร็จ ทันกำหนด",
        "ครบกำหนด 31 ม.ค. 2569",
        "ส่งผล 29 ม.ค. 2569",
        "เห็นชอบ 31 ม.ค. 2569",
    ]
    assert result.splitlines() == ["อบรมแล้ว", "ขั้นตอนที่ทำแล้ว 2 จาก 3"]
    assert (evidence, budget, remarks) == ("รายงานผล", "850.50", "")


def test_a_task_that_came_late_says_how_late():
    [[_, when, *_]] = told(done(submitted_on=DUE + timedelta(days=3)))

    assert "ช้ากว่ากำหนด 3 วัน" in when
    assert "ทันกำหนด" not in when


def test_a_task_that_is_overdue_says_for_how_long():
    [[_, when, result, evidence, budget, _]] = told(open_task())

    assert when.splitlines() == ["เกินกำหนด", "ครบกำหนด 31 ม.ค. 2569", "เกินมาแล้ว 20 วัน"]
    assert (result, evidence, budget) == ("ยังไม่ได้รายงานผล", "ไม่มีหลักฐาน", "–")


def test_no_budget_used_is_said_and_counts_as_nothing():
    cell = table(paper(done(budget=Decimal(0))), "ตัวชี้วัดที่ 1").rows[1].cells[4]

    assert (cell.text, cell.number) == ("ไม่ใช้งบประมาณ", 0)


def test_a_task_that_does_not_apply_says_why_and_asks_for_no_evidence():
    work = open_task(status=Status.NOT_APPLICABLE, reason="ไม่มีภารกิจนี้")

    [[_, when, result, evidence, _, _]] = told(work)

    assert (when.splitlines()[0], result, evidence) == ("ไม่เกี่ยวข้อง", "เหตุผล: ไม่มีภารกิจนี้", "")


def test_what_was_sent_back_says_why():
    [[_, _, result, *_]] = told(open_task(status=Status.IN_PROGRESS, reason="ขอให้แนบลิงก์"))

    assert "ส่งกลับให้แก้ไข: ขอให้แนบลิงก์" in result


def test_obstacles_and_suggestions_stand_beside_what_was_done():
    [[*_, remarks]] = told(open_task(blocked="รอข้อมูล", obstacles="คนน้อย", suggestions="เพิ่มคน"))

    assert remarks.splitlines() == ["อุปสรรคที่ยังมีอยู่: รอข้อมูล", "ปัญหา อุปสรรค: คนน้อย", "ข้อเสนอแนะ: เพิ่มคน"]


def test_a_task_outside_the_schedule_is_marked():
    [[_, when, *_]] = told(done(is_outside=True))

    assert "นอกกำหนดการ" in when.splitlines()


def test_who_accepted_their_own_work_is_told_with_the_reason_there_and_in_a_table():
    found = paper(done(own_acceptance="มีผู้ปฏิบัติงานคนเดียว"))

    assert "ผู้ส่งผลเห็นชอบผลเอง เหตุผล: มีผู้ปฏิบัติงานคนเดียว" in words(found)
    assert rows(found, "ผู้ส่งผลเห็นชอบผลเอง") == [["1.1", FIRST.name, "31 มกราคม 2569", "มีผู้ปฏิบัติงานคนเดียว"]]


def test_divisions_of_which_the_same_is_told_share_a_row():
    [[divisions, when, *_]] = told(*(open_task(one) for one in DIVISIONS))

    assert divisions == "สำนักปลัดเทศบาล, กองคลัง, กองช่าง และกองการศึกษา (4 ส่วนราชการ)"
    assert when.splitlines()[0] == "เกินกำหนด 4 งาน"


@pytest.mark.parametrize(
    "own",
    [
        {"result": "อีกอย่าง"},
        {"submitted_on": DUE + timedelta(days=1)},
        {"budget": Decimal(100)},
        {"evidence": (LINK,)},
        {"obstacles": "คนน้อย"},
        {"due_on": FEBRUARY},
        {"own_acceptance": "คนเดียว"},
        {"is_outside": True},
        {"ticked": 1, "steps": 2},
    ],
    ids=lambda own: next(iter(own)),
)
def test_what_a_division_did_otherwise_than_the_others_has_a_row_of_its_own(own):
    works = [done(FIRST, result="ทำแล้ว"), done(SECOND, **{"result": "ทำแล้ว"} | own), done(THIRD, result="ทำแล้ว")]

    assert [row[0] for row in told(*works)] == ["สำนักปลัดเทศบาล และกองช่าง (2 ส่วนราชการ)", "กองคลัง"]


def test_what_two_divisions_spent_each_is_never_told_as_one_sum():
    works = [done(one, budget=Decimal(100)) for one in (FIRST, SECOND)]

    assert [row[4] for row in told(*works)] == ["100", "100"]


def test_the_occurrences_of_a_division_share_a_row_that_says_which_text_is_about_which():
    works = [done(due_on=day, result="ตรวจแล้ว", budget=Decimal("0.50")) for day in MONTHS[:2]]
    works.append(done(due_on=MONTHS[2], result="แก้ไขแล้ว", evidence=(LINK,)))

    [[_, when, result, evidence, budget, _]] = told(*works)

    assert when.splitlines()[0] == "แล้วเสร็จ 3 งาน ทันกำหนด"
    assert result.splitlines() == [
        "ตรวจแล้ว (กำหนด 31 ต.ค. 2568, 30 พ.ย. 2568)",
        "แก้ไขแล้ว (กำหนด 31 ธ.ค. 2568)",
    ]
    assert (evidence, budget) == ("รายงานผล", "1")


def test_of_many_occurrences_the_late_ones_are_still_named():
    works = [done(due_on=day) for day in MONTHS[:3]] + [done(due_on=DUE, submitted_on=DUE + timedelta(days=2))]

    [[_, when, *_]] = told(*works)

    assert "ครบกำหนด 4 ครั้ง 31 ต.ค. 2568 ถึง 31 ม.ค. 2569" in when
    assert "ช้ากว่ากำหนด 1 จาก 4 งาน: 31 ม.ค. 2569 (2 วัน)" in when


def test_evidence_of_one_name_is_counted():
    work = done(evidence=(LINK, Proof("รายงานผล", "https://example.org/2"), Proof("ภาพ.jpg")))

    [[_, _, _, evidence, _, _]] = told(work)

    assert evidence.splitlines() == ["3 รายการ", "รายงานผล (2 รายการ)", "ภาพ.jpg"]


def test_of_very_many_pieces_of_evidence_the_rest_is_counted():
    [[_, _, _, evidence, _, _]] = told(done(evidence=tuple(Proof(f"ภาพ {n}.jpg") for n in range(13))))

    assert evidence.splitlines()[-1] == "และอีก 3 ชื่อ"


def test_what_is_not_due_yet_is_summed_up_rather_than_listed():
    works = [done(), open_task(SECOND, due_on=LATER), open_task(THIRD, due_on=FEBRUARY + timedelta(days=20))]

    assert [row[0] for row in told(*works)] == [FIRST.name]
    assert last(*works)[2] == "ยังไม่ถึงกำหนดและยังไม่มีผล 2 งาน กำหนดถัดไปวันที่ 7 มี.ค. 2569"


@pytest.mark.parametrize(
    "more",
    [{"result": "เริ่มแล้ว"}, {"budget": Decimal(0)}, {"evidence": (LINK,)}, {"blocked": "รอ"}, {"obstacles": "รอ"}],
)
def test_what_is_not_due_yet_is_listed_where_there_is_something_to_tell(more):
    assert len(told(open_task(due_on=LATER, **more))) == 1


def test_work_done_before_its_time_is_listed():
    assert len(told(done(due_on=LATER))) == 1


def test_a_measure_is_summed_up():
    works = [
        done(budget=Decimal("0.10")),
        done(SECOND, budget=Decimal("0.20"), evidence=(LINK, LINK)),
        open_task(THIRD),
    ]

    assert last(*works) == ["รวมมาตรการที่ 1.1", "แล้วเสร็จ 2 จาก 3 งาน (ร้อยละ 67)", "", "หลักฐาน 2 รายการ", "0.30", ""]


def test_a_measure_without_tasks_and_an_indicator_without_measures_say_so():
    found = paper()

    assert rows(found, "ตัวชี้วัดที่ 1")[-1][1] == "ยังไม่มีการกำหนดงาน"
    assert "แผนไม่มีมาตรการสำหรับตัวชี้วัดนี้" in words(found)


def test_an_indicator_is_summed_up_over_its_measures():
    other = Promise(2, 1, "1.2", "มาตรการที่สอง")
    works = [done(budget=Decimal("0.10")), done(measure_id=2, budget=Decimal("0.25"))]

    found = words(paper(*works, measures=[MEASURE, other]))

    assert "แล้วเสร็จ 2 จาก 2 งาน (ร้อยละ 100 ควรได้ร้อยละ 100) รอตรวจ 0 งาน เกินกำหนด 0 งาน งบประมาณที่ใช้ 0.35 บาท" in found


def test_what_several_divisions_say_is_collected_once_the_most_frequent_first():
    works = [
        open_task(FIRST, obstacles="งบน้อย"),
        open_task(SECOND, obstacles="คนน้อย"),
        open_task(THIRD, obstacles=" คนน้อย "),
    ]

    assert rows(paper(*works), "ปัญหาและอุปสรรค") == [
        ["1", "คนน้อย", "1.1", "กองคลัง และกองช่าง"],
        ["2", "งบน้อย", "1.1", FIRST.name],
    ]


def test_where_nobody_reports_an_obstacle_that_is_said():
    found = words(paper(done()))

    assert "ไม่มีส่วนราชการใดรายงานปัญหาหรืออุปสรรค" in found
    assert "ไม่มีส่วนราชการใดให้ข้อเสนอแนะ" in found
    assert "ไม่มีอุปสรรคที่ยังมีอยู่" in found


def test_words_of_several_lines_stay_lines():
    [[_, _, result, *_]] = told(done(result="ข้อแรก\nข้อสอง"))

    assert result.splitlines() == ["ข้อแรก", "ข้อสอง"]
