"""People get in without anybody knowing their password but themselves."""

import re

import pytest
from passlib.totp import TOTP

from tests.clocks import Clock
from tests.pages import Visitor
from tracker.jobs import letters

PASSWORD = "แมวของฉันชอบปลาทู"


@pytest.fixture
def send_letters(town):
    """Let the scheduler send what waits."""
    return lambda: letters.run()


def link_in(mail):
    body = mail.get_body(("plain",)).get_content()
    return re.search(r"http://[^/]+(/sign-in/links/\S+)", body)[1]


def follow(town, mail):
    """Open the link of a mail in a new browser."""
    visitor = Visitor(town.app)
    visitor.get(visitor.get(link_in(mail), status=302).response.location)
    return visitor


def test_from_the_invitation_by_mail_to_the_first_page(town, mailbox, send_letters):
    address = town.give_address("head2")
    admin = town.sign_in("admin")
    admin.get("/admin")
    admin.post(f"/admin/people/{town.user('head2').id}/invitations")
    send_letters()

    (mail,) = mailbox.to(address)
    assert "บัญชีของท่านพร้อมใช้งานแล้ว" in mail["Subject"]
    page = follow(town, mail).post("/sign-in/password", {"password": PASSWORD})

    assert page.h1 == "งานของฉัน"
    send_letters()
    assert ["รหัสผ่านของท่านถูกเปลี่ยนแล้ว" in later["Subject"] for later in mailbox.to(address)[1:]] == [True]
    assert "ส่งแล้ว" in admin.get("/admin/letters").main


def test_a_forgotten_password_comes_back_by_mail_and_the_old_one_is_gone(town, mailbox, send_letters):
    address = town.give_address("head2")
    elsewhere = town.sign_in("head2")
    visitor = Visitor(town.app)
    visitor.get("/sign-in/forgotten")
    visitor.post("/sign-in/forgotten", {"username": address}, status=200)
    send_letters()

    page = follow(town, mailbox.to(address)[0]).post("/sign-in/password", {"password": PASSWORD})

    assert page.h1 == "งานของฉัน"
    elsewhere.get("/", status=302)


def test_an_outage_of_the_mail_server_loses_no_invitation(town, mailbox, send_letters):
    address = town.give_address("head2")
    admin = town.sign_in("admin")
    admin.get("/admin")
    port, town.app.config["MAIL_PORT"] = town.app.config["MAIL_PORT"], 1
    mail_state = town.app.extensions["mailman"]
    mail_state.port, working = 1, mail_state.port
    try:
        admin.post(f"/admin/people/{town.user('head2').id}/invitations")
        send_letters()
        assert mailbox.to(address) == []
        assert "รอส่ง" in admin.get("/admin/letters").main
    finally:
        town.app.config["MAIL_PORT"], mail_state.port = port, working
    town.clock.advance(hours=5)
    send_letters()

    assert follow(town, mailbox.to(address)[0]).post("/sign-in/password", {"password": PASSWORD}).h1 == "งานของฉัน"


def app_code(page, clock: Clock, *, steps=0):
    """Return what an app that was told the secret on the page shows."""
    secret = next(code.text for code in page.root.all("code"))
    return TOTP(key=secret).generate(clock.moment.timestamp() + 30 * steps).token


def test_two_steps_from_setting_up_to_a_lost_telephone(town):
    head = town.sign_in("head2")
    head.get("/account/second-factor")
    setup = head.post("/account/second-factor", {"present": town.passwords["head2"]})
    code = app_code(setup, town.clock)
    codes = head.post("/account/second-factor/confirmation", {"code": code})
    recovery = [code.text for code in codes.root.all("code")]
    head.get("/account")
    head.post("/sign-out")

    town.clock.advance(minutes=1)
    again = Visitor(town.app)
    again.get("/sign-in")
    again.post("/sign-in", {"username": "head2", "password": town.passwords["head2"]})
    assert again.post("/sign-in/second-step", {"code": app_code(setup, town.clock)}).h1 == "งานของฉัน"

    lost = Visitor(town.app)
    lost.get("/sign-in")
    lost.post("/sign-in", {"username": "head2", "password": town.passwords["head2"]})
    assert lost.post("/sign-in/second-step", {"code": recovery[3]}).h1 == "งานของฉัน"
    assert "9 รหัส" in lost.get("/account/second-factor").main
    assert "ใช้รหัสสำรอง" in lost.get("/account").main
