import os
from datetime import timedelta

import pytest

from tests.clocks import MORNING
from tests.factories import make_evidence, make_issue, make_plan, make_report_template, make_task, storage
from tracker.documents.evidence.storage import Storage
from tracker.jobs import uploads
from tracker.queries import issues

YESTERDAY = MORNING - timedelta(days=1, minutes=1)
JUST_NOW = MORNING - timedelta(minutes=1)


@pytest.fixture
def place(db):
    """Put a file on the disk that no row names, written at some moment, and return its path."""

    def place(moment, *, is_waiting=False):
        path = storage().write(b"left behind")
        if not is_waiting:
            path = storage().path_of(storage().keep(path))
        _date(path, moment)
        return path

    return place


def _date(path, moment):
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def sweep():
    return uploads.sweep(storage(), now=MORNING)


@pytest.mark.parametrize("is_waiting", [False, True])
def test_an_old_file_that_no_row_names_is_swept_away(place, is_waiting):
    path = place(YESTERDAY, is_waiting=is_waiting)

    sweep()

    assert not path.exists()


@pytest.mark.parametrize("is_waiting", [False, True])
def test_a_young_file_may_be_on_its_way_into_a_row(place, is_waiting):
    path = place(JUST_NOW, is_waiting=is_waiting)

    sweep()

    assert path.exists()


def test_what_evidence_names_stays_however_old(db):
    withdrawn = make_evidence(make_task(), is_withdrawn=True).file
    names = [withdrawn.name, withdrawn.preview_name, withdrawn.thumbnail_name]
    for name in names:
        _date(storage().path_of(name), YESTERDAY)
    db.session.commit()

    sweep()

    assert all(storage().has(name) for name in names)


def test_what_is_not_ours_is_left_alone(db):
    note = storage().folder / "read me.txt"
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text("a backup lies beside this")
    _date(note, YESTERDAY)

    sweep()

    assert note.exists()
    note.unlink()


def test_a_second_sweep_finds_nothing_to_do(place):
    place(YESTERDAY)
    sweep()

    assert sweep() == 0


def test_it_sweeps_once_a_day_however_often_it_is_asked(app, place, clock):
    first = place(YESTERDAY)
    uploads.run()
    second = place(YESTERDAY)
    clock.advance(hours=23)
    uploads.run()
    assert (first.exists(), second.exists()) == (False, True)

    clock.advance(hours=2)
    uploads.run()

    assert not second.exists()


def test_without_a_folder_there_is_nothing_to_do(tmp_path):
    assert list(uploads.Storage(tmp_path / "nothing").all_files()) == []


def test_of_issued_files_those_stay_that_a_report_or_a_template_names(db, app):
    plan = make_plan()
    issued = Storage(app.config["SETTINGS"].issued)
    named = [make_issue(plan).files[0].name, make_report_template(plan.organization).name]
    nobodys = issued.keep(issued.write(b"of a process that was killed before its rows were written"))
    for name in [*named, nobodys]:
        _date(issued.path_of(name), YESTERDAY)
    db.session.commit()

    uploads.sweep(issued, now=MORNING, kept_names=issues.kept_names)

    assert [issued.has(name) for name in [*named, nobodys]] == [True, True, False]
