"""The form that corrects how a measure was read."""

import re
from collections.abc import Sequence
from typing import Any

from flask import request
from flask_babel import lazy_gettext
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget, TextArea

from tracker.domain.links import LinkCheckUse
from tracker.domain.thai import clean
from tracker.models import Measure
from tracker.services.measures import MeasureChange, StepChange, basis_of
from tracker.web.forms.rules import Filled
from tracker.web.forms.translated import TranslatedForm

NEW_STEPS = 1
LONGEST_STEP = 20_000
NO_STEP = 0
ROW_ID = re.compile("[0-9]{1,9}")
LONGEST_WORDS = 500
LONGEST_TITLE = 1000


LINK_CHECK = {
    LinkCheckUse.EVIDENCE: lazy_gettext("attach as evidence"),
    LinkCheckUse.COMPLETION: lazy_gettext("attach, and the month's task is done by it"),
}


class Checkboxes(SelectMultipleField):
    """Several choices, each with a box of its own."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class StepForm(TranslatedForm):
    """One step; blank text takes it out."""

    class Meta(TranslatedForm.Meta):
        csrf = False  # the measure's form has the token

    step_id = HiddenField()
    text = StringField(lazy_gettext("Step"), validators=[Length(max=LONGEST_STEP)], widget=TextArea())
    schedule_words = StringField(
        lazy_gettext("Its own time frame, if it has one"), validators=[Length(max=LONGEST_WORDS)]
    )


class MeasureForm(TranslatedForm):
    """What the clerk may correct of a measure."""

    title = StringField(
        lazy_gettext("Title of the measure"), validators=[Filled(), Length(max=LONGEST_TITLE)], widget=TextArea()
    )
    schedule_words = StringField(lazy_gettext("Time frame"), validators=[Filled(), Length(max=LONGEST_WORDS)])
    divisions = Checkboxes(
        lazy_gettext("Divisions responsible"),
        coerce=int,
        validators=[Filled(lazy_gettext("Choose at least one division."))],
    )
    weight = IntegerField(lazy_gettext("Weight"), validators=[Filled(), NumberRange(1, 100)])
    needs_evidence = BooleanField(lazy_gettext("Evidence is needed before a result is handed in"))
    link_check = SelectField(
        lazy_gettext("The month's check of links"),
        choices=[
            SelectChoice(LinkCheckUse.NONE, lazy_gettext("do not use")),
            *(SelectChoice(use, words) for use, words in LINK_CHECK.items()),
        ],
        default=LinkCheckUse.NONE,
    )
    steps = FieldList(FormField(StepForm))
    basis = HiddenField()

    @classmethod
    def of(cls, measure: Measure) -> "MeasureForm":
        """Return the form as sent, or filled in from the measure with a blank line for a new step."""
        form = cls(**({} if request.form else _values(measure)))
        form.divisions.choices = [(division.id, division.name) for division in measure.plan.organization.open_divisions]
        return form

    def change(self) -> MeasureChange:
        """Return what the form asks for."""
        return MeasureChange(
            title=clean(self.title.data or ""),
            schedule_words=clean(self.schedule_words.data or ""),
            weight=self.weight.data or 1,
            needs_evidence=bool(self.needs_evidence.data),
            link_check=LinkCheckUse(self.link_check.data),
            division_ids=frozenset(self.divisions.data or []),
            steps=_step_changes(self.steps.entries),
            basis=self.basis.data or "",
        )


def _values(measure: Measure) -> dict[str, Any]:
    steps = [
        {"step_id": step.id, "text": step.text, "schedule_words": step.own_schedule_words}
        for step in measure.current_steps
    ]
    return {
        "title": measure.title,
        "schedule_words": measure.schedule_words or measure.time_frame_text,
        "divisions": [division.id for division in measure.divisions],
        "weight": measure.weight,
        "needs_evidence": measure.needs_evidence,
        "link_check": measure.link_check,
        "basis": basis_of(measure),
        "steps": [*steps, *({"step_id": "", "text": "", "schedule_words": ""} for _ in range(NEW_STEPS))],
    }


def _step_changes(entries: Sequence[Field]) -> list[StepChange]:
    return [
        StepChange(
            id=_step_id(entry.form.step_id.data or ""),
            text=clean(entry.form.text.data or ""),
            schedule_words=clean(entry.form.schedule_words.data or ""),
        )
        for entry in entries
    ]


def _step_id(written: str) -> int | None:
    """Return the step's number, None for a new step, and a number that no step has for what is neither."""
    if not written:
        return None
    return int(written) if ROW_ID.fullmatch(written) else NO_STEP
