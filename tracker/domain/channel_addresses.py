"""Addresses beside e-mail as administrators enter them: what each kind consists of, and what is never reached."""

import re
from urllib.parse import parse_qsl, quote, unquote, unquote_plus, urlsplit

from tracker.domain.sentences import N_, Refusal

LONGEST = 1000
LINE = "line"
# Services on the network, by the scheme of their addresses. Whatever runs programs, writes files or shows something on
# this machine is not among them, and neither are mail (it has a way of its own) and text messages that cost money.
SCHEMES = frozenset({
    "tgram", "json", "jsons", "xml", "xmls", "form", "forms", "discord", "slack", "gchat", "matrix", "matrixs",
    "mmost", "mmosts", "ntfy", "ntfys", "gotify", "gotifys", "pover", "signal", "signals", "workflow", "workflows",
    "wxteams", "webex",
})  # fmt: skip
READS_FILES = frozenset({"template", "attach"})  # options that name a file of this machine
_WEB = {"http": "json", "https": "jsons", "json": "json", "jsons": "jsons"}
_SCHEME = re.compile(r"([a-z]+)://", re.IGNORECASE)
_LINE_TOKEN = re.compile(r"[A-Za-z0-9+/=_.-]{20,400}")
_LINE_ID = re.compile(r"[UCR][0-9a-f]{32}")
_BOT_TOKEN = re.compile(r"\d{5,15}:[A-Za-z0-9_-]{20,80}")
_CHAT = re.compile(r"-?\d{1,20}|@[A-Za-z][A-Za-z0-9_]{3,40}")
_SHOWN = 4  # characters


class BadAddress(Refusal):
    """Nothing can be sent there. The sentence never repeats what was typed: it may be a secret."""


def read_line_token(written: str) -> str:
    """
    Return the token of a LINE channel.

    :raises BadAddress: if it cannot be one
    """
    message = N_("This is no channel access token. Copy the long-lived one from the LINE Developers Console.")
    return _matching(_LINE_TOKEN, written, message)


def read_line_id(written: str) -> str:
    """
    Return the id of a LINE user, group or room.

    :raises BadAddress: if it cannot be one
    """
    return _matching(_LINE_ID, written, N_("A LINE id is U, C or R and 32 digits or letters a to f behind it."))


def read_bot_token(written: str) -> str:
    """
    Return the token of a Telegram bot.

    :raises BadAddress: if it cannot be one
    """
    return _matching(_BOT_TOKEN, written, N_("The token of a bot looks like 123456789:AAF… and comes from @BotFather."))


def read_chat(written: str) -> str:
    """
    Return the id of a Telegram chat, or a channel's name.

    :raises BadAddress: if it cannot be one
    """
    return _matching(_CHAT, written, N_("The id of a chat is a number, or a channel's name that begins with @."))


def line_address(*, token: str, to: str) -> str:
    """Return the address of a LINE user, group or room."""
    return f"{LINE}://{quote(token, safe='')}/{to}"


def line_parts(address: str) -> tuple[str, str]:
    """Return the token and the id of an address that `line_address` made."""
    token, _, to = address.removeprefix(f"{LINE}://").partition("/")
    return unquote(token), to


def telegram_address(*, token: str, chat: str) -> str:
    """Return the address of a Telegram chat."""
    return f"tgram://{token}/{chat}"


def read_webhook(written: str) -> str:
    """
    Return the address of a service of one's own that takes messages as JSON; its arguments are kept.

    :raises BadAddress: if it is no web address
    """
    try:
        parts = urlsplit(_line(written))
        is_web = parts.scheme in _WEB and parts.hostname and parts.port != 0
    except ValueError:  # such as a port that is no number
        is_web = False
    if not is_web:
        raise BadAddress(N_("A webhook is a web address that begins with https:// or http://."))
    if parts.scheme.startswith("json"):
        return read_other(written)
    arguments = "&".join(
        f"-{quote(name)}={quote(value)}" for name, value in parse_qsl(parts.query, keep_blank_values=True)
    )
    return f"{_WEB[parts.scheme]}://{parts.netloc}{parts.path}" + (f"?{arguments}" if arguments else "")


def read_other(written: str) -> str:
    """
    Return an address in the way of writing of the library of channels.

    :raises BadAddress: if it leads to something that must not be reached
    """
    address = _line(written)
    found = _SCHEME.match(address)
    scheme = found[1].lower() if found else ""
    if scheme == LINE:
        raise BadAddress(N_("Choose LINE above: it asks for the token and the id one by one."))
    if scheme not in SCHEMES:
        raise BadAddress(
            N_("Such an address cannot be used. It begins with one of: %(schemes)s."),
            schemes=", ".join(f"{name}://" for name in sorted(SCHEMES)),
        )
    if _options(address) & READS_FILES:
        raise BadAddress(N_("An address must not name files: leave “template” and “attach” out."))
    return scheme + address[len(scheme) :]


def hint(address: str) -> str:
    """Return the little of an address by which it is told apart from others: its end, where that gives nothing away."""
    last = address.partition("?")[0].rstrip("/").rpartition("/")[2]
    return f"…{last[-_SHOWN:]}" if len(last) >= 2 * _SHOWN else "…"


def secrets_of(address: str) -> list[str]:
    """Return every part of an address that must not be repeated anywhere, the longest first."""
    body = address.partition("://")[2]
    parts = {body, *re.split(r"[/:@?&=]", body)}
    parts |= {unquote(part) for part in parts}
    return sorted((part for part in parts if len(part) >= _SHOWN), key=len, reverse=True)


def _options(address: str) -> set[str]:
    """Return the names of an address's options as the library reads them: `;` parts them too, and blanks go."""
    pairs = re.split("[&;]", address.partition("?")[2])
    return {unquote_plus(pair.partition("=")[0]).strip().lower() for pair in pairs}


def _line(written: str) -> str:
    """Return what was typed or pasted without blanks around it; what holds others cannot be an address."""
    address = written.strip()
    if not address:
        raise BadAddress(N_("This cannot be left empty."))
    if len(address) > LONGEST or not address.isprintable() or " " in address:
        raise BadAddress(N_("An address is one line without blanks, at most %(count)s characters."), count=LONGEST)
    return address


def _matching(form: re.Pattern[str], written: str, message: str) -> str:
    text = _line(written)
    if not form.fullmatch(text):
        raise BadAddress(message)
    return text
