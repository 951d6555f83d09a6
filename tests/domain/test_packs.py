from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tracker.domain.packs import LONGEST_PATH, Piece, paths

PIECE = Piece(
    id=1, indicator=2, indicator_name="การใช้งบประมาณ", measure_id=5, measure="เผยแพร่แผนการใช้จ่าย", division="กองคลัง",
    due_on=date(2026, 3, 31), title="แผน.pdf", version=1, by="ผู้อำนวยการกองคลัง", at=datetime(2026, 2, 1, tzinfo=UTC),
    stored="a" * 32,
)  # fmt: skip


def named(*titles):
    pieces = [replace(PIECE, id=number, title=title) for number, title in enumerate(titles)]
    return [path.rpartition("/")[2] for path in paths(pieces).values()]


def test_a_file_lies_under_its_indicator_measure_and_division():
    assert paths([PIECE]) == {1: "ตัวชี้วัดที่ 02 การใช้งบประมาณ/มาตรการที่ 1 เผยแพร่แผนการใช้จ่าย/กองคลัง/แผน.pdf"}


def test_a_link_lies_nowhere():
    assert paths([replace(PIECE, url="https://example.go.th/")]) == {}


def test_names_that_a_system_takes_for_the_same_are_told_apart():
    assert named("a.PDF", "A.pdf", "a.PDF", "a") == ["a.PDF", "A (2).pdf", "a (3).PDF", "a"]


def test_a_name_that_is_taken_by_a_number_gets_the_next():
    assert named("ก (2).pdf", "ก.pdf", "ก.pdf") == ["ก (2).pdf", "ก.pdf", "ก (3).pdf"]


@pytest.mark.parametrize(
    ("title", "name"),
    [("แผน/ผล.pdf", "แผน-ผล.pdf"), ("..\\..\\x.pdf", "-..-x.pdf"), ("con.pdf", "_con.pdf"), ("a:b?.pdf", "a_b_.pdf"),
     ("...", "-"), (" ", "-")],
)  # fmt: skip
def test_a_title_becomes_one_harmless_name(title, name):
    assert named(title) == [name]


def test_measures_of_the_same_title_have_folders_of_their_own():
    found = paths([PIECE, replace(PIECE, id=2, measure_id=6)])

    assert len({path.split("/")[1] for path in found.values()}) == 2


def test_no_path_is_too_long_however_long_the_titles_are():
    long = replace(PIECE, indicator_name="ก้" * 99, measure="ข้" * 300, division="ค้" * 99, title="ง้" * 99 + ".pdf")

    for path in paths([replace(long, id=number) for number in range(120)]).values():
        assert len(path) <= LONGEST_PATH
        assert path.endswith(".pdf")
        assert all(len(part.encode()) <= 255 for part in path.split("/"))
