import unicodedata

import pytest

from tracker.domain.names import NameMissing, NameTooLong, NameUnprintable, read_name, read_optional_name
from tracker.domain.people import UsernameUnusable, read_username


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("somchai.p", "somchai.p"),
        ("Somchai_P", "somchai_p"),
        (" กองคลัง1 ", "กองคลัง1"),
        ("น้ำฝน", "น้ำฝน"),
        ("๑หนึ่ง", "๑หนึ่ง"),
        ("É", "é"),
    ],
)
def test_a_user_name_has_letters_of_any_script_and_no_case(typed, kept):
    assert read_username(typed) == kept


def test_a_user_name_is_the_same_however_its_letters_are_put_together():
    assert read_username(unicodedata.normalize("NFD", "né")) == read_username("NÉ")


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", NameMissing),
        (" \0\u200b", NameMissing),
        ("a" * 61, NameTooLong),
        ("ก" * 10_000, NameTooLong),
        ("two words", UsernameUnusable),
        ("me@example.org", UsernameUnusable),  # it would pass for somebody's address
        ("-dash", UsernameUnusable),
        (".", UsernameUnusable),
        ("\u0e49ก", UsernameUnusable),  # a tone mark with nothing below it
        ("😀", UsernameUnusable),
        ("a\u202eb", UsernameUnusable),
        ("a/b", UsernameUnusable),
        ("<b>", UsernameUnusable),
        ("a|b", UsernameUnusable),
    ],
)
def test_what_nobody_could_type_or_would_mistake_is_refused(typed, refusal):
    with pytest.raises(refusal):
        read_username(typed)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [("", NameMissing), ("\n", NameMissing), ("ก" * 151, NameTooLong), ("ก\x02", NameUnprintable)],
)
def test_a_name_is_one_line_that_can_be_printed(typed, refusal):
    with pytest.raises(refusal):
        read_name(typed)


def test_a_name_may_have_an_emoji_and_no_name_at_all_may_be_optional():
    assert read_name("ครู 😀") == "ครู 😀"
    assert read_optional_name(" ") == ""
