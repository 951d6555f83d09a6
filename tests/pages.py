"""A visitor of the site who checks every page that comes back."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.markup import Element, parse
from tests.promises import FIELDS, check
from tracker import clock
from tracker.domain.sign_in import Visit
from tracker.extensions import db
from tracker.models import Appointment
from tracker.services import sessions

Data = Mapping[str, Any]


class Page:
    """One answer, read."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code

    @cached_property
    def html(self) -> str:
        return self.response.get_data(as_text=True)

    @cached_property
    def root(self) -> Element:
        return parse(self.html)

    @cached_property
    def text(self) -> str:
        """Every word on the page."""
        return self.root.text

    @property
    def title(self) -> str:
        return " ".join(str(part) for part in self.root.all("title")[0].content).strip()

    @property
    def own_title(self) -> str:
        """The title without the word before it that says that something is wrong."""
        return re.sub("^(ผิดพลาด|Error): ", "", self.title)

    @property
    def problem_summary(self) -> Element | None:
        """What says first what is wrong with the form of the page."""
        return next((e for e in self.root.descendants if "data-problems" in e.attributes), None)

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong with the form of the page, each with the id of the field it leads to, if it does."""
        summary = self.problem_summary
        items = summary.all("li") if summary else []
        return {item.text: (item.all("a") or [Element("a")])[0].get("href").removeprefix("#") for item in items}

    @property
    def h1(self) -> str:
        return self.root.all("h1")[0].text

    @property
    def main(self) -> str:
        """The words of the page itself, without what surrounds it on every page."""
        return self.root.all("main")[0].text

    @property
    def links(self) -> dict[str, str]:
        """Where the words of each link lead."""
        return {link.text: link.get("href") for link in self.root.all("a")}

    @property
    def alerts(self) -> list[str]:
        """What the page says back: results, problems, warnings."""
        said = [
            e for e in self.root.descendants if e.get("role") in {"alert", "status"} and e is not self.problem_summary
        ]
        return [*self.problems, *(e.text for e in said)]

    @property
    def token(self) -> str:
        """The token that any form of the page sends along."""
        tokens = [field.get("value") for field in self.root.all("input") if field.get("name") == "csrf_token"]
        assert tokens, "The page has no form to take a token from."
        return tokens[0]

    def offers(self, action: str, **values: str) -> bool:
        """Return whether a form of the page sends to this address, with a button or hidden field of these values."""
        return any(_sends(form, values) for form in self.root.all("form") if form.get("action") == action)

    def values(self, action: str) -> dict[str, list[str]]:
        """Return what the page's first form to this address would send as it stands, its buttons left out."""
        form = next(form for form in self.root.all("form") if form.get("action") == action)
        sent: dict[str, list[str]] = {}
        for control in form.all(*FIELDS):
            for value in _values(control):
                sent.setdefault(control.get("name"), []).append(value)
        return sent


class Visitor:
    """A person at a browser. Every page is checked as it comes, and each request has a session of its own."""

    def __init__(self, app: Flask, person: Appointment | None = None) -> None:
        self._app = app
        self._client = app.test_client()
        self.page: Page | None = None
        if person is not None:
            self._sign_in(person)

    def get(self, address: str, *, status: int | None = 200, **options: Any) -> Page:
        """Open a page; a status of None takes whatever comes."""
        return self._open(address, status, **options)

    def post(self, address: str, data: Data | None = None, *, status: int = 302, **options: Any) -> Page:
        """Send a form with the token of the page last seen; where the answer leads elsewhere, go there."""
        token = self.page.token if self.page else ""
        page = self._open(address, status, method="POST", data={"csrf_token": token} | dict(data or {}), **options)
        return self.get(page.response.location) if status in {302, 303} else page

    def confirm(self, address: str, data: Data | None = None) -> Page:
        """Send a form that is answered with what it would do, and press the button that confirms it."""
        asked = self.post(address, data, status=200)
        return self.post(address, asked.values(address) | {"confirmed": "1"})

    def _open(self, address: str, status: int | None, **options: Any) -> Page:
        db.session.commit()  # what the test arranged is there …
        db.session.expire_all()  # … and what it holds is read anew afterwards
        with self._app.app_context():
            response = self._client.open(address, buffered=True, **options)
            is_settled = not db.session().in_transaction()
        page = Page(response)
        assert status in {None, page.status}, f"{address} answered {page.status}: {page.html[:2000]}"
        assert is_settled, f"{address} left its transaction open"
        if response.mimetype == "text/html" and not 300 <= page.status < 400:
            check(page)
            self.page = page
        return page

    def _sign_in(self, person: Appointment) -> None:
        """Be signed in without having typed anything."""
        _, token = sessions.begin(
            user=person.user,
            visit=Visit("127.0.0.1", "Chrome · Android"),
            now=clock.now(),
            machine_now=clock.machine_now(),
            is_remembered=True,  # stories take days
        )
        with self._client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True


def _sends(form: Element, values: Data) -> bool:
    return {(control.get("name"), control.get("value")) for control in form.all(*FIELDS, "button")} >= {*values.items()}


def _values(control: Element) -> list[str]:
    if control.tag == "textarea":
        written = "".join(str(part) for part in control.content).replace("\r\n", "\n")
        return [written.removeprefix("\n")]  # a browser leaves out the line end right behind the tag
    if control.tag == "select":
        options = control.all("option")
        chosen = [option for option in options if "selected" in option.attributes]
        return [option.get("value", option.text) for option in chosen or options[:1]]
    if control.get("type") in {"checkbox", "radio"}:
        return [control.get("value", "on")] if "checked" in control.attributes else []
    return [] if control.get("type") in {"submit", "button", "file"} else [control.get("value")]
