"""A round comes, the clerk closes it, life goes on, and everybody quotes the same figures."""

from datetime import date

ROUND, MONDAY, LATER = date(2026, 3, 31), date(2026, 4, 6), date(2026, 5, 12)


def test_what_was_closed_stays_while_the_work_goes_on(town):
    town.clock.set(MONDAY)
    clerk, mayor = town.sign_in("clerk"), town.sign_in("mayor")
    rounds = clerk.get("/measures").links["การปิดรอบการติดตาม"]
    page = clerk.get(clerk.get(rounds).links["ปิดรอบ"])
    assert "ณ วันที่ 5 เมษายน 2569" in page.main

    shown = clerk.post(rounds, page.values(rounds) | {"as_of": "31 มี.ค. 69", "look": "1"}, status=200)
    clerk.post(rounds, shown.values(rounds) | {"confirmed": "1"})

    frozen = mayor.get(rounds).links["ตัวเลข ณ วันที่ 31 มีนาคม 2569 (ฉบับที่ 1)"]
    before = mayor.get(frozen).main
    town.clock.set(LATER)
    head = town.sign_in("head2")
    late = next(address for address in head.get("/").links.values() if address.startswith("/tasks/"))
    head.get(late)
    head.post(f"{late}/status", {"move": "submit", "note": "ส่งล่าช้า"})
    mayor = town.sign_in("mayor")  # weeks later
    assert mayor.get(frozen).main == before
    assert mayor.get(f"{frozen}/file.csv").response.mimetype == "text/csv"
    done = town.run("audit", "verify")
    assert (done.exit_code, done.stdout.strip()) == (0, "The history is whole.")


def test_a_round_that_was_closed_too_soon_is_closed_again_and_both_are_kept(town):
    town.clock.set(MONDAY)
    clerk = town.sign_in("clerk")
    rounds = clerk.get("/measures").links["การปิดรอบการติดตาม"]
    for link, why in (("ปิดรอบ", "รวมผลที่ส่งถึงเมื่อวาน"), ("ปิดรอบใหม่อีกครั้ง", "ตรวจผลเพิ่มแล้ว")):
        page = clerk.get(clerk.get(rounds).links[link])
        clerk.post(rounds, page.values(rounds) | {"note": why, "confirmed": "1"})

    page = town.sign_in("auditor").get(rounds)

    assert "✓ ปิดแล้ว (ฉบับที่ 2)" in page.main
    assert "เหตุผล: รวมผลที่ส่งถึงเมื่อวาน" in page.main
    assert "เหตุผล: ตรวจผลเพิ่มแล้ว" in page.main
