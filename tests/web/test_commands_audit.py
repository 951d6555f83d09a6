import pytest
from sqlalchemy import delete, select, update

from tests.clocks import TODAY, at
from tests.factories import make_closing, make_issue, make_task
from tracker.domain.responsibles import Division
from tracker.models import Change, Closing, Event, Issue, IssuedFile
from tracker.services import divisions, tasks


@pytest.fixture
def history(people, clock):
    """A task with three events."""
    task = make_task()
    for _ in range(3):
        tasks.block(task=task, by=people.member, now=clock.moment, note="รอเอกสาร")
    return task


@pytest.fixture
def verify(app, db):
    def verify():
        db.session.commit()
        return app.test_cli_runner().invoke(args=["audit", "verify"])

    return verify


def test_an_untouched_history_is_whole(verify, history):
    done = verify()

    assert (done.exit_code, done.stdout) == (0, "The history is whole.\n")


def test_an_installation_without_plans_has_a_whole_history(verify, db):
    assert verify().exit_code == 0


def second(db):
    return db.session.scalars(select(Event).where(Event.seq == 2)).one()


@pytest.mark.parametrize("changes", [{"note": "ไม่เคยรอ"}, {"note": ""}, {"after": "done"}, {"hash": "0" * 64}], ids=str)
def test_a_row_that_was_rewritten_is_named(verify, history, db, changes):
    row = second(db).id
    db.session.execute(update(Event).where(Event.id == row).values(**changes))

    done = verify()

    assert done.exit_code == 1
    assert done.stdout == f"plan 2569: broken at seq 2 (event {row})\n"


def test_a_row_that_was_taken_out_is_named_by_the_one_behind_it(verify, history, db):
    db.session.execute(delete(Event).where(Event.seq == 2))

    done = verify()

    assert (done.exit_code, done.stdout[:32]) == (1, "plan 2569: broken at seq 3 (even")


@pytest.fixture
def record(people, clock):
    """Three changes on an organization's record."""
    for name in ("กองหนึ่ง", "กองสอง", "กองสาม"):
        divisions.add(
            organization_id=people.administrator.user.organization_id,
            named=Division(name),
            by=people.administrator,
            now=clock.moment,
        )


def test_an_untouched_record_of_changes_is_whole(verify, record):
    assert verify().exit_code == 0


def test_a_change_that_was_rewritten_is_named(verify, record, db):
    row = db.session.scalars(select(Change).where(Change.seq == 2)).one().id
    db.session.execute(update(Change).where(Change.id == row).values(after="กองอื่น"))

    done = verify()

    assert done.exit_code == 1
    assert done.stdout == f"เทศบาลตำบลตัวอย่าง: record broken at seq 2 (change {row})\n"


def test_changes_taken_from_the_end_are_missed(verify, record, db):
    db.session.execute(delete(Change).where(Change.seq == 3))

    assert "record broken at seq 3 (rows missing at the end)" in verify().stdout


def test_rows_taken_from_the_end_are_missed(verify, history, db):
    db.session.execute(delete(Event).where(Event.seq == 3))

    done = verify()

    assert done.exit_code == 1
    assert "seq 3 (rows missing at the end)" in done.stdout


@pytest.fixture
def closing(people, clock):
    """A round of yesterday that was closed this morning."""
    return make_closing(make_task().plan)


def test_a_closed_round_as_it_was_sealed_is_whole(verify, closing):
    assert verify().exit_code == 0


@pytest.mark.parametrize(
    "changes",
    [{"figures": "{}"}, {"as_of": TODAY}, {"closed_at": at(TODAY, 23)}, {"note": "เพิ่มทีหลัง"}, {"seal": "0" * 64}],
    ids=str,
)
def test_a_closed_round_that_was_rewritten_is_named(verify, closing, db, changes):
    db.session.execute(update(Closing).values(**changes))

    done = verify()

    assert done.exit_code == 1
    assert done.stdout == (f"plan 2569: closed round of 2026-02-19 r1 is not as it was sealed (closing {closing.id})\n")


def test_a_closed_round_whose_seal_in_the_history_was_rewritten_is_named_with_the_history(verify, closing, db):
    db.session.execute(update(Event).values(after="0" * 64))

    lines = verify().stdout.splitlines()

    assert lines[0].startswith("plan 2569: broken at seq 1 (event ")
    assert lines[1] == f"plan 2569: closed round of 2026-02-19 r1 is not as it was sealed (closing {closing.id})"


def test_a_closed_round_that_was_taken_out_is_missed(verify, closing, db):
    db.session.execute(delete(Closing))

    assert verify().stdout == "plan 2569: the closed round told at seq 1 is missing\n"


@pytest.fixture
def issue(history):
    """A report issued of the plan."""
    return make_issue(history.plan)


def test_an_issued_report_as_it_was_stamped_is_whole(verify, issue):
    assert verify().exit_code == 0


def test_an_issued_report_that_was_rewritten_is_named(verify, issue, db):
    db.session.execute(update(IssuedFile).where(IssuedFile.issue_id == issue.id).values(sha256="0" * 64))

    done = verify()

    assert done.exit_code == 1
    said = f"the report issued at seq {issue.event_seq} is not as it was stamped (issue {issue.id})"
    assert done.stdout == f"plan 2569: {said}\n"


def test_an_issued_report_that_was_taken_out_is_missed(verify, issue, db):
    seq = issue.event_seq
    db.session.execute(delete(IssuedFile))
    db.session.execute(delete(Issue))

    assert f"at seq {seq} is not as it was stamped (it is missing)" in verify().stdout
