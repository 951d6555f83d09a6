"""Connections: only to a machine that was checked, under the clock of one request, its certificate noted."""

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from AntiSSRF._antissrf_agent import _AntiSSRFAdapter, _validate_request_host
from requests import PreparedRequest, Response
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.util.ssl_ import create_urllib3_context

from tracker.channels.links.guard import Guard

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LEGACY_SERVERS = getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)  # named since Python 3.12
MOST_MACHINES = 3  # of one host that are tried
MOST_COOKIES = 16 * 1024  # letters of them in one answer


class Line:
    """What belongs to one request: its end, and what was learned while connecting."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self.certificate_ends_on: date | None = None
        self.others: Callable[[], list[str]] = lambda: []  # further machines of the host
        self._held: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(max(seconds, 0), self._end)
        self._timer.daemon = True

    def __enter__(self) -> "Line":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            while self._held:
                self._held.pop().close()

    def hold(self, sock: socket.socket) -> None:
        """Cut this connection when the time is over; a second handle, for TLS takes the first one away."""
        with self._lock:
            self._held.append(sock.dup())
        if self.is_over:
            self._end()

    def _end(self) -> None:
        self.is_over = True
        with self._lock:
            for sock in self._held:
                with suppress(OSError):  # the other side was quicker
                    sock.shutdown(socket.SHUT_RDWR)


class Adapter(_AntiSSRFAdapter):
    """
    The library's adapter, which resolves a host, checks every address it has and connects to the checked one.

    Added to it: names that lead into the office, the port in the Host header, further machines of a host, the clock.
    """

    def __init__(self, guard: Guard, line: Line) -> None:
        super().__init__(guard.policy_for(""))
        self._guard = guard
        self._line = line

    def build_connection_pool_key_attributes(
        self, request: PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return where to connect to, after the check."""
        parts = urlsplit(str(request.url))
        host = parts.hostname or ""
        self._policy = self._guard.policy_for(host)
        place, tls = super().build_connection_pool_key_attributes(request, verify, cert)
        request.headers["Host"] = parts.netloc
        if parts.scheme == "https":
            tls["ssl_context"] = _as_browsers_speak()
        self._line.others = partial(_others, self._policy, host, place["host"])
        return place, tls

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        """Return the pool, its connections under the clock."""
        pool = super().get_connection_with_tls_context(*args, **kwargs)
        kind = _TlsConnection if pool.scheme == "https" else _Connection
        pool.ConnectionCls = partial(kind, line=self._line)
        return pool

    def build_response(self, req: PreparedRequest, resp: Any) -> Response:
        """Return the answer; the library reads its cookies here."""
        _drop_unusual_cookies(resp)
        return super().build_response(req, resp)


def _drop_unusual_cookies(response: Any) -> None:
    """Leave out what the library reads for half a minute: far too many, and those of RFC 2965, which nobody sends."""
    head = getattr(response, "_original_response", None) and response._original_response.msg
    if head is not None:
        del head["Set-Cookie2"]
        if sum(map(len, head.get_all("Set-Cookie", []))) > MOST_COOKIES:
            del head["Set-Cookie"]


def _as_browsers_speak() -> ssl.SSLContext:
    """Return TLS that speaks with old servers too, as browsers do; whom to trust is added, and insisted on, later."""
    context = create_urllib3_context()
    context.options |= LEGACY_SERVERS
    return context


def _others(policy: Any, host: str, first: str) -> list[str]:
    """Return further machines of a host, checked as the first one was: one of them may be switched off."""
    found = (str(address.get_address()) for address in _validate_request_host(policy, host))
    return [address for address in dict.fromkeys(found) if address != first][: MOST_MACHINES - 1]


class _Held:
    """A connection that a line can cut."""

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._line = line

    def _new_conn(self) -> socket.socket:
        sock = self._connected()
        self._line.hold(sock)
        return sock

    def _connected(self) -> socket.socket:
        connect: Callable[[], socket.socket] = super()._new_conn  # type: ignore[misc]
        try:
            return connect()
        except (NewConnectionError, ConnectTimeoutError):
            for address in self._line.others():
                self._dns_host = address
                with suppress(NewConnectionError, ConnectTimeoutError):
                    return connect()
            raise


class _Connection(_Held, HTTPConnection):
    """Without TLS."""


class _TlsConnection(_Held, HTTPSConnection):
    """With TLS; notes until when the certificate holds."""

    def connect(self) -> None:
        super().connect()
        if isinstance(self.sock, ssl.SSLSocket) and (certificate := self.sock.getpeercert()):
            seconds = ssl.cert_time_to_seconds(str(certificate["notAfter"]))
            self._line.certificate_ends_on = (EPOCH + timedelta(seconds=seconds)).date()
