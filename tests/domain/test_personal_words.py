import pytest

from tracker.domain.personal_words import Found, Personal, personal_words


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("ติดต่อ somchai.d@example.go.th ได้", Personal.MAIL, "somchai.d@example.go.th"),
        ("เลขบัตร 1-1017-00230-70-8 ครับ", Personal.ID_NUMBER, "1-1017-00230-70-8"),
        ("เลขบัตร ๑๑๐๑๗๐๐๒๓๐๗๐๘", Personal.ID_NUMBER, "๑๑๐๑๗๐๐๒๓๐๗๐๘"),
        ("โทร 081-234-5678", Personal.PHONE, "081-234-5678"),
        ("โทร ๐๘๑ ๒๓๔ ๕๖๗๘", Personal.PHONE, "๐๘๑ ๒๓๔ ๕๖๗๘"),
        ("โทร +66 81 234 5678", Personal.PHONE, "+66 81 234 5678"),
        ("โทร 02-123-4567", Personal.PHONE, "02-123-4567"),
        ("โอนมาที่ 123-4-56789-0", Personal.BANK_ACCOUNT, "123-4-56789-0"),
        ("ไลน์ไอดี somchai99", Personal.LINE, "ไลน์ไอดี somchai99"),
        ("Line: @somchai", Personal.LINE, "Line: @somchai"),
        ("บ้านเลขที่ ๙๙/๑ ถนนดี", Personal.HOUSE, "บ้านเลขที่ ๙๙/๑"),
        ("เจ้าหน้าที่ชื่อ นายสมชาย ใจดี พูดไม่ดี", Personal.NAME, "นายสมชาย ใจดี"),
        ("น.ส.กมลวรรณ รักไทย", Personal.NAME, "น.ส.กมลวรรณ รักไทย"),
        ("นายกิตติ ศรีสุข", Personal.NAME, "นายกิตติ ศรีสุข"),
        ("นางสาว เพ็ญศรี มีสุข", Personal.NAME, "นางสาว เพ็ญศรี มีสุข"),
        ("Mr. John Smith", Personal.NAME, "Mr. John Smith"),
    ],
)
def test_what_looks_like_personal_data_is_found_as_it_is_written(text, kind, piece):
    assert personal_words(text) == [Found(kind, piece)]


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
        "ประชุมวันที่ 15/02/2569 เวลา 09.30-12.00 น.",
        "O1 ถึง O28 online ทุกข้อ",
        "ดูที่ https://example.go.th/oit/2569",
    ],
)
def test_ordinary_words_and_figures_are_no_personal_data(text):
    assert personal_words(text) == []


def test_each_piece_is_found_once_in_the_order_of_the_text():
    found = personal_words("โทร 0812345678 หรือ a@example.org หรือ 0812345678")

    assert [piece.words for piece in found] == ["0812345678", "a@example.org"]


def test_a_citizens_number_is_not_taken_for_a_telephone_as_well():
    assert [piece.kind for piece in personal_words("1101700230708 และ 0812345678")] == [
        Personal.ID_NUMBER,
        Personal.PHONE,
    ]


def test_a_long_hostile_text_is_read_in_no_time():
    for text in ("นาย" * 3000, "0-" * 5000, "a." * 5000 + "@", "ก" * 10000, "1 " * 5000):
        personal_words(text)
