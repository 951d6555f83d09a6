"""The ways on which a digest can leave besides e-mail."""

from enum import StrEnum

MAIL = "mail"


class ChannelKind(StrEnum):
    """What kind of address it is: each is entered and checked in its own way."""

    LINE = "line"
    TELEGRAM = "telegram"
    WEBHOOK = "webhook"
    OTHER = "other"  # whatever else the library of channels can reach


def channel_name(address_id: int) -> str:
    """Return the name of the channel that leads to a person's address."""
    return f"address:{address_id}"
