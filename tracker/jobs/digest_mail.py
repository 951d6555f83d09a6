"""Writing a digest for a channel: a mail, or a few lines for a phone."""

from dataclasses import dataclass, field
from datetime import date

from flask import current_app, render_template
from flask_babel import force_locale, gettext, ngettext

from tracker.channels.mail import Mail
from tracker.domain.digests import Section
from tracker.models import Task
from tracker.queries.digests import Content
from tracker.queries.link_keepers import Use
from tracker.services import unsubscribing

# How many tasks of a section are listed; of the others a mail says how many there are and where.
MOST_LISTED, MOST_NOTED = 12, 3
LISTS: dict[Section, tuple[str, dict[str, str]]] = {
    Section.ESCALATED: ("tasks.index", {"status": "late"}),
    Section.REVIEW: ("reviews.index", {}),
    Section.BLOCKED: ("tasks.index", {"status": "blocked"}),
}  # of what a person has to do the list is the own page
BROKEN_LIST = ("links.index", {"verdict": "broken"})
TO_DO = (Section.RETURNED, Section.LATE, Section.ASSIGNED, Section.COMING, Section.STALLED)


@dataclass(frozen=True)
class Target:
    """The one thing that the digest asks its person to do, and where."""

    words: str
    endpoint: str
    arguments: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One section as it is written: its heading, the tasks listed, how many there are in all, and where."""

    section: Section
    title: str
    tasks: list[Task]
    count: int
    all_of_it: tuple[str, dict[str, str]]  # an endpoint with its arguments

    @property
    def more(self) -> int:
        """How many tasks are not listed."""
        return self.count - len(self.tasks)


@dataclass(frozen=True)
class Broken:
    """What nobody can open, as it is written: the uses listed, how many there are in all."""

    uses: list[Use]
    count: int

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.count - len(self.uses)


@dataclass(frozen=True)
class Note:
    """A digest in a few lines, for a telephone."""

    title: str
    text: str


def mail_of(content: Content, *, header_id: str, today: date) -> Mail:
    """Write the mail of a digest, in Thai. Its program can end the mails with one press (RFC 8058)."""
    base_url = current_app.config["SETTINGS"].base_url
    unsubscribe = base_url + str(
        current_app.url_map.bind("").build("unsubscribing.show", {"token": unsubscribing.token_for(content.user)})
    )
    with force_locale("th"):
        values = {
            "content": content,
            "user": content.user,
            "parts": _parts(content, most=MOST_LISTED),
            "names_divisions": not content.count(*TO_DO) or content.divisions > 1,
            "summaries": content.summaries,
            "broken": _broken(content, most=MOST_LISTED),
            "lead": _lead(content),
            "target": _target(content),
            "today": today,
            "base_url": base_url,
            "unsubscribe": unsubscribe,
        }
        return Mail(
            to=content.user.email or "",
            subject=subject_of(content),
            text=render_template("emails/digest.txt", **values),
            html=render_template("emails/digest.html", **values),
            header_id=header_id,
            sender_name=content.user.organization.name,
            headers={"List-Unsubscribe": f"<{unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        )


def note_of(content: Content, *, today: date) -> Note:
    """Write a digest in a few lines, in Thai: what presses most, and where the rest is."""
    with force_locale("th"):
        values = {
            "parts": _parts(content, most=MOST_NOTED),
            "broken": _broken(content, most=MOST_NOTED),
            "comments": content.comments,
            "target": _target(content),
            "today": today,
            "base_url": current_app.config["SETTINGS"].base_url,
        }
        return Note(subject_of(content), render_template("emails/note.txt", **values).strip())


def subject_of(content: Content) -> str:
    """Return in a few words what the digest asks for, in the present language."""
    counted = [
        (content.count(Section.ESCALATED), lambda n: ngettext("%(num)d late", "%(num)d late", n)),
        (content.count(Section.RETURNED), lambda n: ngettext("%(num)d came back", "%(num)d came back", n)),
        (content.count(Section.LATE), lambda n: ngettext("%(num)d overdue", "%(num)d overdue", n)),
        (content.count(Section.ASSIGNED), lambda n: ngettext("%(num)d newly given", "%(num)d newly given", n)),
        (
            content.count(Section.COMING, Section.STALLED),
            lambda n: ngettext("%(num)d coming up", "%(num)d coming up", n),
        ),
        (content.count(Section.REVIEW), lambda n: ngettext("%(num)d to review", "%(num)d to review", n)),
        (content.count(Section.BLOCKED), lambda n: ngettext("%(num)d held up", "%(num)d held up", n)),
    ]
    counted.insert(3, (len(content.broken), _broken_in_words))
    parts = [words(count) for count, words in counted if count]
    if content.comments:
        parts.append(ngettext("%(num)d comment from citizens", "%(num)d comments from citizens", content.comments))
    if any(summary.behind for summary in content.summaries):
        parts.append(gettext("behind the plan"))
    if any(summary.is_weekly for summary in content.summaries):
        parts.append(gettext("summary of the week"))
    return gettext("ITA measures: %(what)s", what=" ".join(parts))


def _broken_in_words(count: int) -> str:
    return ngettext("%(num)d address that cannot be opened", "%(num)d addresses that cannot be opened", count)


def _broken(content: Content, *, most: int) -> Broken:
    return Broken(content.broken[:most], len(content.broken))


def _parts(content: Content, *, most: int) -> list[Part]:
    titles = {
        Section.ESCALATED: gettext("Late and brought to you"),
        Section.RETURNED: gettext("Came back to you"),
        Section.LATE: gettext("Overdue"),
        Section.ASSIGNED: gettext("Newly given to you"),
        Section.COMING: gettext("Coming up"),
        Section.STALLED: gettext("No word for long"),
        Section.REVIEW: gettext("Waiting for your review"),
        Section.BLOCKED: gettext("Held up by an obstacle"),
    }
    return [
        Part(section, titles[section], tasks[:most], len(tasks), LISTS.get(section, ("tasks.mine", {})))
        for section in Section
        if (tasks := content.tasks.get(section))
    ]


def _lead(content: Content) -> str:
    """Return why the person gets this."""
    if content.count(*TO_DO):
        return gettext("You receive this because your position reports on these measures.")
    if content.broken:
        return gettext("You receive this because your position keeps addresses that nobody can open any more.")
    if content.count(Section.REVIEW):
        return gettext("You receive this because your position reviews what the divisions hand in.")
    if content.count(Section.ESCALATED):
        return gettext("You receive this because tasks are so late that your position is told of them.")
    if content.comments and not content.summaries:
        return gettext("You receive this because your position answers what citizens write.")
    if any(summary.behind for summary in content.summaries):
        return gettext("You receive this because a division that you head is behind the plan.")
    return gettext("You receive this because your position follows the plan as a whole.")


def _target(content: Content) -> Target:
    if content.count(*TO_DO):
        return Target(gettext("Report all of it here"), "tasks.mine")
    if content.broken:
        return Target(gettext("See the addresses"), *BROKEN_LIST)
    if content.count(Section.REVIEW):
        return Target(gettext("Review what waits"), "reviews.index")
    if content.comments and not content.count(*Section):
        return Target(gettext("Read what citizens wrote"), "feedback.index")
    if content.summaries and not any(summary.is_weekly for summary in content.summaries):
        return Target(gettext("See your tasks"), "tasks.mine")
    return Target(gettext("See the overview"), "dashboard.show")
