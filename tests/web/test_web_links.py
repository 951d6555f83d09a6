from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import func, select

from tests.clocks import MORNING
from tests.factories import make_evidence, make_task
from tests.factories_public import make_item, make_link, make_link_check
from tests.statements import count_queries
from tracker.domain.links import Cause, Frequency, Verdict
from tracker.domain.works import WorkKind, WorkState
from tracker.extensions import db as database
from tracker.models import DisclosureItem, Link, LinkRules, Work
from tracker.services import links

LATER = MORNING + timedelta(days=3)


@pytest.fixture
def office(people):
    return people.member.position.division.organization


@pytest.fixture
def watch(office):
    """Watch an address as that of an item."""

    def watch(name="o9", number=9, *, division=None, **kinds):
        link = make_link(f"https://example.go.th/{name}", organization=office, **kinds)
        make_item(number, organization=office, division=division, links=(link,))
        if "verdict" in kinds:
            link.checked_at, link.next_check_at = MORNING, LATER
        return link

    return watch


@pytest.fixture
def broken(watch):
    since = MORNING - timedelta(days=2)
    link = watch("broken", 6, verdict=Verdict.BROKEN, cause=Cause.TIMED_OUT, failing_since=since)
    link.details = {"host": "example.go.th"}
    for days, verdict in ((6, Verdict.OK), (2, Verdict.BROKEN), (1, Verdict.BROKEN)):
        cause = Cause.TIMED_OUT if verdict == Verdict.BROKEN else None
        make_link_check(link, at=MORNING - timedelta(days=days), verdict=verdict, cause=cause)
    return link


@pytest.fixture
def clerk(visit, people):
    visitor = visit(people.clerk)
    visitor.get("/links")
    return visitor


def test_without_addresses_the_page_says_where_they_come_from(clerk):
    assert "ลิงก์จะเข้ามาเองจากรายการข้อมูลที่ต้องเปิดเผย" in clerk.page.main


def test_the_worst_stands_first_with_why(visit, people, watch, broken):
    watch(verdict=Verdict.OK)

    page = visit(people.member).get("/links").main

    assert page.index("O6") < page.index("O9")
    assert "เปิดไม่ได้ตั้งแต่ 18 กุมภาพันธ์ 2569 09:00" in page


def test_evidence_of_another_division_is_neither_listed_nor_opened(visit, people, office):
    link = make_link("https://example.go.th/inside", organization=office)
    make_evidence(make_task(division=people.neighbour.position.division), url=link.url, title="ลิงก์ลับเฉพาะ")

    for person, status in ((people.member, 404), (people.administrator, 404), (people.neighbour, 200)):
        visitor = visit(person)
        is_shown = "ลิงก์ลับเฉพาะ" in visitor.get("/links").main
        visitor.get(f"/links/{link.id}", status=status)
        visitor.get(f"/links/{link.id}/file.csv", status=status)
        assert is_shown == (status == 200)
        assert (link.url in cells(visitor)) == is_shown


def cells(visitor):
    content = visitor.get("/links/file.xlsx").response.data
    return [cell.value for row in openpyxl.load_workbook(BytesIO(content)).active.iter_rows() for cell in row]


def test_an_address_of_an_item_that_is_secret_evidence_too_shows_the_item_alone(visit, people, watch):
    link = watch()
    make_evidence(make_task(division=people.neighbour.position.division), url=link.url, title="ลิงก์ลับเฉพาะ")

    page = visit(people.member).get(f"/links/{link.id}").main

    assert "O9" in page
    assert "ลิงก์ลับเฉพาะ" not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [("verdict=broken", {"O6"}), ("verdict=ok", {"O9"}), ("use=evidence", set()), ("verdict=odd", {"O6", "O9"})],
)
def test_the_list_is_narrowed_and_says_so(visit, people, watch, broken, query, shown):
    watch(verdict=Verdict.OK)

    page = visit(people.clerk).get(f"/links?{query}")

    assert {code for code in ("O6", "O9") if code in page.main} == shown


def test_a_page_of_the_list_asks_the_database_the_same_however_long_it_is(visit, people, watch):
    visitor = visit(people.member)
    watch("o0", 1)
    with count_queries() as few:
        visitor.get("/links")
    for number in range(2, 30):
        watch(f"o{number}", number)

    with count_queries() as many:
        visitor.get("/links")

    # of the page itself: organization, divisions, counts, addresses, their items, their evidence, rules
    assert len(many) == len(few) <= 15


def test_an_address_says_since_when_and_how_much_of_the_time(visit, people, broken):
    page = visit(people.member).get(f"/links/{broken.id}").main

    assert "ตั้งแต่ 18 กุมภาพันธ์ 2569 09:00" in page
    assert "66.6%" in page  # four of six days
    assert "20 กุมภาพันธ์ 2569: ไม่ได้ตรวจ" in page


def test_the_history_is_a_file(visit, people, broken):
    text = visit(people.member).get(f"/links/{broken.id}/file.csv").response.get_data(as_text=True)

    assert text.count("เปิดไม่ได้") == 2
    assert "14 กุมภาพันธ์ 2569 09:00" in text


def test_the_clerk_has_one_address_looked_at_and_sees_that_it_is_under_way(clerk, watch):
    link = watch(verdict=Verdict.OK)
    link.checked_at = MORNING - timedelta(days=1)

    page = clerk.post(f"/links/{link.id}/checks")
    clerk.post(f"/links/{link.id}/checks")

    assert "กำลังตรวจลิงก์นี้" in page.main
    assert [(work.kind, work.subject_id) for work in works()] == [(WorkKind.CHECK_LINK, link.id)]
    assert link.next_check_at == MORNING


def works():
    return database.session.scalars(select(Work)).all()


def test_the_clerk_has_all_addresses_looked_at_once(clerk, watch, office):
    watch(verdict=Verdict.OK).checked_at = None

    page = clerk.post("/links/checks")
    clerk.post("/links/checks")

    assert "กำลังตรวจลิงก์" in page.main
    assert [(work.kind, work.subject_id) for work in works()] == [(WorkKind.CHECK_LINKS, office.id)]


def test_only_the_addresses_of_an_item_are_looked_at_for_it(clerk, watch):
    one, other = watch("one", 1, verdict=Verdict.OK), watch("other", 2, verdict=Verdict.OK)
    one.checked_at = other.checked_at = None
    item_id = database.session.scalar(select(func.min(DisclosureItem.id)))

    clerk.post("/links/checks", {"item": item_id})

    assert (one.next_check_at, other.next_check_at) == (MORNING, LATER)


def test_when_it_is_done_the_page_says_nothing_of_it_any_more(clerk, people, watch):
    link = watch()
    links.ask_check(link=link, by=people.clerk, now=MORNING).state = WorkState.DONE

    assert "กำลังตรวจ" not in clerk.get(f"/links/{link.id}").main


def test_while_the_office_is_offline_every_page_says_so(visit, people, office, watch):
    link = watch()
    database.session.add(LinkRules(organization_id=office.id, intranet_names=[], offline_since=MORNING))

    for address in ("/links", f"/links/{link.id}", "/links/rules"):
        assert "เครื่องนี้ออกอินเทอร์เน็ตไม่ได้ตั้งแต่ 20 กุมภาพันธ์ 2569" in visit(people.member).get(address).main


def test_the_clerk_says_how_often(clerk, office):
    clerk.get("/links/rules")

    clerk.post("/links/rules/frequency", {"every": "monthly"})

    assert database.session.get_one(LinkRules, office.id).every == Frequency.MONTHLY


def test_a_rhythm_that_there_is_not_is_refused(clerk):
    clerk.get("/links/rules")

    assert clerk.post("/links/rules/frequency", {"every": "hourly"}, status=422).problems


def test_the_administrator_lets_names_of_the_office_in(visit, people, office):
    visitor = visit(people.administrator)
    visitor.get("/links/rules")

    visitor.post("/links/rules/intranet", {"names": "Files.local\r\n\r\nintranet\r\n"})

    assert database.session.get_one(LinkRules, office.id).intranet_names == ["files.local", "intranet"]


@pytest.mark.parametrize("name", ["10.0.0.1", "localhost", "*.go.th"])
def test_what_can_never_be_let_in_is_refused_with_what_was_written(visit, people, name):
    visitor = visit(people.administrator)
    visitor.get("/links/rules")

    page = visitor.post("/links/rules/intranet", {"names": f"intranet\n{name}"}, status=422)

    assert list(page.problems.values()) == ["names"]
    assert page.values("/links/rules/intranet")["names"] == [f"intranet\n{name}"]
    assert database.session.scalars(select(LinkRules)).all() == []


def test_an_address_that_nobody_uses_is_nobodys_to_open(visit, people, office):
    link = make_link(organization=office)

    visit(people.clerk).get(f"/links/{link.id}", status=404)

    assert database.session.get(Link, link.id)


def test_an_address_that_is_not_watched_any_more_says_so_and_offers_no_look(visit, people, watch):
    link = watch()
    database.session.scalars(select(DisclosureItem)).one().is_retired = True

    page = visit(people.clerk).get(f"/links/{link.id}")

    assert "ไม่มีใครใช้ลิงก์นี้แล้ว" in page.main
    assert not page.offers(f"/links/{link.id}/checks")


def test_the_file_is_narrowed_as_the_page_is(clerk, watch, broken):
    watch()

    page = clerk.get("/links?verdict=broken&use=items")

    assert page.links["ดาวน์โหลด XLSX"].endswith("?verdict=broken&use=items")


@pytest.mark.parametrize("odd", ["endpoint=x", "_method=POST", "_scheme=x", "_external=1"])
def test_what_an_address_says_beside_is_passed_over(clerk, watch, odd):
    watch()

    page = clerk.get(f"/links?{odd}")

    assert "?" not in page.links["ดาวน์โหลด XLSX"]


def test_having_all_looked_at_is_offered_before_the_long_list(clerk, watch):
    watch()

    page = clerk.get("/links").main

    assert page.index("ตรวจทั้งหมดตอนนี้") < page.index("O9")


def test_the_rules_name_the_years_whose_items_are_watched(clerk):
    assert "ของปีที่ใช้อยู่ ปีก่อนหน้า และปีถัดไปที่เตรียมไว้" in clerk.get("/links/rules").main
