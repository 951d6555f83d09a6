"""Small worlds of links, items that must be open to the public, and the public's window."""

import itertools
from datetime import datetime, timedelta

from tests.clocks import MORNING, TODAY
from tests.factories import (
    kept,
    make_closing,
    make_evidence,
    make_measure,
    make_organization,
    make_person,
    make_plan,
    make_task,
)
from tracker.domain.feedback import FeedbackState, HiddenReason
from tracker.domain.links import Cause, Verdict
from tracker.domain.permissions import Role
from tracker.domain.statuses import Status
from tracker.extensions import db
from tracker.models import (
    DisclosureAddress,
    DisclosureItem,
    Division,
    Evidence,
    Feedback,
    FoundPage,
    Link,
    LinkCheck,
    Measure,
    Organization,
    Plan,
    PublicWindow,
)

_receipts = itertools.count(1)


def make_link(
    url: str = "https://example.go.th/oit",
    *,
    organization: Organization | None = None,
    verdict: Verdict = Verdict.UNCHECKED,
    cause: Cause | None = None,
    failing_since: datetime | None = None,
) -> Link:
    """Make an address that is watched and due now."""
    organization = organization or make_organization()
    return kept(
        Link(
            organization_id=organization.id,
            url=url,
            added_at=MORNING,
            next_check_at=MORNING,
            verdict=verdict,
            cause=cause,
            failing_since=failing_since,
            failures=1 if failing_since else 0,
        )
    )


def make_link_check(
    link: Link, *, at: datetime = MORNING, verdict: Verdict = Verdict.OK, cause: Cause | None = None
) -> LinkCheck:
    """Make one look at an address; the address itself stays as it is."""
    return kept(LinkCheck(link_id=link.id, at=at, verdict=verdict, cause=cause, status=200))


def make_division(name: str, *, organization: Organization) -> Division:
    """Add a division behind the others of an organization."""
    return kept(Division(name=name, organization_id=organization.id, order=99))


def make_item(
    number: int = 9,
    *,
    organization: Organization | None = None,
    fiscal_year: int = 2569,
    meaning: str = "",
    division: Division | None = None,
    links: tuple[Link, ...] = (),
) -> DisclosureItem:
    """Make an item that must be open to the public, shown at these addresses."""
    organization = organization or make_organization()
    item = kept(
        DisclosureItem(
            organization_id=organization.id,
            fiscal_year=fiscal_year,
            meaning=meaning or f"own:{number}",
            number=number,
            title=f"ข้อมูลเปิดเผยที่ {number}",
            division_id=division.id if division else None,
        )
    )
    by = make_person(Role.CLERK, organization=organization) if links else None
    for link in links:
        kept(DisclosureAddress(item=item, link=link, added_at=MORNING, added_by_id=by.id if by else 0))
    return item


def make_found_page(
    url: str = "https://example.go.th/ita",
    *,
    organization: Organization | None = None,
    fiscal_year: int = 2569,
    links: list[list[str]] | None = None,
) -> FoundPage:
    """Make a page whose links were asked for; it has been read where there are links."""
    organization = organization or make_organization()
    by = make_person(Role.CLERK, organization=organization)
    return kept(
        FoundPage(
            organization_id=organization.id,
            fiscal_year=fiscal_year,
            url=url,
            asked_at=MORNING,
            asked_by_id=by.id,
            links=links,
        )
    )


def make_window(plan: Plan | None = None, *, is_open: bool = True, **shown: bool) -> PublicWindow:
    """Make the public's window on a plan, open or not."""
    plan = plan or make_plan()
    by = make_person(Role.CLERK, organization=plan.organization)
    published = {"published_at": MORNING, "published_by_id": by.id} if is_open else {}
    return kept(PublicWindow(plan_id=plan.id, organization_id=plan.organization_id, **published, **shown))


def make_open_plan(**shown: bool) -> Plan:
    """Make a plan that is open to the public, with something of everything: late and done, evidence, a closed round."""
    plan = make_plan()
    measure = make_measure(2, plan=plan, steps=["ประชุม", "รายงาน"])
    for number, status in enumerate(Status):
        make_task(measure=measure, status=status, due_on=TODAY + timedelta(days=number - 2))
    late = make_task(measure=make_measure(9, plan=plan), due_on=TODAY - timedelta(days=9))
    make_public(make_evidence(late, title="รายงานการประชุม.jpg"))
    make_closing(plan)
    make_window(plan, **shown)
    return plan


def make_public(evidence: Evidence, *, key: str = "") -> Evidence:
    """Mark evidence public."""
    evidence.public_key = key or f"key{evidence.id:05}"
    evidence.made_public_at, evidence.made_public_by_id = MORNING, evidence.added_by_id
    db.session.commit()
    return evidence


def make_comment(
    measure: Measure | None = None,
    *,
    text: str = "ขอบคุณที่รายงานให้ทราบ",
    state: FeedbackState = FeedbackState.NEW,
    answer: str = "",
    is_answer_shown: bool = False,
    at: datetime = MORNING,
) -> Feedback:
    """Make what a citizen wrote about a measure, as it stands after a moderator."""
    measure = measure or make_measure()
    number = next(_receipts)
    return kept(
        Feedback(
            organization_id=measure.organization_id,
            measure_id=measure.id,
            sent_at=at,
            receipt=f"{number:020}",
            text=text,
            state=state,
            hidden_reason=HiddenReason.OFF_SUBJECT if state == FeedbackState.HIDDEN else None,
            answer=answer,
            is_answer_shown=is_answer_shown,
            answered_at=at if answer else None,
            version=0 if state == FeedbackState.NEW and not answer else 1,
        )
    )
