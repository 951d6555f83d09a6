import pytest

from tests.patience import patience
from tracker.domain.personal_words import Found, Personal, personal_words

NAMES = [
    ("มอบนายสมชาย ใจดี เป็นผู้รับผิดชอบ", "นายสมชาย ใจดี"),
    ("โดยนายกร ใจดี", "นายกร ใจดี"),
    ("นางสาวมาลี ศรีสุข", "นางสาวมาลี ศรีสุข"),
    ("น.ส.มาลี", "น.ส.มาลี"),
    ("น. ส. มาลี", "น. ส. มาลี"),
    ("โดยนางมาลี", "นางมาลี"),
    ("ด.ช. สมชาย", "ด.ช. สมชาย"),
    ("ดร.สมหญิง", "ดร.สมหญิง"),
    ("ว่าที่ ร.ต. สมศักดิ์ แก้ว", "ว่าที่ ร.ต. สมศักดิ์ แก้ว"),
    ("พ.ต.อ.หญิง วรรณา", "พ.ต.อ.หญิง วรรณา"),
    ("สิบเอกสมชาย", "สิบเอกสมชาย"),
    ("นายกิตติ ศรีสุข", "นายกิตติ ศรีสุข"),
    ("น.ส.กมลวรรณ รักไทย", "น.ส.กมลวรรณ รักไทย"),
    ("Mr. John Smith", "Mr. John Smith"),
]
NUMBERS = [
    ("โทร. ๐๘๑-๒๓๔-๕๖๗๘", Personal.PHONE, "๐๘๑-๒๓๔-๕๖๗๘"),
    ("โทร 0812345678 ต่อ 5", Personal.PHONE, "0812345678"),
    ("02-123-4567", Personal.PHONE, "02-123-4567"),
    ("+66 81 234 5678", Personal.PHONE, "+66 81 234 5678"),
    ("เลข 1-2345-67890-12-3", Personal.ID_NUMBER, "1-2345-67890-12-3"),
    ("๑๒๓๔๕๖๗๘๙๐๑๒๓", Personal.ID_NUMBER, "๑๒๓๔๕๖๗๘๙๐๑๒๓"),
    ("โอนมาที่ 123-4-56789-0", Personal.BANK_ACCOUNT, "123-4-56789-0"),
    ("ไลน์ไอดี somchai99", Personal.LINE, "ไลน์ไอดี somchai99"),
    ("Line: @somchai", Personal.LINE, "Line: @somchai"),
    ("บ้านเลขที่ ๙๙/๑ ถนนดี", Personal.HOUSE, "บ้านเลขที่ ๙๙/๑"),
    ("ส่งที่ somchai.j@example.go.th ครับ", Personal.MAIL, "somchai.j@example.go.th"),
]


@pytest.mark.parametrize(("text", "words"), NAMES)
def test_a_title_or_rank_with_a_name_is_found(text, words):
    assert personal_words(text) == [Found(Personal.NAME, words)]


@pytest.mark.parametrize(("text", "kind", "words"), NUMBERS)
def test_a_number_or_address_of_a_person_is_found_in_thai_digits_too(text, kind, words):
    assert personal_words(text) == [Found(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "นายกเทศมนตรีตำบลเห็นชอบ",
        "นายกฯ และปลัด",
        "ท่านนายก ควรชี้แจงงบประมาณ ๑,๒๓๔,๕๖๗ บาท",
        "คุณภาพน้ำ ประปา ดีขึ้น",
        "O1 ถึง O28 online ทุกข้อ",
        "นายช่างโยธา",
        "นายทะเบียน",
        "ทนายความ",
        "เจ้านาย",
        "พัฒนางานบริการให้ดีขึ้น",
        "พัฒนางบประมาณ",
        "พ.ร.บ. ข้อมูลข่าวสาร",
        "ปีงบประมาณ พ.ศ. ๒๕๖๙",
        "ต.ค. 68 - ก.ย. 69",
        "วันที่ 30/09/2569",
        "งบ 12,500.00 บาท",
        "เลขที่ 02567890000000",
        "อบต. และ อบจ.",
        "@line",
    ],
)
def test_offices_laws_dates_and_amounts_are_nobodys(text):
    assert personal_words(text) == []


def test_the_same_words_are_told_once_and_in_the_order_they_are_written():
    found = personal_words("081-234-5678 นายสมชาย ใจดี 081-234-5678")

    assert [one.kind for one in found] == [Personal.PHONE, Personal.NAME]


def test_a_name_that_is_broken_over_lines_is_told_in_one():
    assert personal_words("นายสมชาย\nใจดี") == [Found(Personal.NAME, "นายสมชาย ใจดี")]


def test_a_long_hostile_text_is_read_in_no_time():
    with patience():
        for text in ("นาย" * 3000, "0-" * 5000, "a." * 5000 + "@", "ก" * 10000, "1 " * 5000):
            personal_words(text)


@pytest.mark.parametrize("text", ["line" + " " * 900 + "ก", "a" * 10_000, "a.b-" * 2500])
def test_a_comment_made_to_be_long_to_read_is_read_in_a_moment(text):
    with patience(5):  # the blanks alone took ten seconds each time a page showed them
        assert personal_words(text) == []


@pytest.mark.parametrize("piece", ["ส.", "พ.อ. ", "line ", "นายกขค ", "Miss ", "พ.อ.หญิง", "a@", "1 ", "ว่าที่ "])
def test_a_long_text_of_one_word_over_and_over_is_read_in_a_moment(piece):
    with patience(5):  # some were minutes
        personal_words(piece * 20_000)
