"""A fixed morning and an outbox."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from tracker.channels.mail import Mail
from tracker.domain.deliveries import Attempt, Outcome
from tracker.jobs import reminders


class Outbox:
    """A mail server that takes everything, or answers an address as it is told to."""

    def __init__(self) -> None:
        self.sent: list[Mail] = []
        self.tried: list[Mail] = []
        self.answers: dict[str, Attempt] = {}

    def __call__(self, mail: Mail) -> Attempt:
        attempt = self.answers.get(mail.to, Attempt(Outcome.SENT))
        self.tried.append(mail)
        if attempt.outcome == Outcome.SENT:
            self.sent.append(mail)
        return attempt

    def __len__(self) -> int:
        return len(self.sent)

    def __iter__(self) -> Iterator[Mail]:
        return iter(self.sent)


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


@pytest.fixture
def run(app, db, clock, outbox, monkeypatch) -> Callable[..., None]:
    """Run the reminders as the scheduler would, in a context of their own; given a day, at nine o'clock on it."""
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")

    def run(day: date | None = None, hour: int = 9, minute: int = 0) -> None:
        if day is not None:
            clock.set(day, hour, minute)
        db.session.commit()
        db.session.expire_all()  # what the test holds is read anew afterwards
        with app.app_context():
            reminders.run(outbox)

    return run
