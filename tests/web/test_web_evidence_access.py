import io
import itertools

import pytest

from tests.factories import make_evidence, make_measure, make_person, make_plan, make_task
from tests.papers import pdf
from tracker.domain.permissions import Role

SECRET = "เอกสารลับเฉพาะ.jpg"
REVIEWING = {Role.CLERK, Role.EXECUTIVE, Role.AUDITOR}
REPORTING = {Role.HEAD, Role.OFFICER}
WHERE = ("own division", "other division", "other organization")
EVERYWHERE = list(itertools.product(Role, WHERE))


@pytest.fixture
def places(people):
    """A task with evidence in the person's own division, in another one, and in another organization."""
    ours = people.member.user.organization
    theirs = people.stranger.user.organization
    tasks = [make_task(division=division, measure=make_measure()) for division in ours.divisions[:2]]
    tasks.append(make_task(measure=make_measure(plan=make_plan(organization=theirs))))
    return {where: make_evidence(task, title=SECRET) for where, task in zip(WHERE, tasks, strict=True)}


@pytest.fixture
def person(people):
    """Return somebody of a role in the first division of the organization."""
    return lambda role: make_person(role, division=people.member.position.division)


def sees(role, where):
    return where != "other organization" and (role in REVIEWING or (role in REPORTING and where == "own division"))


def changes(role, where):
    return role in REPORTING and where == "own division"


@pytest.mark.parametrize(("role", "where"), EVERYWHERE, ids=str)
def test_who_may_open_what(visit, person, places, role, where):
    visitor, row = visit(person(role)), places[where]

    answers = {visitor.get(f"/evidence/{row.id}/{what}", status=None).status for what in ("file", "preview")}

    hidden = 403 if role == Role.ADMINISTRATOR else 404
    assert answers == {200 if sees(role, where) else hidden}


@pytest.mark.parametrize(("role", "where"), EVERYWHERE, ids=str)
def test_the_pages_name_evidence_to_those_only_who_may_open_it(visit, person, places, role, where):
    visitor, row = visit(person(role)), places[where]

    for address in (f"/tasks/{row.task_id}", f"/tasks/{row.task_id}/evidence"):
        page = visitor.get(address, status=None)
        assert page.status == (404 if where == "other organization" else 200)
        assert (SECRET in page.html) == sees(role, where)
        assert (f"/evidence/{row.id}" in page.html) == sees(role, where)


def test_others_are_told_how_much_there_is(visit, people, places):
    page = visit(people.neighbour).get(f"/tasks/{places['own division'].task_id}")

    assert "แนบหลักฐานไว้ 1 รายการ" in page.main
    assert "เปิดดูได้เฉพาะส่วนราชการเจ้าของงาน" in page.main


def test_the_history_names_evidence_to_those_only_who_may_open_it(visit, people, places):
    task_id = places["own division"].task_id
    member = visit(people.member)
    member.get(f"/tasks/{task_id}")
    member.post(f"/tasks/{task_id}/evidence", {"file": (io.BytesIO(pdf()), "รายชื่อผู้ร้องเรียน.pdf")})

    named = {
        who: "รายชื่อผู้ร้องเรียน" in visit(getattr(people, who)).get(f"/tasks/{task_id}").html
        for who in vars(people)
        if who != "stranger"
    }

    assert {who for who, is_named in named.items() if is_named} == {"member", "clerk", "executive", "auditor"}


SENDING = {
    "attach": "/tasks/{task}/evidence",
    "reuse": "/tasks/{task}/evidence/earlier",
    "replace": "/evidence/{evidence}/versions",
    "withdraw": "/evidence/{evidence}/withdrawal",
}


@pytest.mark.parametrize("act", SENDING)
@pytest.mark.parametrize(("role", "where"), EVERYWHERE, ids=str)
def test_who_may_change_what(visit, person, places, role, where, act):
    visitor, row = visit(person(role)), places[where]
    earlier = make_evidence(
        make_task(division=row.task.division, measure=row.task.measure, due_on=row.task.due_on.replace(day=1))
    )
    data = {
        "attach": {"url": "https://example.go.th/"},
        "reuse": {"evidence": str(earlier.id)},
        "replace": {"file": (io.BytesIO(pdf()), "a.pdf")},
        "withdraw": {"note": "ผิด"},
    }[act]
    visitor.get("/nowhere", status=404)
    address = SENDING[act].format(task=row.task_id, evidence=row.id)

    token = {"csrf_token": visitor.page.token}
    status = visitor.get(address, status=None, method="POST", data=data | token).status

    assert (status == 302) == changes(role, where)
    assert status in {302, 403, 404}


def test_a_file_of_another_division_cannot_be_used_even_if_its_number_is_guessed(visit, people, places):
    own, other = places["own division"], places["other division"]
    visitor = visit(people.member)
    visitor.get(f"/tasks/{own.task_id}")

    visitor.post(f"/tasks/{own.task_id}/evidence/earlier", {"evidence": str(other.id)}, status=404)


def test_the_list_of_earlier_files_is_the_divisions_own(visit, people, places):
    task = make_task(division=people.neighbour.position.division)

    page = visit(people.neighbour).get(f"/tasks/{task.id}/evidence/earlier")

    assert page.html.count(SECRET) == 2  # the other division's one: its link and its button's words


def test_whoever_leaves_the_division_sees_its_evidence_no_more(visit, people, places, clock):
    officer = make_person(Role.OFFICER, division=people.member.position.division, ends_on=clock.today)
    row = places["own division"]
    visit(officer).get(f"/evidence/{row.id}/file")

    clock.advance(days=1)

    assert visit(officer).get(f"/evidence/{row.id}/file", status=None).status != 200
