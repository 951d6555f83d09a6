"""The report goes in and becomes work in every division."""

import io
import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from config import ROOT
from tests.pages import Visitor
from tracker.extensions import db
from tracker.models import Task
from tracker.sample import report_bytes

REAL_REPORT = ROOT.parent / "shared" / "data" / "bangpla-2568.txt"
HEADS = [f"head{number}" for number in range(1, 7)]


def by_command(town, path: Path) -> None:
    assert town.run("import-report", str(path)).exit_code == 0


def by_page(town, path: Path) -> None:
    clerk = town.sign_in("clerk")
    clerk.get("/imports")
    page = clerk.post("/imports", {"report": (io.BytesIO(path.read_bytes()), path.name)})
    address = next(form.get("action") for form in page.root.all("form") if form.get("action").startswith("/imports/"))
    check = clerk.post(address, page.values(address) | {"act": "check"})
    create = address.replace("corrections", "plan")
    clerk.post(create, check.values(create))


@pytest.mark.parametrize("bring_in", [by_command, by_page])
def test_the_report_becomes_work_in_every_division(empty_town, tmp_path, bring_in):
    report = tmp_path / "report.txt"
    report.write_bytes(report_bytes())

    bring_in(empty_town, report)

    for username in HEADS:
        visitor = empty_town.sign_in(username)
        assert "ค้าง 33" in visitor.page.main
        division = empty_town.position(username).division_id
        february, august = rows(visitor.get(f"/tasks?indicator=2&division={division}"))
        assert "28 ก.พ. 69" in february
        assert "31 ส.ค. 69" in august


def rows(page):
    return [link.text for link in page.root.all("a") if link.get("class") == "row-link"]


def test_what_the_dry_run_promised_is_what_the_import_makes(empty_town, tmp_path):
    report = tmp_path / "report.txt"
    report.write_bytes(report_bytes())
    promised = json.loads(empty_town.run("import-report", str(report), "--dry-run", "--json").stdout)

    by_command(empty_town, report)

    assert db.session.scalar(select(func.count()).select_from(Task)) == promised["tasks"]
    measures = empty_town.sign_in("auditor").get("/measures")
    assert all(measure["title"] in measures.main for measure in promised["measures"])
    unanswered = {item for finding in promised["unanswered"] for item in finding["items"]}
    assert unanswered >= {"o6", "o27"}
    assert all(item.upper() in measures.main for item in unanswered)


def test_the_first_accounts_of_a_new_organization_work_at_once(fresh_app, clock, tmp_path):
    report = tmp_path / "report.txt"
    report.write_bytes(report_bytes())
    with fresh_app.app_context():
        done = fresh_app.test_cli_runner().invoke(args=["import-report", str(report)])
        accounts = [line.split(maxsplit=2)[:2] for line in done.stderr.strip().splitlines()]
        clerk = next(account for account in accounts if account[0] == "clerk")

        visitor = Visitor(fresh_app)
        visitor.get("/sign-in")
        page = visitor.post("/sign-in", {"username": clerk[0], "password": clerk[1]})

    assert page.h1 == "งานของฉัน"
    assert "/imports" in page.links.values()


@pytest.mark.skipif(not REAL_REPORT.exists(), reason="the real report does not lie beside the repository")
@pytest.mark.parametrize("bring_in", [by_command, by_page])
def test_the_real_report_becomes_a_plan_too(empty_town, bring_in):
    organization = empty_town.user("clerk").organization
    read = json.loads(empty_town.run("import-report", str(REAL_REPORT), "--dry-run", "--json").stdout)
    organization.name = read["organization"]
    db.session.commit()

    bring_in(empty_town, REAL_REPORT)

    assert (len(read["measures"]), sum(len(one["steps"]) for one in read["measures"])) == (10, 22)
    assert db.session.scalar(select(func.count()).select_from(Task)) == read["tasks"] == 198
    assert "มาตรการ" in empty_town.sign_in("mayor").get("/dashboard").text
