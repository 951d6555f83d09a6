import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.patience import patience
from tracker.domain.certainty import Certainty
from tracker.domain.disclosure_lists import KNOWN
from tracker.domain.disclosure_matches import FoundLink, code_in, offers, title_key, years_in

PROCEDURE = "แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"


def found(title, *nearby, year=2569):
    """Say which item a link is offered for and how sure that is, None for none."""
    made = offers(KNOWN[year], [FoundLink(title, "https://example.go.th/x", nearby)], fiscal_year=year)
    return (made[0].meaning, made[0].judgement.certainty) if made else None


@pytest.mark.parametrize(
    "text",
    ["O9", "o9", "O ๙", "O๙ คู่มือ", "ข้อ O9", "(O9)", "O-9", "O.09", "ข้อO9:", "Ｏ９", "OIT 9", "OIT9", "ข้อ\u00a0O\u00a09"],
)
def test_a_number_is_found_however_it_is_written(text):
    assert code_in(text) == 9


@pytest.mark.parametrize("text", ["", "9", "video9", "co2 9", "O9-O12", "O9 และ O10", "O", "info 9", "O1234"])
def test_what_names_no_item_or_several_is_none(text):
    assert code_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "ปี 2569",
        "ปีงบประมาณ พ.ศ. ๒๕๖๙",
        "พ.ศ.2569",
        "ปี 69",
        "งบประมาณ ๖๙",
        "2026",
        "ปีสองพันห้าร้อยหกสิบเก้า",
    ],
)
def test_a_year_is_found_however_it_is_written(text):
    assert years_in(text) == {2569}


@pytest.mark.parametrize("text", ["", "O9", "โทร 053-256900", "12569", "ครั้งที่ 69", "พันห้าร้อย"])
def test_other_numbers_are_no_years(text):
    assert years_in(text) == frozenset()


def test_a_year_in_words_is_not_taken_for_a_shorter_one():
    assert years_in("สองพันห้าร้อยหกสิบเอ็ด") == {2561}


@pytest.mark.parametrize(
    "writing",
    [
        "ข้อมูลสถิติเรื่องร้องเรียน ปี 2569",
        "ข้อ O18 ข้อมูลสถิติเรื่องร้องเรียน ประจำปีงบประมาณ พ.ศ. ๒๕๖๘",
        "ขอมูล สถิติเรื่องรองเรียน",  # without tone marks, with a space
        "ข้อมูลสถิติ – เรื่องร้องเรียน",
        "ข้อมูลสถิติเรื่องร้องเรียน\u200b",
    ],
)
def test_titles_are_the_same_whatever_marks_spaces_numbers_and_years_they_have(writing):
    assert title_key(writing) == title_key("ข้อมูลสถิติเรื่องร้องเรียน")


def test_an_am_in_two_pieces_is_one_letter():
    assert title_key("ประจ\u0e4d\u0e32เดือน") == title_key("ประจำเดือน")


@given(st.text(max_size=80))
def test_whatever_a_page_says_a_link_is_offered_for_one_item_at_most(text):
    link = FoundLink(text, "https://example.go.th/", (text,))

    assert len(offers(KNOWN[2569][:3], [link], fiscal_year=2569)) <= 1


@pytest.mark.parametrize("entry", KNOWN[2569], ids=lambda entry: entry.meaning)
def test_the_handbooks_own_title_is_certain(entry):
    assert found(entry.title) == (entry.meaning, Certainty.CERTAIN)
    assert found(f"O{entry.number} {entry.title}") == (entry.meaning, Certainty.CERTAIN)


@pytest.mark.parametrize(
    ("title", "nearby", "expected"),
    [
        ("คลิกที่นี่", ("ข้อ O๙ คู่มือ",), ("service_manual", Certainty.LIKELY)),  # its number alone
        ("ดาวน์โหลด", (f"O16 {PROCEDURE}",), ("complaint_procedure", Certainty.CERTAIN)),
        ("O17", (PROCEDURE,), ("complaint_procedure", Certainty.LIKELY)),  # numbered as the year before
        ("No Gift Policy", (), ("no_gift_policy", Certainty.LIKELY)),
        ("แผนการบริหารและพัฒนาทรัพยากรบุคคล", (), ("staff_plan", Certainty.LOOK)),
        ("รายงานผลการบริหารและพัฒนาทรัพยากรบุคคล", (), ("staff_result", Certainty.CERTAIN)),
    ],
)
def test_a_link_is_offered_with_how_sure_that_is(title, nearby, expected):
    assert found(title, *nearby) == expected


@pytest.mark.parametrize("title", ["หน้าแรก", "ITA", "ข่าว", "", "Facebook", "ถาม-ตอบ"])
def test_other_links_are_offered_for_nothing(title):
    assert found(title) is None


def test_a_link_of_another_year_is_to_be_looked_at():
    assert found(f"{PROCEDURE} ปี 2565") == ("complaint_procedure", Certainty.LOOK)


def test_a_result_of_the_year_before_is_what_this_years_item_asks_for():
    title = "ข้อมูลสถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ ปี 2568"

    assert found(title) == ("complaint_statistics", Certainty.CERTAIN)


def test_the_words_of_a_link_say_more_of_the_year_than_what_stands_beside_it():
    assert found(f"{PROCEDURE} ปี 2569", "เอกสารปี 2560") == ("complaint_procedure", Certainty.CERTAIN)


def test_without_items_nothing_is_offered():
    assert offers([], [FoundLink("O9", "https://example.go.th/")], fiscal_year=2569) == []


@pytest.mark.parametrize("text", ["\ufdfa" * 300, "รายงานผลการดำเนินงานประจำปี" * 12])
def test_a_page_full_of_long_texts_is_compared_in_a_moment(text):
    links = [FoundLink(f"{number} {text}", f"https://a.example/{number}", (text,) * 4) for number in range(3000)]

    with patience(6):  # it was twelve, while the clerk waited
        offers(KNOWN[2569], links, fiscal_year=2569)
