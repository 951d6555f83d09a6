from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import links_pages as pages
from tests.links_server import BOMB, HERE, QUICK, bad_server, on_to, page, raw
from tests.patience import patience
from tracker.channels.links import CannotOpen, look, open_page
from tracker.domain.links import Failure

THAI_PATH = "/%E0%B9%81%E0%B8%9C%E0%B8%99"


@pytest.fixture(scope="module")
def server():
    with bad_server() as one:
        yield one


@pytest.fixture
def at(server):
    """Look at a path of the misbehaving server."""
    server.asked.clear()
    return lambda path, **limits: look(server.url(path), limits=replace(QUICK, **limits), also_open=HERE)


def test_a_good_page_is_seen_with_its_words(at, server):
    seen = at("/plan")

    assert (seen.status, seen.failure, seen.hops) == (200, None, ())
    assert seen.final_url == server.url("/plan")
    assert seen.content_type == "text/html"
    assert seen.size == len(pages.PLAN)
    assert seen.title == "แผนปฏิบัติการป้องกันการทุจริต - เทศบาลตัวอย่าง"
    assert seen.headings == ("แผนปฏิบัติการป้องกันการทุจริต",)
    assert "ยกระดับคุณธรรม" in seen.text


def test_the_head_is_asked_first_and_the_page_only_where_it_must_be_seen(at, server):
    at("/plan")
    at("/picture")
    at("/word-file")

    assert server.methods() == ["HEAD /plan", "GET /plan", "HEAD /picture", "HEAD /word-file"]


def test_every_request_says_who_asks_and_carries_nothing_else(at, server):
    at("/plan")

    assert server.methods() == ["HEAD /plan", "GET /plan"]
    assert all("ITA-measure-tracker" in asked.headers["user-agent"] for asked in server.asked)
    assert all(asked.headers["host"] == f"127.0.0.1:{server.port}" for asked in server.asked)
    assert not any(
        {"cookie", "authorization", "referer", "x-forwarded-for"} & asked.headers.keys() for asked in server.asked
    )


@pytest.mark.parametrize(
    "path",
    [
        "/head-400",
        "/head-403",
        "/head-404",
        "/head-405",
        "/head-500",
        "/head-501",
        "/head-hangs",
        "/head-drips",
        "/head-cut-off",
        "/head-garbage",
        "/head-leads-away",
    ],
)
def test_a_server_that_does_not_like_head_is_asked_by_get(at, path):
    seen = at(path)

    assert (seen.status, seen.failure) == (200, None)
    assert seen.title.startswith("แผนปฏิบัติการ")


def test_a_head_that_lies_is_found_out(at):
    assert at("/head-lies-well").status == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/gone", 410),
        ("/unknown", 404),
        ("/fault", 500),
        ("/forbidden", 403),
        ("/unauthorized", 401),
        ("/teapot", 418),
        ("/throttled", 429),
        ("/busy", 503),
        ("/nowhere", 302),
        ("/not-modified", 304),
        ("/no-content", 204),
        ("/bad-length", 200),
        ("/head-with-body", 200),
    ],
)
def test_a_status_is_an_answer(at, path, status):
    seen = at(path)

    assert (seen.status, seen.failure) == (status, None)


@pytest.mark.parametrize(
    ("path", "failure"),
    [
        ("/hangs", Failure.TIMED_OUT),
        ("/drips-head", Failure.TIMED_OUT),
        ("/drips-body", Failure.TIMED_OUT),
        ("/endless-continue", Failure.TIMED_OUT),
        ("/cut-off", Failure.CUT_OFF),
        ("/cut-off-in-chunk", Failure.CUT_OFF),
        ("/too-short", Failure.CUT_OFF),
        ("/garbage", Failure.CUT_OFF),
        ("/bad-chunks", Failure.CUT_OFF),
        ("/bad-status", Failure.CUT_OFF),
        ("/two-lengths", Failure.CUT_OFF),
        ("/packed-badly", Failure.CUT_OFF),
        ("/head-flood", Failure.CUT_OFF),
        ("/head-line-flood", Failure.CUT_OFF),
        ("/loop", Failure.REDIRECTED_FOR_EVER),
        ("/self", Failure.REDIRECTED_FOR_EVER),
        ("/hop/0", Failure.REDIRECTED_FOR_EVER),
    ],
)
def test_what_is_no_answer_is_told_apart(at, path, failure):
    seen = at(path)

    assert (seen.status, seen.failure) == (None, failure)


def test_a_port_where_nobody_listens_refuses():
    with bad_server() as gone:
        pass

    assert look(gone.url("/"), limits=QUICK, also_open=HERE).failure == Failure.REFUSED


@pytest.mark.parametrize(
    "host", ["nothing.invalid", "ไม่มี.invalid", "a..b.test", "-", "x" * 70 + ".test", "a b.test", ""]
)
def test_a_host_that_there_is_not_is_said_to_be_none(host, monkeypatch):
    seen = look(f"http://{host}/", limits=QUICK)

    assert seen.failure == Failure.NO_SUCH_HOST


@pytest.mark.parametrize(
    ("path", "seconds"),
    [
        ("/throttled", 90),
        ("/busy", 120),
        ("/throttled-until", 300),
        ("/throttled-for-ever", 24 * 60 * 60),
        ("/throttled-oddly", None),
        ("/plan", None),
    ],
)
def test_how_long_a_server_wants_peace_is_noted(at, path, seconds):
    assert at(path).retry_after == seconds


def test_a_server_that_wants_peace_is_not_asked_again(at, server):
    at("/throttled")
    at("/busy")

    assert server.methods() == ["HEAD /throttled", "HEAD /busy"]


def test_five_redirects_of_every_kind_are_followed(at, server):
    seen = at("/five/1")

    assert seen.status == 200
    assert seen.hops == tuple(server.url(f"/five/{number}") for number in range(1, 6))
    assert seen.final_url == server.url("/plan")


def test_the_sixth_redirect_is_not_followed(at, server):
    at("/hop/0")

    assert server.methods()[-1] == "GET /hop/5"


@pytest.mark.parametrize("path", ["/refresh"])
def test_a_page_that_sends_on_by_itself_is_followed(at, server, path):
    seen = at(path)

    assert seen.final_url == server.url("/plan")
    assert seen.hops == (server.url(path),)


@pytest.mark.parametrize("path", ["/refresh-self", "/refresh-loop"])
def test_a_page_that_loads_itself_anew_is_the_page(at, path):
    seen = at(path)

    assert (seen.status, seen.failure) == (200, None)


def test_a_cookie_is_shown_within_a_look_and_forgotten_after_it(at, server):
    assert at("/cookie").status == 200
    server.asked.clear()

    assert at("/cookie").status == 200
    assert "cookie" not in server.asked[0].headers


@pytest.mark.parametrize(("path", "encoding"), [("/to-thai", "utf-8"), ("/to-tis-620", "cp874")])
def test_a_thai_address_in_a_redirect_goes_over_the_line_as_its_bytes(at, server, path, encoding):
    seen = at(path)

    asked = server.asked[-1].path
    assert asked == "/" + "".join(f"%{byte:02X}" for byte in "แผน".encode(encoding))
    assert seen.status == (200 if asked == THAI_PATH else 404)


def test_a_thai_path_is_asked_for_as_utf_8(at, server):
    assert at("/แผน").status == 200
    assert server.asked[-1].path == THAI_PATH


def test_what_is_quoted_already_is_not_quoted_again(at, server):
    at(f"{THAI_PATH}?q=100%&x=%20ก#part")

    assert server.asked[-1].path == f"{THAI_PATH}?q=100%25&x=%20%E0%B8%81"


@pytest.mark.parametrize("path", ["/endless", "/endless-chunks", "/bomb"])
def test_no_more_than_the_cap_is_read(at, path):
    seen = at(path)

    assert (seen.status, seen.size) == (200, None)


def test_the_bomb_is_one():
    assert len(BOMB) < QUICK.most_page


def test_the_body_of_a_redirect_is_not_read(at):
    assert at("/endless-redirect-body").title.startswith("แผน")


def test_a_packed_page_is_unpacked(at):
    assert at("/packed").size == len(pages.PLAN)


@pytest.mark.parametrize("path", ["/tis-620", "/windows-874"])
def test_a_page_in_the_old_thai_encoding_is_read(at, path):
    assert at(path).title == "ประกาศเทศบาล"


def test_a_password_field_is_noted(at):
    assert at("/login").asks_for_password
    assert not at("/plan").asks_for_password


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/good.pdf", (1, True, False, False)),
        ("/good-download.pdf", (1, True, False, False)),
        ("/scan.pdf", (2, False, False, False)),
        ("/blank.pdf", (1, False, True, False)),
        ("/locked.pdf", (None, None, False, True)),
        ("/broken.pdf", (None, None, False, True)),
        ("/large.pdf", (None, None, False, False)),
        ("/page-about.pdf", (None, None, False, False)),
    ],
)
def test_a_pdf_is_looked_into(at, path, found):
    seen = at(path, altogether=20)

    assert (seen.pdf_pages, seen.pdf_has_text, seen.pdf_is_blank, seen.pdf_is_unreadable) == found


def test_a_pdf_that_ends_its_reader_says_nothing(at, monkeypatch):
    monkeypatch.setattr("tracker.channels.links.pdfs.COMMAND", ("false",))

    seen = at("/good.pdf")

    assert (seen.status, seen.pdf_pages, seen.pdf_is_unreadable) == (200, None, False)


def test_a_second_machine_of_a_host_is_tried_where_the_first_is_off(monkeypatch):
    monkeypatch.setattr("tracker.channels.links.lines._others", lambda *_: ["127.0.0.1"])
    with bad_server() as one:
        seen = look(one.url("/plan", host="[::1]"), limits=QUICK, also_open=(*HERE, "::1/128"))

    assert seen.status == 200


def test_a_page_is_opened_for_its_links():
    with bad_server({"/on": on_to("/list/"), "/list/": page(pages.PLAN)}) as one:
        opened = open_page(one.url("/on"), limits=QUICK, also_open=HERE)

        assert opened.final_url == one.url("/list/")
    assert opened.html == pages.PLAN.decode()


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/gone", "not there any more"),
        ("/hangs", "did not answer in time"),
        ("/good.pdf", "leads to a file"),
        ("/picture", "leads to a file"),
    ],
)
def test_a_page_that_cannot_be_opened_is_refused_in_a_sentence(server, path, sentence):
    with pytest.raises(CannotOpen, match=sentence):
        open_page(server.url(path), limits=QUICK, also_open=HERE)


@pytest.mark.parametrize(
    "url", ["ftp://a.test/", "http://u:p@a.test/", "mailto:a@b.test", "http://127.0.0.1/", "plain words"]
)
def test_what_is_not_opened_at_all_is_refused_in_a_sentence(url):
    with pytest.raises(CannotOpen):
        open_page(url, limits=QUICK)


@given(st.binary(max_size=400))
@settings(max_examples=60)
def test_whatever_bytes_come_back_a_look_returns(server, sent):
    server.ways["/anything"] = raw(sent)

    look(server.url("/anything"), limits=QUICK, also_open=HERE)


HEADS = st.lists(
    st.tuples(
        st.sampled_from(
            ["Location", "Content-Type", "Content-Encoding", "Retry-After", "Set-Cookie", "Date", "Refresh"]
        ),
        st.binary(max_size=60).map(lambda value: value.replace(b"\r", b"").replace(b"\n", b"")),
    ),
    max_size=6,
)


@given(st.sampled_from([200, 204, 301, 302, 401, 404, 429, 503]), HEADS, st.binary(max_size=200))
@settings(max_examples=60)
def test_whatever_a_head_says_a_look_returns(server, status, heads, body):
    lines = b"".join(name.encode() + b": " + value + b"\r\n" for name, value in heads)
    server.ways["/anything"] = raw(b"HTTP/1.1 %d X\r\n" % status + lines + b"\r\n" + body)

    look(server.url("/anything"), limits=QUICK, also_open=HERE)


def test_cookies_made_to_take_long_are_not_read(server):
    endless = b"Set-Cookie2: a" + b";a" * 30_000 + b"\r\n"
    server.ways["/anything"] = raw(b"HTTP/1.1 200 X\r\nSet-Cookie: a=b\r\n" + endless * 40 + b"\r\nbody")

    with patience():  # it was twenty
        look(server.url("/anything"), limits=QUICK, also_open=HERE)
