from datetime import date, time, timedelta

import pytest

from tests.clocks import MORNING, TODAY
from tests.factories import make_holiday, make_task
from tests.factories_public import make_item, make_link
from tests.statements import count_queries
from tracker.domain.calendar import Calendar
from tracker.domain.channels import ChannelKind
from tracker.domain.links import Verdict
from tracker.models import ChannelAddress, Preference
from tracker.web.forecasts import next_week

MONDAY, TUESDAY = date(2026, 2, 23), date(2026, 2, 24)


@pytest.fixture
def clerk(visit, people):
    return visit(people.clerk)


@pytest.fixture
def task(people):
    """A task of the first division of which its head is told on Monday that 7 days are left."""
    return make_task(due_on=MONDAY + timedelta(days=7))


@pytest.fixture
def of(clerk):
    """Say what the page says of one person."""

    def of(person, on=""):
        page = clerk.get("/reminders", query_string={"on": on})
        return next((box.text for box in page.root.all("section") if person.user.name in box.text), "")

    return of


def test_next_week_begins_with_its_first_working_day():
    assert next_week(TODAY, Calendar()) == MONDAY
    assert next_week(MONDAY, Calendar()) == date(2026, 3, 2)
    assert next_week(TODAY, Calendar(frozenset({MONDAY}))) == TUESDAY


def test_next_monday_is_what_one_sees_first(clerk, task):
    assert "วันจันทร์ที่ 23 กุมภาพันธ์ 2569 1 คน" in clerk.get("/reminders").main


def test_a_person_stands_there_with_position_hour_channel_and_items(of, people, task):
    told = of(people.member)

    assert people.member.position.title in told
    assert "ตั้งแต่ 08:30 น. · อีเมล" in told
    assert "1 รายการ: อีก 7 วันครบกำหนด (1)" in told
    assert task.measure.title in told
    assert "ครบกำหนด 2 มีนาคม 2569" in told


def test_tasks_of_one_measure_and_one_day_are_told_apart(of, people, task):
    task.slot = "month:2026-03"

    assert "ประจำเดือนมีนาคม 2569 · ครบกำหนด 2 มีนาคม 2569" in of(people.member)


def test_who_is_told_nothing_does_not_stand_there(of, people, task):
    assert of(people.neighbour) == ""


def test_what_will_have_been_told_before_is_left_out(of, people, task):
    assert of(people.member, "24 ก.พ. 69") == ""


def test_what_today_still_has_to_tell_is_shown_for_today_only(of, people):
    make_task(due_on=TODAY)

    assert "ถึงวันครบกำหนด" in of(people.member, "20 ก.พ. 69")
    assert "ถึงวันครบกำหนด" not in of(people.member, "23 ก.พ. 69")


def test_a_persons_own_hour_and_channels_are_named(of, people, task, db):
    user_id = people.member.user_id
    db.session.add_all(
        [
            Preference(user_id=user_id, hour=time(10, 15), wants_mail=False),
            ChannelAddress(
                user_id=user_id, kind=ChannelKind.LINE, label="กลุ่มงาน", hint="…1", sealed="x", created_at=MORNING
            ),
            ChannelAddress(
                user_id=user_id,
                kind=ChannelKind.TELEGRAM,
                label="",
                hint="",
                sealed="x",
                created_at=MORNING,
                is_on=False,
            ),
        ]
    )

    told = of(people.member)

    assert "ตั้งแต่ 10:15 น. · LINE (กลุ่มงาน)" in told
    assert "อีเมล" not in told
    assert "Telegram" not in told


def test_somebody_whom_nothing_reaches_is_marked(of, people, task):
    people.member.user.email = None

    assert "ไม่มีช่องทางส่ง" in of(people.member)


def test_somebody_who_pauses_is_told_afterwards(of, people, task, db):
    db.session.add(Preference(user_id=people.member.user_id, paused_from=TODAY, paused_to=date(2026, 2, 27)))

    assert of(people.member) == ""
    assert task.measure.title in of(people.member, on="2 มี.ค. 69")


@pytest.mark.parametrize("on", ["21 ก.พ. 69", "24 ก.พ. 69"])
def test_on_a_closed_day_nothing_is_sent_and_the_next_one_is_offered(clerk, people, on):
    make_holiday(TUESDAY)

    page = clerk.get("/reminders", query_string={"on": on})

    assert "ระบบไม่ส่งแจ้งเตือน" in page.main
    assert [words for words in page.links if words.startswith("ดูวัน")] != []


def test_a_day_without_reminders_says_so(clerk):
    assert "ไม่มีเรื่องที่ต้องแจ้งผู้ใด" in clerk.get("/reminders").main


@pytest.mark.parametrize(
    ("on", "says"),
    [
        ("19 ก.พ. 69", "ผ่านไปแล้ว"),
        ("24 เม.ย. 69", "ภายในสองเดือน"),
        ("จันทร์หน้า", "ไม่ใช่วันที่"),
        ("23/2/2026", "น่าจะเป็น ค.ศ."),
    ],
)
def test_a_day_that_cannot_be_looked_at_is_refused(clerk, on, says):
    page = clerk.get("/reminders", query_string={"on": on}, status=422)

    assert says in page.main
    assert page.values("/reminders")["on"] == [on]


def test_clerk_and_administrator_are_led_there(clerk, visit, people, task):
    assert clerk.get("/measures").links["ดูการแจ้งเตือนล่วงหน้า"] == "/reminders"
    assert "/reminders" in visit(people.administrator).get("/admin").links.values()
    assert "/reminders" not in visit(people.member).get("/measures").links.values()


def test_many_items_take_no_more_statements(clerk, task):
    counts = []
    for _ in range(2):
        with count_queries() as heard:
            clerk.get("/reminders")
        counts.append(len(heard))
        for _ in range(5):
            make_task(due_on=task.due_on)

    assert counts[0] == counts[1]


def test_an_address_that_cannot_be_opened_is_foreseen_once(of, people, task):
    organization = people.member.user.organization
    since = MORNING - timedelta(days=1)
    link = make_link("https://town.example/9", organization=organization, verdict=Verdict.BROKEN, failing_since=since)
    make_item(9, organization=organization, division=people.member.position.division, links=(link,))

    assert "https://town.example/9" in of(people.member, on="20 ก.พ. 69")
    assert "https://town.example/9" not in of(people.member, on="23 ก.พ. 69")
