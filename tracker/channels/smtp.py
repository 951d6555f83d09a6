"""A connection to the mail server that is kept between mails and never waits past a deadline."""

import io
import smtplib
import socket
import time
from contextlib import suppress
from functools import partial
from typing import Any

from flask_mailman import EmailMessage
from flask_mailman.backends.smtp import EmailBackend

from tracker.channels.smtp_answers import Unanswered

FAREWELL = 5.0  # seconds for the server to answer QUIT


class Line(smtplib.SMTP):
    """
    smtplib's conversation, bounded as a whole: a server that sends a byte a second resets no clock here.

    :param ends_at: on the monotonic clock, after which nothing is waited for
    """

    def __init__(self, *arguments: Any, ends_at: float, **options: Any) -> None:
        self.ends_at = ends_at
        self.has_begun = False  # the server has heard of the present mail
        super().__init__(*arguments, **options)

    def connect(self, *arguments: Any, **options: Any) -> tuple[int, bytes]:
        answer = super().connect(*arguments, **options)
        if self.sock is not None:
            # A body's last short packet must not wait until the server has acknowledged the others.
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return answer

    def mail(self, *arguments: Any, **options: Any) -> tuple[int, bytes]:
        answer = super().mail(*arguments, **options)
        self.has_begun = answer[0] == 250
        return answer

    def data(self, msg: Any) -> tuple[int, bytes]:
        """
        Send the mail itself.

        :raises Unanswered: if nobody can say whether the server has taken it
        """
        try:
            return super().data(msg)
        except smtplib.SMTPResponseException:  # an answer: it has not
            raise
        except OSError as error:
            raise Unanswered(str(error)) from error

    def send(self, s: Any) -> None:
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        left = memoryview(s.encode(self.command_encoding) if isinstance(s, str) else s)
        try:
            while left:
                left = left[self.bounded().send(left) :]
        except OSError as error:
            self.close()
            raise smtplib.SMTPServerDisconnected(f"Connection lost: {error}") from error

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None:  # anew for every connection, and again once it is encrypted
            self.file = io.BufferedReader(_Incoming(self))
        return super().getreply()

    def bounded(self) -> socket.socket:
        """
        Return the socket, set to wait no longer than this mail may still take.

        :raises TimeoutError: if its time is over
        """
        assert self.sock is not None
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time for this mail is over")
        self.sock.settimeout(min(self.timeout, left))
        return self.sock


class _Incoming(io.RawIOBase):
    """What the server says, as a file that waits no longer than the line does."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._line.bounded().recv_into(buffer)


class Backend(EmailBackend):
    """flask-mailman's way to the server in the settings, over a `Line` that outlives one mail."""

    connection: Any  # a `Line`, or None before the first mail and after a failure
    ends_at = 0.0

    @property
    def connection_class(self) -> Any:
        return partial(Line, ends_at=self.ends_at)

    def hand_over(self, message: EmailMessage, *, within: float) -> None:
        """
        Hand one mail over within so many seconds, connecting included. Whatever goes wrong is raised.

        A connection that the server has closed since the last mail is opened anew: it has heard nothing of this one.
        """
        self.ends_at = time.monotonic() + within
        line = self.connection
        try:
            self._hand_over(message)
        except (smtplib.SMTPServerDisconnected, smtplib.SMTPSenderRefused):
            if line is None or self.connection is not None or line.has_begun:
                raise
            self._hand_over(message)

    def close(self) -> None:
        """Take leave of the server, quietly and without waiting for long."""
        if self.connection is not None:
            self.connection.ends_at = time.monotonic() + FAREWELL
            with suppress(Exception):
                self.connection.quit()
        self._throw_away()

    def _hand_over(self, message: EmailMessage) -> None:
        try:
            self.timeout = min(self.mailman.timeout or FAREWELL, max(self.ends_at - time.monotonic(), 0.001))
            self.open()
            self.connection.ends_at, self.connection.has_begun = self.ends_at, False
            self.send_messages([message])
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError):
            if self.connection.sock is None:  # the server hung up with its answer
                self._throw_away()
            raise  # otherwise smtplib has taken the mail back by RSET, and the next one can go
        except BaseException:
            self._throw_away()
            raise

    def _throw_away(self) -> None:
        if self.connection is not None:
            with suppress(Exception):
                self.connection.close()
        self.connection = None
