"""The form in which a division says what came of a task."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import request
from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, HiddenField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from tracker.domain.budgets import read_amount, written_amount
from tracker.domain.sentences import Refusal
from tracker.models import Step, TaskReport
from tracker.services.task_reports import ReportText
from tracker.web.addresses import GREATEST_ID
from tracker.web.filters import sentence
from tracker.web.forms.tasks import text_from
from tracker.web.forms.translated import TranslatedForm

TEXT_LENGTH = 4000
TEXTS = ("result", "obstacles", "suggestions")


def _text(label: str) -> TextAreaField:
    return TextAreaField(label, validators=[Length(max=TEXT_LENGTH)], render_kw={"maxlength": TEXT_LENGTH, "rows": 3})


class TaskReportForm(TranslatedForm):
    """What the follow-up report prints of a task."""

    result = _text(lazy_gettext("What was done"))
    obstacles = _text(lazy_gettext("Problems and obstacles"))
    suggestions = _text(lazy_gettext("Suggestions"))
    budget = StringField(
        lazy_gettext("Budget used (baht)"), validators=[Length(max=40)], render_kw={"inputmode": "decimal"}
    )
    no_budget = BooleanField(lazy_gettext("No budget was used"))
    basis = HiddenField()

    @classmethod
    def of(cls, report: TaskReport | None) -> "TaskReportForm":
        """Return the form filled in with what is saved."""
        saved = ReportText.of(report)
        texts = {name: getattr(saved, name) for name in TEXTS}
        return cls(
            formdata=None,
            **texts,
            budget=written_amount(saved.budget) if saved.budget else "",
            no_budget=saved.budget == 0,
            basis=str(report.revision if report else 0),
        )

    def validate_budget(self, field: StringField) -> None:
        try:
            amount = read_amount(field.data or "")
        except Refusal as refusal:
            raise ValidationError(sentence(refusal.sentence)) from None
        if amount and self.no_budget.data:
            raise ValidationError(gettext("Either an amount or “no budget was used”, not both."))

    def differs_from(self, report: TaskReport | None) -> bool:
        """Return whether anything was typed that is not saved, whether or not it could be."""
        saved = TaskReportForm.of(report)
        return any(
            text_from(str(self[name].data or "")) != text_from(str(saved[name].data or ""))
            for name in (*TEXTS, "budget", "no_budget")
        )

    def text(self) -> ReportText:
        """Return what was written; only a form that is valid has one."""
        texts = {name: text_from(self[name].data or "") for name in TEXTS}
        return ReportText(**texts, budget=Decimal(0) if self.no_budget.data else read_amount(self.budget.data or ""))

    def basis_number(self) -> int:
        """Return the revision that the person began from; what is no number is none that was ever saved."""
        written = self.basis.data or ""
        return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else GREATEST_ID

    def begin_from(self, report: TaskReport | None) -> None:
        """Let the next save replace what is saved now: the person has been shown it."""
        self.basis.data = str(report.revision if report else 0)


@dataclass(frozen=True)
class Ticks:
    """The steps that a person ticked, and those whose tick they took back."""

    ticked: Sequence[Step]
    unticked: Sequence[Step]

    @classmethod
    def sent(cls, steps: Sequence[Step]) -> "Ticks":
        """Read what this person changed: somebody else may have ticked a step since the page was opened."""
        shown, wanted = (set(request.form.getlist(name, type=int)) for name in ("shown", "step"))
        return cls(
            ticked=[step for step in steps if step.id in wanted - shown],
            unticked=[step for step in steps if step.id in shown - wanted],
        )

    def over(self, saved: set[int]) -> set[int]:
        """Return the ids of the steps that are ticked once this is saved."""
        return saved - {step.id for step in self.unticked} | {step.id for step in self.ticked}


NO_TICKS = Ticks((), ())
