"""Changing many tasks at once: choose, see what will become of which, confirm. One task is a choice of one."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.calendar import Calendar
from tracker.domain.permissions import Act
from tracker.domain.selection import MOST, Hindrance, hindrance
from tracker.domain.sentences import Refusal
from tracker.extensions import db
from tracker.models import Division, Plan, Position
from tracker.queries import calendars, directories, selections, task_list
from tracker.queries.task_list import Row
from tracker.services import assignments
from tracker.web import access, rows, undo
from tracker.web.addresses import back_to
from tracker.web.confirmation import is_confirmed
from tracker.web.filters import weekday
from tracker.web.forms.task_list import narrowing_from
from tracker.web.forms.task_selection import DEEDS, HINDRANCE, Wish, ids_from, offered_days
from tracker.web.loaders import plan_or_404, task_or_404, year_in_view
from tracker.web.problems import Problem, problem_of

bp = Blueprint("selection", __name__)


@dataclass(frozen=True)
class Selection:
    """The tasks that were chosen, all of one plan, and how many that were asked for are not there."""

    plan: Plan | None
    names: directories.Directory
    rows: list[Row]
    missing: int

    @property
    def ids(self) -> list[int]:
        return [row.id for row in self.rows]

    def hindrances(self, wish: Wish | None) -> dict[int, Hindrance]:
        """Return why which tasks stay as they are."""
        found = {}
        for row in self.rows:
            is_same = wish is not None and all(getattr(row, name) == value for name, value in wish.values.items())
            if why := hindrance(status=row.status, placement=row.placement, is_same=is_same):
                found[row.id] = why
        return found


@bp.get("/tasks/selection")
@access.allowed(Act.EDIT_PLAN)
def show() -> Any:
    ids, unreadable = _matching() if request.args.get("every") == "1" else ids_from(request.args)
    return _page(_selection(ids, unreadable), request.args.get("act", ""))


@bp.get("/tasks/<int:task_id>/schedule")
@access.allowed(Act.EDIT_PLAN)
def of_one(task_id: int) -> Any:
    task = task_or_404(task_id)
    return _page(_selection([task.id]), request.args.get("act", "deadline"), leads_to=_page_of(task.id))


@bp.post("/tasks/selection")
@access.allowed(Act.EDIT_PLAN)
def change() -> Any:
    """Show what the change would do; do it once the clerk has seen that."""
    selection, name = _selection(*ids_from(request.form)), request.form.get("act", "")
    if name not in DEEDS:
        abort(400)
    if selection.plan is None:
        return _page(selection, name), 422
    try:
        wish = DEEDS[name].read(request.form, selection.plan, selection.names)
    except Refusal as refusal:
        return _page(selection, name, problem=problem_of(refusal)), 422
    if not is_confirmed(wish.key):
        return _page(selection, name, wish)
    seqs = _carry_out(name, selection, wish)
    _tell(name, selection.plan, seqs)
    return redirect(back_to(request.form.get("next", "")))


def _carry_out(name: str, selection: Selection, wish: Wish) -> range:
    """Do it, and return the events that it made."""
    common: dict[str, Any] = {
        "plan": selection.plan,
        "ids": selection.ids,
        "by": access.actor(Act.EDIT_PLAN),
        "now": clock.now(),
        "note": wish.note,
    }
    if name == "deadline":
        return assignments.move_deadlines(**common, due_on=wish.values["due_on"])
    if name == "assignment":
        position_id = wish.values["position_id"]
        position = db.session.get_one(Position, position_id) if position_id else None
        division = db.session.get_one(Division, wish.values["division_id"])
        return assignments.assign(**common, division=division, position=position)
    return assignments.set_not_applicable_many(**common)


def _tell(name: str, plan: Plan, seqs: range) -> None:
    """Say what was done, and offer to take it back."""
    if seqs:
        undo.offer(plan, events=len(seqs))
        flash(DEEDS[name].done(len(seqs)), "success")
    else:
        flash(
            gettext("Nothing was left to change: every task is already as you want it, or no longer open."), "warning"
        )


def _matching() -> tuple[list[int], int]:
    """
    Return the first tasks that the filter in the address matches.

    One that cannot be read chooses nothing, and neither does the list as of a past day: it is not what would change.
    """
    plan = year_in_view()
    if plan is None:
        return [], 0
    names = directories.directory(access.user().organization_id, plan.id)
    today = clock.today()
    chosen = narrowing_from(request.args, fiscal_year=plan.fiscal_year, names=names, today=today)
    if chosen.problems or chosen.filter.as_of is not None:
        return [], 0
    return list(task_list.ids(plan.id, chosen.filter, today=today, limit=MOST)), 0


def _selection(ids: list[int], unreadable: int = 0) -> Selection:
    if len(ids) > MOST:
        raise assignments.TooMany()
    found = selections.chosen(ids)
    if any(one.organization_id != access.user().organization_id for one in found):
        abort(404)
    if not found:
        return Selection(None, directories.Directory({}, {}, {}), [], len(ids) + unreadable)
    plan = plan_or_404(found[0].plan_id)
    of_plan = [one.row for one in found if one.plan_id == plan.id]
    names = directories.directory(plan.organization_id, plan.id)
    return Selection(plan, names, of_plan, len(ids) + unreadable - len(of_plan))


def _page(
    selection: Selection, name: str, wish: Wish | None = None, problem: Problem | None = None, leads_to: str = ""
) -> str:
    why = selection.hindrances(wish)
    changing = [row for row in selection.rows if row.id not in why]
    day = wish.values.get("due_on") if wish else None
    return render_template(
        "tasks/selection.html",
        selection=selection,
        name=name if name in DEEDS else "",
        deeds=DEEDS,
        wish=wish,
        problem=problem,
        written=request.form,
        count=len(changing),
        changing=rows.of_list(changing, selection.names, today=clock.today()),
        staying=[(HINDRANCE[reason], count) for reason, count in Counter(why.values()).items()],
        day_off=_day_off(day) if day else "",
        offers=offered_days(selection.plan.fiscal_year, clock.today()) if selection.plan else {},
        leads_to=leads_to or _leads_to(),
    )


def _day_off(day: date) -> str:
    """Return why the office is closed on a day: the holiday, or the day of the weekend; nothing where it is open."""
    holiday = calendars.holiday_on(access.user().organization_id, day)
    return holiday or ("" if Calendar().is_working_day(day) else weekday(day))


def _leads_to() -> str:
    """Return where to go on afterwards: to the list as it was."""
    asked = request.form.get("next") or request.args.get("next")
    return back_to(asked) if asked else url_for("tasks.index")


def _page_of(task_id: int) -> str:
    return url_for("tasks.show", task_id=task_id)
