"""How far a division has come, and what a person has to do."""

from flask import Blueprint, render_template
from flask_babel import gettext

from tracker.domain.figures import Post
from tracker.domain.indicators import INDICATORS
from tracker.queries import directories
from tracker.queries import progress as queries
from tracker.web import access, parts
from tracker.web.days import days_in_view
from tracker.web.loaders import all_plans, plan_in_view, staffed_division_or_404, user_or_404

bp = Blueprint("progress", __name__, url_prefix="/progress")


@bp.get("/divisions/<int:division_id>")
@access.signed_in
def division(division_id: int) -> str:
    """Show a division's figures, and who is in charge of them."""
    days = days_in_view()
    staffed = staffed_division_or_404(division_id, days.day)
    plan = plan_in_view()
    if plan is None:
        return render_template("dashboard/empty.html", title=staffed.division.name)
    found = queries.of_divisions(plan.id, day=days.day, division_ids=[division_id])
    return parts.page(
        "progress/division.html",
        view=parts.View(plan, days),
        figures=found,
        plans=all_plans(),
        indicators=INDICATORS,
        measures=directories.promises(plan.id),
        division=staffed.division,
        posts=[
            (position, holders, found.of_positions(Post(position.id, division_id)).total)
            for position, holders in staffed.posts.items()
        ],
    )


@bp.get("/people/<int:user_id>")
@access.signed_in
def person(user_id: int) -> str:
    """Show what is given to the positions that somebody fills on the day."""
    user = user_or_404(user_id)
    plan = plan_in_view()
    if plan is None:
        return render_template("dashboard/empty.html", title=gettext("Work of %(name)s", name=user.name))
    days = days_in_view()
    filled = user.appointments_on(days.day)
    posts = {
        one: Post(one.position_id, division.id)
        for one in filled
        if (division := one.position.division) and one.position.takes_tasks
    }
    found = queries.of_divisions(plan.id, day=days.day, division_ids={post.division_id for post in posts.values()})
    return parts.page(
        "progress/person.html",
        view=parts.View(plan, days),
        figures=found.of_positions(*posts.values()),
        plans=all_plans(),
        indicators=INDICATORS,
        user=user,
        filled=filled,
        parts={appointment: found.of_positions(post) for appointment, post in posts.items()},
    )
