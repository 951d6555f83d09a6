"""What a workbook tells the person who fills it in: what each column means, what may be chosen, what it looks like."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from tracker.documents import plan_layout as layout
from tracker.documents.plan_layout import NO, YES, Field
from tracker.documents.writing.cell_rules import Say, choice
from tracker.documents.writing.xlsx import Column, Sheet
from tracker.domain.sentences import N_, Sentence

_AS_PRINTED = Sentence(N_("The report's own words, where you decided otherwise. It may be left empty."))
OF: Mapping[Field, Sentence] = {
    Field.NUMBER: Sentence(N_("The number of the measure, or empty; rows with the same number belong together.")),
    Field.INDICATOR: Sentence(N_("Choose the indicator, 1 to 10, in the measure's first row.")),
    Field.TITLE: Sentence(
        N_("What the measure is called, in its first row. Rows below without a name belong to it as well.")
    ),
    Field.ANALYSIS: Sentence(N_("What the assessment showed; one point a row.")),
    Field.STEP: Sentence(N_("One step a row, as many rows as there are steps.")),
    Field.TIME_FRAME: Sentence(
        N_("When the measure is due, in its first row. Choose from the list or write it, such as 31 มีนาคม 2569.")
    ),
    Field.STEP_TIME_FRAME: Sentence(
        N_("Only where a step has a rhythm of its own. Left empty, it follows the measure.")
    ),
    Field.RESPONSIBLE: Sentence(
        N_("The divisions responsible, in the measure's first row. Choose one, or write several with commas.")
    ),
    Field.BUDGET: Sentence(N_("The money planned, as in the report. It may be left empty.")),
    Field.SUCCESS: Sentence(N_("How you will tell that the measure succeeded. It may be left empty.")),
    Field.WEIGHT: Sentence(N_("How much the measure counts, 1 to 100. Left empty it is 1.")),
    Field.NEEDS_EVIDENCE: Sentence(N_("Whether a result must have evidence before it is handed in. Left empty: no.")),
    Field.PRINTED_TIME_FRAME: _AS_PRINTED,
    Field.PRINTED_RESPONSIBLE: _AS_PRINTED,
}
HEAD = Sentence(N_("Whose plan it is and for which fiscal year (พ.ศ.), and on which days every division reports."))
REASON = Sentence(
    N_("Why this measure was not taken in. Correct its rows and send the file again; this column is not read.")
)
SHEETS: Mapping[str, Sentence] = {
    layout.PLAN: HEAD,
    layout.MEASURES: Sentence(N_("The measures with their steps: this is the sheet to fill in.")),
    layout.SCORES: Sentence(
        N_("The scores of the last two assessments, as published. What you do not know stays empty.")
    ),
    layout.FINDINGS: Sentence(N_("What the assessment found wrong, and the advice it gave. It may stay empty.")),
    layout.EXAMPLES: Sentence(N_("How a plan filled in looks. This sheet is never read.")),
    layout.CHOICES: Sentence(N_("What the lists of the sheet of measures offer. This sheet is never read.")),
}


def rules(divisions: Sequence[str], year: int) -> dict[Field, dict[str, Any]]:
    """Return what a spreadsheet checks; where people may write their own words, the list only offers."""
    times = len(time_frames(year))
    return {
        Field.INDICATOR: _list("A", len(layout.indicator_choices())),
        Field.RESPONSIBLE: _list("B", len(divisions)) | {"show_error": False},
        Field.TIME_FRAME: _list("C", times) | {"show_error": False},
        Field.STEP_TIME_FRAME: _list("C", times) | {"show_error": False},
        Field.NEEDS_EVIDENCE: _list("D", 2),
        Field.WEIGHT: {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 100},
    }


def time_frames(year: int) -> tuple[str, ...]:
    """Return the usual time frames of a plan of a fiscal year (พ.ศ.)."""
    return (
        f"ตลอดปีงบประมาณ พ.ศ. {year}",
        f"31 มีนาคม {year} และ 30 กันยายน {year}",
        "ทุกเดือน",
        "ทุกไตรมาส",
        "ปีละ 2 ครั้ง",
        "ปีละ 1 ครั้ง",
        "ทุกสัปดาห์",
        "ทุกเทศกาล",
        "ทันทีที่มีการเปลี่ยนแปลง",
        f"ธันวาคม {year - 1}",
        f"มีนาคม {year}",
        f"มิถุนายน {year}",
        f"กันยายน {year}",
    )


def sheet(say: Say) -> Sheet:
    """Return the sheet that says what every sheet and column means."""
    rows = [(name, "", say(meaning)) for name, meaning in SHEETS.items()]
    rows += [(layout.MEASURES, str(field), say(meaning)) for field, meaning in OF.items()]
    return Sheet(layout.MEANINGS, [Column("แผ่นงาน", 24), Column("คอลัมน์", 24), Column("ความหมาย", 90)], rows)


def examples(columns: Sequence[Column], year: int) -> Sheet:
    """Return the sheet that shows two measures filled in."""
    rows = [tuple(row.get(Field(column.title)) for column in columns) for row in _example_rows(year)]
    return Sheet(layout.EXAMPLES, columns, rows)


def choices(divisions: Sequence[str], year: int) -> Sheet:
    """Return the sheet whose columns the lists to choose from are taken of."""
    listed = (layout.indicator_choices(), divisions, time_frames(year), (YES, NO))
    fields = (Field.INDICATOR, Field.RESPONSIBLE, Field.TIME_FRAME, Field.NEEDS_EVIDENCE)
    return Sheet(layout.CHOICES, [Column(field, 34) for field in fields], zip_longest(*listed))


def _list(column: str, count: int) -> dict[str, Any]:
    return choice(layout.CHOICES, column, count)


def _example_rows(year: int) -> list[dict[Field, Any]]:
    return [
        {
            Field.NUMBER: 1,
            Field.INDICATOR: layout.indicator_cell(6),
            Field.TITLE: f"{layout.EXAMPLE_BEGINS} ปรับปรุงคู่มือการให้บริการประชาชน",
            Field.ANALYSIS: "ผู้รับบริการบางส่วนไม่ทราบขั้นตอนและระยะเวลาการให้บริการ",
            Field.STEP: "ทบทวนคู่มือการให้บริการของทุกส่วนราชการ",
            Field.TIME_FRAME: f"ตลอดปีงบประมาณ พ.ศ. {year}",
            Field.RESPONSIBLE: "สำนักปลัดเทศบาล, กองคลัง",
            Field.BUDGET: "ไม่ใช้งบประมาณ",
            Field.SUCCESS: "คู่มือเป็นปัจจุบันครบทุกส่วนราชการ",
            Field.WEIGHT: 2,
            Field.NEEDS_EVIDENCE: YES,
        },
        {Field.STEP: "เผยแพร่คู่มือบนเว็บไซต์และติดประกาศ ณ จุดบริการ"},
        {Field.STEP: "ตรวจสอบข้อมูลบนเว็บไซต์ให้เป็นปัจจุบัน", Field.STEP_TIME_FRAME: "ทุกเดือน"},
        {
            Field.NUMBER: 2,
            Field.INDICATOR: layout.indicator_cell(2),
            Field.TITLE: f"{layout.EXAMPLE_BEGINS} เผยแพร่รายงานการใช้จ่ายงบประมาณ",
            Field.STEP: "จัดทำรายงานและเผยแพร่ให้บุคลากรและประชาชนทราบ",
            Field.TIME_FRAME: f"31 มีนาคม {year} และ 30 กันยายน {year}",
            Field.RESPONSIBLE: "กองคลัง",
        },
    ]
