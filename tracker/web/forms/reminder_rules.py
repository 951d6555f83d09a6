"""The form of a plan's reminder rules."""

from datetime import date

from flask import request
from flask_babel import lazy_gettext
from wtforms import BooleanField, StringField, ValidationError

from tracker.domain.reminder_rules import read_count, read_leads
from tracker.domain.reminders import BadRules, Rules
from tracker.domain.sentences import Refusal
from tracker.web.filters import long_date, sentence
from tracker.web.forms.appointments import DayField
from tracker.web.forms.translated import TranslatedForm
from tracker.web.rule_words import RULE


class CountField(StringField):
    """A whole number in Arabic or Thai digits; `count` is what was read."""

    count: int = 0

    def pre_validate(self, form: object) -> None:
        """
        Read the number.

        :raises ValidationError: if it is none
        """
        try:
            self.count = read_count(self.data or "")
        except Refusal as refusal:
            raise ValidationError(sentence(refusal.sentence)) from None


class LeadsField(StringField):
    """Days before a deadline, such as `30, 7, 1`; `days` is what was read."""

    days: tuple[int, ...] = ()

    def pre_validate(self, form: object) -> None:
        """
        Read the days.

        :raises ValidationError: if one of them is no number
        """
        try:
            self.days = read_leads(self.data or "")
        except Refusal as refusal:
            raise ValidationError(sentence(refusal.sentence)) from None


class ExampleDayField(DayField):
    """The deadline of the example: it is not saved, so it holds up nobody who saves."""

    def pre_validate(self, form: object) -> None:
        if "example" in request.form:
            super().pre_validate(form)


class RulesForm(TranslatedForm):
    """When a plan reminds, and the deadline of the example."""

    leads = LeadsField(RULE["leads"])
    on_the_day = BooleanField(RULE["on_the_day"])
    first_follow_up = CountField(RULE["first_follow_up"])
    follow_up_every = CountField(RULE["follow_up_every"])
    follow_ups = CountField(RULE["follow_ups"])
    first_level = CountField(lazy_gettext("Leadership, level 1"))
    second_level = CountField(lazy_gettext("Leadership, level 2"))
    stalled_after = CountField(RULE["stalled_after"])
    blocked_after = CountField(RULE["blocked_after"])
    behind_by = CountField(RULE["behind_by"])
    weekly = BooleanField(RULE["weekly"])
    due_on = ExampleDayField(lazy_gettext("Deadline of the example"))

    @classmethod
    def of(cls, rules: Rules, *, due_on: date) -> "RulesForm":
        """Return the form as sent, or filled in from the rules."""
        return cls(
            leads=", ".join(map(str, rules.leads)),
            on_the_day=rules.on_the_day,
            first_follow_up=str(rules.first_follow_up),
            follow_up_every=str(rules.follow_up_every),
            follow_ups=str(rules.follow_ups),
            first_level=str(rules.escalations[0]),
            second_level=str(rules.escalations[1]),
            stalled_after=str(rules.stalled_after),
            blocked_after=str(rules.blocked_after),
            behind_by=str(rules.behind_by),
            weekly=rules.weekly,
            due_on=long_date(due_on),
        )

    def complain(self, refusal: BadRules) -> None:
        """Say beside the field what the rules say of it."""
        field = self[refusal.rule]
        field.errors = (*field.errors, sentence(refusal.sentence))

    def rules(self) -> Rules:
        """
        Return the rules that the valid form asks for.

        :raises BadRules: if they would tell nobody anything sensible
        """
        return Rules(
            leads=self.leads.days,
            on_the_day=self.on_the_day.data,
            first_follow_up=self.first_follow_up.count,
            follow_up_every=self.follow_up_every.count,
            follow_ups=self.follow_ups.count,
            escalations=(self.first_level.count, self.second_level.count),
            stalled_after=self.stalled_after.count,
            blocked_after=self.blocked_after.count,
            behind_by=self.behind_by.count,
            weekly=self.weekly.data,
        )
