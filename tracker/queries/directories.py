"""What a list of tasks needs to name measures, divisions and positions without asking for each row."""

from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import String, bindparam, cast, null, select, union_all

from tracker.domain.permissions import MAY, Act
from tracker.extensions import db
from tracker.models import Division, Festival, Measure, Position


class Promise(NamedTuple):
    """A measure as lists name it."""

    id: int
    indicator: int
    title: str


class Post(NamedTuple):
    """A position of a division; tasks are given to those that report."""

    id: int
    title: str
    division_id: int
    is_reporting: bool


@dataclass(frozen=True)
class Directory:
    """The names of an organization's divisions and positions, in official order, festivals, and a plan's measures."""

    divisions: dict[int, str]
    posts: dict[int, Post]
    measures: dict[int, Promise]
    closed: frozenset[int] = frozenset()  # divisions that take nothing new; what they did stays
    festivals: dict[str, str] = field(default_factory=dict)  # names by key; of several years the newest counts

    def of_indicator(self, indicator: int) -> tuple[int, ...]:
        """Return the ids of an indicator's measures."""
        return tuple(measure.id for measure in self.measures.values() if measure.indicator == indicator)

    def open_divisions(self) -> dict[int, str]:
        """Return the divisions that tasks can be given to."""
        return {number: name for number, name in self.divisions.items() if number not in self.closed}

    def reporting_posts(self) -> list[Post]:
        """Return the positions that tasks can be given to."""
        return [post for post in self.posts.values() if post.is_reporting]

    def who(self, division_id: int, position_id: int | None) -> str:
        """Return who a task is given to: the division as a whole, or one of its positions."""
        post = self.posts.get(position_id) if position_id else None
        division = self.divisions.get(division_id, "")
        return f"{division} · {post.title}" if post else division


def directory(organization_id: int, plan_id: int) -> Directory:
    """Return the names, in two statements."""
    divisions: dict[int, str] = {}
    posts: dict[int, Post] = {}
    closed: set[int] = set()
    for division_id, name, closed_on, post_id, title, role, abolished_on in db.session.execute(
        _DIVISIONS, {"organization_id": organization_id}
    ):
        divisions[division_id] = name
        if closed_on is not None:
            closed.add(division_id)
        if post_id is not None:
            takes = role in MAY[Act.REPORT] and abolished_on is None and closed_on is None
            posts[post_id] = Post(post_id, title, division_id, takes)
    measures, festivals = _named(organization_id, plan_id)
    return Directory(divisions, posts, measures, frozenset(closed), festivals)


def _named(organization_id: int, plan_id: int) -> tuple[dict[int, Promise], dict[str, str]]:
    """Return the plan's measures and the organization's festivals."""
    rows = db.session.execute(_NAMED, {"organization_id": organization_id, "plan_id": plan_id}).all()
    measures = sorted((Promise(id, number, name) for id, number, key, name in rows if key is None), key=_place)
    festivals = sorted((number, key, name) for _, number, key, name in rows if key is not None)
    return {one.id: one for one in measures}, {key: name for _, key, name in festivals}


def _place(promise: Promise) -> tuple[int, int]:
    return promise.indicator, promise.id


def promises(plan_id: int) -> dict[int, Promise]:
    """Return a plan's measures by their ids, in the order of their indicators."""
    return {row.id: Promise(*row) for row in db.session.execute(_MEASURES, {"plan_id": plan_id})}


# Built once, and of tables rather than entities: every list asks for them.
_division, _position, _measure = Division.__table__, Position.__table__, Measure.__table__
_festival = Festival.__table__
_DIVISIONS = (
    select(
        _division.c.id,
        _division.c.name,
        _division.c.closed_on,
        _position.c.id,
        _position.c.title,
        _position.c.role,
        _position.c.abolished_on,
    )
    .select_from(_division.outerjoin(_position, _position.c.division_id == _division.c.id))
    .where(_division.c.organization_id == bindparam("organization_id"))
    .order_by(_division.c.order, _division.c.id, _position.c.id)
)
_NAMED = union_all(
    select(_measure.c.id, _measure.c.indicator, cast(null(), String).label("key"), _measure.c.title).where(
        _measure.c.plan_id == bindparam("plan_id")
    ),
    select(_festival.c.id, _festival.c.fiscal_year, _festival.c.key, _festival.c.name).where(
        _festival.c.organization_id == bindparam("organization_id")
    ),
)
_MEASURES = (
    select(_measure.c.id, _measure.c.indicator, _measure.c.title)
    .where(_measure.c.plan_id == bindparam("plan_id"))
    .order_by(_measure.c.indicator, _measure.c.id)
)
