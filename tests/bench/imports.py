"""Reading a report, and making a plan of it."""

from flask import Flask

from tests.bench.measuring import recorded, report, seconds
from tests.bench.world import NOW, TODAY, bare_insert
from tracker.documents.reading.preview import read_draft
from tracker.documents.reading.text import read_text_report
from tracker.domain.responsibles import USUAL_DIVISIONS
from tracker.extensions import db
from tracker.sample import report_bytes
from tracker.services import imports, organizations

TASKS_OF_A_REPORT = 198


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
