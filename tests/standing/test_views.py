import pytest
from sqlalchemy import select

from tests.clocks import MORNING, TODAY
from tests.factories import (
    make_address,
    make_closing,
    make_evidence,
    make_festival,
    make_holiday,
    make_issue,
    make_measure,
    make_people,
    make_person,
    make_plan,
    make_report_template,
    make_task,
)
from tests.factories_public import make_comment, make_found_page, make_item, make_link, make_public, make_window
from tests.pages import Visitor
from tests.statements import count_queries
from tracker.domain.permissions import Role
from tracker.domain.sign_in import Visit
from tracker.extensions import READING
from tracker.models import Letter, Message
from tracker.sample import report_bytes
from tracker.services import drafts, one_time_keys, tokens

STATIC = {"static", "bootstrap.static", "security.static"}
# What these show is personal: that somebody opened it is kept, the one write that opening a page may cause.
RECORDING = {"evidence.file", "evidence.preview", "issued_files.show"}
# Flask-Security shows its form and takes it at one address.
BOTH = {"security.login", "security.verify"}
# What names a row of an organization, and where it is shown to anybody who knows the address.
OWNED = {
    "item_id", "link_id", "page_id", "place_id", "task_id", "measure_id", "plan_id", "closing_id", "issue_id",
    "template_id", "message_id", "address_id", "draft_id", "feedback_id", "evidence_id", "user_id", "division_id",
    "holiday_id", "festival_id", "position_id",
}  # fmt: skip
ANYBODYS = "/public/"
ROLES = ("nobody", "member", "neighbour", "clerk", "administrator", "executive", "auditor", "stranger")


@pytest.fixture(scope="module")
def rules(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in STATIC]


def test_every_view_says_who_may_open_it(app, rules):
    unmarked = {rule.endpoint for rule in rules if not hasattr(app.view_functions[rule.endpoint], "access")}

    assert unmarked == set()


def test_a_view_either_shows_or_changes(rules):
    mixed = {rule.endpoint for rule in rules if not rule.methods <= READING and rule.methods & {"GET", "HEAD"}}

    assert mixed <= BOTH


def test_what_changes_something_is_posted(rules):
    assert {method for rule in rules for method in rule.methods} <= READING | {"POST"}


def test_addresses_are_nouns(rules):
    verbs = {"approve", "create", "delete", "edit_", "get", "list", "new", "remove", "save", "set", "submit", "update"}

    assert [rule.rule for rule in rules if verbs & set(rule.rule.split("/"))] == []


@pytest.fixture
def world(db):
    """One of everything that an address can name, and everybody who may ask for it."""
    people = make_people()
    plan = make_plan()
    task = make_task(measure=make_measure(steps=("ประชุม", "ประกาศ")))
    comment = make_comment(task.measure)
    draft = drafts.keep(content=report_bytes(), file_name="รายงาน.txt", by=people.clerk, now=MORNING)
    told = {"organization_id": plan.organization_id, "digest_on": TODAY, "created_at": MORNING}
    message = Message(user_id=people.member.user_id, **told)
    db.session.add(message)
    db.session.flush()
    one_time_keys.invite(
        user=people.member.user, by=people.administrator.user, visit=Visit(), now=MORNING, machine_now=MORNING
    )
    letter = db.session.scalars(select(Letter)).one()
    link = make_link(organization=plan.organization)
    item = make_item(organization=plan.organization, links=(link,))
    evidence = make_public(make_evidence(task), key="key")
    make_window(plan, takes_feedback=True)
    return people, {
        "item_id": item.id,
        "link_id": link.id,
        "page_id": make_found_page(organization=plan.organization, links=[["O9", link.url]]).id,
        "place_id": item.addresses[0].id,
        "task_id": task.id,
        "measure_id": task.measure_id,
        "plan_id": plan.id,
        "closing_id": make_closing(plan).id,
        "issue_id": make_issue(plan).id,
        "template_id": make_report_template(plan.organization).id,
        "wanted": "pdf",
        "kind": "plan",
        "message_id": message.id,
        "address_id": make_address(people.member).id,
        "draft_id": draft.id,
        "feedback_id": comment.id,
        "receipt": comment.receipt,
        "evidence_id": evidence.id,
        "organization": plan.organization.public_name,
        "year": plan.fiscal_year,
        "key": "key",
        "user_id": people.member.user_id,
        "division_id": task.division_id,
        "holiday_id": make_holiday().id,
        "festival_id": make_festival().id,
        "position_id": people.member.position_id,
        "name": "Sarabun-Regular.ttf",
        "locale": "en",
        "number": 2,
        "chart": "matrix",
        "table": "tasks",
        "item": task.id,
        "token": tokens.unseal(letter.sealed),
    }


@pytest.mark.parametrize("role", ROLES)
def test_opening_a_page_changes_nothing(app, world, clock, rules, role):
    people, arguments = world
    visitor = Visitor(app, getattr(people, role, None))
    readable = [rule for rule in rules if "GET" in rule.methods]

    for rule in readable:
        address = filled(rule, arguments)
        with count_queries() as statements:
            page = visitor.get(address, status=None)
        writes = [w for w in statements.writes if not _is_record(rule, w)]
        assert writes == [], address
        assert page.status < 500, address


@pytest.mark.parametrize("role", [Role.HEAD, Role.CLERK, Role.EXECUTIVE, Role.AUDITOR, Role.ADMINISTRATOR])
def test_what_another_organization_owns_is_not_there(app, world, rules, role):
    people, arguments = world
    there = people.stranger.user.organization
    stranger = make_person(role, organization=there, division=there.divisions[0] if role == Role.HEAD else None)
    visitor = Visitor(app, stranger)
    visitor.get("/account")
    token, found = visitor.page.token, {}

    for rule in rules:
        if rule.arguments & OWNED and not rule.rule.startswith(ANYBODYS):
            for method in rule.methods & {"GET", "POST"}:
                sent = {"data": {"csrf_token": token, "confirmed": "1"}} if method == "POST" else {}
                address = filled(rule, arguments)
                found[method, address] = visitor.get(address, status=None, method=method, **sent).status

    assert {asked: status for asked, status in found.items() if status not in {403, 404}} == {}
    assert 404 in found.values()


def _is_record(rule, statement):
    return rule.endpoint in RECORDING and statement.startswith("INSERT INTO evidence_view")


def test_only_what_shows_evidence_is_marked_as_recording(app):
    marked = {name for name, view in app.view_functions.items() if getattr(view, "is_recording", False)}

    assert marked == RECORDING


def filled(rule, arguments):
    """Return an address for a rule. A new kind of argument has to be added to the world above."""
    assert rule.arguments <= set(arguments), f"The world has nothing for {rule.rule}"
    _, address = rule.build({name: arguments[name] for name in rule.arguments})
    return address
