"""Texts as papers show them: the digits asked for, but none that would lead elsewhere."""

from tracker.documents.writing.texts import shown


def test_an_address_keeps_its_digits_where_the_words_around_it_change():
    text = "ปี 2569 ดู https://example.org/2569/1 และ http://example.org/2 หน้า 3"

    assert shown(text, thai_digits=True) == "ปี ๒๕๖๙ ดู https://example.org/2569/1 และ http://example.org/2 หน้า ๓"
    assert shown(text, thai_digits=False) == text
