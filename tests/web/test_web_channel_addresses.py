import pytest
from sqlalchemy import select

from tests.factories import make_address, make_people
from tests.pages import Visitor
from tests.statements import count_queries
from tracker.channels import messengers
from tracker.domain.channels import ChannelKind
from tracker.domain.deliveries import Attempt, Outcome, Problem
from tracker.extensions import db as database
from tracker.models import ChannelAddress

TOKEN, TO = "aB3+/x=" * 20, "U" + "0123456789abcdef" * 2
BOT = "123456789:AAF-aaaaaaaaaaaaaaaaaaaaaaaaaaaaa_b"
WHOLE = {
    "line": {"token": TOKEN, "to": TO},
    "telegram": {"token": BOT, "chat": "-1001234567890"},
    "webhook": {"url": "https://hook.example.org/in/0123456789?key=abc"},
    "other": {"apprise": "ntfys://ntfy.example.org/secret-topic"},
}


@pytest.fixture
def channels(people):
    return f"/admin/people/{people.member.user_id}/channels"


@pytest.fixture
def admin(visit, people, channels):
    visitor = visit(people.administrator)
    visitor.get(channels)
    return visitor


@pytest.fixture
def sent(monkeypatch):
    """Keep what would be handed over, and answer as told."""

    class Sent(list):
        answer = Attempt(Outcome.SENT)

        def send(self, kind, address, **words):
            self.append((kind, address, words))
            return self.answer

    sent = Sent()
    monkeypatch.setattr(messengers, "send", sent.send)
    return sent


@pytest.fixture
def addresses(db):
    return lambda: db.session.scalars(select(ChannelAddress).order_by(ChannelAddress.id)).all()


def form(kind, **changes):
    return {"kind": kind, "label": "กลุ่มของกอง"} | WHOLE[kind] | changes


def test_the_page_of_a_person_leads_to_their_channels(admin, people, channels):
    assert channels in admin.get(f"/admin/people/{people.member.user_id}").links.values()


def test_where_there_is_none_the_page_says_so(admin, channels):
    assert "ยังไม่มีช่องทางอื่นนอกจากอีเมล" in admin.get(channels).main


@pytest.mark.parametrize("kind", WHOLE)
def test_each_kind_asks_for_its_parts_and_is_added(admin, channels, addresses, kind):
    page = admin.get(f"{channels}?kind={kind}")
    assert {*page.values(channels)} == {"csrf_token", *form(kind)}

    page = admin.post(channels, form(kind))

    [row] = addresses()
    assert (row.kind, row.label, row.is_on) == (kind, "กลุ่มของกอง", True)
    assert "เพิ่ม “กลุ่มของกอง” แล้ว" in page.alerts[0]


@pytest.mark.parametrize("kind", WHOLE)
def test_the_secret_is_never_shown_again(admin, channels, people, visit, kind):
    admin.post(channels, form(kind))

    for visitor, address in ((admin, channels), (admin, "/admin/record"), (visit(people.member), "/notices/settings")):
        html = visitor.get(address).html
        for secret in (TOKEN, TO, BOT, "hook.example.org", "secret-topic"):
            assert secret not in html


def test_the_list_shows_kind_label_hint_and_since_when(admin, channels):
    admin.post(channels, form("line"))

    page = admin.get(channels).main

    for words in ("กลุ่มของกอง", "LINE …cdef", "ตั้งแต่ 20 กุมภาพันธ์ 2569 09:00"):
        assert words in page


def test_what_the_person_switched_off_is_marked(admin, channels, people):
    make_address(people.member, is_on=False)

    assert "เจ้าของปิดไว้" in admin.get(channels).main


@pytest.mark.parametrize(
    ("kind", "typed", "says"),
    [
        ("line", {"label": ""}, "โปรดกรอกชื่อช่องทาง"),
        ("line", {"label": "ก" * 61}, "ไม่เกิน 60"),
        ("line", {"token": "สั้น"}, "ไม่ใช่โทเค็นของ LINE"),
        ("line", {"to": "@somchai"}, "รหัสของ LINE"),
        ("telegram", {"token": "123"}, "@BotFather"),
        ("telegram", {"chat": "1/2"}, "รหัสห้องสนทนา"),
        ("webhook", {"url": "file:///etc/passwd"}, "https:// หรือ http://"),
        ("webhook", {"url": "json://"}, "https:// หรือ http://"),
        ("other", {"apprise": "syslog://"}, "ใช้ที่อยู่แบบนี้ไม่ได้"),
        ("other", {"apprise": "line://x/y"}, "เลือก LINE ด้านบน"),
        ("other", {"apprise": "discord://1"}, "อ่านที่อยู่นี้ไม่ได้"),
        ("other", {"apprise": "slack://a/b/c?template=/etc/passwd"}, "ห้ามระบุไฟล์"),
        ("other", {"apprise": f"tgram://{BOT}/1/2"}, "ผู้รับเพียงรายเดียว"),
        ("other", {"apprise": "ก" * 5000}, "ไม่เกิน 1000"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_everything_typed_is_kept(admin, channels, addresses, kind, typed, says):
    sent = form(kind, **typed)

    page = admin.post(channels, sent, status=422)

    assert says in page.main
    assert {name: page.values(channels)[name] for name in sent} == {name: [value] for name, value in sent.items()}
    assert addresses() == []


def test_an_address_that_is_there_already_is_refused(admin, channels, addresses):
    admin.post(channels, form("line"))

    page = admin.post(channels, form("line", label="อีกชื่อ"), status=422)

    assert "“กลุ่มของกอง”" in page.alerts[0]
    assert len(addresses()) == 1


@pytest.mark.parametrize("kind", ["", "nonsense", "mail"])
def test_a_kind_that_is_not_there_is_the_first(admin, channels, kind):
    assert admin.get(f"{channels}?kind={kind}").values(channels)["kind"] == ["line"]


def test_a_test_message_goes_to_the_opened_address_in_thai(admin, channels, people, sent):
    row = make_address(people.member, "jsons://hook.example.org/in", label="กลุ่ม")

    page = admin.post(f"{channels}/{row.id}/test-message")

    [(kind, address, words)] = sent
    assert (kind, address) == (ChannelKind.WEBHOOK, "jsons://hook.example.org/in")
    assert "ข้อความทดสอบ" in words["title"]
    assert "“กลุ่ม”" in words["text"]
    assert "รับข้อความทดสอบถึง “กลุ่ม” แล้ว" in page.alerts[0]


def test_every_test_message_is_a_new_one(admin, channels, people, sent, clock):
    row = make_address(people.member)
    admin.post(f"{channels}/{row.id}/test-message")
    clock.advance(seconds=1)

    admin.post(f"{channels}/{row.id}/test-message")

    first, second = (words["key"] for _, _, words in sent)
    assert first != second


@pytest.mark.parametrize("problem", Problem)
def test_what_stood_in_the_way_of_a_test_message_is_told_in_words(admin, channels, people, sent, problem):
    row = make_address(people.member)
    sent.answer = Attempt(Outcome.FAILED, "418 teapot", problem)

    page = admin.post(f"{channels}/{row.id}/test-message")

    assert "ส่งข้อความทดสอบถึง “ระบบของสำนัก” ไม่สำเร็จ" in page.alerts[0]
    assert "418 teapot" in page.alerts[0]


def test_test_messages_are_few(make_app, clock, sent):
    app = make_app({"RATELIMIT_ENABLED": True})
    with app.app_context():
        people = make_people()
        tried = f"/admin/people/{people.member.user_id}/channels/{make_address(people.member).id}/test-message"
        database.session.commit()
        visitor = Visitor(app, people.administrator)
        data = {"csrf_token": visitor.get("/account").token}
        answers = [visitor.get(tried, status=None, method="POST", data=data).status for _ in range(21)]

    assert answers == [302] * 20 + [429]
    assert len(sent) == 20


def test_an_address_sealed_with_another_secret_is_not_sent_to(admin, channels, people, sent):
    row = make_address(people.member)
    row.sealed = "not ours"

    page = admin.post(f"{channels}/{row.id}/test-message")

    assert sent == []
    assert "ลบออกแล้วเพิ่มใหม่" in page.alerts[0]


def test_nobody_waits_for_the_database_while_a_service_answers(admin, channels, people, db, monkeypatch):
    row = make_address(people.member)
    held = []

    def send(*_, **__):
        held.append(db.session().in_transaction())
        return Attempt(Outcome.SENT)

    monkeypatch.setattr(messengers, "send", send)

    with count_queries() as heard:
        admin.post(f"{channels}/{row.id}/test-message")

    assert held == [False]
    assert heard.writes == []


def test_a_channel_is_removed_after_its_sentence_was_read(admin, channels, people, addresses):
    row = make_address(people.member)
    assert "“ระบบของสำนัก” จะถูกลบ" in admin.get(channels).main

    page = admin.post(f"{channels}/{row.id}/removal")

    assert addresses() == []
    assert "ลบ “ระบบของสำนัก” แล้ว" in page.alerts[0]


def test_a_second_click_on_remove_finds_nothing(admin, channels, people):
    row_id = make_address(people.member).id
    admin.post(f"{channels}/{row_id}/removal")

    admin.post(f"{channels}/{row_id}/removal", status=404)


@pytest.mark.parametrize("act", ["test-message", "removal"])
def test_the_channel_of_somebody_else_is_not_there(admin, people, channels, addresses, sent, act):
    row = make_address(people.neighbour)

    admin.post(f"{channels}/{row.id}/{act}", status=404)

    assert addresses() == [row]
    assert sent == []


def test_the_record_tells_of_the_channel_in_words(admin, channels):
    admin.post(channels, form("webhook"))

    record = admin.get("/admin/record").main

    assert "เพิ่มช่องทางแจ้งเตือนของ" in record
    assert "เว็บฮุก · กลุ่มของกอง" in record


def test_the_page_asks_the_database_the_same_number_of_times_however_many_channels(admin, channels, people):
    counts = []
    for many in (1, 4):
        for number in range(many):
            make_address(people.member, f"json://a/{number}")
        with count_queries() as heard:
            admin.get(channels)
        counts.append(len(heard))

    # who is signed in with every appointment, the person, their appointments, the channels, unread notices
    assert counts == [5, 5]
