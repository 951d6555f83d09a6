import json
import os
import subprocess
import sys

import docx
import pytest
from sqlalchemy import func, select

from config import ROOT
from tests.factories import make_organization, make_plan
from tracker.domain.permissions import Role
from tracker.extensions import db
from tracker.models import Draft, Event, Measure, Organization, Plan, Position, Task, User
from tracker.sample import report_bytes

KEYS = {
    "organization", "plan_year", "assessment_year", "overall", "instruments", "indicators", "level", "items",
    "findings", "unanswered", "measures", "doubts", "tasks",
}  # fmt: skip
SIX = ["สำนักปลัดเทศบาล", "กองคลัง", "กองช่าง", "กองการศึกษา", "กองสาธารณสุขและสิ่งแวดล้อม", "กองสวัสดิการสังคม"]


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes(report_bytes())
    return path


@pytest.fixture
def own(fresh_app, clock):
    """The application on a database of its own, in context: the command looks where the database is."""
    with fresh_app.app_context():
        yield fresh_app


@pytest.fixture
def run(own):
    """Run the command as a person types it."""

    def run(*arguments):
        db.session.commit()
        return own.test_cli_runner().invoke(args=["import-report", *map(str, arguments)])

    return run


@pytest.fixture
def count(own):
    return lambda table: db.session.scalar(select(func.count()).select_from(table))


@pytest.fixture
def process(tmp_path):
    """Run the command as a process of its own, in an empty data folder."""
    instance = tmp_path / "instance"
    instance.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}

    def process(*arguments):
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", "import-report", *map(str, arguments)],
            cwd=ROOT,
            env=kept | {"TRACKER_INSTANCE": str(instance)},
            capture_output=True,
            check=False,
            timeout=60,
        )
        return done, sorted(path.name for path in instance.iterdir() if path.name != "secret-key")

    return process


def test_a_dry_run_prints_json_alone_and_needs_no_database(process, report):
    done, left_behind = process(report, "--dry-run", "--json")

    read = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert set(read) == KEYS
    assert (read["organization"], read["plan_year"], read["assessment_year"]) == ("เทศบาลตำบลตัวอย่าง", 2569, 2568)
    assert (len(read["measures"]), len(read["doubts"]), read["tasks"]) == (10, 6, 198)
    assert left_behind == []


def test_what_cannot_be_read_ends_a_process_with_a_thai_sentence_and_no_database(process, tmp_path):
    picture = tmp_path / "report.txt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))

    done, left_behind = process(picture)

    assert (done.returncode, done.stdout) == (1, b"")
    assert (
        done.stderr.decode().strip()
        == "ไฟล์นี้เป็นรูปภาพ ระบบอ่านตัวหนังสือในภาพไม่ได้ โปรดส่งไฟล์เอกสารต้นฉบับ หรือพิมพ์ตารางแล้วนำมาวาง"
    )
    assert left_behind == []


def test_a_word_document_is_read_like_text(run, tmp_path):
    made, path = docx.Document(), tmp_path / "แผน.docx"
    table = made.add_table(2, 4)
    content = ("มาตรการ", "ขั้นตอน", "ระยะเวลา", "ผู้รับผิดชอบ"), ("อบรม", "จัด", "ทุกเดือน", "กองคลัง")
    for row, cells in zip(table.rows, content, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    made.save(str(path))

    read = json.loads(run(path, "--dry-run", "--json", "--year", "2569").stdout)

    assert [measure["title"] for measure in read["measures"]] == ["อบรม"]


def test_a_measure_in_json_says_what_was_read_of_it(run, report):
    read = json.loads(run(report, "--dry-run", "--json").stdout)

    second = next(measure for measure in read["measures"] if measure["indicator"] == 2)
    assert set(second) == {"indicator", "title", "analysis", "steps", "time_frame", "responsible"}
    assert second["time_frame"]["kind"] == "dates"
    assert second["time_frame"]["deadlines"] == ["2026-02-28", "2026-08-31"]
    assert second["responsible"]["divisions"] == SIX
    assert second["responsible"]["unmatched"] == []
    assert sum(len(measure["steps"]) for measure in read["measures"]) == 22


def test_scores_in_json_are_texts_with_two_decimals(run, report):
    read = json.loads(run(report, "--dry-run", "--json").stdout)

    assert read["overall"] == {"2567": "97.02", "2568": "96.04"}
    assert read["instruments"]["IIT"] == {"2567": "96.26", "2568": "99.60"}
    assert len(read["indicators"]) == 10


def test_a_dry_run_for_people_shows_measures_doubts_and_the_number_of_tasks(run, report):
    shown = run(report, "--dry-run").stdout

    assert "เทศบาลตำบลตัวอย่าง · แผนปีงบประมาณ พ.ศ. 2569" in shown
    assert shown.count("  ? ") == 6
    assert shown.rstrip().endswith("198 งาน")


def test_a_dry_run_creates_nothing(run, report, count):
    run(report, "--dry-run")

    assert [count(table) for table in (Organization, Plan, Task, User, Draft)] == [0, 0, 0, 0, 0]


def test_a_new_organization_gets_its_divisions_positions_accounts_and_plan(run, report, count):
    done = run(report)

    assert done.exit_code == 0
    assert [count(table) for table in (Organization, Plan, Measure, Task)] == [1, 1, 10, 198]
    organization = db.session.scalars(select(Organization)).one()
    assert [division.name for division in organization.divisions] == SIX
    roles = db.session.execute(select(Position.role, func.count()).group_by(Position.role)).all()
    assert dict(map(tuple, roles)) == {
        Role.ADMINISTRATOR: 1,
        Role.AUDITOR: 1,
        Role.CLERK: 1,
        Role.EXECUTIVE: 2,
        Role.HEAD: 6,
        Role.OFFICER: 6,
    }


def test_the_first_accounts_are_shown_beside_the_result_so_that_json_stays_json(run, report, count):
    done = run(report, "--json")

    assert json.loads(done.stdout)["tasks"] == 198
    accounts = [line.split()[:2] for line in done.stderr.strip().splitlines()]
    assert len(accounts) == count(User) == 17
    assert all(len(password) == 12 for _, password in accounts)


def test_an_organization_that_is_known_gets_a_plan_and_no_new_accounts(run, report, count):
    make_organization("เทศบาลตำบลตัวอย่าง", SIX[:2])

    done = run(report)

    assert (done.exit_code, done.stderr.strip()) == (0, "")
    assert [count(table) for table in (Organization, Plan, Task, User)] == [1, 1, 66, 0]


def test_other_divisions_can_be_named_for_a_new_organization(run, report):
    run(report, "--divisions", "สำนักปลัด, กองคลัง,กองการประปา")

    organization = db.session.scalars(select(Organization)).one()
    assert [division.name for division in organization.divisions] == ["สำนักปลัด", "กองคลัง", "กองการประปา"]


def test_another_name_and_year_can_be_given(run, report):
    run(report, "--organization", " เทศบาลตำบลใหม่ ", "--year", "2570")

    plan = db.session.scalars(select(Plan)).one()
    assert (plan.organization.name, plan.fiscal_year) == ("เทศบาลตำบลใหม่", 2570)


def test_a_second_import_of_the_year_is_refused_and_changes_nothing(run, report, count):
    run(report)
    before = [count(table) for table in (Organization, Plan, Measure, Task, User, Event)]

    done = run(report)

    assert done.exit_code == 1
    assert "มีแผนปีงบประมาณ พ.ศ. 2569 อยู่แล้ว" in done.stderr
    assert [count(table) for table in (Organization, Plan, Measure, Task, User, Event)] == before


def test_a_plan_made_by_hand_is_not_overwritten(run, report, count):
    make_plan(organization=make_organization("เทศบาลตำบลตัวอย่าง"))

    assert run(report).exit_code == 1
    assert count(Measure) == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "ไฟล์ว่างเปล่า"),
        (b"%PDF-1.7 ...", "PDF"),
        ("ไม่มีตารางใดในนี้เลย\n".encode(), "ไม่พบมาตรการ"),
        (bytes(5 * 1024 * 1024 + 1), "5 MB"),
        (None, "อ่านไฟล์"),
    ],
    ids=["empty", "pdf", "no measures", "too large", "no such file"],
)
def test_a_bad_file_ends_with_one_thai_sentence_and_leaves_nothing(run, count, tmp_path, content, says):
    path = tmp_path / "bad.txt"
    if content is not None:
        path.write_bytes(content)

    done = run(path)

    assert (done.exit_code, done.stdout) == (1, "")
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert [count(table) for table in (Organization, Plan, User)] == [0, 0, 0]


def test_a_folder_is_no_report(run, tmp_path):
    done = run(tmp_path)

    assert (done.exit_code, len(done.stderr.strip().splitlines())) == (1, 1)


@pytest.mark.parametrize("year", ["2026", "69", "x"])
def test_a_year_outside_the_buddhist_era_is_refused(run, report, count, year):
    assert run(report, "--year", year).exit_code == 2
    assert count(Plan) == 0
