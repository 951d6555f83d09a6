import unicodedata

import pytest

from tracker.domain.names import NameMissing, NameTooLong, NameUnprintable, read_name, read_optional_name
from tracker.domain.people import UsernameInvisible, UsernameUnusable, read_username


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
        ("a/b", UsernameUnusable),
        ("<b>", UsernameUnusable),
        ("a|b", UsernameUnusable),
    ],
)
def test_what_nobody_could_type_or_would_mistake_is_refused(typed, refusal):
    with pytest.raises(refusal):
        read_username(typed)


@pytest.mark.parametrize(
    "hidden",
    [
        "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u202e", "\u2066", "\u061c", "\u034f",
        "\u115f", "\u1160", "\u17b4", "\u180e", "\u180f", "\u3164", "\uffa0", "\ufe0f", "\U000e0041", "\U000e0100",
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["{}somchai", "som{}chai", "somchai{}", "สม{}ชาย"])
def test_a_user_name_with_something_in_it_that_cannot_be_seen_is_refused(hidden, where):
    with pytest.raises(UsernameInvisible):
        read_username(where.format(hidden))


@pytest.mark.parametrize("typed", ["น้ำใจ", "ก็ได้", "กำ", "ไม้เอก์", "अरुण", "한글"])
def test_marks_and_letters_that_can_be_seen_are_no_reason_to_refuse(typed):
    assert read_username(typed) == typed


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
