"""What every page of the signed-in shows around its content: the menu and the plan in view."""

from dataclasses import dataclass

from flask import Flask, g, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.permissions import Act
from tracker.queries import messages
from tracker.web import access
from tracker.web.addresses import here, url_path
from tracker.web.locales import LOCALES

# The nouns whose pages belong to the entry "Administration".
ADMINISTERED = frozenset({"appointments", "changes", "divisions", "people", "positions"})


@dataclass(frozen=True)
class Item:
    """One entry of the menu."""

    title: str
    address: str
    is_here: bool
    count: int = 0


def menu() -> list[Item]:
    """Return the menu of whoever is signed in."""
    if not access.appointments():
        return []
    entries = [
        (gettext("My work"), "tasks.mine", 0, True),
        (gettext("Overview"), "dashboard.show", 0, True),
        (gettext("Measures"), "measures.index", 0, True),
        (gettext("All tasks"), "tasks.index", 0, True),
        (gettext("Notices"), "notices.index", unread(), True),
        (gettext("Import"), "drafts.index", 0, access.may_here(Act.IMPORT)),
        (gettext("Administration"), "admin.index", 0, access.may_here(Act.ADMINISTER)),
        (gettext("Record of changes"), "changes.index", 0, _reads_record_only()),
    ]
    return [
        Item(title, url_for(endpoint), _is_here(endpoint), count)
        for title, endpoint, count, is_offered in entries
        if is_offered
    ]


def unread() -> int:
    """Return how many notices the signed-in person has not opened."""
    return standing().unread


def standing() -> messages.Standing:
    """Return what every page must know of messages and scheduler, asked once a request."""
    if "standing" not in g:
        g.standing = messages.standing(user_id=access.user().id)
    return g.standing


def scheduler_is_silent() -> bool:
    """Return whether administrators must be told that no reminder leaves."""
    return access.may_here(Act.ADMINISTER) and standing().is_silent(clock.machine_now())


def _is_here(endpoint: str) -> bool:
    """Return whether the page belongs to this entry: the same noun; of the two lists of tasks, the page itself."""
    if endpoint.startswith("tasks."):
        return request.endpoint == endpoint
    here, noun = (name.partition(".")[0] for name in (request.endpoint or "", endpoint))
    return here == noun or (noun == "admin" and here in ADMINISTERED)


def _reads_record_only() -> bool:
    """Return whether the record needs an entry of its own, for those who have no page that leads there."""
    return access.may_here(Act.READ_RECORD) and not access.may_here(Act.ADMINISTER)


def register(app: Flask) -> None:
    """Give the menu to the templates."""
    app.jinja_env.globals.update(
        menu=menu,
        here=here,
        url_path=url_path,
        scheduler_is_silent=scheduler_is_silent,
        today=clock.today,
        locales=LOCALES,
    )
