import pytest

from tracker.domain.personal_data import Found, PersonalData, find, is_citizen_number


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("ติดต่อ somchai.d@example.go.th ได้", PersonalData.EMAIL, "somchai.d@example.go.th"),
        ("เลขบัตร 1-1017-00230-70-8 ครับ", PersonalData.CITIZEN_NUMBER, "1-1017-00230-70-8"),
        ("เลขบัตร ๑๑๐๑๗๐๐๒๓๐๗๐๘", PersonalData.CITIZEN_NUMBER, "๑๑๐๑๗๐๐๒๓๐๗๐๘"),
        ("โทร 081-234-5678", PersonalData.PHONE, "081-234-5678"),
        ("โทร ๐๘๑ ๒๓๔ ๕๖๗๘", PersonalData.PHONE, "๐๘๑ ๒๓๔ ๕๖๗๘"),
        ("โทร +66 81 234 5678", PersonalData.PHONE, "+66 81 234 5678"),
        ("โทร 02-123-4567", PersonalData.PHONE, "02-123-4567"),
        ("โอนมาที่ 123-4-56789-0", PersonalData.BANK_ACCOUNT, "123-4-56789-0"),
        ("ไลน์ไอดี somchai99", PersonalData.LINE, "ไลน์ไอดี somchai99"),
        ("Line: @somchai", PersonalData.LINE, "Line: @somchai"),
        ("บ้านเลขที่ ๙๙/๑ ถนนดี", PersonalData.HOUSE, "บ้านเลขที่ ๙๙/๑"),
        ("เจ้าหน้าที่ชื่อ นายสมชาย ใจดี พูดไม่ดี", PersonalData.NAME, "นายสมชาย ใจดี"),
        ("น.ส.กมลวรรณ รักไทย", PersonalData.NAME, "น.ส.กมลวรรณ รักไทย"),
        ("นายกิตติ ศรีสุข", PersonalData.NAME, "นายกิตติ ศรีสุข"),
        ("นางสาว เพ็ญศรี มีสุข", PersonalData.NAME, "นางสาว เพ็ญศรี มีสุข"),
        ("Mr. John Smith", PersonalData.NAME, "Mr. John Smith"),
    ],
)
def test_what_looks_like_personal_data_is_found_as_it_is_written(text, kind, piece):
    assert find(text) == (Found(kind, piece),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ขอให้นายกเทศมนตรี ลงพื้นที่บ่อยขึ้น",
        "ท่านนายก ควรชี้แจงงบประมาณ ๑,๒๓๔,๕๖๗ บาท",
        "นายช่างโยธา ออกตรวจถนนแล้ว",
        "นายทะเบียน ท้องถิ่น",
        "คุณภาพน้ำ ประปา ดีขึ้น",
        "ปีงบประมาณ 2569 เดือน 10-11 คะแนน 97.02",
        "เอกสารเลขที่ 1234567890123",  # thirteen digits whose last one does not check the others
        "ประชุมวันที่ 15/02/2569 เวลา 09.30-12.00 น.",
        "O1 ถึง O28 online ทุกข้อ",
        "ดูที่ https://example.go.th/oit/2569",
    ],
)
def test_ordinary_words_and_figures_are_no_personal_data(text):
    assert find(text) == ()


def test_each_piece_is_found_once_in_the_order_of_the_text():
    found = find("โทร 0812345678 หรือ a@example.org หรือ 0812345678")

    assert [piece.text for piece in found] == ["0812345678", "a@example.org"]


def test_a_citizens_number_is_not_taken_for_a_telephone_as_well():
    assert [piece.kind for piece in find("0812345678902 และ 1101700230708")] == [PersonalData.CITIZEN_NUMBER]


@pytest.mark.parametrize(
    ("digits", "is_one"), [("1101700230708", True), ("1101700230709", False), ("110170023070", False)]
)
def test_the_last_digit_checks_the_others(digits, is_one):
    assert is_citizen_number(digits) is is_one


def test_a_long_hostile_text_is_read_in_no_time():
    for text in ("นาย" * 3000, "0-" * 5000, "a." * 5000 + "@", "ก" * 10000, "1 " * 5000):
        find(text)
