import gzip
import logging
from datetime import date, timedelta

import icalendar
import pytest
from ical.calendar_stream import IcsCalendarStream

from tests.clocks import MORNING, TODAY, at
from tests.factories import make_evidence, make_measure, make_people, make_person, make_plan, make_position, make_task
from tests.pages import Visitor
from tests.statements import count_queries
from tracker.documents.writing import ics
from tracker.domain.permissions import Role
from tracker.domain.sign_in import Visit
from tracker.domain.statuses import Placement, Status
from tracker.extensions import db as database
from tracker.models import Festival
from tracker.services import appointments, assignments, feeds, states, tasks

LATER = MORNING + timedelta(hours=1)


def subscribed(person, division=None):
    """Return the path of a new calendar of a person."""
    made = feeds.make(user=person.user, division=division, visit=Visit(), now=MORNING)
    return f"/calendar/{made.token}.ics"


def events_of(page):
    """Read the answer as another program does, held against what the writing library reads in it."""
    events = IcsCalendarStream.calendar_from_ics(page.html).events
    own = icalendar.Calendar.from_ical(page.response.get_data()).walk("VEVENT")
    assert [str(event["UID"]) for event in own] == [event.uid for event in events]
    return events


@pytest.fixture
def path(people):
    """The calendar of the first division's head."""
    return subscribed(people.member)


@pytest.fixture
def event(visit, path):
    """Return the one event that the calendar shows."""

    def event(address=path):
        (found,) = events_of(visit().get(address))
        return found

    return event


def test_a_calendar_is_read_without_signing_in(visit, task, path):
    page = visit().get(path)

    assert page.response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert page.response.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in page.response.headers


def test_an_event_says_what_is_due_and_leads_to_the_task(task, event):
    found = event()

    assert (found.dtstart, found.dtend) == (TODAY, TODAY + timedelta(days=1))
    assert found.summary == f"{task.measure.title} · สำนักปลัดเทศบาล"
    assert found.description.split("\n") == [
        "ครบกำหนดวันศุกร์ที่ 20 กุมภาพันธ์ 2569",
        "สถานะ: ยังไม่เริ่ม",
        "ตัวชี้วัดที่ 1",
        "สำนักปลัดเทศบาล",
        f"http://127.0.0.1:8000/tasks/{task.id}",
    ]
    assert str(found.url) == f"http://127.0.0.1:8000/tasks/{task.id}"
    assert found.categories == ["ITA", "ตัวชี้วัดที่ 1", "สำนักปลัดเทศบาล"]
    assert (found.status, found.transparency) == ("CONFIRMED", "TRANSPARENT")
    assert [alarm.trigger for alarm in found.alarm] == [timedelta(hours=-15)]


def test_a_calendar_can_be_had_in_english(task, event, path):
    found = event(path + "?lang=en")

    assert found.description.startswith("due on Friday 20 February 2569\nStatus: not started\nIndicator 1")
    assert event(path + "?lang=xx").description == event().description


def test_a_moved_deadline_moves_the_same_event(people, event, task):
    before = event()
    assignments.move_deadlines(plan=task.plan, ids=[task.id], due_on=date(2026, 3, 31), by=people.clerk, now=LATER)
    after = event()

    assert after.uid == before.uid
    assert after.sequence > before.sequence
    assert (after.dtstart, after.last_modified) == (date(2026, 3, 31), LATER)


@pytest.mark.parametrize("due_on", [date(2024, 2, 29), date(2025, 9, 30), date(2025, 10, 1)])
def test_deadlines_at_the_edges_of_months_and_years_stay_on_their_day(people, event, due_on):
    make_task(due_on=due_on)
    if due_on.year == 2024:  # of the year before the last: it is left out
        with pytest.raises(ValueError, match="not enough values"):
            event()
        return

    assert (event().dtstart, event().dtend) == (due_on, due_on + timedelta(days=1))


def test_what_is_done_says_so_and_calls_nobody(people, event, task):
    before = event()
    tasks.submit(task=task, by=people.member, now=LATER, today=TODAY)
    assert event().alarm == []
    tasks.accept(task=task, by=people.clerk, now=LATER + timedelta(hours=1))

    assert event().summary == f"✓ แล้วเสร็จ: {before.summary}"
    assert event().alarm == []
    assert event().sequence > before.sequence


def test_what_is_late_says_so_from_the_next_day_on(clock, event, task):
    before = event()
    clock.set(TODAY + timedelta(days=1), 0, 30)
    after = event()

    assert after.summary == f"▲ เกินกำหนด: {before.summary}"
    assert after.sequence > before.sequence
    assert after.last_modified == at(TODAY + timedelta(days=1), 0)
    assert after.alarm == []


@pytest.mark.parametrize("way", ["retired", "set aside", "given away"])
def test_a_task_that_is_no_longer_there_is_cancelled_for_thirty_days(visit, people, clock, event, path, task, way):
    before = event()
    if way == "retired":
        task.placement = Placement.RETIRED
        states.keep(tasks=[task], now=LATER)
    elif way == "set aside":
        tasks.set_not_applicable(task=task, by=people.clerk, now=LATER, note="ลับเฉพาะ")
    else:
        assignments.assign(
            plan=task.plan, ids=[task.id], division=people.neighbour.position.division, by=people.clerk, now=LATER
        )
    clock.set(TODAY + timedelta(days=30))
    after = event()

    assert (after.uid, after.status, after.alarm) == (before.uid, "CANCELLED", [])
    assert after.sequence > before.sequence
    assert after.description.startswith("ไม่ใช่งานในปฏิทินนี้แล้ว")
    clock.set(TODAY + timedelta(days=31))
    assert events_of(visit().get(path)) == []


def test_what_was_cancelled_before_the_calendar_was_made_is_not_in_it(visit, people, task):
    tasks.set_not_applicable(task=task, by=people.clerk, now=MORNING - timedelta(days=1), note="ไม่มีกรณี")

    assert events_of(visit().get(subscribed(people.member))) == []


def test_nothing_inside_is_told(visit, people, path, task):
    tasks.block(task=task, by=people.member, now=MORNING, note="ลับเฉพาะ")
    task.status_reason = "ลับเฉพาะ"
    make_evidence(task, title="ลับเฉพาะ.jpg")
    for address in (path, subscribed(people.clerk, task.division)):
        page = visit().get(address)
        assert events_of(page)
        assert "ลับเฉพาะ" not in page.html.replace("\r\n ", "")
        assert people.member.user.name not in page.html.replace("\r\n ", "")


def test_the_calendar_of_a_division_shows_what_is_given_to_anybody_in_it(visit, people, task):
    position = make_position(Role.OFFICER, division=task.division)
    assignments.assign(
        plan=task.plan, ids=[task.id], division=task.division, position=position, by=people.clerk,
        now=MORNING - timedelta(hours=1),
    )  # fmt: skip
    officer = make_person(Role.OFFICER, division=task.division)

    assert events_of(visit().get(subscribed(officer))) == []
    (found,) = events_of(visit().get(subscribed(officer, task.division)))
    assert f"สำนักปลัดเทศบาล · {position.title}" in found.description


def test_another_organization_is_never_shown(visit, people, task):
    foreign = people.stranger.user.organization
    theirs = make_task(measure=make_measure(plan=make_plan(organization=foreign)))
    own = make_person(Role.HEAD, division=foreign.divisions[0])
    shown = [
        {event.uid for event in events_of(visit().get(address))}
        for address in (
            subscribed(people.member), subscribed(people.executive, task.division),
            subscribed(own), subscribed(people.stranger, foreign.divisions[0]),
        )
    ]  # fmt: skip

    ours, others = ({f"task-{t.id}.organization-{t.organization_id}@ita-tracker"} for t in (task, theirs))
    assert shown == [ours, ours, others, others]
    assert events_of(visit().get(subscribed(people.stranger, task.division))) == []  # as if it had been written by hand


def test_whoever_hands_a_position_over_has_an_empty_calendar_until_they_act_in_it_again(
    visit, people, clock, path, task
):
    division, position = task.division, people.member.position
    of_division = subscribed(people.member, division)
    successor = make_person(Role.OFFICER, division=people.neighbour.position.division).user
    appointments.hand_over(
        position=position, user=successor, starts_on=TODAY, seen=people.member.id, by=people.administrator, now=LATER,
        today=TODAY,
    )  # fmt: skip

    assert [events_of(visit().get(address)) for address in (path, of_division)] == [[], []]
    appointments.appoint(
        user=people.member.user, position=position, starts_on=TODAY, ends_on=TODAY + timedelta(days=5), is_acting=True
    )
    assert [len(events_of(visit().get(address))) for address in (path, of_division)] == [1, 1]
    clock.set(TODAY + timedelta(days=6))
    assert [events_of(visit().get(address)) for address in (path, of_division)] == [[], []]


def test_the_calendar_of_a_closed_account_is_gone(visit, people, path, task):
    people.member.user.active = False

    visit().get(path, status=404)


@pytest.mark.parametrize("token", ["x", "A" * 43, "ก", "%00", "a" * 5000, "..%2f..", "feeds"])
def test_a_wrong_address_is_a_bare_404_that_begins_no_session(visit, people, token):
    page = visit().get(f"/calendar/{token}.ics", status=404)

    if "%2f" not in token:
        assert page.response.mimetype == "text/plain"
        assert "Set-Cookie" not in page.response.headers


def test_a_program_that_has_the_calendar_already_is_told_so(visit, task, path, monkeypatch):
    headers = visit().get(path).response.headers
    monkeypatch.setattr(ics, "write", lambda _: pytest.fail("It was written nevertheless."))

    for known in (
        {"If-None-Match": headers["ETag"]},
        {"If-None-Match": headers["ETag"].removeprefix("W/")},
        {"If-Modified-Since": headers["Last-Modified"]},
    ):
        page = visit().get(path, status=304, headers=known)
        assert page.response.get_data() == b""
        assert page.response.headers["ETag"] == headers["ETag"]
        assert page.response.headers["Cache-Control"] == "private, no-cache"


def test_a_program_that_takes_compressed_answers_is_told_so_too(visit, task, path):
    for _ in range(20):
        make_task()
    page = visit().get(path, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(page.response.get_data()).startswith(b"BEGIN:VCALENDAR")

    visit().get(path, status=304, headers={"If-None-Match": page.response.headers["ETag"], "Accept-Encoding": "gzip"})


def test_whatever_changes_is_fetched_again(visit, people, clock, task, path):
    headers = visit().get(path).response.headers
    known = [{"If-None-Match": headers["ETag"]}, {"If-Modified-Since": headers["Last-Modified"]}]
    clock.set(TODAY, 10)
    tasks.start(task=task, by=people.member, now=clock.moment)
    for asked in known:
        visit().get(path, headers=asked)

    clock.set(TODAY + timedelta(days=1), 1)  # nobody did anything, but now it is late
    headers = visit().get(path, headers=known[0]).response.headers
    assert headers["Last-Modified"] == "Fri, 20 Feb 2026 17:00:00 GMT"


def test_a_calendar_costs_two_statements_however_many_tasks_there_are(visit, people, path):
    counts = []
    for _ in range(2):
        for status in (Status.NOT_STARTED, Status.DONE):
            make_task(status=status, submitted_by=people.member)
        with count_queries() as heard:
            visit().get(path)
        counts.append(len(heard))

    # the feed with its person and their positions, the tasks
    assert counts == [2, 2]


def test_the_address_stays_out_of_the_log_whatever_breaks(visit, people, path, task, monkeypatch, caplog):
    def breaks(_):
        raise RuntimeError("out of paper")

    monkeypatch.setattr(ics, "write", breaks)
    with caplog.at_level(logging.DEBUG):
        page = visit().get(path, status=500)

    assert "out of paper" in caplog.text
    assert path.removeprefix("/calendar/").removesuffix(".ics") not in caplog.text
    assert page.response.mimetype == "text/plain"


@pytest.fixture
def town(make_app, clock):
    """An application that throttles, with its people."""
    app = make_app({"RATELIMIT_ENABLED": True})
    with app.app_context():
        people = make_people()
        database.session.commit()
        yield app, people


def test_guessing_addresses_has_an_end_and_reading_ones_own_has_none(town):
    app, people = town
    path = subscribed(people.member)

    def ask(address, origin):
        return Visitor(app).get(address, status=None, environ_base={"REMOTE_ADDR": origin})

    assert {ask(path, "10.0.0.2").status for _ in range(125)} == {200}
    assert [ask(f"/calendar/x{number}.ics", "10.0.0.1").status for number in range(121)] == [404] * 120 + [429]
    refused = ask(path, "10.0.0.1")
    assert (refused.status, refused.response.mimetype) == (429, "text/plain")
    assert "Set-Cookie" not in refused.response.headers
    assert int(refused.response.headers["Retry-After"]) > 0
    assert ask(path, "10.0.0.2").status == 200
    assert Visitor(app).get("/sign-in", environ_base={"REMOTE_ADDR": "10.0.0.1"}).status == 200


def test_a_task_before_a_festival_names_it_though_nobody_is_signed_in(people, event):
    make_task(due_on=date(2026, 4, 10)).slot = "festival:songkran"
    festival = {"key": "songkran", "name": "สงกรานต์", "fiscal_year": 2569, "on_day": date(2026, 4, 13)}
    database.session.add(Festival(organization_id=people.member.user.organization_id, **festival))

    assert "ก่อนเทศกาลสงกรานต์" in event().description
