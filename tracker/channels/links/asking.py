"""One request to one address: its head, and as much of its body as may be seen."""

import time
import zlib
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime

from requests import PreparedRequest, Request, Response
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar

from tracker.channels.links.failures import EXPECTED, Failed, failure_of
from tracker.channels.links.guard import Guard
from tracker.channels.links.limits import Limits
from tracker.channels.links.lines import Adapter, Line
from tracker.domain.links import Failure

HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; ITA-measure-tracker; link check)",
    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
    "Accept-Language": "th,en;q=0.5",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}
REDIRECTS = {301, 302, 303, 307, 308}
PDF_PLACE, PDF_MARK = 1024, b"%PDF-"  # within so many bytes
PIECE = 16 * 1024
UNPACKED = {"", "identity"}
PACKED = {"gzip", "x-gzip", "deflate"}


@dataclass(frozen=True)
class Answer:
    """What came back."""

    address: str
    status: int
    headers: Mapping[str, str]  # whose names may be written in any way
    took: float  # seconds
    body: bytes | None = None  # None: not asked for or not readable
    is_whole: bool = False
    certificate_ends_on: date | None = None

    @property
    def location(self) -> str:
        """Where it sends on to, as it was written; nothing if it does not."""
        return self.headers.get("Location", "").strip() if self.status in REDIRECTS else ""

    @property
    def content_type(self) -> str:
        """Its kind in small letters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def is_pdf(self) -> bool:
        """Whether it is a PDF, whatever its head says; what calls itself a page must be one from its first letter."""
        if self.body is None or self.content_type.startswith("text/"):
            return (self.body or b"").startswith(PDF_MARK)
        return PDF_MARK in self.body[:PDF_PLACE]

    def retry_after(self, *, most: int) -> int | None:
        """Return the seconds to wait that it asks for; a date is read against the server's own."""
        asked = self.headers.get("Retry-After", "").strip()
        if asked.isascii() and asked.isdigit():
            return min(int(asked[:9]), most)
        try:
            wait = parsedate_to_datetime(asked) - parsedate_to_datetime(self.headers.get("Date", ""))
        except (ValueError, TypeError, OverflowError):
            return None
        return min(max(int(wait.total_seconds()), 0), most)


def ask(
    method: str, address: str, *, guard: Guard, limits: Limits, seconds: float, cookies: RequestsCookieJar
) -> Answer:
    """
    Ask for an address once, redirects not followed.

    :param seconds: after which the connection is cut
    :param cookies: of this look, for many a page sends on only to see whether it gets its cookie back
    :raises Failed: if there was no answer
    """
    began = time.monotonic()
    with Line(seconds) as line:
        try:
            request = Request(method, address, headers=HEADERS, cookies=cookies).prepare()
            with closing(Adapter(guard, line)) as adapter, closing(_sent(adapter, request, limits)) as response:
                extract_cookies_to_jar(cookies, request, response.raw)
                body, is_whole = _body(response, limits) if method == "GET" else (None, False)
        except EXPECTED as error:
            if line.is_over:
                raise Failed(Failure.TIMED_OUT, was_asked=True) from error
            raise failure_of(error) from error
        if line.is_over:  # what looks like the end of the answer was our own cut
            raise Failed(Failure.TIMED_OUT, was_asked=True)
    took = time.monotonic() - began
    return Answer(address, response.status_code, response.headers, took, body, is_whole, line.certificate_ends_on)


def _sent(adapter: Adapter, request: PreparedRequest, limits: Limits) -> Response:
    """Send by the adapter itself: a session would read the whole body of a redirect, however large, and .netrc too."""
    timeout = (limits.connecting, limits.answering)
    return adapter.send(request, stream=True, timeout=timeout, verify=limits.authorities or True)


def _body(response: Response, limits: Limits) -> tuple[bytes | None, bool]:
    """Return what may be seen of the body, unpacked, and whether that is all of it."""
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    if response.status_code in REDIRECTS or packing not in UNPACKED | PACKED or _is_too_large(response, limits):
        return None, False
    pieces: Iterable[bytes] = response.raw.stream(PIECE, decode_content=False)
    unpack = _Unpacker() if packing in PACKED else None
    body, most = bytearray(), limits.most_page
    for piece in pieces:
        body += unpack(piece, limits.most_pdf + 1 - len(body)) if unpack else piece
        if PDF_MARK in body[:PDF_PLACE]:
            most = limits.most_pdf
        if len(body) > most:
            return bytes(body[:most]), False
    return bytes(body), True


def _is_too_large(response: Response, limits: Limits) -> bool:
    length = response.headers.get("Content-Length", "")
    is_page = "html" in response.headers.get("Content-Type", "").lower()
    return length.isascii() and length.isdigit() and int(length[:15]) > limits.most_pdf and not is_page


class _Unpacker:
    """Unpacks gzip and deflate, never more than there is room for."""

    def __init__(self) -> None:
        self._unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._is_new = True

    def __call__(self, piece: bytes, most: int) -> bytes:
        try:
            unpacked = self._unpack.decompress(self._unpack.unconsumed_tail + piece, max(most, 1))
        except zlib.error:
            if not self._is_new:
                raise
            self._unpack = zlib.decompressobj(-zlib.MAX_WBITS)  # "deflate" without its head, as some servers send it
            unpacked = self._unpack.decompress(piece, max(most, 1))
        self._is_new = False
        return unpacked
