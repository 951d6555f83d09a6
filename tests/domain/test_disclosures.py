import pytest

from tracker.domain.disclosure_lists import KNOWN, Entry, known_list
from tracker.domain.disclosures import (
    BadItem,
    Standing,
    beginning,
    own_meaning,
    read_number,
    read_title,
    standing,
    usual_keeper,
)
from tracker.domain.links import Verdict
from tracker.domain.responsibles import USUAL_DIVISIONS

OWN = Entry("own:40.1", 40, "แผนผังสำนักงาน ปี 2568")


def number_of(meaning, year):
    return next(entry.number for entry in KNOWN[year] if entry.meaning == meaning)


@pytest.mark.parametrize(("year", "count"), [(2568, 28), (2569, 26)])
def test_the_handbook_of_a_year_has_its_items_numbered_without_a_gap(year, count):
    assert [entry.number for entry in KNOWN[year]] == list(range(1, count + 1))


@pytest.mark.parametrize("year", KNOWN)
def test_no_meaning_and_no_title_comes_twice_in_a_year(year):
    assert (
        len({entry.meaning for entry in KNOWN[year]}) == len({entry.title for entry in KNOWN[year]}) == len(KNOWN[year])
    )


@pytest.mark.parametrize(
    ("meaning", "before", "now"),
    [
        ("structure", 1, 1),
        ("e_service", 10, 10),
        ("procurement_result", 13, 12),
        ("ethics", 16, 15),
        ("complaint_procedure", 17, 16),
        ("complaint_channel", 18, 17),
        ("participation", 20, 19),
        ("no_gift_policy", 21, 20),
        ("risk_assessment", 23, 21),
        ("anticorruption_result", 26, 24),
        ("integrity_measures", 27, 25),
        ("integrity_result", 28, 26),
    ],
)
def test_the_number_changes_and_the_meaning_does_not(meaning, before, now):
    assert (number_of(meaning, 2568), number_of(meaning, 2569)) == (before, now)


def test_what_no_handbook_was_found_for_is_not_confirmed():
    assert [entry.number for entry in KNOWN[2568] if not entry.is_confirmed] == [5, 7, 28]
    assert [entry.number for entry in KNOWN[2569] if not entry.is_confirmed] == [2, 5, 6, 7]


def test_a_year_without_a_known_list_has_the_nearest_one_with_its_years_moved_and_unconfirmed():
    found = known_list(2570)

    assert [entry.meaning for entry in found] == [entry.meaning for entry in KNOWN[2569]]
    assert "2570" in found[10].title
    assert "2569" in found[11].title
    assert not any(entry.is_confirmed for entry in found)


def test_a_first_year_begins_with_the_list_of_its_handbook():
    assert beginning((), year_before=2569, fiscal_year=2569).entries == KNOWN[2569]


def test_a_known_year_keeps_what_means_the_same_and_says_what_fell_away():
    found = beginning(KNOWN[2568], year_before=2568, fiscal_year=2569)

    assert found.entries == KNOWN[2569]
    assert found.new == ()
    assert [entry.meaning for entry in found.fallen] == ["service_statistics", "gift_report"]
    assert ("complaint_procedure", 16, 17) in [(now.meaning, now.number, was.number) for now, was in found.kept]


def test_what_was_not_asked_for_before_is_new():
    without_news = [entry for entry in KNOWN[2568] if entry.meaning != "news"]

    found = beginning(without_news, year_before=2568, fiscal_year=2569)

    assert [entry.meaning for entry in found.new] == ["news"]


def test_an_item_of_the_organizations_own_comes_along_unconfirmed():
    found = beginning([*KNOWN[2568], OWN], year_before=2568, fiscal_year=2569)

    assert found.entries[-1] == Entry("own:40.1", 40, "แผนผังสำนักงาน ปี 2569", is_confirmed=False)
    assert OWN not in found.fallen


def test_a_year_that_is_not_known_goes_on_with_what_the_clerk_made_of_the_year_before():
    found = beginning([OWN], year_before=2569, fiscal_year=2570)

    assert [(now.meaning, was) for now, was in found.kept] == [("own:40.1", OWN)]
    assert (found.new, found.fallen) == ((), ())


@pytest.mark.parametrize("written", ["9", "O9", "o9", "o๙", "O ๙", "ข้อ O9", "ข้อที่ 9", "O-9", "O.9", "009", " O 09 "])
def test_a_number_is_read_as_people_write_it(written):
    assert read_number(written) == 9


@pytest.mark.parametrize("written", ["", "O", "0", "O0", "9.5", "1000", "เก้า", "-9", "O9 O10"])
def test_what_is_no_number_is_refused(written):
    with pytest.raises(BadItem):
        read_number(written)


@pytest.mark.parametrize("written", ["", "  \u200b ", "ก" * 301])
def test_a_title_says_something_and_fits_a_line(written):
    with pytest.raises(BadItem):
        read_title(written)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], Standing.MISSING),
        ([Verdict.OK], Standing.OK),
        ([Verdict.OK, Verdict.UNCHECKED], Standing.UNCHECKED),
        ([Verdict.UNCHECKED, Verdict.CAUTION, Verdict.OK], Standing.CAUTION),
        ([Verdict.CAUTION, Verdict.BROKEN], Standing.BROKEN),
    ],
)
def test_an_item_stands_as_the_worst_of_its_addresses(verdicts, expected):
    assert standing(verdicts) == expected


@pytest.mark.parametrize(
    ("meaning", "keeper"),
    [("news", "สำนักปลัดเทศบาล"), ("procurement_result", "กองคลัง"), ("service_manual", None), ("own:1.1", None)],
)
def test_a_division_is_proposed_only_where_it_is_sensible(meaning, keeper):
    names = [division.name for division in USUAL_DIVISIONS]

    place = usual_keeper(meaning, names)

    assert (names[place] if place is not None else None) == keeper


def test_a_planning_division_keeps_the_plans_where_there_is_one():
    assert usual_keeper("work_plan", ["สำนักปลัด", "กองยุทธศาสตร์และงบประมาณ"]) == 1


def test_items_of_ones_own_have_meanings_that_nobody_has():
    assert own_meaning(9, ["own:9.1", "own:9.2", "news"]) == "own:9.3"
