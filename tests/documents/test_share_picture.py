"""The picture beside a link to the public page."""

import io

import pytest
from PIL import Image

from tracker.documents.writing import share_picture
from tracker.documents.writing.share_picture import Card

CARD = Card(
    organization="เทศบาลตำบลตัวอย่าง",
    title="มาตรการ ITA ปีงบประมาณ 2569",
    figure="45%",
    share=45,
    line="ทำแล้ว 90 จาก 198 งาน",
    foot="ณ วันที่ 20 กุมภาพันธ์ 2569",
)
FILLED = (242, 169, 0)


def picture_of(**changes):
    return Image.open(io.BytesIO(share_picture.write(Card(**(vars(CARD) | changes)))))


def filled(picture):
    pixels = picture.convert("RGB").tobytes()
    return sum(pixels[at : at + 3] == bytes(FILLED) for at in range(0, len(pixels), 3))


def test_it_has_the_size_that_others_show():
    assert picture_of().size == (1200, 630)


def test_the_same_card_gives_the_same_bytes():
    assert share_picture.write(CARD) == share_picture.write(Card(**vars(CARD)))


def test_the_bar_is_as_long_as_what_is_done():
    none, half, whole = (filled(picture_of(share=share)) for share in (0, 50, 100))

    assert none == 0
    assert half * 1.9 < whole < half * 2.1


@pytest.mark.parametrize("text", ["#panic()", "$x$", "*", "\\", "<a>", "ก" * 400, "‮"])
def test_texts_are_texts_and_what_does_not_fit_breaks_nothing(text):
    assert picture_of(organization=text).size == (1200, 630)
