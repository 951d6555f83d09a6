from decimal import Decimal

import pytest

from tracker.domain.budgets import UnreadableAmount, read_amount, written_amount


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("12500", "12500"),
        ("12,500", "12500"),
        ("๑๒,๕๐๐.๕๐", "12500.50"),
        ("12,500 บาท", "12500"),
        ("12,500.-", "12500"),
        ("฿", None),
        ("1,234,567.8", "1234567.8"),
        ("0", "0"),
        ("0.00", "0"),
        (" ไม่ใช้งบประมาณ ", "0"),
        ("ไม่ได้ใช้งบประมาณ", "0"),
        ("ไม่มี", "0"),
        ("-", "0"),
        ("", None),
        ("   ", None),
        ("9999999999.99", "9999999999.99"),
    ],
)
def test_an_amount_is_read_as_people_write_it(written, amount):
    assert read_amount(written) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    "written",
    [
        "-5",
        "1,2",
        "12,50",
        "1.234",
        "1e9",
        "สองพัน",
        "10000000000",
        "12 500",
        "๑๒.๕.๐",
        "NaN",
        "∞",
        "²",
        "1" * 400,
        "💰",
    ],
)
def test_what_is_no_amount_is_refused_rather_than_guessed(written):
    with pytest.raises(UnreadableAmount):
        read_amount(written)


@pytest.mark.parametrize(("amount", "shown"), [("12500", "12,500"), ("12500.5", "12,500.50"), ("0.25", "0.25")])
def test_an_amount_is_written_as_official_papers_do(amount, shown):
    assert written_amount(Decimal(amount)) == shown


def test_what_is_written_is_read_back():
    assert read_amount(written_amount(Decimal("1234567.89"))) == Decimal("1234567.89")
