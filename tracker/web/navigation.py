"""What every page of the signed-in shows around its content: the menu and the plan in view."""

from dataclasses import dataclass
from functools import lru_cache

from flask import Flask, current_app, g, request, url_for
from flask_babel import get_locale, gettext

from tracker import clock
from tracker.domain.permissions import Act
from tracker.queries import messages
from tracker.web import access
from tracker.web.addresses import here, path_here, url_path
from tracker.web.locales import LOCALES

# What most people come for; on a phone the other entries are folded away behind one.
FIRST = ("tasks.mine", "reviews.index", "dashboard.show", "notices.index")

# The nouns whose pages belong to the entry of another.
BELONGING = {
    "drafts": {"corrections", "reimports", "returned_rows"},
    "admin": {
        "appointments",
        "changes",
        "channel_addresses",
        "days_off",
        "deliveries",
        "divisions",
        "festivals",
        "invitations",
        "people",
        "positions",
    },
    "dashboard": {"decisions", "indicators", "progress"},
    "disclosures": {"disclosure_years", "found_pages", "link_rules", "links"},
    "measures": {"next_plans"},
    "notices": {"preferences"},
    "reports": {"report_templates"},
    "windows": {"public_evidence", "window_previews"},
}


@dataclass(frozen=True)
class Item:
    """One entry of the menu."""

    title: str
    address: str
    is_here: bool
    count: int = 0
    counts_new: bool = False
    is_first: bool = False


def menu() -> list[Item]:
    """Return the menu of whoever is signed in."""
    if not access.appointments():
        return []
    known = standing()
    counts = {"notices.index": known.unread, "reviews.index": known.waiting}
    if access.may_here(Act.ANSWER_CITIZENS):
        counts["feedback.index"] = known.comments
    return [
        Item(
            title,
            address,
            _is_here(endpoint),
            counts.get(endpoint, 0),
            counts_new=endpoint == "notices.index",
            is_first=endpoint in FIRST,
        )
        for title, endpoint, address, act in _entries(get_locale().language, request.script_root)
        if access.may_here(act)
        and (endpoint != "changes.index" or _reads_record_only())
        and (endpoint != "feedback.index" or known.hears_citizens)
    ]


@lru_cache(maxsize=32)
def _entries(_language: str, _root: str) -> list[tuple[str, str, str, Act]]:
    """
    Return every entry with its address and what one must be allowed to be shown it, found once for all pages.

    In the order of how often they are needed: the day's work, the plan, what the public sees, the keeping of it all.
    """
    entries = [
        (gettext("My work"), "tasks.mine", Act.READ),
        (gettext("Waiting for review"), "reviews.index", Act.REVIEW),
        (gettext("Overview"), "dashboard.show", Act.READ),
        (gettext("Notices"), "notices.index", Act.READ),
        (gettext("Measures"), "measures.index", Act.READ),
        (gettext("All tasks"), "tasks.index", Act.READ),
        (gettext("Calendar"), "calendar.show", Act.READ),
        (gettext("Reports"), "reports.index", Act.READ_REPORTS),
        (gettext("OIT links"), "disclosures.index", Act.READ),
        (gettext("Public page"), "windows.index", Act.PUBLISH),
        (gettext("Citizens"), "feedback.index", Act.READ_CITIZENS),
        (gettext("Import"), "drafts.index", Act.IMPORT),
        (gettext("Administration"), "admin.index", Act.ADMINISTER),
        (gettext("Record of changes"), "changes.index", Act.READ_RECORD),
    ]
    return [(title, endpoint, url_for(endpoint), act) for title, endpoint, act in entries]


def unread() -> int:
    """Return how many notices the signed-in person has not opened."""
    return standing().unread


def standing() -> messages.Standing:
    """Return what every page must know of messages and scheduler, asked once a request."""
    if "standing" not in g:
        organization_id = access.user().organization_id
        g.standing = messages.standing(
            user_id=access.user().id,
            reviews_of=organization_id if access.may_here(Act.REVIEW) else None,
            comments_of=organization_id if access.may_here(Act.READ_CITIZENS) else None,
        )
    return g.standing


def scheduler_is_silent() -> bool:
    """Return whether administrators must be told that no reminder leaves."""
    return access.may_here(Act.ADMINISTER) and standing().is_silent(clock.machine_now())


def mail_down() -> messages.Standing | None:
    """Return how sending mail goes where administrators must be told that none leaves, else None."""
    if not access.may_here(Act.ADMINISTER) or not current_app.config["MAIL_SERVER"]:
        return None
    return standing() if standing().is_mail_down(clock.machine_now()) else None


def _is_here(endpoint: str) -> bool:
    """Return whether the page belongs to this entry: the same noun; of the two lists of tasks, the page itself."""
    if endpoint.startswith("tasks."):
        return request.endpoint == endpoint
    here, noun = (name.partition(".")[0] for name in (request.endpoint or "", endpoint))
    return here == noun or here in BELONGING.get(noun, ())


def _reads_record_only() -> bool:
    """Return whether the record needs an entry of its own: administrators have a page that leads there."""
    return not access.may_here(Act.ADMINISTER)


def register(app: Flask) -> None:
    """Give the menu to the templates."""
    app.jinja_env.globals.update(
        menu=menu,
        here=here,
        path_here=path_here,
        url_path=url_path,
        scheduler_is_silent=scheduler_is_silent,
        mail_down=mail_down,
        today=clock.today,
        locales=LOCALES,
    )
