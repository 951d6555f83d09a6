import pytest

from tracker.domain import certainty
from tracker.domain.certainty import Certainty, same_words
from tracker.domain.responsibles import USUAL_DIVISIONS, Responsible, read_responsible
from tracker.domain.timeframes import read_time_frame

CERTAIN, LIKELY, LOOK, UNREADABLE = Certainty


def of_words(words, year=2569):
    return certainty.of_time_frame(words, read_time_frame(words, fiscal_year=year))


def of_responsible(text):
    read = read_responsible(text, divisions=USUAL_DIVISIONS)
    return certainty.of_divisions(text, read, USUAL_DIVISIONS)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙", CERTAIN),
        ("ทุกเดือน", CERTAIN),
        ("ภายในเดือนกุมภาพันธ์ ๒๕๖๙", CERTAIN),
        ("ตลอด ปังบประมาณ พ.ศ. ๒๕๖๙", LIKELY),  # as one real report prints it
        ("ทุกไตรมาศ", LIKELY),
        ("กรกฏาคม ๒๕๖๙", LIKELY),
        ("ภายในเดือนกุมภาพันธ์ และเดือนสิงหาคม", LIKELY),  # of which year?
        ("จัดประชุมทบทวนแผน ภายในเดือนมีนาคม ๒๕๖๙", LIKELY),
        ("๓๑ มีนาคม ๒๕๖๘", LOOK),
        ("ตลอดปีการศึกษา ๒๕๖๙", UNREADABLE),
        ("", UNREADABLE),
    ],
)
def test_a_time_frame_is_as_certain_as_its_words(words, expected):
    assert of_words(words).certainty == expected


def test_the_reason_names_the_misspelt_word():
    assert "ปังบประมาณ" in str(of_words("ตลอด ปังบประมาณ พ.ศ. ๒๕๖๙").why)


def test_the_reason_names_the_year_that_was_taken():
    assert "2569" in str(of_words("ภายในเดือนกุมภาพันธ์").why)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("กองคลัง", CERTAIN),
        ("ทุกส่วนราชการ", CERTAIN),
        ("กองคลัง / กองช่าง", CERTAIN),
        ("สป.", LIKELY),
        ("กองสาธารณสุขฯ", LIKELY),
        ("กองคลัง และ สป.", LIKELY),
        ("กองสวัสดิ", LOOK),
        ("", UNREADABLE),
    ],
)
def test_divisions_are_as_certain_as_their_names(text, expected):
    assert of_responsible(text).certainty == expected


def test_divisions_that_a_person_chose_are_certain():
    chosen = Responsible(USUAL_DIVISIONS[:1])

    assert certainty.of_divisions("", chosen, USUAL_DIVISIONS).certainty == CERTAIN


@pytest.mark.parametrize(
    ("number", "is_named", "expected"), [(2, True, CERTAIN), (2, False, LIKELY), (None, False, UNREADABLE)]
)
def test_an_indicator_is_as_certain_as_its_heading(number, is_named, expected):
    assert certainty.of_indicator(number, is_named=is_named).certainty == expected


@pytest.mark.parametrize(("title", "expected"), [("เปิดเผยยอด", CERTAIN), ("", UNREADABLE), ("ก" * 301, LOOK)])
def test_a_title_is_doubted_where_it_is_missing_or_very_long(title, expected):
    assert certainty.of_title(title).certainty == expected


def test_a_measure_without_steps_wants_a_look():
    assert certainty.of_steps(()).certainty == LOOK
    assert certainty.of_steps(("ประกาศ",)).certainty == CERTAIN


def test_everything_but_certain_has_its_reason():
    judged = [of_words("ทุกไตรมาศ"), of_responsible("กองสวัสดิ"), certainty.of_title(""), certainty.of_unmatched()]

    assert all(judgement.why for judgement in judged)
    assert of_words("ทุกเดือน").why is None


@pytest.mark.parametrize(("one", "other"), [("ปี ๒๕๖๙", "ปี2569"), ("No Gift", "no  gift"), ("กอง คลัง\n", "กองคลัง")])
def test_words_are_the_same_whatever_digits_and_spaces_they_are_set_with(one, other):
    assert same_words(one) == same_words(other)
