import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.clocks import TODAY
from tests.factories import make_organization, make_person, make_task
from tracker.domain.permissions import Role
from tracker.models import Festival

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture
def mail(db, run, outbox):
    """The digest of a head with one task late, one due today and one in a week."""
    head = make_person(Role.HEAD, division=make_organization().divisions[0])
    head.user.name = "หัวหน้าสำนักปลัด"
    for number, days in enumerate((-3, 0, 7), start=1):
        make_task(due_on=TODAY + timedelta(days=days)).measure.title = f"มาตรการที่ {number}"
    run()
    (mail,) = outbox
    return mail


def settled(text):
    """Leave out the numbers of the tasks, which differ from database to database."""
    return re.sub(r"/unsubscribe/[\w.-]+", "/unsubscribe/N", re.sub(r"/tasks/\d+", "/tasks/N", text))


@pytest.mark.parametrize(("name", "part"), [("digest.txt", "text"), ("digest.html", "html")])
def test_the_digest_reads_as_agreed(mail, name, part):
    """To agree on new words, delete the snapshot and run this twice: the first run writes it anew."""
    snapshot, text = SNAPSHOTS / name, settled(getattr(mail, part))
    if not snapshot.exists():
        snapshot.write_text(text, encoding="utf-8")
        pytest.fail(f"{snapshot} was written. Read it, then run this again.")

    assert text == snapshot.read_text(encoding="utf-8")


def test_the_subject_says_how_much_is_late_and_how_much_is_to_come(mail):
    assert mail.subject == "มาตรการ ITA: เกินกำหนด 1 งาน ใกล้ครบกำหนด 2 งาน"


def test_the_page_of_the_mail_has_the_way_out_of_it(mail):
    assert "/unsubscribe/" in mail.html
    assert "/unsubscribe/" in mail.text


def test_tasks_of_one_measure_and_one_day_are_told_apart(db, run, outbox):
    make_person(Role.HEAD, division=make_organization().divisions[0])
    for slot in ("month:2026-02", "round:1"):
        make_task(due_on=TODAY).slot = slot

    run()

    (mail,) = outbox
    for part in (mail.text, mail.html):
        assert part.count("ประจำเดือนกุมภาพันธ์ 2569") == part.count("รอบติดตามที่ 1") == 1


def test_a_task_before_a_festival_names_it_as_its_organization_does(db, run, outbox):
    organization = make_organization()
    make_person(Role.HEAD, division=organization.divisions[0])
    make_task(due_on=TODAY).slot = "festival:songkran"
    db.session.add(
        Festival(
            organization_id=organization.id,
            key="songkran",
            name="สงกรานต์ปีใหม่ไทย",
            fiscal_year=2569,
            on_day=date(2026, 4, 13),
        )
    )

    run()

    (mail,) = outbox
    assert "ก่อนเทศกาลสงกรานต์ปีใหม่ไทย" in mail.text
