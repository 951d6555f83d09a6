"""The forms of addresses beside e-mail: each kind asks for the parts it consists of."""

from flask_babel import lazy_gettext
from wtforms import HiddenField, StringField

from tracker.channels import messengers
from tracker.domain import channel_addresses as rules
from tracker.domain.channels import ChannelKind
from tracker.domain.names import read_name
from tracker.web.forms.people import AS_TYPED
from tracker.web.forms.rules import Follows
from tracker.web.forms.translated import TranslatedForm

LONGEST_LABEL = 60


def _read_webhook(written: str) -> str:
    return messengers.checked(rules.read_webhook(written))


def _read_other(written: str) -> str:
    return messengers.checked(rules.read_other(written))


class _AddressForm(TranslatedForm):
    """What every kind asks for: the label by which people tell their channels apart."""

    kind = HiddenField()
    label = StringField(
        lazy_gettext("What it is called"),
        description=lazy_gettext("Such as “my phone”, “group of the division”. The person sees it in their settings."),
        validators=[Follows(lambda written: read_name(written, longest=LONGEST_LABEL))],
        render_kw={"autocomplete": "off", "maxlength": LONGEST_LABEL},
    )

    def address(self) -> str:
        """Return the address that the form's parts make; only a form that is valid has one."""
        raise NotImplementedError

    def named(self) -> str:
        """Return the label as it is kept."""
        return read_name(self.label.data or "", longest=LONGEST_LABEL)


class LineForm(_AddressForm):
    """A user, group or room that a LINE Official Account writes to."""

    token = StringField(
        lazy_gettext("Channel access token (long-lived)"),
        description=lazy_gettext(
            "From the Messaging API channel of your LINE Official Account, LINE Developers Console."
        ),
        validators=[Follows(rules.read_line_token)],
        render_kw=AS_TYPED,
    )
    to = StringField(
        lazy_gettext("User or group id"),
        description=lazy_gettext("It begins with U, C or R. The person must have added the account as a friend."),
        validators=[Follows(rules.read_line_id)],
        render_kw=AS_TYPED,
    )

    def address(self) -> str:
        return rules.line_address(
            token=rules.read_line_token(self.token.data or ""), to=rules.read_line_id(self.to.data or "")
        )


class TelegramForm(_AddressForm):
    """A chat that a bot writes to."""

    token = StringField(
        lazy_gettext("Token of the bot"),
        description=lazy_gettext("@BotFather gives it when the bot is made."),
        validators=[Follows(rules.read_bot_token)],
        render_kw=AS_TYPED,
    )
    chat = StringField(
        lazy_gettext("Chat id"),
        description=lazy_gettext("A number, or a channel's name with @. The person must have written to the bot once."),
        validators=[Follows(rules.read_chat)],
        render_kw=AS_TYPED,
    )

    def address(self) -> str:
        return rules.telegram_address(
            token=rules.read_bot_token(self.token.data or ""), chat=rules.read_chat(self.chat.data or "")
        )


class WebhookForm(_AddressForm):
    """A service of one's own that takes messages as JSON."""

    url = StringField(
        lazy_gettext("Web address"),
        description=lazy_gettext("Each message is sent there as JSON (POST)."),
        validators=[Follows(_read_webhook)],
        render_kw=AS_TYPED | {"inputmode": "url"},
    )

    def address(self) -> str:
        return _read_webhook(self.url.data or "")


class OtherForm(_AddressForm):
    """Whatever else the library of channels reaches."""

    apprise = StringField(
        lazy_gettext("Address in Apprise's way of writing"),
        description=lazy_gettext("Such as discord://…, slack://…, ntfys://… or workflows://… for Microsoft Teams."),
        validators=[Follows(_read_other)],
        render_kw=AS_TYPED,
    )

    def address(self) -> str:
        return _read_other(self.apprise.data or "")


FORMS: dict[ChannelKind, type[_AddressForm]] = {
    ChannelKind.LINE: LineForm,
    ChannelKind.TELEGRAM: TelegramForm,
    ChannelKind.WEBHOOK: WebhookForm,
    ChannelKind.OTHER: OtherForm,
}


def form_for(kind: ChannelKind) -> _AddressForm:
    """Return the form of a kind, as sent or empty."""
    form = FORMS[kind]()
    form.kind.data = str(kind)
    return form
