import pytest

from tracker.domain.passwords import LONGEST, BadPassword, check_password

GOOD = [
    "แมวของฉันชอบปลาทู",
    "correct horse battery",
    "ฝนตกที่บ้านเมื่อวาน",
    "aaaaaaaaab",
    "x7 Kq2 9pd",
    "ปลาทู2ตัวกับข้าว",
    "ก" * 9 + "ข",
]
COMMON = [
    "1234567890",
    "0987654321",
    "๑๒๓๔๕๖๗๘๙๐",
    "1111111111",
    "1212121212",
    "abcabcabcabc",
    "qwertyuiop",
    "QWERTYUIOP",
    "asdfghjklasdfghjkl",
    "abcdefghij",
    "zyxwvutsrqponm",
    "password123",
    "Password@2569",
    "P@ssw0rd2569",
    "passwordpassword",
    "password๒๕๖๙",
    "admin12345",
    "!!admin2569",
    "รหัสผ่าน1234",
    "ยฟหหไนพก123",
    "ๆไำพะัีรนย",
    "ฟหกดเ้่าสว",
    "ๅ/-ภถุึคตจ",
    "สวัสดี2569",
    "เทศบาล12345",
    "1 2 3 4 5 6 7 8 9 0",
    "          ก",
]


@pytest.mark.parametrize("password", GOOD)
def test_ten_characters_of_any_kind_are_enough(password):
    assert check_password(password, username="head1") == password


@pytest.mark.parametrize("password", COMMON)
def test_what_strangers_try_first_is_refused(password):
    with pytest.raises(BadPassword, match="first that strangers would try"):
        check_password(password, username="head1")


@pytest.mark.parametrize("password", ["", "แมวชอบปลา", "x7Kq29pdz"])
def test_nine_are_too_few(password):
    with pytest.raises(BadPassword, match="at least 10"):
        check_password(password, username="head1")


def test_what_is_longer_than_anybody_types_is_not_even_looked_at():
    with pytest.raises(BadPassword, match="at most 1024"):
        check_password("x" * (LONGEST + 1), username="head1")


@pytest.mark.parametrize("password", ["finance-head", "FINANCE-HEAD", "finance-head2569", "finance-headfinance-head"])
def test_the_user_name_is_no_password(password):
    with pytest.raises(BadPassword, match="user name"):
        check_password(password, username="finance-head")


def test_a_letter_in_two_pieces_is_taken_as_the_one_it_is():
    assert check_password("cafe\u0301 au lait", username="head1") == "café au lait"


def test_sara_am_stays_in_one_piece():
    assert check_password("น้ำใจไมตรีดี", username="head1") == "น้ำใจไมตรีดี"
