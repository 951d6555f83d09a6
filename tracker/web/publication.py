"""Where what is missing for a plan's publication is completed."""

from flask import url_for

from tracker.domain.permissions import Act
from tracker.domain.publication import Element, Gap
from tracker.web import access


def page_of(gap: Gap) -> str:
    """Return the page on which the person can complete it, else the one that shows where it is missing."""
    if gap.measure_id is not None:
        endpoint = "measures.edit" if access.may_here(Act.EDIT_PLAN) else "measures.show"
        return url_for(endpoint, measure_id=gap.measure_id)
    if access.may_here(Act.IMPORT):
        return url_for("drafts.index")
    return url_for("scores.index" if gap.element == Element.RESULT else "measures.index")
