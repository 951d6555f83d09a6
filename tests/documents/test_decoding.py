"""Bytes of text files become Thai text, whatever they were saved as."""

import codecs

import pytest

from tracker.documents.reading.decoding import decode
from tracker.documents.reading.refusals import DamagedText, NotText, NotThai

THAI = "มาตรการ\tขั้นตอน\r\nทุกส่วนราชการ ๒๕๖๙\n"


@pytest.mark.parametrize(
    "content",
    [
        THAI.encode("utf-8"),
        THAI.encode("utf-8-sig"),
        THAI.encode("utf-16"),
        codecs.BOM_UTF16_BE + THAI.encode("utf-16-be"),
        THAI.encode("tis-620"),
        THAI.encode("cp874"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "big-endian utf-16", "tis-620", "cp874"],
)
def test_thai_text_is_the_same_in_every_encoding(content):
    assert decode(content) == THAI


@pytest.mark.parametrize(
    "content",
    ["การใช้งบประมาณ".encode()[:-1], b"\xef\xbb\xbf\xe0\xb8", codecs.BOM_UTF16_LE + "ก".encode("utf-16-le") + b"x"],
    ids=["utf-8 cut short", "marked utf-8 cut short", "utf-16 cut short"],
)
def test_cut_letters_are_damage_and_not_another_encoding(content):
    with pytest.raises(DamagedText):
        decode(content)


@pytest.mark.parametrize(
    "content",
    [b"Measures and steps", "mesure réalisée à l'école".encode("latin-1"), b"\xff\xfc\xfb", b"12345"],
    ids=["English", "French in latin-1", "no encoding", "numbers only"],
)
def test_text_that_is_not_thai_is_refused(content):
    with pytest.raises(NotThai):
        decode(content)


def test_a_few_latin_words_leave_a_text_thai():
    assert decode("นโยบาย No Gift Policy และ E-Service".encode())


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"\n\n%PDF-1.4", "PDF"),
        (b"PK\x03\x04word/document.xml", "DOCX/XLSX/ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "DOC/XLS"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0JFIF", "JPEG"),
        (b"{\\rtf1\\ansi", "RTF"),
    ],
)
def test_another_kind_of_file_under_the_name_of_a_text_is_named(content, kind):
    with pytest.raises(NotText) as refused:
        decode(content)

    assert kind in str(refused.value)


def test_zero_bytes_betray_a_binary_file():
    with pytest.raises(NotText):
        decode("ก\0ข".encode())


def test_stray_control_characters_become_spaces():
    assert decode("ก\x07ข".encode()) == "ก ข"
