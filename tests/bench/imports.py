"""Reading a report, and making a plan of it."""

from io import BytesIO

from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import insert

from tests.bench.measuring import both, recorded, report, seconds
from tests.bench.world import NOW, TODAY, bare_insert
from tracker.documents import plan_layout as layout
from tracker.documents.reading.draft import ReportDraft
from tracker.documents.reading.plan_workbook import read_plan_workbook
from tracker.documents.reading.preview import read_draft
from tracker.documents.reading.returned_rows import with_known_divisions
from tracker.documents.reading.text import read_text_report
from tracker.documents.writing.plan_workbook import write_plan
from tracker.domain.responsibles import USUAL_DIVISIONS
from tracker.extensions import db
from tracker.models import Measure, Step
from tracker.sample import report_bytes
from tracker.services import imports, organizations

TASKS_OF_A_REPORT = 198
SIZES_OF_PLANS = ((40, 10), (200, 50))  # measures, and steps of each
TIME_FRAMES = ("ตลอดปีงบประมาณ พ.ศ. 2569", "ทุกไตรมาส", "31 มีนาคม 2569 และ 30 กันยายน 2569")


def bench_import(app: Flask, database: str, budget: float) -> None:
    """Reading against splitting the text into cells; creating against inserting as many rows without the ORM."""
    content = report_bytes()
    bare = seconds(lambda: [line.split("\t") for line in content.decode().splitlines()], budget)
    read = seconds(lambda: read_text_report(content), budget)
    report("import-read", TASKS_OF_A_REPORT, database, bare / read, queries=0, ms=1000 * read)
    reading = read_draft(read_text_report(content), divisions=USUAL_DIVISIONS)

    def create() -> None:
        organization = organizations.create(name="เทศบาลเพื่อการวัด", divisions=USUAL_DIVISIONS)
        imports.create_plan(organization=organization, reading=reading, by=None, now=NOW, today=TODAY)
        db.session.rollback()

    with app.app_context():
        create()
        with recorded() as ran:
            create()
        ours = seconds(create, budget)
        theirs = seconds(bare_insert(TASKS_OF_A_REPORT), budget)
    report("import-create", TASKS_OF_A_REPORT, database, theirs / ours, queries=len(ran), ms=1000 * ours)


def bench_workbooks(app: Flask, database: str, budget: float, *, is_quick: bool) -> None:
    """From an XLSX file of so many rows to the plan with its tasks, against reading and inserting the bare rows."""
    for measures, steps in SIZES_OF_PLANS[:1] if is_quick else SIZES_OF_PLANS:
        content = workbook(measures, steps)
        with app.app_context():
            with recorded() as ran:
                _import(content)
            ours, theirs = both(lambda: _import(content), lambda: _bare_import(content), budget)  # noqa: B023
        rows, ratio = measures * steps, theirs / ours
        print(
            f"import-xlsx rows={rows} database={database} ratio={ratio:.2f} queries={len(ran)} ms={1000 * ours:.1f}"
            f" times={1 / ratio:.1f}",
            flush=True,
        )


def workbook(measures: int, steps: int) -> bytes:
    """Return a plan of so many measures, so many steps each; a step is a row."""
    names = [division.name for division in USUAL_DIVISIONS]
    return write_plan(
        layout.Plan(
            "เทศบาลเพื่อการวัด",
            2569,
            measures=tuple(
                layout.Measure(
                    indicator=number % 10 + 1,
                    title=f"มาตรการที่ {number} ส่งเสริมความโปร่งใสในการปฏิบัติงาน",
                    steps=tuple(layout.Step(f"ขั้นตอนที่ {step} ดำเนินการและรายงานผล") for step in range(steps)),
                    words=TIME_FRAMES[number % len(TIME_FRAMES)],
                    responsible=names[number % len(names)],
                )
                for number in range(measures)
            ),
        ),
        divisions=names,
        say=str,
    )


def _import(content: bytes) -> None:
    draft = read_plan_workbook(content, tell=lambda _done, _total: None)
    assert draft is not None
    draft = ReportDraft.from_json(with_known_divisions(draft, divisions=USUAL_DIVISIONS).to_json())
    assert not draft.failed
    reading = read_draft(draft, divisions=USUAL_DIVISIONS)
    organization = organizations.create(name="เทศบาลเพื่อการวัด", divisions=USUAL_DIVISIONS)
    imports.create_plan(organization=organization, reading=reading, by=None, now=NOW, today=TODAY)
    db.session.rollback()


def _bare_import(content: bytes) -> None:
    sheet = load_workbook(BytesIO(content), read_only=True)[layout.MEASURES]
    measure_id = db.session.query(Measure.id).limit(1).scalar()
    at = list(layout.Field).index(layout.Field.STEP)
    rows = [
        {"measure_id": measure_id, "order": order, "text": row[at], "own_schedule_words": "", "is_retired": False}
        for order, row in enumerate(sheet.iter_rows(min_row=2, values_only=True))
    ]
    db.session.execute(insert(Step.__table__), rows)
    db.session.rollback()
