"""The form of an account."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import StringField

from tracker.domain.names import read_name
from tracker.domain.people import read_username
from tracker.domain.thai import clean
from tracker.models import User
from tracker.services.people import Details, read_address
from tracker.web.forms.rules import Follows
from tracker.web.forms.translated import TranslatedForm

AS_TYPED = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class PersonForm(TranslatedForm):
    """Who a person is, under which name they sign in and where they are mailed."""

    name = StringField(
        lazy_gettext("First and last name"), validators=[Follows(read_name)], render_kw={"autocomplete": "off"}
    )
    username = StringField(lazy_gettext("User name"), validators=[Follows(read_username)], render_kw=AS_TYPED)
    email = StringField(
        lazy_gettext("E-mail"), validators=[Follows(read_address)], render_kw=AS_TYPED | {"inputmode": "email"}
    )

    @classmethod
    def of(cls, user: User) -> "PersonForm":
        """Return the form as sent, or filled in from the person."""
        return cls(name=user.name, username=user.username, email=user.email or "")

    def details(self) -> Details:
        """Return what the form asks for."""
        return details_from(self)


def details_from(form: Any) -> Details:
    """Return who a form describes by its fields name, username and email."""
    return Details(
        name=read_name(form.name.data or ""),
        username=read_username(form.username.data or ""),
        email=clean(form.email.data or ""),
    )
