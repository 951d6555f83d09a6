"""From the line to the verdict: what a clerk is told of each way in which a website can misbehave."""

import socket
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests import links_pages as pages
from tests.links_certificates import Authority
from tests.links_names import Resolver
from tests.links_server import HERE, QUICK, bad_server, on_to, page, status
from tracker.channels.links import look
from tracker.domain.link_judging import judge
from tracker.domain.links import Cause, Verdict

TODAY = datetime.now(UTC).date()  # certificates are checked against the day that it really is
PATIENT = replace(QUICK, altogether=20)
NAMES = ("town.test", "www.town.test", "casino.test", "bit.ly", "drive.google.com", "accounts.google.com", "old.test")


@pytest.fixture(scope="module")
def server():
    ways = {
        "/to-www": on_to("http://www.town.test:{port}/plan"),
        "/to-casino": on_to("http://casino.test:{port}/plan"),
        "/to-drive": on_to("http://drive.google.com:{port}/file/d/1/view"),
        "/file/d/1/view": on_to("http://accounts.google.com:{port}/ServiceLogin"),
        "/file/d/2/view": page(pages.DRIVE_PERMISSION),
        "/file/d/3/view": status("403 Forbidden", pages.DRIVE_PERMISSION),
        "/file/d/4/view": page("<title>แผน.pdf - Google ไดรฟ์</title><p>ลงชื่อเข้าใช้</p><script></script>".encode()),
        "/ServiceLogin": page(pages.SIGN_IN),
        "/to-missing": on_to("/404.html"),
        "/404.html": page(pages.PLAN),
        "/to-port-of-mail": on_to("http://town.test:25/"),
        "/to-nowhere": on_to("http://gone.invalid/"),
    }
    with bad_server() as one:
        for path, way in ways.items():
            one.ways[path] = _at_port(way, one.port)
        yield one


def _at_port(way, port):
    def behave(visit):
        redirect = visit.redirect
        visit.redirect = lambda place, **more: redirect(place.replace("{port}", str(port)), **more)
        way(visit)

    return behave


@pytest.fixture
def told(server, monkeypatch):
    """Return what is told of a path of a host."""
    monkeypatch.setattr(socket, "getaddrinfo", Resolver(dict.fromkeys(NAMES, ["127.0.0.1"])))

    def tell(path, host="town.test", limits=QUICK):
        judgement = judge(look(server.url(path, host=host), limits=limits, also_open=HERE), today=TODAY)
        return judgement.verdict, judgement.cause

    return tell


OK = (Verdict.OK, None)
PLAIN = {
    "/plan": OK,
    "/head-405": OK,
    "/head-hangs": OK,
    "/packed": OK,
    "/endless": OK,
    "/bomb": OK,
    "/cookie": OK,
    "/five/1": OK,
    "/refresh": OK,
    "/picture": OK,
    "/script-page": OK,
    "/to-www": OK,
    "/unknown": Cause.GONE,
    "/gone": Cause.GONE,
    "/head-lies-well": Cause.GONE,
    "/fault": Cause.SERVER_ERROR,
    "/busy": Cause.SERVER_ERROR,
    "/hangs": Cause.TIMED_OUT,
    "/drips-head": Cause.TIMED_OUT,
    "/drips-body": Cause.TIMED_OUT,
    "/cut-off": Cause.CUT_OFF,
    "/too-short": Cause.CUT_OFF,
    "/garbage": Cause.CUT_OFF,
    "/head-flood": Cause.CUT_OFF,
    "/loop": Cause.REDIRECTED_FOR_EVER,
    "/hop/0": Cause.REDIRECTED_FOR_EVER,
    "/to-nowhere": Cause.NO_SUCH_HOST,
    "/unauthorized": Cause.FORBIDDEN,
    "/forbidden": Cause.FORBIDDEN,
    "/throttled": Cause.THROTTLED,
    "/bot-wall": Cause.BOT_WALL,
    "/teapot": Cause.OTHER_REFUSAL,
    "/to-casino": Cause.OTHER_HOST,
    "/to-home": Cause.HOME_PAGE,
    "/to-sign-in": Cause.SIGN_IN_PAGE,
    "/login": Cause.SIGN_IN_PAGE,
    "/to-drive": Cause.DRIVE_PERMISSION,
    "/soft-404-th": Cause.SOFT_404,
    "/soft-404-en": Cause.SOFT_404,
    "/to-missing": Cause.SOFT_404,
    "/nothing": Cause.EMPTY,
    "/no-content": Cause.EMPTY,
    "/blank-page": Cause.EMPTY,
    "/to-port-of-mail": Cause.NOT_ALLOWED,
}
BROKEN = {
    Cause.GONE,
    Cause.SERVER_ERROR,
    Cause.TIMED_OUT,
    Cause.CUT_OFF,
    Cause.REDIRECTED_FOR_EVER,
    Cause.NO_SUCH_HOST,
    Cause.REFUSED,
}


def with_verdict(cause):
    """Return the cause with the verdict that the issue gives it."""
    return cause if cause == OK else (Verdict.BROKEN if cause in BROKEN else Verdict.CAUTION, cause)


@pytest.mark.parametrize(("path", "cause"), PLAIN.items(), ids=PLAIN.keys())
def test_what_is_told_of_a_website(told, path, cause):
    assert told(path) == with_verdict(cause)


@pytest.mark.parametrize(
    ("path", "cause"),
    [
        ("/good.pdf", OK),
        ("/good-download.pdf", OK),
        ("/scan.pdf", Cause.SCANNED_PDF),
        ("/blank.pdf", Cause.EMPTY),
        ("/locked.pdf", Cause.UNREADABLE_FILE),
        ("/broken.pdf", Cause.UNREADABLE_FILE),
    ],
)
def test_what_is_told_of_a_pdf(told, path, cause):
    assert told(path, limits=PATIENT) == with_verdict(cause)


@pytest.mark.parametrize(
    ("number", "cause"),
    [(1, Cause.DRIVE_PERMISSION), (2, Cause.DRIVE_PERMISSION), (3, Cause.DRIVE_PERMISSION), (4, OK)],
)
def test_what_is_told_of_a_file_in_google_drive(told, number, cause):
    assert told(f"/file/d/{number}/view", "drive.google.com") == with_verdict(cause)


def test_a_short_link_may_lead_to_another_host(told, server):
    assert told("/to-casino", "bit.ly") == OK


def test_what_is_told_of_a_host_that_there_is_not(told):
    assert told("/plan", "town.invalid") == (Verdict.BROKEN, Cause.NO_SUCH_HOST)


@pytest.mark.parametrize(
    ("made", "cause"),
    [
        ({"days": 90}, OK),
        ({"days": 10}, Cause.CERTIFICATE_ENDS_SOON),
        ({"days": -1}, Cause.BAD_CERTIFICATE),
        ({"own": True}, Cause.BAD_CERTIFICATE),
        ({"names": ("other.test",)}, Cause.BAD_CERTIFICATE),
    ],
)
def test_what_is_told_of_a_certificate(tmp_path, made, cause):
    authority = Authority(tmp_path)
    limits = replace(QUICK, authorities=str(authority.file))
    with bad_server(certificate=authority.issue(**made)) as secure:
        judgement = judge(look(secure.url("/plan"), limits=limits, also_open=HERE), today=TODAY)

    assert (judgement.verdict, judgement.cause) == with_verdict(cause)


def test_what_is_told_of_a_slow_page(server):
    seen = look(server.url("/plan"), limits=QUICK, also_open=HERE)

    assert judge(replace(seen, took_ms=12_000), today=TODAY).cause == Cause.SLOW
