"""Reading the links of a web page for the items that must be open to the public, while whoever asked watches."""

from sqlalchemy import select

from tracker.channels.links import open_page
from tracker.documents.reading import apart
from tracker.documents.reading.rows import Tell
from tracker.extensions import begin_reading, db
from tracker.models import FoundPage, Work
from tracker.queries import links
from tracker.services import found_pages

SECONDS = 60.0  # for reading what was opened
STEPS = 2


def find(work: Work, tell: Tell) -> None:
    """
    Open the page that the work is about, and keep its links.

    :raises Refusal: if it cannot be opened or read; whoever asked is told why
    """
    page_id, organization_id = work.subject_id, work.organization_id
    begin_reading()
    url = db.session.scalars(select(FoundPage.url).where(FoundPage.id == page_id)).one()
    allowed = links.rules(organization_id).intranet_names
    db.session.rollback()  # nobody waits for the database while the page is opened
    tell(0, STEPS)
    page = open_page(url, allowed_hosts=allowed)
    tell(1, STEPS)
    found_pages.keep(page_id=page_id, links=apart.read_links(page.html, url=page.final_url, seconds=SECONDS))
