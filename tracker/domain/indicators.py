"""The ten ITA indicators and the instruments that measure them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Instrument(StrEnum):
    """The four instruments that make up the overall score; EIT is reported in two parts."""

    IIT = "IIT"
    EIT1 = "EIT1"
    EIT2 = "EIT2"
    OIT = "OIT"


EIT = (Instrument.EIT1, Instrument.EIT2)


@dataclass(frozen=True)
class Indicator:
    """An indicator with its official name. Both parts of EIT measure 6–8: `instrument` is then EIT1."""

    number: int
    name_th: str
    name_en: str
    instrument: Instrument

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        """Return every instrument that measures it: both parts of EIT, or the one instrument."""
        return EIT if self.instrument in EIT else (self.instrument,)


INDICATORS = (
    Indicator(1, "การปฏิบัติหน้าที่", "Duty Performance", Instrument.IIT),
    Indicator(2, "การใช้งบประมาณ", "Budget Use", Instrument.IIT),
    Indicator(3, "การใช้อำนาจ", "Use of Authority", Instrument.IIT),
    Indicator(4, "การใช้ทรัพย์สินของราชการ", "Use of Public Property", Instrument.IIT),
    Indicator(5, "การแก้ไขปัญหาการทุจริต", "Solving Corruption Problems", Instrument.IIT),
    Indicator(6, "คุณภาพการดำเนินงาน", "Service Quality", Instrument.EIT1),
    Indicator(7, "ประสิทธิภาพการสื่อสาร", "Communication Efficiency", Instrument.EIT1),
    Indicator(8, "การปรับปรุงการทำงาน", "Procedure Improvement", Instrument.EIT1),
    Indicator(9, "การเปิดเผยข้อมูล", "Open Data", Instrument.OIT),
    Indicator(10, "การป้องกันการทุจริต", "Anti-Corruption Practice", Instrument.OIT),
)

_ITEMS_EACH = 3


def indicator(number: int) -> Indicator:
    """
    Return the indicator of that number.

    :raises KeyError: if the number is not 1 to 10
    """
    if not 1 <= number <= len(INDICATORS):
        raise KeyError(number)
    return INDICATORS[number - 1]


def numbers(instruments: Iterable[Instrument] = tuple(Instrument)) -> tuple[int, ...]:
    """Return the numbers of the indicators these instruments measure, in order; all ten by default."""
    wanted = set(instruments)
    return tuple(one.number for one in INDICATORS if wanted.intersection(one.instruments))


def item_codes(number: int) -> tuple[str, ...]:
    """
    Return the codes of the indicator's three items (`i1`–`i15`, `e1`–`e9`), or none for 9 and 10.

    The O-items are split between 9 and 10 anew each year, so no fixed list would be true (DOMAIN, ITA).

    :raises KeyError: if the number is not 1 to 10
    """
    instrument = indicator(number).instrument
    if instrument is Instrument.OIT:
        return ()
    letter, first = ("i", 1) if instrument is Instrument.IIT else ("e", 6)
    start = _ITEMS_EACH * (number - first) + 1
    return tuple(f"{letter}{position}" for position in range(start, start + _ITEMS_EACH))
