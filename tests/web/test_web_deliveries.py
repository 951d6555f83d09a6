from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clocks import MORNING, TODAY
from tests.factories import make_delivery, make_people, make_person
from tests.jobs.mail_servers import odd_server, saying
from tests.pages import Visitor
from tests.statements import count_queries
from tracker.domain.channels import ChannelKind
from tracker.domain.deliveries import DeliveryState, Problem
from tracker.domain.sign_in import LetterKind
from tracker.extensions import db as database
from tracker.models import Change, ChannelAddress, ChannelStanding, Lease
from tracker.services import letters
from tracker.web.labels import PROBLEM, REMEDY

DOWN = "จดหมายออกไม่ได้ตั้งแต่"
OTHERS = ["member", "clerk", "executive", "auditor"]


@pytest.fixture
def mail_server(app, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")


@pytest.fixture
def refusing(db, mail_server):
    """Let three different mails in a row have failed."""
    since = MORNING - timedelta(hours=1)
    db.session.add(
        ChannelStanding(
            channel="mail", failures=3, failing_since=since, problem=Problem.SIGN_IN, error="535 for ita@example.org"
        )
    )


@pytest.fixture
def office(visit, people):
    return visit(people.administrator)


@pytest.fixture
def make_letter(people):
    def make_letter(kind=LetterKind.PASSWORD_CHANGED, state=DeliveryState.FAILED, person=None, **values):
        letter = letters.write(kind, user=(person or people.member).user, now=MORNING, machine_now=MORNING, **values)
        letter.state, letter.attempts, letter.problem = state, 1, Problem.ADDRESS
        letter.sealed = letter.sealed if state == DeliveryState.WAITING else None
        database.session.flush()
        return letter

    return make_letter


def rows(page):
    lists = [element for element in page.root.all("ul") if element.get("class") == "devices"]
    return [item.text for item in lists[0].all("li")] if lists else []


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (DeliveryState.WAITING, "รอส่ง"),
        (DeliveryState.SENT, "ส่งแล้ว"),
        (DeliveryState.FAILED, "ส่งไม่สำเร็จ"),
        (DeliveryState.DROPPED, "ไม่จำเป็นต้องส่งแล้ว"),
    ],
)
def test_every_mail_is_listed_with_what_became_of_it(office, people, state, word):
    make_delivery(people.member, state)

    (row,) = rows(office.get("/admin/deliveries"))

    attempts = 0 if state == DeliveryState.WAITING else 1
    assert row.startswith(f"{people.member.user.name} {word} 20 ก.พ. 69 · อีเมล · พยายามส่ง {attempts} ครั้ง")


@pytest.mark.parametrize("problem", Problem)
def test_what_stood_in_the_way_is_said_with_what_to_do(office, people, problem):
    make_delivery(people.member, DeliveryState.FAILED, problem=problem, error="<b>words of the server</b>")

    (row,) = rows(office.get("/admin/deliveries"))

    with office._app.test_request_context():
        assert f"{PROBLEM[problem]} {REMEDY[problem]}" in row
    assert "<b>words of the server</b>" in row


def test_every_problem_has_its_words():
    assert set(PROBLEM) == set(REMEDY) == {*Problem, None}


def test_a_missing_address_names_the_recipients(office, people):
    make_delivery(people.member, DeliveryState.FAILED, problem=Problem.ADDRESS)

    assert "ไม่มีที่อยู่นี้ ตรวจสอบอีเมลของผู้รับ" in rows(office.get("/admin/deliveries"))[0]


def test_other_channels_are_listed_by_their_names(office, people, db):
    address = ChannelAddress(
        user_id=people.member.user_id, kind=ChannelKind.LINE, label="ไลน์กลุ่มงาน", hint="…", sealed="", created_at=MORNING
    )
    db.session.add(address)
    make_delivery(people.member, channel="address:1").address = address
    make_delivery(people.neighbour, channel="address:2")

    removed, named = rows(office.get("/admin/deliveries"))

    assert "ไลน์กลุ่มงาน" in named
    assert "ช่องทางที่ลบแล้ว" in removed


def test_when_a_waiting_mail_is_tried_next_is_said(office, people):
    make_delivery(people.member).next_try_at = MORNING + timedelta(hours=2)
    make_delivery(people.neighbour)
    make_delivery(people.clerk).leased_until = MORNING + timedelta(minutes=5)

    held, due, later = rows(office.get("/admin/deliveries"))

    assert "กำลังส่ง" in held
    assert "ส่งในรอบถัดไป" in due
    assert "ส่งครั้งถัดไป 20 กุมภาพันธ์ 2569 11:00" in later


def test_the_numbers_of_each_state_lead_to_its_list(office, people):
    make_delivery(people.member, DeliveryState.SENT, on=TODAY - timedelta(days=1)).sent_at = MORNING - timedelta(days=1)
    make_delivery(people.member, DeliveryState.SENT)
    make_delivery(people.neighbour, DeliveryState.FAILED)

    page = office.get("/admin/deliveries")

    tiles = {link.text: link.get("href") for link in page.root.all("a") if "tile" in link.get("class", "").split()}
    assert list(tiles) == ["0 รอส่ง", "1 ส่งแล้ววันนี้", *[t for t in tiles if "ส่งไม่สำเร็จ" in t], "0 ไม่จำเป็นต้องส่งแล้ว"]
    sent = office.get(tiles["1 ส่งแล้ววันนี้"])
    assert len(rows(sent)) == 2
    assert people.neighbour.user.name not in sent.main


@pytest.mark.parametrize(
    "query", ["state=nonsense", "before=x", "before=-1", "before=๕", "state=", f"before={'9' * 30}"]
)
def test_an_odd_address_is_answered_with_the_newest(office, people, query):
    make_delivery(people.member)

    assert len(rows(office.get(f"/admin/deliveries?{query}"))) == 1


def test_a_long_list_comes_page_by_page_and_keeps_its_filter(office, people):
    for day in range(60):
        make_delivery(people.member, DeliveryState.FAILED, on=TODAY - timedelta(days=day))

    first = office.get("/admin/deliveries?state=failed")
    second = office.get(first.links["ก่อนหน้านี้"])

    assert (len(rows(first)), len(rows(second))) == (50, 10)
    assert "state=failed" in first.links["ก่อนหน้านี้"]
    assert "ก่อนหน้านี้" not in second.links


@pytest.mark.parametrize("address", ["/admin/deliveries", "/admin/letters"])
def test_the_page_asks_the_database_the_same_number_of_times_however_much_there_is(
    office, people, make_letter, address
):
    counts = []
    for many in (1, 20):
        for _ in range(many):
            person = make_person(division=people.member.position.division)
            make_delivery(person, DeliveryState.SENT)
            make_letter(person=person)
        with count_queries() as heard:
            office.get(address)
        counts.append(len(heard))

    # who is signed in, the numbers, the mails with their people, the scheduler, the mail server, what every page asks
    assert counts == [6, 6]


def test_mails_of_another_organization_are_neither_listed_nor_counted_nor_sent(office, people, make_letter):
    delivery = make_delivery(people.stranger, DeliveryState.FAILED)
    letter = make_letter(person=people.stranger)

    for address in ("/admin/deliveries", "/admin/letters"):
        page = office.get(address)
        assert people.stranger.user.name not in page.main
        assert not page.offers(f"{address}/attempts")
    office.post(f"/admin/deliveries/{delivery.id}/attempts", status=404)
    office.post(f"/admin/letters/{letter.id}/attempts", status=404)
    office.get("/admin/deliveries")
    office.post("/admin/deliveries/attempts")
    assert (delivery.state, letter.state) == (DeliveryState.FAILED, DeliveryState.FAILED)


def test_what_failed_can_be_sent_again_and_a_double_click_does_no_harm(office, people):
    delivery = make_delivery(people.member, DeliveryState.FAILED)
    office.get("/admin/deliveries")

    for _ in range(2):
        page = office.post(f"/admin/deliveries/{delivery.id}/attempts")
        assert f"จดหมายถึง {people.member.user.name} เข้าคิวส่งใหม่แล้ว" in "".join(page.alerts)

    assert delivery.state == DeliveryState.WAITING
    assert len(database.session.scalars(select(Change)).all()) == 1
    record = office.get("/admin/record").main
    assert f"ส่งจดหมายใหม่ถึง {people.member.user.name} 20 ก.พ. 69" in record


@pytest.mark.parametrize("state", [DeliveryState.SENT, DeliveryState.DROPPED])
def test_what_is_settled_well_is_not_offered_and_refused_with_a_sentence(office, people, state):
    delivery = make_delivery(people.member, state)
    action = f"/admin/deliveries/{delivery.id}/attempts"

    assert not office.get("/admin/deliveries").offers(action)
    assert "จดหมายฉบับนี้" in office.post(action, status=422).main


def test_all_that_failed_is_sent_again_at_once(office, people):
    for person in (people.member, people.neighbour):
        make_delivery(person, DeliveryState.FAILED)
    assert office.get("/admin/deliveries").offers("/admin/deliveries/attempts")

    page = office.post("/admin/deliveries/attempts")

    assert "จดหมาย 2 ฉบับเข้าคิวส่งใหม่แล้ว" in "".join(page.alerts)
    assert not page.offers("/admin/deliveries/attempts")


def test_a_letter_whose_link_is_gone_is_offered_a_code_instead(office, people, make_letter):
    letter = make_letter(LetterKind.INVITATION, token="secret", useless_at=MORNING + timedelta(days=7))
    plain = make_letter()

    page = office.get("/admin/letters")

    assert not page.offers(f"/admin/letters/{letter.id}/attempts")
    assert page.offers(f"/admin/people/{people.member.user_id}/invitations", by="paper")
    assert page.offers(f"/admin/letters/{plain.id}/attempts")
    office.post(f"/admin/letters/{plain.id}/attempts")
    assert plain.state == DeliveryState.WAITING
    assert "ส่งจดหมายใหม่ถึง" in office.get("/admin/record").main


def test_the_scheduler_is_shown_with_its_next_round_and_who_works(office, db):
    assert "ยังไม่เริ่มทำงาน" in office.get("/admin/deliveries").main
    db.session.add(
        Lease(name="scheduler", holder="office-pc:12", until_at=MORNING + timedelta(minutes=1), last_tick_at=MORNING)
    )

    page = office.get("/admin/deliveries").main

    assert "ทำงานล่าสุด 20 กุมภาพันธ์ 2569 09:00 รอบถัดไป 20 กุมภาพันธ์ 2569 09:00" in page
    assert "office-pc:12" in page


def test_without_a_mail_server_the_page_says_how_to_set_one(office):
    assert "TRACKER_MAIL_SERVER" in office.get("/admin/deliveries").main


def test_since_when_the_server_refuses_is_shown(office, refusing):
    page = office.get("/admin/deliveries").main

    assert "ส่งไม่สำเร็จติดต่อกัน 3 ฉบับ · ตั้งแต่ 20 กุมภาพันธ์ 2569 08:00" in page


@pytest.mark.parametrize("address", ["/", "/dashboard", "/tasks", "/admin", "/admin/deliveries"])
def test_a_server_that_refuses_everything_is_told_to_the_administrator_on_every_page(office, refusing, address):
    (alert,) = office.get(address).alerts

    assert alert.startswith(f"{DOWN} 20 กุมภาพันธ์ 2569 08:00")
    assert "535" not in alert


@pytest.mark.parametrize("who", OTHERS)
def test_it_is_no_concern_of_the_others(visit, people, refusing, who):
    assert visit(getattr(people, who)).get("/").alerts == []


def test_no_page_asks_more_for_it(visit, people, refusing):
    visitor = visit(people.administrator)
    visitor.get("/admin")
    with count_queries() as heard:
        visitor.get("/admin/people")
    telling = [statement for statement in heard.all if "channel_standing" in statement]

    assert len(telling) == 1
    assert "lease" in telling[0]


def test_a_trial_leaves_to_the_address_that_was_typed(office, mail_server, app):
    app.extensions["mailman"].outbox = outbox = []
    assert office.get("/admin/deliveries").values("/admin/deliveries/trials")["email"][0].endswith("@example.org")

    with count_queries() as heard:
        page = office.post("/admin/deliveries/trials", {"email": "me@example.org"})

    assert "รับจดหมายทดสอบถึง me@example.org แล้ว" in "".join(page.alerts)
    assert [(mail.to, mail.subject) for mail in outbox] == [(["me@example.org"], "มาตรการ ITA: ทดสอบการส่งจดหมาย")]
    assert heard.writes == []


def test_what_a_server_says_of_a_trial_is_told_in_plain_words(office, mail_server, app, monkeypatch):
    with odd_server(saying(b"554 5.7.1 not you")) as port:
        for name, value in {"backend": "smtp", "server": "127.0.0.1", "port": port}.items():
            monkeypatch.setattr(app.extensions["mailman"], name, value)
        office.get("/admin/deliveries")
        page = office.post("/admin/deliveries/trials", {"email": "me@example.org"}, status=200)

    (alert,) = page.alerts
    assert alert.startswith("ส่งจดหมายทดสอบไม่สำเร็จ")
    assert "554 5.7.1 not you" in alert
    assert database.session.scalars(select(ChannelStanding)).all() == []


@pytest.mark.parametrize("email", ["", "nobody", "a@b@c", "a@example.org\r\nBcc: b@example.org"])
def test_a_trial_needs_an_address_and_nothing_typed_is_lost(office, mail_server, email):
    office.get("/admin/deliveries")

    page = office.post("/admin/deliveries/trials", {"email": email}, status=422)

    assert page.alerts
    assert page.values("/admin/deliveries/trials")["email"] == [email]


def test_without_a_server_there_is_nothing_to_try(office):
    office.get("/admin/deliveries")

    assert "ยังไม่ได้ตั้งค่าเครื่องแม่ข่ายอีเมล" in office.post("/admin/deliveries/trials", status=422).alerts[0]


def test_trials_are_few(make_app, clock):
    app = make_app({"RATELIMIT_ENABLED": True}, mail_server="mail.example.org")
    with app.app_context():
        administrator = make_people().administrator
        database.session.commit()
        visitor = Visitor(app, administrator)
        visitor.get("/admin/deliveries")
        token = visitor.page.token
        answers = [
            visitor.get("/admin/deliveries/trials", status=None, method="POST", data={"csrf_token": token}).status
            for _ in range(6)
        ]

    assert answers == [422] * 5 + [429]
