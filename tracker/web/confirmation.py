"""Asking before doing: a page says what will happen, and one button confirms exactly that."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request

from tracker.domain.history import digest
from tracker.extensions import db
from tracker.web.addresses import here

OURS = frozenset({"csrf_token", "confirmed", "shown", "again"})


def is_confirmed(shown: str = "") -> bool:
    """Return whether the button was pressed that confirms what was shown; `shown` tells one showing from another."""
    return "confirmed" in request.form and request.form.get("shown", "") == shown


def is_taken_up_again() -> bool:
    """Return whether the person went back from the page that asks, to change what was typed."""
    return "again" in request.form


@dataclass(frozen=True)
class Check:
    """What one button will do, to whom and from when; what has changed since it was shown is shown anew."""

    title: str
    subject: str
    sentences: Sequence[str]
    button: str
    way_back: str
    was_typed: bool = True  # False: what is sent along no person wrote, so there is nothing to change

    @property
    def key(self) -> str:
        return digest("\n".join(self.sentences))

    @property
    def is_confirmed(self) -> bool:
        return is_confirmed(self.key)

    def page(self) -> str:
        """Return the page that asks and sends what was typed once more; what was tried meanwhile is taken back."""
        db.session.rollback()
        typed = [(name, value) for name, value in request.form.items(multi=True) if name not in OURS]
        return render_template("components/check.html", check=self, action=here(), typed=typed)
