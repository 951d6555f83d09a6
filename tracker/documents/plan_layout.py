"""A plan as a workbook: its sheets, its columns and its words, as they are written and as they are read back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tracker.domain.findings import Finding
from tracker.domain.indicators import INDICATORS, Instrument, indicator

MARK, VERSION = "ita-plan-workbook", 1  # the name and value of the file's property by which it is known again
MOST_ROWS = 10_000

PLAN, MEASURES, SCORES, FINDINGS = "แผน", "มาตรการ", "ผลคะแนน", "ข้อบกพร่อง"
MEANINGS, EXAMPLES, CHOICES = "คำอธิบาย", "ตัวอย่าง (ไม่ถูกนำเข้า)", "ตัวเลือก"


class Field(StrEnum):
    """
    The columns of the measures, by their headings. A row is a step.

    What is said of the measure itself stands in its first row; rows below that leave it empty, or repeat it, go on with
    the same measure. A clerk who fills in the sheet thus writes one line of words a cell and gives each step its rhythm
    beside it, without a line break in any cell.
    """

    NUMBER = "ลำดับที่"
    INDICATOR = "ตัวชี้วัดที่"
    TITLE = "ชื่อมาตรการ"
    ANALYSIS = "ผลการวิเคราะห์"
    STEP = "ขั้นตอน/วิธีการ"
    TIME_FRAME = "ระยะเวลา"
    STEP_TIME_FRAME = "ระยะเวลาของขั้นตอน"
    RESPONSIBLE = "ผู้รับผิดชอบ"
    BUDGET = "งบประมาณ"
    SUCCESS = "ตัวชี้วัดความสำเร็จ"
    WEIGHT = "น้ำหนัก"
    NEEDS_EVIDENCE = "ต้องมีหลักฐาน"
    PRINTED_TIME_FRAME = "ระยะเวลาตามรายงาน"
    PRINTED_RESPONSIBLE = "ผู้รับผิดชอบตามรายงาน"


AT: Mapping[Field, int] = {one: place for place, one in enumerate(Field)}
REASON = "เหตุผลที่นำเข้าไม่ได้"  # heads the first column of rows that came back
OF_STEPS = (Field.STEP, Field.STEP_TIME_FRAME)
LISTED = (Field.ANALYSIS, *OF_STEPS)  # run down the rows of a measure
OF_REPORTS = (Field.PRINTED_TIME_FRAME, Field.PRINTED_RESPONSIBLE)  # only where a person decided otherwise
# Without these a sheet is no sheet of measures; the columns before the last three are those of any report.
NEEDED = frozenset({Field.INDICATOR, Field.TITLE, Field.STEP, Field.TIME_FRAME, Field.RESPONSIBLE})
OURS_ALONE = frozenset({Field.STEP_TIME_FRAME, Field.WEIGHT, Field.NEEDS_EVIDENCE})

ROW = "แถว"  # and its number: what a measure without a number is called
YES, NO = "ใช่", "ไม่ใช่"
AS_IN_THE_STEP = "ตามข้อความของขั้นตอน"  # for a rhythm that no other words say
EXAMPLE_BEGINS = "ตัวอย่าง:"  # the titles of the measures that only show how


class Head(StrEnum):
    """What the first sheet says of the whole plan, by its labels."""

    ORGANIZATION = "หน่วยงาน"
    PLAN_YEAR = "ปีงบประมาณของแผน"
    ASSESSMENT_YEAR = "ปีงบประมาณที่ประเมิน"
    ROUNDS = "รอบการติดตาม"


LABEL, VALUE = "รายการ", "ข้อมูล"
YEAR_HEADING = "ปีงบประมาณ"  # before the year of a column of scores
LEVEL = "ระดับผลการประเมิน"


class OfFinding(StrEnum):
    """The columns of the findings, by their headings."""

    INDICATOR = "ตัวชี้วัดที่"
    INSTRUMENT = "เครื่องมือ"
    ITEMS = "ข้อคำถาม"
    TEXT = "ข้อบกพร่อง"
    RECOMMENDATION = "ข้อเสนอแนะ"


@dataclass(frozen=True)
class Step:
    """A step; without words of its own it follows its measure."""

    text: str
    words: str = ""


@dataclass(frozen=True)
class Measure:
    """
    A measure as a workbook has it. `words` and `divisions` are what counts.

    `printed_words` and `printed_responsible` are the report's own where a person decided otherwise, else empty.
    """

    indicator: int
    title: str
    analysis: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    words: str = ""
    responsible: str = ""
    budget: str = ""
    success: str = ""
    weight: int = 1
    needs_evidence: bool = False
    printed_words: str = ""
    printed_responsible: str = ""


@dataclass(frozen=True)
class Plan:
    """All that a workbook says. Years are พ.ศ. fiscal years; scores are by year and by key (`overall`, `EIT1`)."""

    organization: str
    fiscal_year: int
    rounds: tuple[date, ...] = ()
    measures: tuple[Measure, ...] = ()
    scores: Mapping[int, Mapping[str, Decimal]] | None = None
    levels: Mapping[int, str] | None = None
    findings: tuple[Finding, ...] = ()


def indicator_choices() -> tuple[str, ...]:
    """Return the ten indicators as they are chosen: `1 การปฏิบัติหน้าที่`."""
    return tuple(indicator_cell(one.number) for one in INDICATORS)


def indicator_cell(number: int) -> str:
    """Return an indicator's number and name."""
    return f"{number} {indicator(number).name_th}"


def item_label(instrument: Instrument, code: str) -> str:
    """Return what the row of an assessed question is called: `OIT ข้อ o6`."""
    return f"{instrument} ข้อ {code}"


def score_labels() -> dict[str, str]:
    """Return what the rows of scores are called, by the keys of the scores: the overall result first."""
    return (
        {"overall": "คะแนนรวม"}
        | {str(one): str(one) for one in Instrument}
        | {f"indicator:{one.number}": f"ตัวชี้วัดที่ {indicator_cell(one.number)}" for one in INDICATORS}
    )
