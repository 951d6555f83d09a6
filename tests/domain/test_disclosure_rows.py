import pytest

from tests.patience import patience
from tracker.domain.disclosure_lists import Entry
from tracker.domain.disclosure_rows import Cells, Known, read_rows
from tracker.domain.responsibles import Division

FINANCE, OFFICE = Division("กองคลัง"), Division("สำนักปลัดเทศบาล", ("สำนักปลัด",))
MANUAL = Known(Entry("service_manual", 9, "คู่มือประชาชน"))
STATISTICS = Known(Entry("service_statistics", 11, "สถิติ"), is_retired=True)
URL, OTHER = "https://example.go.th/o9", "https://example.go.th/more"


def read(*rows, known=(MANUAL, STATISTICS)):
    cells = [Cells(number, **row) for number, row in enumerate(rows, 2)]
    return read_rows(cells, divisions=[FINANCE, OFFICE], known=known)


def taken(*rows, **options):
    found = read(*rows, **options)
    assert found.failed == []
    return found.taken


def reasons(*rows, **options):
    found = read(*rows, **options)
    return {one.cells.row: [str(reason) for reason in one.reasons] for one in found.failed}


def test_a_row_means_the_known_item_of_its_number():
    (row,) = taken({"number": "O๙"})

    assert (row.meaning, row.number, row.title) == ("service_manual", 9, "คู่มือประชาชน")


def test_a_key_says_more_than_a_number():
    (row,) = taken({"number": "10", "title": "คู่มือ", "meaning": "service_manual"})

    assert (row.meaning, row.number, row.title) == ("service_manual", 10, "คู่มือ")


def test_what_is_not_known_is_a_new_item():
    (row,) = taken({"number": "40", "title": "ผังเมือง"})

    assert (row.meaning, row.title) == ("", "ผังเมือง")


@pytest.mark.parametrize("written", ["กองคลัง", "กองคลัง ", "ผอ.กองคลัง"])
def test_a_division_is_read_by_its_name(written):
    (row,) = taken({"number": "9", "division": written})

    assert row.division == FINANCE


@pytest.mark.parametrize(
    "written", [f"{URL}\n{OTHER}", f"{URL} {OTHER}", f"{URL}, {OTHER}", f"{URL};{OTHER}", f"{URL}\n\n{OTHER}\n{URL}"]
)
def test_a_cell_holds_several_addresses(written):
    (row,) = taken({"number": "9", "addresses": written})

    assert row.addresses == ((URL, ""), (OTHER, ""))


def test_each_address_has_the_name_of_its_line():
    (row,) = taken({"number": "9", "addresses": f"{URL}\n{OTHER}", "address_title": "คู่มือ\nแบบฟอร์ม"})

    assert row.addresses == ((URL, "คู่มือ"), (OTHER, "แบบฟอร์ม"))


def test_several_rows_are_about_one_item():
    rows = taken(
        {"number": "40", "title": "ผังเมือง", "division": "กองคลัง", "addresses": URL},
        {"number": "40", "addresses": OTHER},
    )

    assert [(row.key, row.title, row.addresses) for row in rows] == [
        ("O40", "ผังเมือง", ((URL, ""),)),
        ("O40", "ผังเมือง", ((OTHER, ""),)),
    ]


@pytest.mark.parametrize("empty", ["", "-", " \n"])
def test_an_item_may_have_no_address(empty):
    assert taken({"number": "9", "addresses": empty})[0].addresses == ()


def test_what_a_row_leaves_open_is_left_open():
    (row,) = taken({"number": "9"})

    assert (row.division, row.is_confirmed, row.is_retired) == (None, None, None)


def test_yes_and_no_are_read():
    (row,) = taken({"number": "9", "is_confirmed": "ไม่ใช่", "is_asked_for": "ใช่"})

    assert (row.is_confirmed, row.is_retired) == (False, False)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"number": "", "title": "ก"}, "number of an item"),
        ({"number": "40"}, "Write what must be open"),
        ({"number": "9", "title": "ก" * 301}, "at most 300"),
        ({"number": "9", "division": "กองบิน"}, "กองบิน"),
        ({"number": "9", "division": "กองคลัง สำนักปลัด"}, "no division"),
        ({"number": "9", "addresses": "www.example.go.th"}, "begins with http"),
        ({"number": "9", "addresses": "javascript:alert(1)"}, "begins with http"),
        ({"number": "9", "addresses": "https://example.go.th/แผน ปี69.pdf"}, "“ปี69.pdf” is no address"),
        ({"number": "9", "addresses": "https://user:word@example.go.th/"}, "password"),
        ({"number": "9", "addresses": "\n".join(f"https://example.go.th/{n}" for n in range(51))}, "at most 50"),
        ({"number": "9", "is_confirmed": "อาจจะ"}, "อาจจะ"),
        ({"number": "9", "meaning": "x" * 61}, "key"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(row, words):
    assert words in " ".join(reasons(row)[2])


def test_every_reason_is_told_at_once():
    assert len(reasons({"number": "x", "title": "ก", "division": "กองบิน", "addresses": "ftp://x"})[2]) == 3


@pytest.mark.parametrize("other", [{"title": "แบบฟอร์ม"}, {"division": "สำนักปลัด"}, {"is_asked_for": "ไม่ใช่"}])
def test_rows_of_one_item_do_not_contradict_each_other(other):
    first = {"number": "40", "title": "ผังเมือง", "division": "กองคลัง", "is_asked_for": "ใช่"}

    assert "row 2" in reasons(first, {"number": "40", "title": "ผังเมือง"} | other)[3][0]


def test_no_number_comes_to_be_there_twice():
    assert reasons({"number": "9", "title": "ผังเมือง", "meaning": "own:1.1"}) == {2: ["O9 would be in the list twice."]}


def test_two_items_may_change_their_numbers_in_one_file():
    known = (MANUAL, Known(Entry("news", 4, "ข่าว")))

    rows = taken(
        {"number": "4", "meaning": "service_manual", "title": "ก"},
        {"number": "9", "meaning": "news", "title": "ข"},
        known=known,
    )

    assert [(row.meaning, row.number) for row in rows] == [("service_manual", 4), ("news", 9)]


def test_a_retired_item_holds_no_number():
    (row,) = taken({"number": "11", "title": "ผังเมือง", "meaning": "own:1.1"})

    assert row.number == 11


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_items_that_had_a_number_the_one_in_the_list_is_meant(turned):
    before = Known(Entry("news", 9, "ข่าว"), is_retired=True)

    (row,) = taken({"number": "9"}, known=(MANUAL, before) if turned else (before, MANUAL))

    assert row.meaning == "service_manual"


def test_a_retired_item_that_stays_so_takes_no_number_from_another():
    before = Known(Entry("news", 9, "ข่าว"), is_retired=True)

    rows = taken({"number": "9"}, {"number": "9", "title": "ข่าว", "meaning": "news"}, known=(MANUAL, before))

    assert [row.meaning for row in rows] == ["service_manual", "news"]


def test_a_retired_item_that_is_asked_for_again_needs_a_number_of_its_own():
    before = Known(Entry("news", 9, "ข่าว"), is_retired=True)
    again = {"number": "9", "title": "ข่าว", "meaning": "news", "is_asked_for": "ใช่"}

    assert "O9 would be in the list twice." in reasons(again, known=(MANUAL, before))[2]


def test_divisions_longer_than_any_name_are_refused_in_a_moment():
    rows = [{"number": str(number), "title": "ก", "division": "กองคลัง/" * 4000} for number in range(1, 61)]

    with patience(5):  # of a file of 500 rows the clerk had the answer after two minutes
        assert len(reasons(*rows)) == 60
