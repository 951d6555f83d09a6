"""Reading an uploaded document in a process of its own, while whoever sent it watches."""

from sqlalchemy import select

from tracker.documents.reading import apart
from tracker.documents.reading.rows import Tell
from tracker.extensions import begin_reading, db
from tracker.models import Draft, Work
from tracker.services import drafts


def read(work: Work, tell: Tell) -> None:
    """
    Read the draft that the work is about, and keep what was read.

    :raises Refusal: if it cannot be read; whoever sent it is told why
    """
    draft_id = work.subject_id
    begin_reading()
    content, name = db.session.execute(select(Draft.content, Draft.file_name).where(Draft.id == draft_id)).one()
    db.session.rollback()  # nobody waits for the database while the file is read
    drafts.take_reading(draft_id=draft_id, report=apart.read(content, name, tell=tell))
