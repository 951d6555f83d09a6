"""Whose report it is and of which years."""

import pytest

from tracker.documents.reading.cover import assessment_year, organization_named, plan_year


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["เทศบาลตำบลตัวอย่าง"], "เทศบาลตำบลตัวอย่าง"),
        (["# เทศบาลตำบล ตัวอย่าง"], "เทศบาลตำบลตัวอย่าง"),
        (["เทศบาลเมืองตัวอย่าง อำเภอเมือง จังหวัดตัวอย่าง"], "เทศบาลเมืองตัวอย่าง"),
        (["เทศบาลนครตัวอย่างอำเภอเมือง"], "เทศบาลนครตัวอย่าง"),
        (["องค์การบริหารส่วนตำบลตัวอย่าง"], "องค์การบริหารส่วนตำบลตัวอย่าง"),
        (["อบต.ตัวอย่าง"], "องค์การบริหารส่วนตำบลตัวอย่าง"),
        (["รายงานของ อบจ.ตัวอย่าง ปี ๒๕๖๘"], "องค์การบริหารส่วนจังหวัดตัวอย่าง"),
        (["งานธุรการ สำนักปลัดเทศบาลตำบลต้นแบบ", "เทศบาลตำบลตัวอย่าง"], "เทศบาลตำบลตัวอย่าง"),
        (["เทศบาลตำบลตัวอย่างจึงได้วิเคราะห์ผล"], "เทศบาลตำบลตัวอย่าง"),
        (["เทศบาลตำบลบ้านมีสุข", "เทศบาลตำบลบ้านมีสุขได้คะแนน"], "เทศบาลตำบลบ้านมีสุข"),
        (["โรงเรียนตัวอย่าง"], ""),
        ([], ""),
    ],
)
def test_the_organization_is_named_in_full(lines, name):
    assert organization_named(lines) == name


@pytest.mark.parametrize(
    ("lines", "scored", "year"),
    [
        (["ประจำปีงบประมาณ พ.ศ. 2568"], [2567, 2568], 2568),
        (["ประจำปีงบประมาณ พ.ศ. ๒๕๖๗"], [], 2567),
        (["ประจำ ปังบประมาณ ๒๕๖๘"], [], 2568),
        (["แผนประจำปีงบประมาณ พ.ศ. ๒๕๖๙", "ผลประจำปีงบประมาณ พ.ศ. ๒๕๖๘"], [2567, 2568], 2568),
        ([], [2567, 2568], 2568),
        ([], [], None),
    ],
)
def test_the_year_assessed_is_the_covers_that_has_scores(lines, scored, year):
    assert assessment_year(lines, scored) == year


@pytest.mark.parametrize(
    ("time_frames", "year"),
    [
        (["ตลอด ปังบประมาณ พ.ศ. ๒๕๖๙"], 2569),
        (["ตลอดปีงบประมาณ พ.ศ. ๒๕๗๐", "ตลอดปีงบประมาณ พ.ศ. ๒๕๗๐", "ปีงบประมาณ ๒๕๖๙"], 2570),
        (["ภายในเดือนสิงหาคม ๒๕๗๐"], 2570),
        (["ต.ค. 69 - ก.ย. 70"], 2570),
        (["ภายในเดือนตุลาคม ๒๕๖๘"], 2569),
        (["ทุกเดือน"], 2569),
        ([], 2569),
    ],
)
def test_the_plan_is_for_the_year_its_time_frames_name_or_the_one_after_2568(time_frames, year):
    assert plan_year(time_frames, 2568) == year


def test_without_any_year_the_plans_is_not_guessed():
    assert plan_year(["ทุกเดือน"], None) is None
