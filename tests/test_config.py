import os
import stat
import sys
from datetime import date
from pathlib import Path

import pytest

from config import ROOT, BadSetting, read_settings
from tracker.building import configuration


def read(tmp_path, **env):
    return read_settings({"TRACKER_INSTANCE": str(tmp_path)} | env)


def test_nothing_needs_to_be_set(tmp_path):
    settings = read(tmp_path)

    assert settings.database_url == f"sqlite:///{tmp_path / 'tracker.db'}"
    assert (settings.host, settings.port, settings.base_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert (settings.today, settings.mail_server, settings.mail_tls) == (None, "", False)


def test_without_an_instance_data_lie_beside_the_program(monkeypatch, tmp_path):
    settings = read_settings({"TRACKER_SECRET_KEY": "0123456789abcdef"})

    assert settings.instance == ROOT / "instance"


def test_every_setting_can_be_given(tmp_path):
    settings = read(
        tmp_path,
        TRACKER_DATABASE_URL="postgresql+psycopg://ita:pw@db/ita",
        TRACKER_TODAY="2026-02-20",
        TRACKER_HOST="0.0.0.0",
        TRACKER_PORT="8080",
        TRACKER_SECRET_KEY="a secret of our own",
        TRACKER_MAIL_SERVER="mail.example.org",
        TRACKER_MAIL_PORT="587",
        TRACKER_MAIL_SENDER="ita@example.org",
        TRACKER_MAIL_USERNAME="ita",
        TRACKER_MAIL_PASSWORD="รหัส",
        TRACKER_MAIL_TLS="yes",
    )

    assert settings.database_url == "postgresql+psycopg://ita:pw@db/ita"
    assert settings.today == date(2026, 2, 20)
    assert (settings.host, settings.port, settings.base_url) == ("0.0.0.0", 8080, "http://0.0.0.0:8080")
    assert (settings.mail_server, settings.mail_port, settings.mail_tls) == ("mail.example.org", 587, True)
    assert (settings.mail_username, settings.mail_password) == ("ita", "รหัส")


def test_an_empty_setting_is_one_that_is_not_given(tmp_path):
    assert read(tmp_path, TRACKER_PORT="", TRACKER_TODAY="") == read(tmp_path)


def test_settings_of_other_programs_are_left_alone(tmp_path):
    assert read(tmp_path, FLASK_DEBUG="1", PATH="/bin") == read(tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TODAY", "20/2/2569"),
        ("TODAY", "2026-02-30"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("DATABASE_URL", "mysql://ita@db/ita"),
        ("DATABASE_URL", "tracker.db"),
        ("BASE_URL", "tracker.example.org"),
        ("BASE_URL", "ftp://example.org"),
        ("MAIL_SENDER", "nobody"),
        ("MAIL_TLS", "perhaps"),
        ("SECRET_KEY", "short"),
        ("HOST", "127.0.0.1\n"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path, name, value):
    with pytest.raises(BadSetting, match=f"TRACKER_{name} cannot be"):
        read(tmp_path, **{f"TRACKER_{name}": value})


@pytest.mark.parametrize(
    ("name", "value"),
    [("SECRET_KEY", "hush"), ("DATABASE_URL", "mysql://ita:hush@db/ita")],
)
def test_a_secret_never_reaches_a_message(tmp_path, name, value):
    with pytest.raises(BadSetting) as refused:
        read(tmp_path, **{f"TRACKER_{name}": value})

    assert "hush" not in str(refused.value)


def test_a_misspelt_setting_stops_the_start_and_is_named(tmp_path):
    with pytest.raises(BadSetting, match="TRACKER_MAILSERVER is not a setting"):
        read(tmp_path, TRACKER_MAILSERVER="mail.example.org")


def test_an_instance_that_is_a_file_is_refused(tmp_path):
    file = tmp_path / "file"
    file.touch()

    with pytest.raises(BadSetting, match="TRACKER_INSTANCE"):
        read_settings({"TRACKER_INSTANCE": str(file)})


@pytest.mark.parametrize(("written", "is_on"), [("1", True), ("True", True), ("on", True), ("no", False), ("0", False)])
def test_yes_and_no_are_understood_as_people_write_them(tmp_path, written, is_on):
    assert read(tmp_path, TRACKER_MAIL_TLS=written).mail_tls is is_on


@pytest.mark.parametrize(
    ("address", "is_https"), [("https://ita.example.org", True), ("http://ita.example.org", False)]
)
def test_cookies_are_kept_to_https_where_people_use_it(tmp_path, address, is_https):
    settings = read(tmp_path, TRACKER_BASE_URL=address)

    assert settings.is_https is is_https
    assert configuration(settings)["SESSION_COOKIE_SECURE"] is is_https


def test_the_address_people_use_has_no_slash_at_its_end(tmp_path):
    assert read(tmp_path, TRACKER_BASE_URL="https://ita.example.org/").base_url == "https://ita.example.org"


def test_the_secret_is_made_once_and_kept(tmp_path):
    first, second = read(tmp_path).secret_key, read(tmp_path).secret_key

    assert first == second
    assert len(first) >= 32


def test_two_installations_have_different_secrets(tmp_path):
    assert read(tmp_path / "one").secret_key != read(tmp_path / "two").secret_key


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps permissions elsewhere")
def test_the_kept_secret_is_its_owners_alone(tmp_path):
    read(tmp_path)

    assert stat.S_IMODE(os.stat(tmp_path / "secret-key").st_mode) == 0o600


def test_a_secret_that_is_given_is_not_written_down(tmp_path):
    read(tmp_path, TRACKER_SECRET_KEY="0123456789abcdef")

    assert list(Path(tmp_path).iterdir()) == []


@pytest.mark.parametrize("written", ["-1", "6", "all"])
def test_a_handful_of_proxies_can_stand_in_front_and_by_default_none_does(tmp_path, written):
    assert read(tmp_path).proxies == 0
    assert read(tmp_path, TRACKER_PROXIES="2").proxies == 2
    with pytest.raises(BadSetting, match="TRACKER_PROXIES"):
        read(tmp_path, TRACKER_PROXIES=written)


def test_the_largest_file_is_twenty_megabytes_unless_somebody_says_otherwise(tmp_path):
    assert read(tmp_path).upload_mb == 20
    assert read(tmp_path, TRACKER_UPLOAD_MB="5").upload_mb == 5


@pytest.mark.parametrize("written", ["0", "-1", "201", "20 MB", "1.5"])
def test_a_limit_for_files_that_cannot_be_is_named(tmp_path, written):
    with pytest.raises(BadSetting, match="TRACKER_UPLOAD_MB"):
        read(tmp_path, TRACKER_UPLOAD_MB=written)


def test_evidence_lies_in_the_data_folder_and_not_where_pages_are_served_from(tmp_path):
    assert read(tmp_path).uploads == tmp_path / "uploads"
    assert "static" not in read(tmp_path).uploads.parts
