import contextlib
import io
import json
import logging
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tracker.channels import line, messengers
from tracker.channels.messengers import checked, send
from tracker.domain.channel_addresses import BadAddress, line_address
from tracker.domain.channels import ChannelKind
from tracker.domain.deliveries import Outcome, Problem

TOKEN, TO = "aB3+/x=" * 20, "U" + "0123456789abcdef" * 2
LINE = line_address(token=TOKEN, to=TO)
SECRET = "very-secret-path"
TITLE, TEXT = "มาตรการ ITA: เกินกำหนด 1 งาน", "น้ำ ๑ งาน\n<b>กองคลัง</b>"
HANG, RESET = "hang", "reset"
LINE_TIMEOUT = line.TIMEOUT


class Service(ThreadingHTTPServer):
    """A service on the web that keeps what it is sent and answers as told: with a number, never, or by breaking off."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.taken, self.answer, self.headers, self.words = [], 200, {}, ""

    @property
    def place(self):
        return f"127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        service = self.server
        service.taken.append((self.path, dict(self.headers), json.loads(body)))
        if service.answer == RESET:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            self.connection.close()
            self.close_connection = True
            return
        if service.answer == HANG:
            time.sleep(1)
            return
        words = service.words.encode()
        self.send_response(service.answer)
        for name, value in ({"Content-Length": f"{len(words)}"} | service.headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(words)

    def handle(self):
        with contextlib.suppress(OSError, ValueError):  # the visitor went away, or we closed the door
            super().handle()

    def log_message(self, *_):
        pass


@pytest.fixture
def service():
    service = Service()
    thread = threading.Thread(target=service.serve_forever, args=(0.01,))
    thread.start()
    yield service
    service.shutdown()
    thread.join()
    service.server_close()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(line, "TIMEOUT", (0.3, 0.3))
    monkeypatch.setattr(messengers, "ANSWERING", 0.3)


@pytest.fixture(params=[ChannelKind.LINE, ChannelKind.WEBHOOK])
def hand_over(request, service):
    """Hand a message over on LINE, and on a webhook."""
    address = LINE if request.param == ChannelKind.LINE else f"json://{service.place}/{SECRET}"

    def hand_over(**changes):
        values = {"title": TITLE, "text": TEXT, "key": "<1@ita>", "line_api": f"http://{service.place}"} | changes
        return send(request.param, address, **values)

    hand_over.secrets = (TOKEN, TO) if request.param == ChannelKind.LINE else (SECRET,)
    return hand_over


@pytest.mark.parametrize("code", [200, 202])
def test_what_the_service_takes_is_sent(service, hand_over, code):
    service.answer = code

    attempt = hand_over()

    assert (attempt.outcome, attempt.error, attempt.problem) == (Outcome.SENT, "", None)
    assert len(service.taken) == 1


@pytest.mark.parametrize(
    ("answer", "outcome", "problem"),
    [
        (400, Outcome.REFUSED, Problem.REFUSED),
        (401, Outcome.REFUSED, Problem.SIGN_IN),
        (403, Outcome.REFUSED, Problem.SIGN_IN),
        (404, Outcome.REFUSED, Problem.ADDRESS),
        (409, Outcome.REFUSED, Problem.REFUSED),
        (410, Outcome.REFUSED, Problem.ADDRESS),
        (408, Outcome.FAILED, Problem.SLOW),
        (429, Outcome.FAILED, Problem.BUSY),
        (500, Outcome.FAILED, Problem.BUSY),
        (503, Outcome.FAILED, Problem.BUSY),
        (301, Outcome.REFUSED, Problem.ADDRESS),
        (302, Outcome.FAILED, Problem.UNREACHABLE),
    ],
)
def test_what_it_answers_instead_is_said_honestly(service, hand_over, answer, outcome, problem):
    service.answer = answer

    attempt = hand_over()

    assert (attempt.outcome, attempt.problem) == (outcome, problem)
    assert str(answer) in attempt.error


@pytest.mark.parametrize("answer", [301, 302, 307, 308])
def test_a_redirection_is_not_followed(service, hand_over, answer):
    service.answer, service.headers = answer, {"Location": "/elsewhere"}

    hand_over()

    assert [path for path, _, _ in service.taken if path == "/elsewhere"] == []
    assert len(service.taken) == 1


@pytest.mark.parametrize("answer", [HANG, RESET])
def test_a_service_that_hangs_or_breaks_off_is_tried_again(service, hand_over, answer):
    service.answer = answer

    attempt = hand_over()

    assert attempt.outcome == Outcome.FAILED
    assert attempt.problem in {Problem.SLOW, Problem.UNREACHABLE}


def test_where_nobody_listens_it_is_tried_again(service, hand_over):
    service.shutdown()
    service.server_close()

    attempt = hand_over()

    assert (attempt.outcome, attempt.problem) == (Outcome.FAILED, Problem.UNREACHABLE)


def test_what_the_program_itself_does_wrong_is_returned_and_not_raised(hand_over):
    attempt = hand_over(key=None, text=object())

    assert attempt.outcome == Outcome.FAILED


@pytest.mark.parametrize("answer", [400, 401, 500, HANG, RESET])
def test_neither_words_nor_log_hold_a_secret(service, hand_over, caplog, answer):
    service.answer, service.words = answer, f"no {' '.join(hand_over.secrets)} here"

    with caplog.at_level(logging.INFO):
        attempt = hand_over()

    for secret in hand_over.secrets:
        assert secret not in attempt.error
        assert secret not in caplog.text


def test_an_answer_that_cannot_be_read_brings_no_address_into_the_log(service, hand_over):
    service.headers = {"X-Odd": "a\r\nno header at all"}
    written = io.StringIO()
    log = logging.StreamHandler(written)  # pytest's own hears the libraries as well
    logging.getLogger().addHandler(log)
    try:
        hand_over()
    finally:
        logging.getLogger().removeHandler(log)

    assert written.getvalue() == ""


def test_line_is_given_token_receiver_and_words(service):
    send(ChannelKind.LINE, LINE, title=TITLE, text=TEXT, key="<1@ita>", line_api=f"http://{service.place}")

    [(path, headers, body)] = service.taken
    assert path == "/v2/bot/message/push"
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    assert body == {"to": TO, "messages": [{"type": "text", "text": f"{TITLE}\n\n{TEXT}"}]}


def test_a_long_message_goes_to_line_in_as_many_parts_as_it_takes_and_no_more(service):
    send(ChannelKind.LINE, LINE, title="ก", text="ข" * 30_000, key="<1@ita>", line_api=f"http://{service.place}")

    [(_, _, body)] = service.taken
    assert [len(part["text"]) for part in body["messages"]] == [4500] * 5


def test_every_attempt_of_one_message_carries_one_key_and_another_message_another(service):
    for key in ("<1@ita>", "<1@ita>", "<2@ita>"):
        send(ChannelKind.LINE, LINE, title=TITLE, text=TEXT, key=key, line_api=f"http://{service.place}")

    first, again, other = (headers["X-Line-Retry-Key"] for _, headers, _ in service.taken)
    assert first == again != other


def test_what_line_took_with_an_earlier_attempt_is_sent(service):
    service.answer, service.headers = 409, {"X-Line-Accepted-Request-Id": "abc"}

    attempt = send(ChannelKind.LINE, LINE, title=TITLE, text=TEXT, key="<1@ita>", line_api=f"http://{service.place}")

    assert attempt.outcome == Outcome.SENT


def test_line_goes_to_line_where_no_test_says_otherwise():
    assert line.API == "https://api.line.me"


def test_a_webhook_is_given_words_arguments_and_a_key_that_tells_doubles(service):
    address = f"json://{service.place}/in?-key=a%26b"

    send(ChannelKind.WEBHOOK, address, title=TITLE, text=TEXT, key="<1@ita>")

    [(path, headers, body)] = service.taken
    assert path == "/in?key=a%26b"
    assert (body["title"], body["message"]) == (TITLE, TEXT)
    assert headers["Idempotency-Key"] == "<1@ita>"


@pytest.mark.parametrize("options", ["redirect=yes", "retry=3&wait=0", "rto=60", "optional=yes", "cto=60"])
def test_what_an_address_says_about_sending_changes_nothing(service, options):
    service.answer, service.headers = 302, {"Location": "/elsewhere"}

    attempt = send(ChannelKind.OTHER, f"json://{service.place}/in?{options}", title=TITLE, text=TEXT, key="<1@ita>")

    assert attempt.outcome == Outcome.FAILED
    assert [path for path, _, _ in service.taken] == ["/in"]


def test_an_address_that_asks_for_more_patience_does_not_get_it(service):
    service.answer = HANG
    begun = time.monotonic()

    send(ChannelKind.OTHER, f"json://{service.place}/in?rto=60", title=TITLE, text=TEXT, key="<1@ita>")

    assert time.monotonic() - begun < 0.9


def test_no_attempt_takes_longer_than_a_quarter_of_a_minute():
    assert sum(LINE_TIMEOUT) <= 15
    assert messengers.CONNECTING + messengers.ANSWERING <= messengers.ALL_TOGETHER <= 15


def test_telegram_says_that_the_bot_was_blocked(service, monkeypatch):
    checked("tgram://123456789:AAF-aaaaaaaaaaaaaaaaaaaaaaaaaaaaa_b/42")
    from apprise.plugins.telegram import NotifyTelegram  # only there once the library has looked for its services

    monkeypatch.setattr(NotifyTelegram, "notify_url", f"http://{service.place}/bot")
    service.answer, service.words = 403, json.dumps({"ok": False, "description": "bot was blocked by the user"})

    attempt = send(
        ChannelKind.TELEGRAM, "tgram://123456789:AAF-aaaaaaaaaaaaaaaaaaaaaaaaaaaaa_b/42",
        title=TITLE, text=TEXT, key="<1@ita>",
    )  # fmt: skip

    assert (attempt.outcome, attempt.problem) == (Outcome.REFUSED, Problem.SIGN_IN)
    assert "AAF-" not in attempt.error
    assert len(service.taken) == 1


@pytest.mark.parametrize("address", ["file:///tmp/x", "syslog://", "line://x/y", "json://", "nonsense", ""])
def test_what_cannot_be_reached_is_refused_and_never_called_sent(address):
    attempt = send(ChannelKind.OTHER, address, title=TITLE, text=TEXT, key="<1@ita>")

    assert (attempt.outcome, attempt.problem) == (Outcome.REFUSED, Problem.ADDRESS)


@pytest.mark.parametrize("address", ["discord://1", "slack://x", "tgram://abc/1", "json://"])
def test_an_address_with_something_missing_cannot_be_read(address):
    with pytest.raises(BadAddress, match="Something is missing"):
        checked(address)


def test_an_address_with_two_receivers_is_refused():
    with pytest.raises(BadAddress, match="one receiver"):
        checked("tgram://123456789:AAF-aaaaaaaaaaaaaaaaaaaaaaaaaaaaa_b/42/43")


@pytest.mark.parametrize(
    "address",
    ["jsons://hook.example.org/in", "ntfys://ntfy.example.org/topic", "gotify://10.0.0.7/token",
     "tgram://123456789:AAF-aaaaaaaaaaaaaaaaaaaaaaaaaaaaa_b/42", "mmosts://chat.example.org/abcdefghijklmnop"],
)  # fmt: skip
def test_whole_addresses_can_be_read(address):
    assert checked(address) == address
