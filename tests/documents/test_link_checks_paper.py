from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import pytest

from tests.clocks import BANGKOK
from tracker.documents.composing import link_checks
from tracker.documents.composing.link_checks import Address, Facts
from tracker.documents.composing.link_checks.words import CAUSES, VERDICTS, share
from tracker.documents.composing.signers import Signers
from tracker.documents.writing import pdf
from tracker.documents.writing.paper import Code, Paragraph, Section, Signatures, Table
from tracker.domain.link_histories import Standing
from tracker.domain.link_months import Course
from tracker.domain.links import Cause, Verdict

SINCE = datetime(2026, 2, 11, 9, tzinfo=BANGKOK)


def course(verdict=Verdict.OK, *, cause=None, looks=28, part=Fraction(1)):
    since = SINCE if verdict == Verdict.BROKEN else None
    return Course(looks, part, Standing(verdict, cause, failing_since=since))


OWN = Address("O9 แผนดำเนินงาน", "สำนักปลัด", "https://town.example/9", course())
GONE = Address(
    "O6 ข่าว", "กองคลัง", "https://town.example/6", course(Verdict.BROKEN, cause=Cause.GONE, part=Fraction(1, 3))
)
SLOW = Address("O2 ข้อมูล", "", "https://town.example/2", course(Verdict.CAUTION, cause=Cause.SLOW))
NEW = Address("O3 ใหม่", "กองคลัง", "https://town.example/3")


def composed(*addresses, **changes):
    facts = Facts("เทศบาลตำบลตัวอย่าง", 2569, date(2026, 2, 1), date(2026, 2, 27), addresses, **changes)
    return link_checks.compose(facts, thai_digits=False)


def rows(paper, number):
    return [block for block in paper.blocks if isinstance(block, Table)][number].rows


def said(paper):
    return "\n".join(block.text for block in paper.blocks if isinstance(block, Paragraph))


def test_it_names_the_month_whose_items_and_until_when():
    paper = composed(OWN, division="สำนักปลัด")

    assert paper.subtitle == ("ประจำเดือนกุมภาพันธ์ 2569", "สำนักปลัด", "ข้อมูลถึงวันที่ 27 กุมภาพันธ์ 2569")
    assert composed(OWN).subtitle[1] == "ทุกส่วนราชการ"


def test_it_counts_addresses_items_and_looks():
    assert (
        "ลิงก์ 4 ลิงก์ ของข้อมูลเปิดเผย 4 รายการ ตรวจรวม 84 ครั้ง: เปิดได้ 1 ลิงก์ ควรตรวจดู 1 ลิงก์ "
        "เปิดไม่ได้ 1 ลิงก์ ยังไม่ได้ตรวจในเดือนนี้ 1 ลิงก์"
    ) in said(composed(OWN, GONE, SLOW, NEW))


@pytest.mark.parametrize(
    ("addresses", "division", "does_the_work"),
    [
        ([OWN], "สำนักปลัด", True),
        ([GONE], "กองคลัง", False),
        ([OWN, GONE, SLOW], "", True),
        ([OWN, GONE], "", True),
        ([OWN, replace(GONE, division="")], "", False),
        ([NEW], "", False),
        ([], "", False),
    ],
)
def test_whoever_keeps_no_address_is_judged_by_those_that_nobody_keeps(addresses, division, does_the_work):
    facts = Facts("เทศบาลตำบลตัวอย่าง", 2569, date(2026, 2, 1), date(2026, 2, 27), addresses, division)

    assert facts.does_the_work is does_the_work


def test_what_failed_at_its_last_look_is_not_said_to_open():
    doubtful = Course(28, Fraction(1), Standing(Verdict.CAUTION, Cause.TIMED_OUT, failing_since=SINCE))

    assert (
        "เปิดได้ 1 ลิงก์ ควรตรวจดู 1 ลิงก์ เปิดไม่ได้ 0 ลิงก์ (ในจำนวนที่ควรตรวจดู เปิดไม่ได้ในการตรวจครั้งล่าสุดและรอตรวจซ้ำ 1 ลิงก์)"
    ) in said(composed(OWN, Address("O3 ใหม่", "กองคลัง", "https://town.example/3", doubtful)))


def test_an_address_of_two_items_counts_once():
    assert "ลิงก์ 1 ลิงก์ ของข้อมูลเปิดเผย 2 รายการ" in said(composed(OWN, Address("O1", "กองคลัง", OWN.url, OWN.course)))


def test_what_is_broken_comes_before_what_needs_a_look_with_its_date_and_cause():
    broken, caution = rows(composed(OWN, SLOW, GONE), 0)

    assert [cell.text for cell in broken.cells][3:] == ["เปิดไม่ได้", "11 กุมภาพันธ์ 2569", "ไม่พบหน้า (404 หรือ 410)"]
    assert broken.cells[4].day == date(2026, 2, 11)
    assert caution.cells[1].text == "ยังไม่กำหนดส่วนราชการ"


def test_with_all_in_order_it_says_that_there_is_nothing():
    assert "ไม่มี" in said(composed(OWN))


def test_every_address_stands_under_its_division_with_its_share():
    found = rows(composed(OWN, GONE, NEW), 1)

    assert [row.text for row in found if isinstance(row, Section)] == ["สำนักปลัด", "กองคลัง"]
    assert [row.cells[4].text for row in found if not isinstance(row, Section)] == ["100.0", "33.3", "–"]


def test_a_share_is_rounded_down_so_that_all_means_all():
    assert share(Fraction(9999, 10000)).text == "99.9"


def test_the_head_of_the_history_and_who_signs_stand_at_the_end():
    paper = composed(OWN, head_hash="ab" * 32, signers=Signers("นักวิเคราะห์", "ปลัด"))

    assert [block.text for block in paper.blocks if isinstance(block, Code)] == ["ab" * 32]
    assert isinstance(paper.blocks[-1], Signatures)


def test_without_items_it_says_so():
    assert "ยังไม่มีลิงก์" in said(composed())


@pytest.mark.parametrize("thai_digits", [True, False])
def test_it_can_be_printed(thai_digits):
    facts = Facts("เทศบาล", 2569, date(2026, 2, 1), date(2026, 2, 27), (OWN, GONE, SLOW, NEW), head_hash="ab" * 32)

    assert pdf.write(link_checks.compose(facts, thai_digits=thai_digits)).startswith(b"%PDF")


def test_every_verdict_and_cause_has_words():
    assert set(VERDICTS) == set(Verdict)
    assert set(CAUSES) == set(Cause)


def test_a_long_address_stays_on_the_page():
    long = Address("O9", "กองคลัง", "https://town.example/" + "a" * 400, course())

    assert pdf.write(composed(long)).startswith(b"%PDF")
