from itertools import permutations

import pytest

from tracker.domain.divisions import (
    HeadTaken,
    NameTaken,
    NameWithoutLetters,
    TooManyShortNames,
    check_unambiguous,
    read_division,
)
from tracker.domain.names import NameMissing, NameTooLong, NameUnprintable
from tracker.domain.responsibles import USUAL_DIVISIONS, Division, read_responsible

EDUCATION = Division("กองการศึกษา ศาสนาและวัฒนธรรม", ("กองการศึกษาฯ", "กศ."), "ผู้อำนวยการกองการศึกษา")
HEALTH = Division("กองสาธารณสุขและสิ่งแวดล้อม")


def test_a_division_is_read_as_typed_but_for_blanks_and_repeats():
    read = read_division("  กองการศึกษา  ศาสนาและวัฒนธรรม ", "กองการศึกษาฯ, กศ.,, กศ.", " ผู้อำนวยการ\0กองการศึกษา")

    assert read == EDUCATION


@pytest.mark.parametrize("comma", [",", "، ", "，", ";", "\n"])
def test_short_names_have_any_comma_between_them(comma):
    assert read_division("กองช่าง", f"ช่าง{comma}กช.").short_names == ("ช่าง", "กช.")


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"name": ""}, NameMissing),
        ({"name": " \u200b\0 "}, NameMissing),
        ({"name": "ก" * 10_000}, NameTooLong),
        ({"name": "กองช่าง\u202e"}, NameUnprintable),
        ({"name": "กอง\x01ช่าง"}, NameUnprintable),
        ({"name": "..."}, NameWithoutLetters),
        ({"name": "ฯ"}, NameWithoutLetters),
        ({"name": "๑๒๓"}, NameWithoutLetters),
        ({"name": "🏛"}, NameWithoutLetters),
        ({"short_names": "."}, NameWithoutLetters),
        ({"short_names": "ก" * 61}, NameTooLong),
        ({"short_names": ",".join(f"กอง{n}" for n in range(11))}, TooManyShortNames),
        ({"head": "ก" * 10_000}, NameTooLong),
        ({"head": "🏛"}, NameWithoutLetters),
    ],
)
def test_a_name_that_no_page_could_show_or_no_report_could_mean_is_refused(typed, refusal):
    with pytest.raises(refusal):
        read_division(**({"name": "กองช่าง"} | typed))


@pytest.mark.parametrize(
    "wanted",
    [
        Division("กองการศึกษา ศาสนาและวัฒนธรรม"),
        Division("กองการศึกษาศาสนาและวัฒนธรรม"),  # spaced in another way
        Division("กองกีฬา", ("กศ.",)),
        Division("กองกีฬา", ("กศ",)),  # dotted in another way
        Division("กองกีฬา", ("กองการศึกษา",)),  # what everybody says for it
        Division("กศ."),
        Division("กองกีฬา", ("กองการศึกษา ศาสนาและวัฒนธรรม",)),
        Division("ผู้อำนวยการกองการศึกษา"),
        Division("กองกีฬา", (), "กศ."),
    ],
)
def test_a_name_that_means_another_division_is_refused(wanted):
    with pytest.raises(NameTaken):
        check_unambiguous(wanted, others=[EDUCATION])


def test_a_short_name_that_everybody_uses_for_another_is_refused():
    with pytest.raises(NameTaken):
        check_unambiguous(Division("กองสวัสดิการสังคม", ("กองสธ.",)), others=[HEALTH])


def test_a_new_division_may_not_take_over_what_another_is_called_for_short():
    with pytest.raises(NameTaken):
        check_unambiguous(HEALTH, others=[Division("กองสวัสดิการสังคม", ("กองสธ.",))])


@pytest.mark.parametrize("head", ["ผู้อำนวยการกองการศึกษา", "ผู้อำนวยการ กองการศึกษา"])
def test_a_heads_title_that_means_another_division_is_refused(head):
    with pytest.raises(HeadTaken):
        check_unambiguous(Division("กองกีฬา", (), head), others=[EDUCATION])


@pytest.mark.parametrize(("wanted", "other"), [*permutations(USUAL_DIVISIONS, 2)])
def test_the_usual_divisions_are_told_apart(wanted, other):
    check_unambiguous(wanted, others=[other])


def test_a_longer_name_is_a_name_of_its_own():
    check_unambiguous(Division("กองช่างสุขาภิบาล"), others=[Division("กองช่าง")])


@pytest.mark.parametrize("division", [EDUCATION, HEALTH, *USUAL_DIVISIONS[:3]])
def test_what_is_accepted_is_read_back_without_doubt(division):
    known = [EDUCATION, HEALTH, *USUAL_DIVISIONS[:3]]

    for name in (division.name, *division.short_names):
        assert read_responsible(name, divisions=known).divisions == (division,)
