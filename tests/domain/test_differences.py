import pytest

from tracker.domain.differences import (
    ALIKE,
    Match,
    MeasureWords,
    Merge,
    StepWords,
    Sureness,
    key,
    likeness,
    merged,
    pair_measures,
    pair_steps,
)

LOAN = "มาตรการให้ความรู้เรื่องการยืมทรัพย์สินของราชการ"
BUDGET = "มาตรการเปิดให้เห็นการใช้จ่ายงบประมาณอย่างโปร่งใส"
GIFTS = "มาตรการปลูกฝัง No Gift Policy ให้พนักงานงดรับงดให้ของขวัญ"
LOAN_STEPS = ("แสดงวิธียืม คืน และลงทะเบียนทรัพย์สินแต่ละประเภทไว้ในคู่มือ", "ตรวจทะเบียนทรัพย์สินทุกสิ้นปีงบประมาณ")
BUDGET_STEPS = ("เทียบยอดใช้จ่ายงบประมาณจริงกับแผนแล้วรายงานผู้บริหาร", "ประกาศยอดใช้จ่ายของแต่ละโครงการบนเว็บไซต์")


def words(title, *, indicator=4, steps=()):
    return MeasureWords(indicator, title, steps)


def pairs(pairing):
    return {match.known: match.read for match in pairing.matches}


@pytest.mark.parametrize(
    ("printed", "other"),
    [
        ("มาตรการ ให้ความรู้ เรื่องการยืม", "มาตรการให้ความรู้เรื่องการยืม"),
        ("ตลอดปังบประมาณ พ.ศ. ๒๕๖๙", "ตลอดปีงบประมาณ พ.ศ. 2569"),
        ("๑. จัดประชุม", "จัดประชุม"),
        ("๓) จัดประชุม", "1. จัดประชุม"),
        ("No Gift Policy – งดรับ", "no gift policy (งดรับ)"),
        ("ปี ๒๕๖o", "ปี 2560"),
        ("นํ้าดื่ม", "น้ำดื่ม"),
    ],
)
def test_two_printings_of_the_same_words_have_one_key(printed, other):
    assert key(printed) == key(other)


@pytest.mark.parametrize(
    ("words", "others"), [("รอบที่ 1", "รอบที่ 2"), ("ก", "ข"), ("๒๕๖๙", "๒๕๗๐"), ("โครงการ", "กิจกรรม")]
)
def test_other_words_have_another_key(words, others):
    assert key(words) != key(others)


def test_a_text_is_wholly_like_itself_and_not_at_all_like_what_shares_nothing():
    assert likeness(LOAN, LOAN) == 1
    assert likeness("กขคง", "จฉชซ") == 0


def test_titles_of_two_measures_are_not_alike():
    assert max(likeness(LOAN, BUDGET), likeness(BUDGET, GIFTS), likeness(LOAN, GIFTS)) < ALIKE


def test_reordered_measures_stay_themselves():
    known = [words(LOAN), words(BUDGET), words(GIFTS)]

    pairing = pair_measures(known, known[::-1])

    assert pairs(pairing) == {0: 2, 1: 1, 2: 0}
    assert {match.sureness for match in pairing.matches} == {Sureness.SAME}
    assert pairing.new == pairing.missing == ()


def test_a_title_that_was_damaged_by_a_scan_is_surely_the_same():
    damaged = words("มาตรการให้ความรู เรื่องการ ยืมทรัพย์สิน ของราชการ")

    assert pair_measures([words(LOAN)], [damaged]).matches[0].sureness == Sureness.SAME


def test_a_title_that_was_worded_a_little_otherwise_is_alike():
    (match,) = pair_measures([words(LOAN)], [words("มาตรการให้ความรู้ด้านการยืมทรัพย์สินของทางราชการ")]).matches

    assert (match.sureness, match.likeness > ALIKE) == (Sureness.ALIKE, True)


def test_a_measure_under_a_new_name_is_known_by_its_steps():
    renamed = words("กิจกรรมคู่มือครบจบในเล่มเดียว", steps=LOAN_STEPS)

    assert pairs(pair_measures([words(LOAN, steps=LOAN_STEPS)], [renamed])) == {0: 0}


def test_a_measure_whose_steps_were_all_written_anew_is_known_by_its_title():
    assert pairs(pair_measures([words(LOAN, steps=LOAN_STEPS)], [words(LOAN, steps=BUDGET_STEPS)])) == {0: 0}


def test_another_title_with_other_steps_is_another_measure():
    pairing = pair_measures([words(LOAN, steps=LOAN_STEPS)], [words(BUDGET, steps=BUDGET_STEPS)])

    assert (pairing.matches, pairing.new, pairing.missing) == ((), (0,), (0,))


def test_two_measures_of_one_indicator_are_told_apart():
    known = [words(LOAN, steps=LOAN_STEPS), words(BUDGET, steps=BUDGET_STEPS)]
    read = [words("มาตรการเปิดเผยการใช้จ่ายงบประมาณ", steps=BUDGET_STEPS), words("เรื่องการยืม", steps=LOAN_STEPS)]

    assert pairs(pair_measures(known, read)) == {0: 1, 1: 0}


def test_measures_of_one_title_are_told_apart_by_their_steps():
    known = [words("โครงการฝึกอบรม", steps=LOAN_STEPS), words("โครงการฝึกอบรม", steps=BUDGET_STEPS)]

    assert pairs(pair_measures(known, known[::-1])) == {0: 1, 1: 0}


def test_measures_that_nothing_tells_apart_keep_their_order():
    known = [words("โครงการฝึกอบรม")] * 3

    assert pairs(pair_measures(known, known)) == {0: 0, 1: 1, 2: 2}


def test_a_measure_under_another_indicator_has_moved():
    (match,) = pair_measures([words(LOAN, indicator=4)], [words(LOAN, indicator=2)]).matches

    assert match.sureness == Sureness.MOVED


def test_the_same_title_stays_with_its_own_indicator_before_it_moves():
    known = [words(LOAN, indicator=2), words(LOAN, indicator=4)]

    assert pairs(pair_measures(known, known[::-1])) == {0: 1, 1: 0}


def test_what_is_only_alike_under_another_indicator_is_another_measure():
    pairing = pair_measures([words(LOAN, indicator=4)], [words("มาตรการให้ความรู้ด้านการยืมทรัพย์สิน", indicator=2)])

    assert pairing.missing == (0,)


def test_a_measure_whose_indicator_is_not_printed_fits_any():
    assert pair_measures([words(LOAN)], [words(LOAN, indicator=None)]).matches[0].sureness == Sureness.SAME


def test_a_measure_split_in_two_stays_the_one_that_is_more_like_it():
    known = [words(f"{LOAN} และ{BUDGET}", steps=(*LOAN_STEPS, *BUDGET_STEPS))]

    pairing = pair_measures(known, [words(GIFTS), words(LOAN, steps=LOAN_STEPS), words(BUDGET, steps=BUDGET_STEPS)])

    assert len(pairing.matches) == 1
    assert pairing.matches[0].read in {1, 2}
    assert len(pairing.new) == 2


def test_what_a_person_chose_comes_first():
    pairing = pair_measures([words(LOAN), words(BUDGET)], [words(LOAN), words(GIFTS)], chosen={0: None, 1: 0})

    assert pairing.matches == (Match(0, 1, Sureness.CHOSEN),)
    assert (pairing.new, pairing.missing) == ((0,), (1,))


def test_one_measure_chosen_twice_is_only_the_first():
    pairing = pair_measures([words(LOAN)], [words(LOAN), words(GIFTS)], chosen={0: 0, 1: 0})

    assert (pairs(pairing), pairing.new) == ({0: 0}, (1,))


def steps(*texts):
    return [StepWords(text) for text in texts]


@pytest.mark.parametrize(
    ("known", "read", "expected"),
    [
        (("จัดประชุม", "ประกาศผล"), ("จัดประชุม", "ประกาศผล"), {0: 0, 1: 1}),
        (("จัดประชุม", "ประกาศผล"), ("ประกาศผล", "จัดประชุม"), {0: 1, 1: 0}),
        (("๑. จัดประชุม", "๒. ประกาศผล"), ("๑. ประกาศผล", "๒. จัดประชุม"), {0: 1, 1: 0}),
        (("จัดประชุม", "ประกาศผล"), ("ประกาศผล",), {1: 0}),
        (("จัดประชุมคณะทำงาน",), ("จัดประชุมคณะทำงานทุกไตรมาส", "ประกาศผล"), {0: 0}),
        (("จัดประชุม", "จัดประชุม"), ("จัดประชุม", "จัดประชุม"), {0: 0, 1: 1}),
        (("จัดประชุม",), ("รายงานผู้บริหาร",), {}),
    ],
)
def test_steps_are_known_by_their_words(known, read, expected):
    assert pairs(pair_steps(steps(*known), read)) == expected


def test_a_step_that_a_person_wrote_is_known_by_its_very_words_only():
    own = [StepWords("จัดประชุมคณะทำงาน", is_printed=False)]

    assert pairs(pair_steps(own, ["จัดประชุมคณะทำงานทุกไตรมาส"])) == {}
    assert pairs(pair_steps(own, ["จัดประชุม คณะทำงาน"])) == {0: 0}


@pytest.mark.parametrize(
    ("printed", "ours", "theirs", "expected"),
    [
        ("ก", "ก", "ก", Merge.KEPT),
        ("ก", "ก", "ข", Merge.TAKEN),
        ("ก", "ข", "ก", Merge.KEPT),
        ("ก", "ข", "ข", Merge.KEPT),
        ("ก", "ข", "ค", Merge.CONFLICT),
        (None, None, "ก", Merge.TAKEN),
        (None, "ก", None, Merge.KEPT),
        ("ก", "ก", None, Merge.TAKEN),
        ("ก", None, "ก", Merge.KEPT),
        ("ก", None, "ข", Merge.CONFLICT),
        ("ก", "ข", None, Merge.CONFLICT),
    ],
)
def test_what_one_side_changed_counts_and_what_both_changed_is_asked(printed, ours, theirs, expected):
    assert merged(printed=printed, ours=ours, theirs=theirs) == expected
