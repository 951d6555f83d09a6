import pytest

from tracker.domain.sign_in import CODE_LETTERS, read_code, written_code


@pytest.mark.parametrize(
    "written", ["abcde-23456", "ABCDE-23456", " abcde 23456 ", "abcde23456", "abcde – ๒๓๔๕๖", "a-b-c-d-e-2-3-4-5-6"]
)
def test_a_code_is_read_however_it_is_typed(written):
    assert read_code(written) == "abcde23456"


def test_a_code_is_written_in_groups():
    assert written_code("abcde23456", group=5) == "abcde-23456"
    assert read_code(written_code("abcdefghjkmn", group=4)) == "abcdefghjkmn"


def test_no_letter_of_a_code_looks_like_another():
    assert not set("il1o0") & set(CODE_LETTERS)


def test_what_is_far_too_long_is_cut():
    assert len(read_code("a" * 10_000)) == 100
