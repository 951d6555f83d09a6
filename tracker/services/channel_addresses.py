"""Addresses beside e-mail: entered and taken out by administrators, sealed in between."""

from datetime import datetime

from sqlalchemy import delete, update

from tracker.domain.changes import ChangeKind
from tracker.domain.channel_addresses import hint
from tracker.domain.channels import ChannelKind, channel_name
from tracker.domain.deliveries import DeliveryState
from tracker.domain.sentences import N_, Refusal
from tracker.extensions import db
from tracker.models import Appointment, ChannelAddress, ChannelStanding, Delivery, User
from tracker.queries import channel_addresses
from tracker.services import changes, organizations, tokens

MOST_ADDRESSES = 5


class AddressKnown(Refusal):
    """The person would be told twice."""

    def __init__(self, label: str) -> None:
        super().__init__(N_("This person already has this address: “%(label)s”."), label=label)


class TooManyAddresses(Refusal):
    """More would be a nuisance."""

    def __init__(self) -> None:
        super().__init__(N_("A person has at most %(count)s channels. Take one out first."), count=MOST_ADDRESSES)


def add(*, user: User, kind: ChannelKind, label: str, address: str, by: Appointment, now: datetime) -> ChannelAddress:
    """
    Add an address that has been read and checked. The record names its kind and label, never the address.

    :raises AddressKnown: if the person has it already
    :raises TooManyAddresses: if the person has as many as anybody may
    """
    organizations.lock(user.organization_id)
    known = channel_addresses.of_user(user.id)
    for other in known:
        if tokens.unseal(other.sealed) == address:
            raise AddressKnown(other.label)
    if len(known) >= MOST_ADDRESSES:
        raise TooManyAddresses()
    row = ChannelAddress(
        user_id=user.id, kind=kind, label=label, hint=hint(address), sealed=tokens.seal(address), created_at=now
    )
    db.session.add(row)
    db.session.flush()
    _record(user, ChangeKind.CHANNEL_ADDED, by=by, now=now, after=_described(row))
    return row


def remove(*, address: ChannelAddress, by: Appointment, now: datetime) -> None:
    """Take an address out, with what still waits for it: nothing leaves on it any more. What was sent stays noted."""
    user, before = address.user, _described(address)
    organizations.lock(user.organization_id)
    db.session.execute(
        update(Delivery)
        .where(Delivery.address_id == address.id, Delivery.state == DeliveryState.WAITING)
        .values(state=DeliveryState.DROPPED)
    )
    # A number may be given again: the next address must not inherit how this one did.
    db.session.execute(delete(ChannelStanding).where(ChannelStanding.channel == channel_name(address.id)))
    db.session.execute(delete(ChannelAddress).where(ChannelAddress.id == address.id))
    db.session.expunge(address)
    _record(user, ChangeKind.CHANNEL_REMOVED, by=by, now=now, before=before)


def opened(address: ChannelAddress) -> str | None:
    """Return where it leads; None where the installation's secret is not the one it was sealed with."""
    return tokens.unseal(address.sealed)


def _described(address: ChannelAddress) -> str:
    return f"{address.kind} · {address.label}"


def _record(user: User, kind: ChangeKind, *, by: Appointment, now: datetime, before: str = "", after: str = "") -> None:
    changes.record(
        organization_id=user.organization_id, kind=kind, by=by, now=now, person=user, before=before, after=after
    )
