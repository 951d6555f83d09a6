import re

import pytest
from sqlalchemy import select

from tests.clocks import TODAY
from tests.factories import make_person
from tests.statements import count_queries
from tracker.domain.permissions import Role
from tracker.domain.sign_in import RecordKind
from tracker.models import Feed, SignInRecord
from tracker.queries import feeds as queries
from tracker.services import feeds

PAGE = "/calendar/feeds"


@pytest.fixture
def shown(visit):
    """Make an address on the page and return what is shown of it."""

    def shown(person, division="own"):
        visitor = visit(person)
        visitor.get(PAGE)
        return visitor.post(PAGE, {"division": division}, status=200)

    return shown


def address_of(page):
    return next(field.get("value") for field in page.root.all("input") if field.get("id") == "address")


def choices(page):
    return [option.text for option in page.root.all("option")]


@pytest.mark.parametrize("page", ["/", "/account"])
def test_the_page_is_found_from_ones_work_and_account(visit, people, page):
    assert PAGE in visit(people.member).get(page).links.values()


def test_a_head_may_choose_their_own_work_and_their_division(visit, people):
    assert choices(visit(people.member).get(PAGE)) == ["งานของฉัน", people.member.position.division.name]


@pytest.mark.parametrize("who", ["clerk", "executive"])
def test_the_clerk_and_executives_may_choose_every_division(visit, people, who):
    assert choices(visit(getattr(people, who)).get(PAGE)) == ["สำนักปลัดเทศบาล", "กองคลัง"]


@pytest.mark.parametrize("who", ["administrator", "auditor"])
def test_others_are_told_why_there_is_none(visit, people, who):
    page = visit(getattr(people, who)).get(PAGE)

    assert "ไม่มีปฏิทินสำหรับตำแหน่งของท่าน" in page.main
    assert not page.offers(PAGE)


MAY_FOLLOW = {
    ("member", "own"), ("member", "first"), ("neighbour", "own"), ("neighbour", "second"),
    ("clerk", "first"), ("clerk", "second"), ("executive", "first"), ("executive", "second"),
}  # fmt: skip


@pytest.mark.parametrize("calendar", ["own", "first", "second", "foreign", "x", ""])
@pytest.mark.parametrize("who", ["member", "neighbour", "clerk", "executive", "administrator", "auditor"])
def test_exactly_those_calendars_can_be_had_whose_readers_they_are(visit, people, who, calendar):
    first, second = people.member.user.organization.divisions
    foreign = people.stranger.user.organization.divisions[0]
    named = {"first": str(first.id), "second": str(second.id), "foreign": str(foreign.id)}
    visitor = visit(getattr(people, who))
    visitor.get(PAGE)

    page = visitor.post(PAGE, {"division": named.get(calendar, calendar)}, status=None)

    assert page.status == (200 if (who, calendar) in MAY_FOLLOW else 403)


def test_a_closed_division_is_not_offered(visit, people):
    people.neighbour.position.division.closed_on = TODAY

    assert choices(visit(people.clerk).get(PAGE)) == ["สำนักปลัดเทศบาล"]


def test_the_address_is_shown_this_once(visit, people, shown):
    page = shown(people.member)
    address = address_of(page)

    assert re.fullmatch(r"http://127\.0\.0\.1:8000/calendar/[\w-]{43}\.ics", address)
    assert page.links["เปิดในปฏิทินของเครื่องนี้"] == address.replace("http:", "webcal:")
    assert page.response.headers["Cache-Control"] == "no-store"
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert token not in visit(people.member).get(PAGE).html
    assert token not in visit(people.member).get("/account").html


def test_the_page_says_how_to_use_it_in_the_usual_programs(people, shown):
    page = shown(people.member)

    for program in ("iPhone", "Google Calendar", "Outlook", "Thunderbird"):
        assert program in page.main


def test_an_address_made_on_an_english_page_is_that_of_an_english_calendar(visit, people):
    visitor = visit(people.member)
    visitor.get(PAGE)
    visitor.post("/locale/en", {"next": PAGE})

    assert address_of(visitor.post(PAGE, {"division": "own"}, status=200)).endswith(".ics?lang=en")


def test_ones_addresses_are_listed_and_nobody_elses(visit, people, shown):
    shown(people.member)
    shown(people.clerk, str(people.neighbour.position.division_id))

    (mine,) = visit(people.member).get(PAGE).root.all("ul")[-1].all("li")
    (clerks,) = visit(people.clerk).get(PAGE).root.all("ul")[-1].all("li")
    assert "งานของฉัน สร้างเมื่อ 20 กุมภาพันธ์ 2569 09:00" in mine.text
    assert "กองคลัง" in clerks.text


def test_a_revoked_address_leads_nowhere(visit, db, people, shown):
    path = address_of(shown(people.member)).partition(":8000")[2]
    visit().get(path)
    visitor = visit(people.member)
    visitor.get(PAGE)
    page = visitor.post(f"{PAGE}/{db.session.scalar(select(Feed.id))}/revocation")

    assert page.alerts == ["ยกเลิกที่อยู่ปฏิทินแล้ว ไม่มีผู้ใดอ่านปฏิทินจากที่อยู่นั้นได้อีก"]
    visit().get(path, status=404)
    kinds = db.session.scalars(select(SignInRecord.kind).order_by(SignInRecord.id.desc()).limit(4)).all()
    assert [kind for kind in kinds if kind != RecordKind.SIGNED_IN] == [RecordKind.FEED_REVOKED, RecordKind.FEED_MADE]
    assert "ยกเลิกที่อยู่ปฏิทิน" in visitor.get("/account").main


@pytest.mark.parametrize("who", ["neighbour", "clerk", "administrator", "stranger"])
def test_nobody_revokes_the_address_of_another(visit, db, people, shown, who):
    shown(people.member)
    visitor = visit(getattr(people, who))
    visitor.get("/account")

    visitor.post(f"{PAGE}/{db.session.scalar(select(Feed.id))}/revocation", status=404)
    assert len(queries.of_user(people.member.user_id)) == 1


def test_who_has_too_many_addresses_is_told_so(db, visit, people, shown, monkeypatch):
    monkeypatch.setattr(feeds, "MOST_FEEDS", 1)
    shown(people.member)
    visitor = visit(people.member)
    visitor.get(PAGE)
    page = visitor.post(PAGE, {"division": "own"}, status=422)

    assert "โปรดยกเลิกรายการที่ไม่ได้ใช้ก่อน" in page.alerts[0]
    assert len(queries.of_user(people.member.user_id)) == 1


def test_an_officer_may_choose_their_own_work_and_their_division(visit, people):
    division = people.neighbour.position.division
    officer = make_person(Role.OFFICER, division=division)

    assert choices(visit(officer).get(PAGE)) == ["งานของฉัน", division.name]


def test_the_page_asks_the_same_number_of_times_however_many_there_are(visit, people, shown):
    visitor = visit(people.clerk)
    counts = []
    for _ in range(2):
        shown(people.clerk, str(people.neighbour.position.division_id))
        with count_queries() as heard:
            visitor.get(PAGE)
        counts.append(len(heard))

    # who is signed in, the feeds with their divisions, all divisions, unread notices and last tick for the menu
    assert counts == [4, 4]
