"""The demo's looks at watched addresses: a quiet half-year, one page that is gone, one certificate that runs out."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import insert, select

from tracker import clock
from tracker.domain import link_histories, link_schedules
from tracker.domain.calendar import Calendar
from tracker.domain.link_histories import Standing
from tracker.domain.link_judging import judge
from tracker.domain.links import Failure, Frequency, Observation
from tracker.extensions import db
from tracker.models import Link, LinkCheck
from tracker.queries import calendars
from tracker.queries import links as queries
from tracker.queries.links import Seen
from tracker.services.links import FIELDS

LONGEST = timedelta(days=120)
GONE, GONE_FOR = "/procurement/monthly", timedelta(days=9)  # moved when the site was tidied up
RUNS_OUT, LASTS = "/e-service", timedelta(days=12)
DOWN, DOWN_FROM, DOWN_UNTIL = "/complaint", timedelta(days=26), timedelta(days=24)
TEXT = "ข้อมูลที่เปิดเผยต่อประชาชน " * 40


def fill(*, organization_id: int, now: datetime) -> None:
    """Let every watched address have been looked at by the usual rhythm up to a moment, by the rules themselves."""
    calendar = calendars.working_days(organization_id)
    watched = queries.is_watched(Seen(organization_id, clock.local(now).date()))
    rows = [row for link in db.session.scalars(select(Link).where(watched)) for row in _looks(link, calendar, now)]
    if rows:
        db.session.execute(insert(LinkCheck), rows)
    db.session.flush()


def _looks(link: Link, calendar: Calendar, now: datetime) -> list[dict[str, object]]:
    """Return the looks at one address, and leave its row as they say."""
    rows: list[dict[str, object]] = []
    standing, every = Standing(), Frequency.DAILY
    begun = max(link.added_at, now - LONGEST)
    at = link_schedules.regular(key=link.id, every=every, calendar=calendar, now=begun)
    while at <= now:
        seen = _seen(link.url, at, now)
        judgement = judge(seen, today=clock.local(at).date())
        rows.append(
            {
                "link_id": link.id,
                "at": at,
                "verdict": judgement.verdict,
                "cause": judgement.cause,
                "details": judgement.values,
                "status": seen.status,
                "final_url": seen.final_url,
                "took_ms": seen.took_ms,
            }
        )
        standing = link_histories.after(standing, judgement, now=at)
        at = link_schedules.next_look(standing, key=link.id, every=every, calendar=calendar, now=at)
    for name in FIELDS:
        setattr(link, name, getattr(standing, name))
    link.next_check_at = link_schedules.regular(key=link.id, every=every, calendar=calendar, now=now)
    return rows


def _seen(url: str, at: datetime, now: datetime) -> Observation:
    path, ago = urlsplit(url).path, now - at
    if path == DOWN and DOWN_UNTIL <= ago <= DOWN_FROM:
        return Observation(url, failure=Failure.TIMED_OUT, took_ms=20_000)
    status = 404 if path == GONE and ago <= GONE_FOR else 200
    is_pdf = path.endswith(".pdf")
    return Observation(
        url,
        status=status,
        final_url=url,
        took_ms=180 + len(url) * 7 % 400,
        content_type="application/pdf" if is_pdf else "text/html",
        size=240_000 if is_pdf else 38_000,
        title="" if is_pdf else "ข้อมูลที่เปิดเผยต่อประชาชน",
        text="" if is_pdf else TEXT,
        pdf_pages=4 if is_pdf else None,
        pdf_has_text=True if is_pdf else None,
        certificate_ends_on=clock.local(now + LASTS).date() if path == RUNS_OUT else None,
    )
