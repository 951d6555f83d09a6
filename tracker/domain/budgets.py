"""Amounts of money as a division states them: baht with two decimals, or no budget used (DOMAIN, Documents)."""

import re
from decimal import Decimal

from tracker.domain.sentences import N_, Refusal
from tracker.domain.thai import arabic_digits, clean

MOST = Decimal("9999999999.99")  # baht; the budget of a whole ministry
_AMOUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2})?")
_UNIT = re.compile(r"\s*(บาท|baht|฿|\.-)$", re.I)
_NONE = re.compile(r"(ไม่(ได้)?ใช้งบ(ประมาณ)?|ไม่มี|-|–)$")


class UnreadableAmount(Refusal):
    """The text is not an amount of baht."""

    def __init__(self, written: str) -> None:
        super().__init__(
            N_("“%(written)s” is not an amount of baht. Write it like 12,500 or 12,500.50."), written=written[:60]
        )


def read_amount(text: str) -> Decimal | None:
    """
    Read an amount of baht: 12,500 · ๑๒,๕๐๐.๕๐ บาท · ไม่ใช้งบประมาณ (which is 0). Nothing written is None: not said yet.

    :raises UnreadableAmount: if it is no amount, negative, or has more than two decimals
    """
    written = clean(text)
    plain = _UNIT.sub("", arabic_digits(written))
    if not plain:
        return None
    if _NONE.fullmatch(plain):
        return Decimal(0)
    found = _AMOUNT.fullmatch(plain) if len(plain) <= 30 else None
    amount = Decimal(plain.replace(",", "")) if found else None
    if amount is None or amount > MOST:
        raise UnreadableAmount(written)
    return amount


def written_amount(amount: Decimal) -> str:
    """Return `12,500` or `12,500.50`, as official papers write it."""
    return f"{amount:,.2f}".removesuffix(".00")
