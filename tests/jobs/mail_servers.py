"""Mail servers on this machine: one that keeps what it takes and answers as told, one that follows a script."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller


class Office:
    """A server that takes every mail, or answers at a step of the conversation as it is told to."""

    def __init__(self) -> None:
        self.taken: list[Message] = []
        self.connections = 0
        self.answers: dict[str, str] = {}  # by "MAIL", "DATA" or a recipient's address

    async def handle_EHLO(self, _server: Any, session: Any, _envelope: Any, name: str, responses: list) -> list:
        session.host_name = name
        self.connections += 1
        return responses

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if "MAIL" in self.answers:
            return self.answers["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if "DATA" in self.answers:
            return self.answers["DATA"]
        self.taken.append(message_from_bytes(envelope.content))
        return "250 OK"


@contextmanager
def open_office() -> Iterator[tuple[Office, int]]:
    """Serve an office on a port of this machine."""
    office = Office()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield office, port
    finally:
        controller.stop()


Conversation = Callable[[Any, Callable[[bytes], None]], None]


@contextmanager
def odd_server(*conversations: Conversation) -> Iterator[int]:
    """Serve one connection after the other, each with the next conversation (the last one again and again)."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.1)
    over = threading.Event()

    def serve() -> None:
        number = 0
        while not over.is_set():
            try:
                connection, _ = listening.accept()
            except TimeoutError:
                continue
            with connection, suppress(OSError):
                connection.settimeout(10)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                conversations[min(number, len(conversations) - 1)](connection.makefile("rb"), connection.sendall)
            number += 1

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        over.set()
        thread.join(timeout=15)
        listening.close()


def polite(mails: int | None = None) -> Conversation:
    """Take so many mails (None: all that come) and hang up without a word."""

    def converse(heard: Any, say: Callable[[bytes], None]) -> None:
        left = mails
        say(b"220 here\r\n")
        for line in heard:
            if line.upper().startswith(b"DATA"):
                say(b"354 go on\r\n")
                while heard.readline() != b".\r\n":
                    pass
                say(b"250 taken\r\n")
                left = None if left is None else left - 1
                if left == 0:
                    return
            elif line.upper().startswith(b"QUIT"):
                say(b"221 bye\r\n")
                return
            else:
                say(b"250 fine\r\n")

    return converse


def silent(_heard: Any, _say: Callable[[bytes], None]) -> None:
    """Never say a word."""
    time.sleep(2)


def dripping(_heard: Any, say: Callable[[bytes], None]) -> None:
    """Send a byte a second of a greeting without end."""
    for _ in range(8):
        say(b"2")
        time.sleep(1)


def dripping_at_the_end(heard: Any, say: Callable[[bytes], None]) -> None:
    """Take the mail, then send a byte a second of the answer to it."""
    say(b"220 here\r\n")
    for line in heard:
        if line.upper().startswith(b"DATA"):
            say(b"354 go on\r\n")
            while heard.readline() != b".\r\n":
                pass
            dripping(heard, say)
            return
        say(b"250 fine\r\n")


def hanging_up_within_the_mail(heard: Any, say: Callable[[bytes], None]) -> None:
    """Hang up once the body has begun."""
    say(b"220 here\r\n")
    for line in heard:
        if line.upper().startswith(b"DATA"):
            say(b"354 go on\r\n")
            heard.readline()
            return
        say(b"250 fine\r\n")


def saying(*answers: bytes) -> Conversation:
    """Answer line after line with these, then hang up. The first is the greeting."""

    def converse(heard: Any, say: Callable[[bytes], None]) -> None:
        for answer in answers:
            say(answer + b"\r\n")
            heard.readline()

    return converse
