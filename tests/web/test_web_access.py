import time
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

import pytest
from itsdangerous import TimestampSigner

from tests.apps import thrown_away
from tests.clocks import MORNING, TODAY
from tests.factories import (
    People,
    make_address,
    make_closing,
    make_delivery,
    make_evidence,
    make_festival,
    make_holiday,
    make_issue,
    make_measure,
    make_people,
    make_person,
    make_plan,
    make_position,
    make_report_template,
    make_task,
)
from tests.factories_public import make_comment, make_found_page, make_item, make_link, make_public
from tracker.domain.feedback import FeedbackState
from tracker.domain.sign_in import LetterKind, Visit
from tracker.domain.statuses import Status
from tracker.extensions import db as database
from tracker.models import Appointment, Draft, Message
from tracker.services import appointments, feeds, letters, sessions, tasks

EVERYBODY = {"member", "neighbour", "clerk", "administrator", "executive", "auditor"}
# Who may open or send what of their own organization.
MAY = {
    ("GET", "account.show"): EVERYBODY,
    ("POST", "account.change_password"): EVERYBODY,
    ("GET", "admin.index"): {"administrator"},
    ("POST", "appointments.act"): {"administrator"},
    ("GET", "appointments.cover"): {"administrator"},
    ("POST", "appointments.end_cover"): {"administrator"},
    ("POST", "appointments.hand_over"): {"administrator"},
    ("GET", "appointments.holder"): {"administrator"},
    ("GET", "calendar.file"): EVERYBODY,
    ("GET", "calendar.show"): EVERYBODY,
    ("POST", "days_off.add"): {"administrator"},
    ("POST", "days_off.change"): {"administrator"},
    ("POST", "days_off.fill"): {"administrator"},
    ("GET", "days_off.index"): EVERYBODY,
    ("POST", "days_off.remove"): {"administrator"},
    ("GET", "days_off.show"): {"administrator"},
    ("GET", "changes.index"): {"administrator", "auditor"},
    ("POST", "channel_addresses.add"): {"administrator"},
    ("GET", "channel_addresses.index"): {"administrator"},
    ("POST", "channel_addresses.remove"): {"administrator"},
    ("POST", "channel_addresses.test"): {"administrator"},
    ("POST", "closings.close"): {"clerk"},
    ("GET", "closings.file"): EVERYBODY,
    ("GET", "closings.index"): EVERYBODY,
    ("GET", "closings.preview"): {"clerk"},
    ("GET", "closings.show"): EVERYBODY,
    ("GET", "corrections.check"): {"clerk"},
    ("POST", "corrections.create"): {"clerk"},
    ("POST", "corrections.save"): {"clerk"},
    ("GET", "dashboard.show"): EVERYBODY,
    ("GET", "decisions.file"): EVERYBODY,
    ("GET", "decisions.index"): EVERYBODY,
    ("GET", "deliveries.index"): {"administrator"},
    ("GET", "deliveries.letters"): {"administrator"},
    ("POST", "deliveries.again"): {"administrator"},
    ("POST", "deliveries.letter_again"): {"administrator"},
    ("POST", "deliveries.all_again"): {"administrator"},
    ("POST", "deliveries.all_letters_again"): {"administrator"},
    ("POST", "deliveries.try_out"): {"administrator"},
    ("POST", "disclosure_years.begin"): {"clerk"},
    ("GET", "disclosure_years.form"): {"clerk"},
    ("GET", "disclosure_years.show"): {"clerk"},
    ("POST", "disclosure_years.upload"): {"clerk"},
    ("POST", "disclosures.add"): {"clerk"},
    ("POST", "disclosures.add_address"): {"clerk"},
    ("POST", "disclosures.bring_back"): {"clerk"},
    ("POST", "disclosures.change"): {"clerk"},
    ("GET", "disclosures.index"): EVERYBODY,
    ("POST", "disclosures.remove_address"): {"clerk"},
    ("POST", "disclosures.retire"): {"clerk"},
    ("GET", "disclosures.show"): EVERYBODY,
    ("POST", "divisions.add"): {"administrator"},
    ("POST", "divisions.change"): {"administrator"},
    ("POST", "divisions.close"): {"administrator"},
    ("GET", "divisions.index"): {"administrator"},
    ("POST", "divisions.move"): {"administrator"},
    ("POST", "divisions.reopen"): {"administrator"},
    ("GET", "divisions.show"): {"administrator"},
    ("GET", "drafts.index"): {"clerk"},
    ("GET", "drafts.show"): {"clerk"},
    ("POST", "drafts.upload"): {"clerk"},
    ("GET", "evidence.index"): EVERYBODY,
    ("POST", "evidence.add"): {"member"},
    ("GET", "evidence.earlier"): {"member"},
    ("POST", "evidence.reuse"): {"member"},
    ("GET", "evidence.file"): {"member", "clerk", "executive", "auditor"},
    ("GET", "evidence.preview"): {"member", "clerk", "executive", "auditor"},
    ("POST", "evidence.replace"): {"member"},
    ("POST", "evidence.withdraw"): {"member"},
    ("POST", "feedback.erase"): {"clerk", "executive"},
    ("GET", "feedback.index"): EVERYBODY - {"administrator"},
    ("POST", "feedback.settle"): {"clerk", "executive"},
    ("GET", "feedback.show"): EVERYBODY - {"administrator"},  # the measure is every division's
    ("GET", "feeds.index"): EVERYBODY,
    ("POST", "feeds.create"): {"member", "neighbour"},  # the calendar is the person's own
    ("POST", "feeds.revoke"): {"member"},  # the address is the member's
    ("POST", "festivals.change"): {"administrator"},
    ("GET", "festivals.show"): {"administrator"},
    ("GET", "forecasts.index"): {"clerk", "administrator"},
    ("POST", "found_pages.ask"): {"clerk"},
    ("GET", "found_pages.form"): {"clerk"},
    ("GET", "found_pages.show"): {"clerk"},
    ("POST", "found_pages.take"): {"clerk"},
    ("POST", "invitations.create"): {"administrator"},
    ("GET", "indicators.show"): EVERYBODY,
    ("GET", "invitations.printed"): {"administrator"},
    ("POST", "link_rules.change_frequency"): {"clerk"},
    ("POST", "link_rules.change_intranet"): {"administrator"},
    ("GET", "link_rules.show"): EVERYBODY,
    ("POST", "links.check"): {"clerk"},
    ("POST", "links.check_all"): {"clerk"},
    ("GET", "links.history"): EVERYBODY,
    ("GET", "links.index"): EVERYBODY,
    ("GET", "links.show"): EVERYBODY,
    ("GET", "measures.edit"): {"clerk"},
    ("GET", "measures.index"): EVERYBODY,
    ("GET", "measures.show"): EVERYBODY,
    ("POST", "measures.update"): {"clerk"},
    ("GET", "next_plans.show"): {"clerk"},
    ("POST", "next_plans.create"): {"clerk"},
    ("GET", "notices.index"): EVERYBODY,
    ("POST", "notices.read"): {"member"},  # the digest is the member's
    ("POST", "notices.read_all"): EVERYBODY,
    ("POST", "people.add"): {"administrator"},
    ("POST", "people.change"): {"administrator"},
    ("POST", "people.close"): {"administrator"},
    ("GET", "people.index"): {"administrator"},
    ("POST", "people.reopen"): {"administrator"},
    ("GET", "people.show"): {"administrator"},
    ("GET", "plans.edit_rounds"): {"clerk"},
    ("POST", "plans.update_rounds"): {"clerk"},
    ("POST", "positions.abolish"): {"administrator"},
    ("POST", "positions.add"): {"administrator"},
    ("POST", "positions.change"): {"administrator"},
    ("GET", "positions.index"): {"administrator"},
    ("POST", "positions.restore"): {"administrator"},
    ("GET", "positions.show"): {"administrator"},
    ("POST", "positions.vacate"): {"administrator"},
    ("GET", "preferences.show"): EVERYBODY,
    ("GET", "progress.division"): EVERYBODY,
    ("GET", "progress.person"): EVERYBODY,
    ("POST", "preferences.save"): EVERYBODY,
    ("POST", "report_templates.add"): {"clerk", "executive"},
    ("POST", "report_templates.choose"): {"clerk", "executive"},
    ("GET", "report_templates.example"): {"clerk", "executive"},
    ("GET", "report_templates.file"): {"clerk", "executive"},
    ("GET", "report_templates.index"): {"clerk", "executive"},
    ("POST", "report_templates.standard"): {"clerk", "executive"},
    ("GET", "reports.index"): {"clerk", "executive", "auditor"},
    ("POST", "reports.issue"): {"clerk", "executive"},
    ("GET", "reports.preview"): {"clerk", "executive", "auditor"},
    ("GET", "reports.show"): {"clerk", "executive", "auditor"},
    ("POST", "reports.try_again"): {"clerk", "executive"},
    ("GET", "issued_files.show"): {"clerk", "executive", "auditor"},
    ("GET", "reimports.show"): {"clerk"},
    ("POST", "reimports.update"): {"clerk"},
    ("GET", "reminder_rules.show"): EVERYBODY,
    ("POST", "reminder_rules.reset"): {"clerk"},
    ("POST", "reminder_rules.update"): {"clerk"},
    ("GET", "figures.show"): EVERYBODY,
    ("GET", "scores.file"): EVERYBODY,
    ("GET", "scores.index"): EVERYBODY,
    ("GET", "second_factors.show"): EVERYBODY,
    ("POST", "second_factors.begin"): EVERYBODY,
    ("POST", "second_factors.confirm"): EVERYBODY,
    ("POST", "second_factors.end"): EVERYBODY,
    ("GET", "second_factors.recovery_codes"): EVERYBODY,
    ("POST", "second_factors.renew_codes"): EVERYBODY,
    ("POST", "second_factors.reset"): {"administrator"},
    ("POST", "sessions.end"): {"member"},  # the session is the member's
    ("POST", "sessions.end_all"): {"administrator"},
    ("POST", "sessions.end_others"): EVERYBODY,
    ("POST", "selection.change"): {"clerk"},
    ("GET", "selection.of_one"): {"clerk"},
    ("GET", "selection.show"): {"clerk"},
    ("GET", "returned_rows.show"): {"clerk"},
    ("POST", "returned_rows.upload"): {"clerk"},
    ("GET", "sheets.all_closings"): EVERYBODY,
    ("GET", "sheets.all_divisions"): {"administrator"},
    ("GET", "sheets.all_drafts"): {"clerk"},
    ("GET", "sheets.all_evidence"): EVERYBODY,
    ("GET", "sheets.all_items"): EVERYBODY,
    ("GET", "sheets.items_form"): {"clerk"},
    ("GET", "sheets.all_links"): EVERYBODY,
    ("GET", "sheets.all_measures"): EVERYBODY,
    ("GET", "sheets.all_people"): {"administrator"},
    ("GET", "sheets.all_positions"): {"administrator"},
    ("GET", "sheets.all_tasks"): EVERYBODY,
    ("GET", "sheets.comments"): EVERYBODY - {"administrator"},
    ("GET", "sheets.days_off"): EVERYBODY,
    ("GET", "sheets.deliveries"): {"administrator"},
    ("GET", "sheets.failed_rows"): {"clerk"},
    ("GET", "sheets.letters"): {"administrator"},
    ("GET", "sheets.my_work"): EVERYBODY,
    ("GET", "sheets.notices"): EVERYBODY,
    ("GET", "sheets.plan_form"): {"clerk"},
    ("GET", "sheets.record"): {"administrator", "auditor"},
    ("GET", "sheets.reminders"): {"clerk", "administrator"},
    ("GET", "sheets.reviews"): {"clerk", "executive"},
    ("GET", "sheets.whole_plan"): EVERYBODY,
    ("GET", "tasks.index"): EVERYBODY,
    ("GET", "tasks.mine"): EVERYBODY,
    ("POST", "tasks.move"): {"clerk", "executive"},  # the move is an acceptance
    ("GET", "tasks.show"): EVERYBODY,
    ("POST", "task_reports.save"): {"member"},  # the task is the member's division's
    ("GET", "reviews.edit"): {"clerk"},
    ("POST", "reviews.update"): {"clerk"},
    ("GET", "reviews.index"): {"clerk", "executive"},
    ("POST", "reviews.accept_many"): {"clerk", "executive"},
    ("POST", "undo.take_back"): {"member"},  # who did it
    ("GET", "public_evidence.index"): {"clerk"},
    ("POST", "public_evidence.change_many"): {"clerk"},
    ("POST", "public_evidence.change_one"): {"clerk"},
    ("GET", "window_previews.evidence"): {"clerk", "executive"},
    ("GET", "window_previews.measure"): {"clerk", "executive"},
    ("GET", "window_previews.plan"): {"clerk", "executive"},
    ("GET", "windows.index"): {"clerk"},
    ("POST", "windows.name"): {"clerk"},
    ("GET", "windows.show"): {"clerk"},
    ("POST", "windows.change"): {"clerk"},
    ("POST", "windows.close"): {"clerk"},
    ("POST", "windows.open_"): {"clerk"},
}
PUBLIC = {
    ("GET", "api.description"),
    ("GET", "api.index"),
    ("GET", "api.organizations"),
    ("GET", "api.plan"),
    ("GET", "api.plans"),
    ("GET", "api.record"),
    ("GET", "api.records"),
    ("GET", "assets.font"),
    ("GET", "badges.badge"),
    ("GET", "badges.embed"),
    ("GET", "badges.strip"),
    ("GET", "bootstrap.static"),
    ("GET", "feeds.calendar"),
    ("GET", "health.show"),
    ("GET", "one_time_keys.code_form"),
    ("GET", "one_time_keys.follow"),
    ("GET", "one_time_keys.forgotten_form"),
    ("GET", "one_time_keys.password_form"),
    ("GET", "public_data.description"),
    ("GET", "public_data.dictionary_table"),
    ("GET", "public_data.dictionary_values"),
    ("GET", "public_data.explained"),
    ("GET", "public_data.index"),
    ("GET", "public_data.table"),
    ("GET", "public_data.values"),
    ("GET", "public_feed.show"),
    ("GET", "public_ids.indicator"),
    ("GET", "public_ids.measure"),
    ("GET", "public_ids.plan"),
    ("GET", "public_ids.task"),
    ("GET", "public_feedback.form"),
    ("GET", "public_feedback.show"),
    ("GET", "public.evidence"),
    ("GET", "public.index"),
    ("GET", "public.measure"),
    ("GET", "public.organization"),
    ("GET", "public.plan"),
    ("GET", "public.robots"),
    ("GET", "public.share"),
    ("GET", "second_step.show"),
    ("GET", "security.login"),
    ("GET", "security.static"),
    ("GET", "security.verify"),
    ("GET", "static"),
    ("GET", "unsubscribing.show"),
    ("POST", "locales.choose"),
    ("POST", "one_time_keys.ask_reset"),
    ("POST", "one_time_keys.check_code"),
    ("POST", "one_time_keys.set_password"),
    ("POST", "public_feedback.send"),
    ("POST", "second_step.check"),
    ("POST", "security.login"),
    ("POST", "security.logout"),
    ("POST", "security.verify"),
    ("POST", "unsubscribing.stop"),
}
OWN = {
    "selection.change",
    "selection.show",
    "account.show",
    "calendar.show",
    "dashboard.show",
    "figures.show",  # kinds of charts
    "indicators.show",  # its number is the same everywhere
    "preferences.save",
    "preferences.show",
    "second_factors.show",
    "second_factors.end",
    "feeds.create",
    "disclosure_years.show",
    "link_rules.show",
    "windows.index",
    "windows.name",
}  # pages without an id
WITH_ID = sorted(
    (method, endpoint)
    for method, endpoint in MAY
    if endpoint.rpartition(".")[2]
    in {"show", "edit", "update", "read", "edit_rounds", "update_rounds", "move", "save", "accept_many", "take_back"}
    | {"abolish", "act", "change", "close", "cover", "end_cover", "hand_over", "holder", "reopen", "restore", "vacate"}
    | {"check", "division", "person"}
    | {"all_closings", "failed_rows", "whole_plan"}
    | {"try_again"}
    | {"create", "printed", "end", "end_all", "remove", "reset", "of_one", "revoke", "again", "letter_again"}
    and endpoint not in OWN
    or endpoint.startswith(("channel_addresses.", "closings.", "evidence.", "returned_rows."))
    or endpoint in {"report_templates.choose", "report_templates.file", "found_pages.take", "links.history"}
    or endpoint in {f"disclosures.{name}" for name in ("add_address", "bring_back", "remove_address", "retire")}
    or endpoint.startswith(("public_evidence.", "window_previews.", "windows."))
    and endpoint not in OWN
    or endpoint in {"feedback.erase", "feedback.settle"}
)
# What is a person's own, with or without a position.
OWN_ACCOUNT = {
    ("GET", "account.show"),
    ("POST", "account.change_password"),
    ("GET", "second_factors.show"),
    ("POST", "second_factors.begin"),
    ("POST", "second_factors.confirm"),
    ("POST", "second_factors.end"),
    ("GET", "second_factors.recovery_codes"),
    ("POST", "second_factors.renew_codes"),
    ("POST", "sessions.end"),
    ("POST", "sessions.end_others"),
}
MISSING = 987654321
# What the forms ask for at the least: a move, and which deed to take back.
SENT = {"move": "accept", "first": "1", "last": "1", "review": "required", "kind": "plan"}
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@pytest.fixture
def route(app):
    """Return the address of an endpoint for ids of some organization, or for one odd id."""

    def route(endpoint, ids):
        rule = next(iter(app.url_map.iter_rules(endpoint)))
        named = {name: ids[name] if isinstance(ids, dict) else ids for name in rule.arguments}
        address = rule.rule
        for name, value in named.items():
            address = address.replace(f"<int:{name}>", str(value)).replace(f"<{name}>", str(value))
        return address

    return route


def make_rows(person):
    """Make one row of every kind that an address can name, for a person's organization."""
    organization = person.user.organization
    measure = make_measure(plan=make_plan(organization=organization), steps=["ประชุมลับเฉพาะ"])
    task = make_task(measure=measure, status=Status.SUBMITTED)
    tasks.start(task=make_task(measure=make_measure(plan=measure.plan)), by=person, now=MORNING)
    common = {"organization_id": organization.id}
    draft = Draft(
        **common,
        uploaded_at=MORNING,
        file_name="ลับเฉพาะ.txt",
        content=b"",
        report={"organization": "", "assessment_year": None, "plan_year": 2569, "level": "", "figures": [],
                "claims": [], "findings": [], "measures": []},
    )  # fmt: skip
    session, _ = sessions.begin(user=person.user, visit=Visit(), now=MORNING, machine_now=MORNING)
    feed = feeds.make(user=person.user, division=None, visit=Visit(), now=MORNING).feed
    letter = letters.write(LetterKind.PASSWORD_CHANGED, user=person.user, now=MORNING, machine_now=MORNING)
    message = Message(**common, user_id=person.user_id, digest_on=MORNING.date(), created_at=MORNING)
    cover = appointments.appoint(
        user=person.user, position=make_position(organization=organization), starts_on=TODAY, ends_on=TODAY,
        is_acting=True,
    )  # fmt: skip
    other = make_person(organization=organization)
    address = make_address(other, label="ลับเฉพาะ")
    address.sealed = "sealed elsewhere"  # nothing is sent to it
    evidence = make_public(make_evidence(task, title="ลับเฉพาะ.jpg"))
    database.session.add_all([draft, message])
    database.session.flush()
    return {
        "task_id": task.id,
        "measure_id": measure.id,
        "plan_id": measure.plan_id,
        "closing_id": make_closing(measure.plan).id,
        "issue_id": make_issue(measure.plan).id,
        "template_id": make_report_template(organization).id,
        "wanted": "pdf",
        "kind": "plan",
        "draft_id": draft.id,
        "message_id": message.id,
        "address_id": address.id,
        "delivery_id": make_delivery(person, on=TODAY - timedelta(days=1)).id,
        "letter_id": letter.id,
        "evidence_id": evidence.id,
        "key": evidence.public_key,
        "organization": organization.public_name,
        "year": measure.plan.fiscal_year,
        "user_id": other.user_id,
        "division_id": task.division_id,
        "position_id": person.position_id,
        "holiday_id": make_holiday(name="ลับเฉพาะ", organization=organization).id,
        "festival_id": make_festival(organization=organization).id,
        "appointment_id": cover.id,
        "session_id": session.id,
        "feed_id": feed.id,
        **_items_of(organization),
        "feedback_id": make_comment(measure, text="ลับเฉพาะ", state=FeedbackState.HIDDEN).id,
        "number": 1,
        "chart": "matrix",
    }


def _items_of(organization):
    item = make_item(
        organization=organization, links=(make_link("https://example.go.th/ลับเฉพาะ", organization=organization),)
    )
    return {
        "item_id": item.id,
        "link_id": item.addresses[0].link_id,
        "place_id": item.addresses[0].id,
        "page_id": make_found_page(organization=organization).id,
    }


@pytest.fixture(scope="module", autouse=True)
def world(app):
    """Arrange once, for all tests of this file, who there is and what there is: each forgets what it did to it."""
    with thrown_away(app):
        people = make_people()
        ours, theirs = make_rows(people.member), make_rows(people.stranger)
        ids = {field.name: getattr(people, field.name).id for field in fields(People)}
        database.session.commit()
        yield World(ids, ours, theirs)


@dataclass(frozen=True)
class World:
    """The ids of all people by what they are, and of one row of every kind of their organization and of another."""

    people: dict[str, int]
    ours: dict[str, Any]
    theirs: dict[str, Any]


@pytest.fixture
def people(db, world):
    return People(**{who: db.session.get_one(Appointment, id) for who, id in world.people.items()})


@pytest.fixture
def ours(world):
    return world.ours


@pytest.fixture
def theirs(world):
    return world.theirs


def ask(visitor, method, address):
    """Open or send to an address with a valid token, whatever comes of it."""
    if method == "GET":
        return visitor.get(address, status=None)
    token = (visitor.page or visitor.get("/nowhere", status=404)).token
    return visitor.get(address, status=None, method="POST", data={"csrf_token": token} | SENT)


def test_every_address_of_the_site_has_its_row_in_the_table(app):
    known = {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}
    }

    assert known == set(MAY) | PUBLIC


def test_every_address_with_an_id_is_asked_for_ids_of_others(app):
    with_arguments = {rule.endpoint for rule in app.url_map.iter_rules() if rule.arguments}
    files_and_words = {"assets.font", "bootstrap.static", "locales.choose", "security.static", "static"}
    # a number of the assessment, a kind of chart, and secrets
    files_and_words |= {"indicators.show", "figures.show", "report_templates.example"}
    files_and_words |= {"public_feedback.form", "public_feedback.send", "public_feedback.show"}  # of what is open
    # open to everybody, by an organization's name and a year
    files_and_words |= {f"public.{page}" for page in ("evidence", "measure", "organization", "plan", "share")}
    files_and_words |= {"feeds.calendar", "one_time_keys.follow", "unsubscribing.show", "unsubscribing.stop"}
    # what is open to the public, for anybody
    files_and_words |= {name for _, name in PUBLIC if name.startswith(("api.", "badges.", "public_"))}

    assert {endpoint for _, endpoint in WITH_ID} == with_arguments - files_and_words


@pytest.mark.parametrize(("method", "endpoint"), MAY)
def test_exactly_those_are_let_in_whose_position_it_is(visit, people, ours, route, method, endpoint):
    address = route(endpoint, ours)

    answers = {who: ask(visit(getattr(people, who)), method, address).status for who in EVERYBODY}

    assert {who for who, status in answers.items() if status not in {403, 404}} == MAY[method, endpoint]


@pytest.mark.parametrize(("method", "endpoint"), MAY)
def test_without_a_position_nothing_is_open_but_ones_own_account(visit, people, ours, route, method, endpoint):
    people.member.ends_on = TODAY - timedelta(days=1)
    database.session.get_one(Appointment, ours["appointment_id"]).user_id = people.clerk.user_id

    answer = ask(visit(people.member), method, route(endpoint, ours))

    assert (answer.status not in {403, 404}) == ((method, endpoint) in OWN_ACCOUNT)


@pytest.mark.parametrize(("method", "endpoint"), MAY)
def test_whoever_is_not_signed_in_is_led_to_sign_in(visit, ours, route, method, endpoint):
    answer = ask(visit(), method, route(endpoint, ours))

    assert answer.status == 302
    assert answer.response.location.startswith("/sign-in")


@pytest.mark.parametrize(("method", "endpoint"), WITH_ID)
def test_what_belongs_to_another_organization_looks_as_if_it_did_not_exist(
    visit, people, ours, theirs, route, method, endpoint
):
    address, nowhere = route(endpoint, theirs), route(endpoint, MISSING)

    for who in sorted(EVERYBODY):
        visitor = visit(getattr(people, who))
        page, missing = (ask(visitor, method, asked) for asked in (address, nowhere))
        assert page.status in ({404} if who in MAY[method, endpoint] else {403, 404})
        assert (page.status, page.main) == (missing.status, missing.main)
        assert "ลับเฉพาะ" not in page.html


@pytest.mark.parametrize(
    "query", ["division={division}", "measure={measure}", "year=2570", "division={division}&measure={measure}"]
)
def test_filters_show_nothing_of_another_organization(visit, people, query):
    foreign = make_measure(plan=make_plan(2570, rounds=(), organization=people.stranger.user.organization))
    task = make_task(measure=foreign)
    names = {"division": foreign.divisions[0].id, "measure": foreign.id}

    page = visit(people.clerk).get("/tasks?" + query.format(**names), status=None)

    assert f"/tasks/{task.id}" not in page.html
    assert foreign.title not in page.html


ODD = ["0", "-1", "2147483648", "9223372036854775808", "9" * 30, "1.0", "1e3", "x", "1%00", "1%20", "{thai}"]


@pytest.mark.parametrize(("method", "endpoint"), WITH_ID)
def test_an_id_that_cannot_be_is_not_there(visit, people, ours, route, method, endpoint):
    visitor = visit(getattr(people, min(MAY[method, endpoint])))
    thai = {name: str(value).translate(THAI_DIGITS) for name, value in ours.items()}

    for odd in ODD:
        address = route(endpoint, thai if odd == "{thai}" else odd)
        assert ask(visitor, method, address).status == 404, address


# There is nothing behind the first; mail programs send the second, with the signed token of its address; who sends the
# third has no session, and a token of its own.
WITHOUT_TOKEN = {"security.verify", "unsubscribing.stop", "public_feedback.send"}
SENDING = sorted(name for method, name in {*MAY, *PUBLIC} if method == "POST" and name not in WITHOUT_TOKEN)


@pytest.mark.parametrize("endpoint", SENDING)
def test_nothing_is_taken_without_the_token_of_the_session(visit, people, ours, route, endpoint):
    who = min(MAY.get(("POST", endpoint), {"member"}))
    at_the_door = {"security.login", "one_time_keys.set_password", "second_step.check"}
    visitor = visit(None if endpoint in at_the_door else getattr(people, who))
    visitor.get("/nowhere", status=404)
    address = route(endpoint, ours | {"locale": "en"})

    for token in ({}, {"csrf_token": ""}, {"csrf_token": "forged"}):
        page = visitor.get(address, status=400, method="POST", data={"move": "accept"} | token)
        assert page.h1 == "อ่านแบบฟอร์มไม่ได้"
        assert "โปรดย้อนกลับ เปิดหน้าใหม่" in page.main


def test_a_token_of_another_session_is_refused(visit, people, ours):
    strange = visit(people.neighbour).get("/").token
    visitor = visit(people.clerk)
    visitor.get("/")

    visitor.get(
        f"/tasks/{ours['task_id']}/status", status=400, method="POST", data={"move": "accept", "csrf_token": strange}
    )


def test_a_form_that_stays_open_over_lunch_can_still_be_sent(visit, people, ours, monkeypatch):
    visitor = visit(people.clerk)
    visitor.get(f"/tasks/{ours['task_id']}")
    later = int(time.time()) + 4 * 60 * 60
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: later)

    visitor.post(f"/tasks/{ours['task_id']}/status", {"move": "accept"})
