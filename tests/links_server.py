"""A real server on this machine that misbehaves in every way a website can, one way per path."""

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests import links_pages as pages
from tracker.channels.links.limits import Limits

# Patience of milliseconds, so that what hangs is over soon.
QUICK = Limits(connecting=2, answering=0.3, head=0.4, altogether=1.5, most_page=64 * 1024, most_pdf=256 * 1024)
HERE = ("127.0.0.1/32",)
TLS_HELLO = b"\x16\x03"
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    method: str
    path: str
    headers: Mapping[str, str]


@dataclass
class Visit:
    """A request and the way to answer it."""

    asked: Asked
    line: socket.socket
    closing: threading.Event

    def send(self, raw: bytes) -> None:
        """Send bytes as they are."""
        self.line.sendall(raw)

    def answer(
        self, body: bytes = b"", *, status: str = "200 OK", kind: str = HTML, length: int | None = None, **headers: str
    ) -> None:
        """Send a usual answer; to HEAD without its body."""
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}"]
        lines += [f"Content-Type: {kind}"] if kind else []
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        head = "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1")
        self.send(head + (b"" if self.asked.method == "HEAD" else body))

    def redirect(self, place: str, *, status: str = "302 Found", body: bytes = b"") -> None:
        """Send on."""
        self.answer(body, status=status, Location=place)

    def hang(self) -> None:
        """Say nothing until the other side gives up."""
        self.closing.wait(10)

    def drip(self, piece: bytes) -> None:
        """Send a little from time to time, for ever."""
        while not self.closing.wait(0.05):
            self.send(piece)


Behave = Callable[[Visit], None]


@dataclass
class BadServer:
    """Where it listens, what it was asked, and how often somebody connected."""

    port: int
    scheme: str
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    ways: dict[str, Behave] = field(default_factory=dict)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """Return the address of a path, here."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    def methods(self) -> list[str]:
        """Return the requests so far as "GET /path"."""
        return [f"{one.method} {one.path}" for one in self.asked]


@contextmanager
def bad_server(
    ways: Mapping[str, Behave] | None = None, *, certificate: Path | None = None, address: str = "127.0.0.1"
) -> Iterator[BadServer]:
    """Serve until the end of the block; with a certificate over TLS."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.bind((address, 0))
        listener.listen(64)
        server = BadServer(listener.getsockname()[1], "https" if certificate else "http", ways={**WAYS, **(ways or {})})
        closing = threading.Event()
        threads: list[threading.Thread] = []
        accepting = threading.Thread(target=_accept, args=[listener, server, certificate, closing, threads])
        accepting.start()
        try:
            yield server
        finally:
            closing.set()
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            for thread in (accepting, *threads):
                thread.join(timeout=10)


def _accept(
    listener: socket.socket,
    server: BadServer,
    certificate: Path | None,
    closing: threading.Event,
    threads: list[threading.Thread],
) -> None:
    while not closing.is_set():
        try:
            line, _ = listener.accept()
        except OSError:
            return
        server.connections += 1
        threads.append(threading.Thread(target=_serve, args=[line, server, certificate, closing]))
        threads[-1].start()


def _serve(line: socket.socket, server: BadServer, certificate: Path | None, closing: threading.Event) -> None:
    line.settimeout(10)
    with suppress(OSError, ValueError), line:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            with context.wrap_socket(line, server_side=True) as secured:
                _behave(secured, server, closing)
        else:
            _behave(line, server, closing)


def _behave(line: socket.socket, server: BadServer, closing: threading.Event) -> None:
    asked = _read(line)
    server.asked.append(asked)
    server.ways.get(asked.path, _not_found)(Visit(asked, line, closing))
    with suppress(OSError):
        line.shutdown(socket.SHUT_WR)


def _read(line: socket.socket) -> Asked:
    head = b""
    while b"\r\n\r\n" not in head:
        piece = line.recv(4096)
        if not piece:
            raise ValueError("no request")
        head += piece
        if head.startswith(TLS_HELLO):
            line.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\nspeak plainly")
            raise ValueError("TLS")
    first, *rest = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    method, path, _ = first.split(" ")
    return Asked(method, path, {name.lower(): value for name, _, value in (one.partition(": ") for one in rest)})


def _not_found(visit: Visit) -> None:
    visit.answer(b"<h1>Not Found</h1>", status="404 Not Found")


def status(said: str, body: bytes = b"<p>.</p>", **headers: str) -> Behave:
    """Answer with a status."""
    return lambda visit: visit.answer(body, status=said, **headers)


def page(body: bytes, kind: str = HTML, **headers: str) -> Behave:
    """Answer with a page or file."""
    return lambda visit: visit.answer(body, kind=kind, **headers)


def on_to(place: str, said: str = "302 Found") -> Behave:
    """Send on to a place."""
    return lambda visit: visit.redirect(place, status=said)


def raw(sent: bytes) -> Behave:
    """Answer with bytes that may be no HTTP at all."""
    return lambda visit: visit.send(sent)


def head_is(otherwise: Behave, then: Behave) -> Behave:
    """Behave in one way to HEAD and in another to GET."""
    return lambda visit: (otherwise if visit.asked.method == "HEAD" else then)(visit)


def _flood_of_heads(visit: Visit) -> None:
    visit.send(b"HTTP/1.1 200 OK\r\n")
    for number in range(10_000):
        visit.send(b"X-%d: y\r\n" % number)


def _endless_continue(visit: Visit) -> None:
    visit.drip(b"HTTP/1.1 100 Continue\r\n\r\n")


def _endless_head_line(visit: Visit) -> None:
    visit.send(b"HTTP/1.1 200 OK\r\nX-Long: ")
    for _ in range(64):
        visit.send(b"a" * 4096)


def _dripping_head(visit: Visit) -> None:
    visit.send(b"HTTP/1.1 200 OK\r\n")
    visit.drip(b"X-Drip: y\r\n")


def _dripping_body(visit: Visit) -> None:
    visit.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    if visit.asked.method == "GET":
        visit.drip(b"x")


def _endless_body(visit: Visit) -> None:
    visit.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Long</title>")
    while visit.asked.method == "GET" and not visit.closing.is_set():
        visit.send(b"word " * 1000)


def _endless_chunks(visit: Visit) -> None:
    visit.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    while visit.asked.method == "GET" and not visit.closing.is_set():
        visit.send(b"1000\r\n" + b"w" * 4096 + b"\r\n")


def _counting(visit: Visit) -> None:
    number = int(visit.asked.path.rpartition("/")[2])
    visit.redirect(f"/hop/{number + 1}")


def _wants_its_cookie(visit: Visit) -> None:
    if "seen=1" in visit.asked.headers.get("cookie", ""):
        visit.answer(pages.PLAN)
    else:
        visit.answer(status="302 Found", Location="/cookie", Set_Cookie="seen=1; Path=/")


def _endless_redirect_body(visit: Visit) -> None:
    visit.send(b"HTTP/1.1 302 Found\r\nLocation: /plan\r\n\r\n")
    with suppress(OSError):
        while visit.asked.method == "GET" and not visit.closing.is_set():
            visit.send(b"z" * 4096)


CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
BOMB = gzip.compress(b"<p>" + b"0" * 50_000_000)
GOOD_PDF, SCAN, BLANK, LOCKED = pages.text_pdf(), pages.scanned_pdf(), pages.blank_pdf(), pages.locked_pdf()
DATE = "Wed, 21 Oct 2026 07:28:00 GMT"
WAYS: dict[str, Behave] = {
    "/": page(pages.PLAN),
    "/plan": page(pages.PLAN),
    "/%E0%B9%81%E0%B8%9C%E0%B8%99": page(pages.PLAN),
    "/to-thai": on_to("/แผน".encode().decode("latin-1")),
    "/to-tis-620": on_to("/แผน".encode("cp874").decode("latin-1")),
    "/gone": status("410 Gone"),
    "/fault": status("500 Internal Server Error"),
    "/busy": status("503 Service Unavailable", Retry_After="120"),
    "/forbidden": status("403 Forbidden"),
    "/unauthorized": status("401 Unauthorized", WWW_Authenticate='Basic realm="office"'),
    "/teapot": status("418 I'm a teapot"),
    "/throttled": status("429 Too Many Requests", Retry_After="90"),
    "/throttled-until": status("429 Too Many Requests", Date=DATE, Retry_After="Wed, 21 Oct 2026 07:33:00 GMT"),
    "/throttled-for-ever": status("429 Too Many Requests", Retry_After="99999999999999999999"),
    "/throttled-oddly": status("429 Too Many Requests", Retry_After="tomorrow, perhaps"),
    "/bot-wall": status("403 Forbidden", pages.BOT_WALL),
    "/head-405": head_is(status("405 Method Not Allowed"), page(pages.PLAN)),
    "/head-501": head_is(status("501 Not Implemented"), page(pages.PLAN)),
    "/head-403": head_is(status("403 Forbidden"), page(pages.PLAN)),
    "/head-400": head_is(status("400 Bad Request"), page(pages.PLAN)),
    "/head-404": head_is(status("404 Not Found"), page(pages.PLAN)),
    "/head-500": head_is(status("500 Oops"), page(pages.PLAN)),
    "/head-hangs": head_is(lambda visit: visit.hang(), page(pages.PLAN)),
    "/head-drips": head_is(_dripping_head, page(pages.PLAN)),
    "/head-cut-off": head_is(raw(b""), page(pages.PLAN)),
    "/head-garbage": head_is(raw(b"\x00\xff no HTTP\r\n\r\n"), page(pages.PLAN)),
    "/head-lies-well": head_is(page(pages.PLAN), status("404 Not Found")),
    "/head-leads-away": head_is(on_to("/gone"), page(pages.PLAN)),
    "/head-with-body": raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\nbody"),
    "/picture": page(b"\x89PNG\r\n\x1a\n", "image/png"),
    "/word-file": page(b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "/loop": on_to("/loop-back"),
    "/loop-back": on_to("/loop"),
    "/self": on_to("/self"),
    **{f"/hop/{number}": _counting for number in range(300)},
    "/five/1": on_to("/five/2", "301 Moved Permanently"),
    "/five/2": on_to("/five/3", "302 Found"),
    "/five/3": on_to("/five/4", "303 See Other"),
    "/five/4": on_to("/five/5", "307 Temporary Redirect"),
    "/five/5": on_to("/plan", "308 Permanent Redirect"),
    "/nowhere": status("302 Found"),
    "/not-modified": status("304 Not Modified", b""),
    "/to-home": on_to("/"),
    "/to-sign-in": on_to("/login"),
    "/login": page(pages.SIGN_IN),
    "/drive-permission": page(pages.DRIVE_PERMISSION),
    "/refresh": page(b"<meta http-equiv='refresh' content='0; url=/plan'>"),
    "/refresh-self": page(b"<title>Live</title><meta http-equiv='refresh' content='5'><p>Traffic</p>"),
    "/refresh-loop": page(b"<title>A</title><meta http-equiv=refresh content='0;url=/refresh-back'><p>A</p>"),
    "/refresh-back": page(b"<title>B</title><meta http-equiv=refresh content='0;url=/refresh-loop'><p>B</p>"),
    "/cookie": _wants_its_cookie,
    "/soft-404-th": page(pages.NOT_FOUND_TH),
    "/soft-404-en": page(pages.NOT_FOUND_EN),
    "/hangs": lambda visit: visit.hang(),
    "/drips-head": _dripping_head,
    "/drips-body": _dripping_body,
    "/endless": _endless_body,
    "/endless-chunks": _endless_chunks,
    "/endless-continue": _endless_continue,
    "/endless-redirect-body": _endless_redirect_body,
    "/bomb": page(BOMB, Content_Encoding="gzip"),
    "/packed": page(gzip.compress(pages.PLAN), Content_Encoding="gzip"),
    "/packed-badly": page(b"no gzip at all", Content_Encoding="gzip"),
    "/packed-unknown": page(b"\x00\x01\x02", Content_Encoding="br"),
    "/too-short": lambda visit: visit.answer(pages.PLAN, length=len(pages.PLAN) + 100),
    "/too-long": lambda visit: visit.answer(pages.PLAN, length=len(pages.PLAN) - 7),
    "/cut-off": raw(b""),
    "/cut-off-in-head": raw(b"HTTP/1.1 200 OK\r\nContent-Ty"),
    "/cut-off-in-chunk": raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc"
    ),
    "/garbage": raw(b"\x16\x03\x01 SSH-2.0-banner\r\n\r\n"),
    "/bad-chunks": raw(CHUNKED + b"zz\r\nabc"),
    "/bad-length": raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: many\r\n\r\n<title>T</title>"),
    "/two-lengths": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde"),
    "/bad-status": raw(b"HTTP/1.1 9999 Strange\r\n\r\n"),
    "/head-flood": _flood_of_heads,
    "/head-line-flood": _endless_head_line,
    "/nothing": page(b""),
    "/no-content": status("204 No Content", b""),
    "/blank-page": page(b"<html><head></head><body>  </body></html>"),
    "/script-page": page(b"<html><body><div id=app></div><script src=/app.js></script></body></html>"),
    "/tis-620": page("<title>ประกาศเทศบาล</title><p>เอกสาร</p>".encode("cp874"), "text/html"),
    "/windows-874": page("<meta charset=windows-874><title>ประกาศเทศบาล</title>".encode("cp874"), "text/html"),
    "/good.pdf": page(GOOD_PDF, "application/pdf"),
    "/good-download.pdf": page(GOOD_PDF, "application/octet-stream"),
    "/scan.pdf": page(SCAN, "application/pdf"),
    "/page-about.pdf": page(b"<title>Formats</title><p>A file begins with %PDF-1.7 and ends otherwise.</p>"),
    "/blank.pdf": page(BLANK, "application/pdf"),
    "/locked.pdf": page(LOCKED, "application/pdf"),
    "/broken.pdf": page(b"%PDF-1.7 and then nothing of the kind", "application/pdf"),
    "/large.pdf": page(GOOD_PDF + b"%" * 400_000, "application/pdf"),
}
