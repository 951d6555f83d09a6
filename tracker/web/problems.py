"""What is wrong with a form that comes back: each problem in words, with the id of the field that it is about."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from flask import Flask
from wtforms import Field, FieldList, FormField, HiddenField
from wtforms.form import BaseForm
from wtforms.widgets import ListWidget

from tracker.domain.appointments import CoverTooLong, DayHasPassed, EndsBeforeItStarts, TooFarAhead
from tracker.domain.disclosures import NumberTaken
from tracker.domain.divisions import HeadTaken, NameOfClosed, NameTaken
from tracker.domain.issues import DayAhead, Incomplete, ReissueReason
from tracker.domain.passwords import BadPassword
from tracker.domain.people import UsernameTaken
from tracker.domain.sentences import Refusal
from tracker.domain.statuses import ReasonNeeded
from tracker.domain.thai import ChristianYear, UnreadableDate
from tracker.services.appointments import HoldsAlready
from tracker.services.assignments import ClosedDivision, NotReporting, OutsideYear
from tracker.services.passwords import WrongPassword
from tracker.services.people import AddressTaken
from tracker.services.second_factors import WrongCode
from tracker.web.filters import sentence
from tracker.web.forms.corrections import NoFiscalYear
from tracker.web.forms.task_selection import DayMissing, NobodyChosen
from tracker.web.forms.tasks import NoteTooLong

# The field that a refusal is about, wherever a form has it. What is not here is about the whole form.
FIELD_OF: dict[type[Refusal], str] = {
    AddressTaken: "email",
    BadPassword: "password",
    ChristianYear: "due_on",
    ClosedDivision: "whom",
    CoverTooLong: "ends_on",
    DayHasPassed: "starts_on",
    DayMissing: "due_on",
    EndsBeforeItStarts: "ends_on",
    DayAhead: "on",
    HeadTaken: "head_title",
    HoldsAlready: "person",
    NameOfClosed: "name",
    NameTaken: "name",
    NoFiscalYear: "year",
    NobodyChosen: "whom",
    NotReporting: "whom",
    NumberTaken: "number",
    NoteTooLong: "note",
    Incomplete: "accepted",
    OutsideYear: "due_on",
    ReasonNeeded: "note",
    ReissueReason: "note",
    TooFarAhead: "starts_on",
    UnreadableDate: "due_on",
    UsernameTaken: "username",
    WrongCode: "code",
    WrongPassword: "present",
}


class Problem(NamedTuple):
    """A problem in the page's language; without `at` it is about the whole form."""

    text: str
    at: str = ""


def problem_of(refusal: Refusal, at: str | None = None) -> Problem:
    """Return what a rule said, as a problem of the field with the id `at`; None finds the field by what was said."""
    return Problem(sentence(refusal.sentence), FIELD_OF.get(type(refusal), "") if at is None else at)


def problems_of(form: Any, problem: Problem | None) -> list[Problem]:
    """Return everything that is wrong on a page: what its form complains of, and what a rule said of it."""
    found = list(_of_fields(form)) if isinstance(form, BaseForm) else []
    return [problem, *found] if problem else found


def described(field: Field, hint: str = "") -> dict[str, str]:
    """Return the attributes that tie a field to its hint and to what is wrong with it, for who hears the page."""
    ids = [f"{field.id}-hint"] * bool(hint) + [f"{field.id}-problem"] * bool(field.errors)
    return ({"aria-describedby": " ".join(ids)} if ids else {}) | ({"aria-invalid": "true"} if field.errors else {})


def _of_fields(form: BaseForm) -> Iterator[Problem]:
    for field in form:
        if isinstance(field, FieldList):
            for entry in field.entries:
                yield from _of_fields(entry.form) if isinstance(entry, FormField) else _of_field(entry)
        else:
            yield from _of_field(field)


def _of_field(field: Field) -> Iterator[Problem]:
    # Boxes have no element of their own to go to, but their first one; what is hidden has nothing to go to at all.
    at = f"{field.id}-0" if isinstance(field.widget, ListWidget) else field.id
    label = "" if isinstance(field, HiddenField) else str(field.label.text)
    for error in map(str, field.errors):
        yield Problem(error if label in error else f"{label}: {error}", at if label else "")


def register(app: Flask) -> None:
    """Let every page say what is wrong with its form, and every field."""
    app.jinja_env.globals.update(problems_of=problems_of, described=described)
