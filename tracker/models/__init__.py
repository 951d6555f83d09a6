"""Tables. Importing this package makes every one of them known to the database."""

from tracker.models.assessment import Assessment, Finding, Score
from tracker.models.calendar import Festival, Holiday
from tracker.models.change import Change
from tracker.models.channel import ChannelAddress, ChannelStanding, Preference
from tracker.models.closing import Closing
from tracker.models.disclosure import DisclosureAddress, DisclosureItem, FoundPage
from tracker.models.draft import Draft
from tracker.models.event import Event
from tracker.models.evidence import Evidence, EvidenceView, StoredFile
from tracker.models.feed import Feed
from tracker.models.feedback import Feedback
from tracker.models.issue import Issue, IssuedFile, packed_evidence
from tracker.models.lease import Lease
from tracker.models.letter import Letter
from tracker.models.link import Link, LinkCheck, LinkRules
from tracker.models.link_heads import SHOWN as _counted  # noqa: F401  listens as soon as it is imported
from tracker.models.measure import Measure, Step
from tracker.models.notice import Delivery, Message, Notice
from tracker.models.one_time_key import OneTimeKey, ResetRequest
from tracker.models.organization import Division, Organization
from tracker.models.plan import Plan, Round
from tracker.models.position import Appointment, Position
from tracker.models.report_template import ReportTemplate
from tracker.models.second_factor import RecoveryCode, SecondFactor
from tracker.models.sign_in_record import SignInRecord
from tracker.models.task import StepCheck, Task, TaskReport, TaskState
from tracker.models.user import User
from tracker.models.user_session import UserSession
from tracker.models.window import PublicWindow
from tracker.models.work import Work

__all__ = [
    "Appointment", "Assessment", "Change", "ChannelAddress", "ChannelStanding", "Closing", "Delivery",
    "DisclosureAddress", "DisclosureItem", "Division", "Draft", "Event", "Evidence", "EvidenceView", "Feed",
    "Feedback", "Festival", "Finding", "FoundPage", "Holiday", "Issue", "IssuedFile", "Lease", "Letter", "Link",
    "LinkCheck", "LinkRules", "Measure", "Message", "Notice", "OneTimeKey", "Organization", "Plan", "Position",
    "Preference", "PublicWindow", "RecoveryCode", "ReportTemplate", "ResetRequest", "Round", "Score", "SecondFactor",
    "SignInRecord", "Step", "StepCheck", "StoredFile", "Task", "TaskReport", "TaskState", "User", "UserSession",
    "Work", "packed_evidence",
]  # fmt: skip
