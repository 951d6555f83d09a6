"""The record of what administrators changed: the kinds of changes and what a hash covers of each."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ChangeKind(StrEnum):
    """
    What is done to divisions, positions, people, the calendar, results, mails, public names, and to the list of items
    that must be open to the public.
    """

    DIVISION_ADDED = "division_added"
    DIVISION_CHANGED = "division_changed"
    DIVISION_MOVED = "division_moved"
    DIVISION_CLOSED = "division_closed"
    DIVISION_REOPENED = "division_reopened"
    POSITION_ADDED = "position_added"
    POSITION_CHANGED = "position_changed"
    POSITION_ABOLISHED = "position_abolished"
    POSITION_RESTORED = "position_restored"
    PERSON_ADDED = "person_added"
    PERSON_CHANGED = "person_changed"
    ACCOUNT_CLOSED = "account_closed"
    ACCOUNT_REOPENED = "account_reopened"
    APPOINTED = "appointed"
    APPOINTMENT_ENDED = "appointment_ended"
    COVER_APPOINTED = "cover_appointed"
    COVER_ENDED = "cover_ended"
    MAIL_SENT_AGAIN = "mail_sent_again"
    MAILS_SENT_AGAIN = "mails_sent_again"
    LINK_RULES_CHANGED = "link_rules_changed"
    CHANNEL_ADDED = "channel_added"
    CHANNEL_REMOVED = "channel_removed"
    DAYS_OFF_ADDED = "days_off_added"
    DAY_OFF_CHANGED = "day_off_changed"
    DAY_OFF_REMOVED = "day_off_removed"
    USUAL_DAYS_ADDED = "usual_days_added"
    FESTIVAL_CHANGED = "festival_changed"
    SCORES_KEPT = "scores_kept"
    PUBLIC_NAME_CHANGED = "public_name_changed"
    ITEM_LIST_BEGUN = "item_list_begun"
    ITEM_LIST_TAKEN_IN = "item_list_taken_in"  # from a workbook
    ITEM_ADDED = "item_added"
    ITEM_CHANGED = "item_changed"
    ITEM_RETIRED = "item_retired"
    ITEM_RESTORED = "item_restored"
    ITEM_ADDRESS_ADDED = "item_address_added"
    ITEM_ADDRESS_REMOVED = "item_address_removed"


@dataclass(frozen=True)
class ChangeEntry:
    """What a hash covers, in this order. The texts are there by their digests only."""

    organization_id: int
    seq: int
    at: datetime
    appointment_id: int | None
    kind: ChangeKind
    division_id: int | None
    position_id: int | None
    user_id: int | None
    before_digest: str
    after_digest: str
