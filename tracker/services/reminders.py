"""The ledger of reminders: what is owed becomes one digest a person and day, with a delivery on each channel."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from email.utils import make_msgid
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from tracker.extensions import db
from tracker.models import Delivery, Message, Notice
from tracker.queries.recipients import Reach
from tracker.queries.reminders import Owed


def collect(
    *,
    organization_id: int,
    owed: Sequence[Owed],
    reach: Mapping[int, Reach],
    on: date,
    now: datetime,
    machine_now: datetime,
) -> int:
    """
    Write the digests of a day with everything owed to these people, and return how many.

    The unique constraints make a second digest of the day, or a second notice of the same thing, impossible: of two
    processes that write at once, the second finds the day's digest there and writes nothing.

    :param reach: how each person is told
    """
    people = sorted({one.user_id for one in owed})
    if not people:
        return 0
    rows = [
        {"organization_id": organization_id, "user_id": user_id, "digest_on": on, "created_at": now}
        for user_id in people
    ]
    made = db.session.execute(_insert_new(Message.__table__).returning(Message.id, Message.user_id), rows)
    messages = {user_id: message_id for message_id, user_id in made}
    notices = [vars(one) | {"message_id": messages[one.user_id]} for one in owed if one.user_id in messages]
    if notices:
        db.session.execute(_insert_new(Notice.__table__), notices)
    deliveries = [
        _delivery(message_id, user_id, channel, address_id, on, machine_now)
        for user_id, message_id in messages.items()
        for channel, address_id in reach[user_id].channels.items()
    ]
    if deliveries:
        db.session.execute(_insert_new(Delivery.__table__), deliveries)
    return len(messages)


def _delivery(
    message_id: int, user_id: int, channel: str, address_id: int | None, on: date, machine_now: datetime
) -> dict[str, Any]:
    header_id = make_msgid(idstring=f"{user_id}.{on:%Y%m%d}", domain="ita-tracker")
    return {
        "message_id": message_id,
        "channel": channel,
        "address_id": address_id,
        "header_id": header_id,
        "next_try_at": machine_now,
    }


def _insert_new(table: Any) -> Any:
    """Return an INSERT that leaves out what is there already, as both databases write it."""
    kind = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return kind(table).on_conflict_do_nothing()
