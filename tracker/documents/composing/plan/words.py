"""The words that the parts of the published plan share."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from tracker.documents.writing.paper import Align, Cell
from tracker.domain.indicators import INDICATORS, Indicator, Instrument
from tracker.domain.results import Result
from tracker.domain.scores import LEVEL_TH, rounded
from tracker.domain.thai import long_date

NONE = "–"
BANGKOK = ZoneInfo("Asia/Bangkok")
INSTRUMENT = {
    Instrument.IIT: "IIT (ผู้มีส่วนได้ส่วนเสียภายใน)",
    Instrument.EIT1: "EIT ส่วนที่ 1 (ผู้รับบริการตอบด้วยตนเอง)",
    Instrument.EIT2: "EIT ส่วนที่ 2 (ผู้ประเมินเก็บข้อมูล)",
    Instrument.OIT: "OIT (การเปิดเผยข้อมูลสาธารณะ)",
}
SHORT = {Instrument.EIT1: "EIT ส่วนที่ 1", Instrument.EIT2: "EIT ส่วนที่ 2"}


def year_words(year: int) -> str:
    """Return `ปีงบประมาณ พ.ศ. 2568`."""
    return f"ปีงบประมาณ พ.ศ. {year}"


def short(instrument: Instrument) -> str:
    """Return an instrument as a sentence names it."""
    return SHORT.get(instrument, str(instrument))


def named(indicator: Indicator) -> str:
    """Return `ตัวชี้วัดที่ 3 การใช้อำนาจ`."""
    return f"ตัวชี้วัดที่ {indicator.number} {indicator.name_th}"


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them."""
    if len(names) < 2:
        return "".join(names)
    *others, last = names
    return f"{', '.join(others)} และ{' ' if last[:1].isascii() else ''}{last}"


def numbered(numbers: Sequence[int]) -> str:
    """Return indicators as a sentence lists them by number: all, runs of them (1–8), or each."""
    if len(numbers) == len(INDICATORS):
        return "ทั้ง 10 ตัวชี้วัด"
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return f"ตัวชี้วัดที่ {', '.join(parts)}"


def level(result: Result) -> str:
    """Return the level as its report printed it, else as it follows from the scores; a dash where neither is known."""
    derived = result.derived_level
    return result.printed_level or (LEVEL_TH[derived] if derived else NONE)


def level_source(result: Result) -> str:
    """Return where the level comes from, if it was not printed."""
    return " (คำนวณจากคะแนน)" if not result.printed_level and result.derived_level else ""


def score_text(value: Decimal | None) -> str:
    """Return a score with its two decimals, half up, or a dash."""
    return NONE if value is None else f"{rounded(value):.2f}"


def signed(value: Decimal | None) -> str:
    """Return a difference with its sign, or a dash where nothing is compared."""
    if value is None:
        return NONE
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(value):.2f}"


def score(value: Decimal | None) -> Cell:
    """Return a cell with a score as it is shown."""
    return Cell(score_text(value), number=None if value is None else rounded(value), align=Align.RIGHT)


def difference(value: Decimal | None) -> Cell:
    """Return a cell with a difference."""
    return Cell(signed(value), number=value, align=Align.RIGHT)


def moment(at: datetime) -> str:
    """Return `วันที่ 28 กุมภาพันธ์ 2569 เวลา 14:05 น.` on Thailand's clocks."""
    local = at.astimezone(BANGKOK)
    return f"วันที่ {long_date(local.date())} เวลา {local:%H:%M} น."
