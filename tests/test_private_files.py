import logging
import os
import stat
from pathlib import Path

import pytest

from tests.apps import new_app

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes")


@pytest.fixture
def data(tmp_path):
    """A data folder whose database and evidence everybody may read."""
    (tmp_path / "uploads").mkdir(mode=0o755)
    for name in ("tracker.db", "tracker.db-wal", "notes.txt"):
        (tmp_path / name).touch(mode=0o644)
    for path in tmp_path.iterdir():
        path.chmod(0o755 if path.is_dir() else 0o644)
    return tmp_path


def start(folder):
    return new_app(f"sqlite:///{folder / 'tracker.db'}", instance=folder)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_from_the_start_on_only_their_owner_reads_the_database_and_the_evidence(data):
    start(data)

    assert [mode(data / name) for name in ("tracker.db", "tracker.db-wal", "uploads")] == [0o600, 0o600, 0o700]


def test_what_is_not_ours_in_the_data_folder_is_left_alone(data):
    start(data)

    assert mode(data / "notes.txt") == 0o644


def test_what_cannot_be_made_private_is_named_in_the_log_and_the_program_starts(data, monkeypatch, caplog):
    def refuse(_path, _mode):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)

    with caplog.at_level(logging.WARNING):
        start(data)

    assert str(data / "tracker.db") in caplog.text
    assert str(data / "uploads") in caplog.text


def test_of_files_that_are_private_already_nothing_is_said(data, caplog):
    start(data)

    with caplog.at_level(logging.WARNING):
        start(data)

    assert caplog.text == ""


def test_before_there_is_any_data_nothing_is_made(tmp_path):
    start(tmp_path)

    assert list(tmp_path.iterdir()) == []
