"""The clerk corrects the plan while the year runs, and the next year stands beside it."""

import io
from datetime import date

from tracker.domain.thai import thai_digits
from tracker.sample import report_bytes

FEBRUARY = date(2026, 2, 16)


def rows(page):
    return [link.text for link in page.root.all("a") if link.get("class") == "row-link"]


def test_one_click_moves_every_all_year_measure_to_february_and_august(town):
    clerk = town.sign_in("clerk")
    address = clerk.get("/measures").links["เปลี่ยน"]
    page = clerk.get(address)
    offer = next(
        field.get("value") for form in page.root.all("form") if form.get("class") == "offer"
        for field in form.all("input") if "กุมภาพันธ์" in field.get("value")
    )  # fmt: skip

    preview = clerk.post(address, {"rounds": offer}, status=200)
    clerk.post(address, preview.values(address) | {"confirmed": "1"})

    listed = clerk.get("/tasks?indicator=1")
    assert len(rows(listed)) == 12
    assert all("28 ก.พ. 69" in row or "31 ส.ค. 69" in row for row in rows(listed))
    assert "ค้าง 33" in town.sign_in("head2").page.main


def test_work_already_reported_survives_a_change_of_the_schedule(town):
    town.clock.set(FEBRUARY)
    head, clerk = town.sign_in("head2"), town.sign_in("clerk")
    division = town.position("head2").division_id
    listed = head.get(f"/tasks?indicator=2&division={division}")
    task = next(link.get("href") for link in listed.root.all("a") if link.get("class") == "row-link")
    head.get(task)
    head.post(f"{task}/status", {"move": "submit", "note": "เสร็จก่อนกำหนด"})
    measure = next(
        link.get("href") for link in clerk.get("/measures").root.all("a")
        if link.get("class") == "measure-link" and "กุมภาพันธ์" in link.text
    )  # fmt: skip

    form = clerk.get(f"{measure}/edit").values(measure)
    preview = clerk.post(measure, form | {"schedule_words": "ทุกไตรมาส"}, status=200)
    assert "จะคงไว้ 1 งานที่มีการรายงานแล้ว" in preview.main
    clerk.post(measure, preview.values(measure) | {"confirmed": "1"})

    page = head.get(task)
    assert "นอกกำหนดการ" in page.main
    assert "เสร็จก่อนกำหนด" in page.main
    assert len(rows(head.get(f"/tasks?indicator=2&division={division}"))) == 5


def test_next_years_plan_stands_beside_this_years(town):
    clerk = town.sign_in("clerk")
    later = report_bytes().decode().replace(thai_digits("2569"), thai_digits("2570")).encode()
    clerk.get("/imports")
    page = clerk.post("/imports", {"report": (io.BytesIO(later), "report-2569.txt")})
    address = next(form.get("action") for form in page.root.all("form") if form.get("action").startswith("/imports/"))
    check = clerk.post(address, page.values(address) | {"year": "2570", "act": "check"})
    create = address.replace("corrections", "plan")
    clerk.post(create, check.values(create))

    this_year = clerk.get("/dashboard")
    assert "2569" in this_year.h1
    next_year = clerk.get(this_year.links["2570"])

    assert "2570" in next_year.h1
    assert "31 มีนาคม 2570" in clerk.get("/measures?year=2570").main
    town.clock.set(date(2026, 10, 1))
    clerk = town.sign_in("clerk")  # a session does not last from one year to the next
    assert "2570" in clerk.get("/dashboard").h1
    assert "2569" in clerk.get("/dashboard?year=2569").h1
