import pytest

from tests.factories import make_organization, make_person, make_plan
from tests.factories_public import make_item, make_link
from tests.statements import count_queries
from tracker.domain.links import Verdict
from tracker.domain.permissions import Role
from tracker.models import DisclosureItem

URL = "https://example.go.th/o9"
ITEM = {"number": "O40", "title": "ผังเมืองรวม", "division": "0"}


@pytest.fixture
def organization(people):
    return people.clerk.user.organization


@pytest.fixture
def item(organization):
    """O9, shown at one address."""
    return make_item(9, organization=organization, links=(make_link(URL, organization=organization),))


@pytest.fixture
def clerk(visit, people):
    visitor = visit(people.clerk)
    visitor.get("/disclosures")
    return visitor


@pytest.fixture
def items(db, organization):
    return lambda: db.session.scalars(db.select(DisclosureItem).order_by(DisclosureItem.id)).all()


def headings(page):
    return [heading.text for heading in page.root.all("h2")]


def test_an_empty_year_says_what_to_do_next(clerk):
    page = clerk.get("/disclosures")

    assert "ยังไม่มีรายการของปีนี้" in page.main
    assert page.links["เริ่มรายการ"] == "/disclosures/beginning?year=2569"


def test_others_are_told_who_begins_the_list(visit, people):
    page = visit(people.member).get("/disclosures")

    assert "ผู้ดูแลแผนเป็นผู้เริ่มรายการ" in page.main
    assert "/disclosures/beginning?year=2569" not in page.links.values()


def test_the_menu_leads_to_the_list(visit, people):
    assert visit(people.auditor).get("/").links["ลิงก์ OIT"] == "/disclosures"


def test_what_has_no_address_is_told_first(clerk, organization, item):
    make_item(10, organization=organization)

    page = clerk.get("/disclosures")

    assert page.links["ยังไม่มีลิงก์ 1 ข้อ"] == "/disclosures?year=2569&standing=missing"
    assert headings(page)[:2] == ["ยังไม่มีลิงก์ 1", "มีลิงก์แล้ว 1"]
    assert page.main.index("O10") < page.main.index("O9")


def test_what_nobody_can_open_comes_before_what_has_no_address_yet(clerk, organization):
    broken = make_link(f"{URL}/broken", organization=organization, verdict=Verdict.BROKEN)
    make_item(9, organization=organization, links=(broken,))
    make_item(1, organization=organization)

    page = clerk.get("/disclosures")

    assert page.main.index("มีลิงก์ที่เปิดไม่ได้ 1 ข้อ") < page.main.index("ยังไม่มีลิงก์ 1 ข้อ")
    assert headings(page)[:2] == ["ต้องแก้ไขหรือควรตรวจดู 1", "ยังไม่มีลิงก์ 1"]


def test_the_clerk_finds_the_ways_to_fill_the_list_above_it(clerk, item):
    assert clerk.get("/disclosures").links["เติมข้อมูลในรายการ"] == "#filling"


def test_a_list_with_addresses_everywhere_says_so(clerk, item):
    assert "มีลิงก์ครบทุกข้อ" in clerk.get("/disclosures").main


def test_a_head_sees_the_items_of_the_own_division_first(visit, people, organization):
    make_item(1, organization=organization)
    make_item(2, organization=organization, division=people.member.position.division)

    page = visit(people.member).get("/disclosures")

    assert headings(page)[:2] == ["ของส่วนราชการท่าน 1", "ยังไม่มีลิงก์ 1"]
    assert page.main.index("O2 ") < page.main.index("O1 ")


def test_an_item_stands_in_the_list_as_the_worst_of_its_addresses(clerk, organization):
    links = [make_link(f"{URL}/{one}", organization=organization, verdict=one) for one in (Verdict.OK, Verdict.BROKEN)]
    make_item(9, organization=organization, links=tuple(links))

    page = clerk.get("/disclosures")

    assert "▲ เปิดไม่ได้" in page.main
    assert "มีลิงก์ที่เปิดไม่ได้ 1 ข้อ" in page.main


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("standing=missing", ["O1"]),
        ("standing=unchecked", ["O9"]),
        ("standing=broken", []),
        ("division={division}", ["O1"]),
        ("division={division}&standing=unchecked", []),
        ("standing=nonsense&division=x", ["O1", "O9"]),
    ],
)
def test_the_list_narrows_to_what_is_asked_for(clerk, people, organization, item, query, shown):
    division = people.member.position.division
    make_item(1, organization=organization, division=division)

    page = clerk.get(f"/disclosures?{query.format(division=division.id)}")

    titles = [e.text.split()[0] for e in page.root.descendants if e.get("class") == "row-title"]
    assert titles == shown
    assert ("ไม่มีรายการตามเงื่อนไข" in page.main) == (not shown)


def test_a_filter_is_a_tag_that_takes_it_away(clerk, item):
    page = clerk.get("/disclosures?year=2569&standing=unchecked")

    (tags,) = (one for one in page.root.all("ul") if one.get("class") == "filter-tags")
    assert [(link.text.split()[0], link.get("href")) for link in tags.all("a")] == [
        ("ยังไม่ได้ตรวจ", "/disclosures?year=2569")
    ]


def test_the_year_in_view_can_be_switched(clerk, organization, item):
    make_item(17, organization=organization, fiscal_year=2568)

    page = clerk.get("/disclosures?year=2568")

    assert f"/disclosures/{item.id}" not in page.links.values()
    assert "O17" in page.main
    assert page.links["2569"] == "/disclosures?year=2569"


def test_the_year_of_a_plan_can_be_looked_at_before_it_has_a_list(clerk, organization):
    make_plan(2571, organization=organization)

    assert "ยังไม่มีรายการของปีนี้" in clerk.get("/disclosures?year=2571").main


@pytest.mark.parametrize("year", ["2575", "x", "", "-1"])
def test_a_year_that_there_is_not_is_not_found(clerk, year):
    clerk.get(f"/disclosures?year={year}", status=404)


def test_an_item_is_added_and_asks_for_its_address(clerk, items):
    page = clerk.post("/disclosures?year=2569", ITEM)

    (added,) = items()
    assert (added.code, added.title, added.fiscal_year) == ("O40", "ผังเมืองรวม", 2569)
    assert "ขั้นต่อไปโปรดเพิ่มลิงก์" in page.alerts[0]
    assert "ยังไม่มีลิงก์" in page.main


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"number": "เก้า"}, "number", "O9 หรือ 9"),
        ({"number": ""}, "number", "เลข"),
        ({"title": ""}, "title", "ข้อมูลที่ต้องเปิดเผย"),
        ({"title": "ก" * 400}, "title", "300"),
        ({"number": "O9"}, "number", "มีข้อ O9 ในรายการของปีนี้แล้ว"),
        ({"division": "987654"}, "division", ""),
    ],
)
def test_what_cannot_be_an_item_is_said_beside_its_field(clerk, item, items, typed, field, says):
    page = clerk.post("/disclosures?year=2569", ITEM | typed, status=422)

    ((words, at),) = page.problems.items()
    assert at == field
    assert says in words
    assert len(items()) == 1
    assert page.values("/disclosures?year=2569")["title"] == [(ITEM | typed)["title"]]


def test_an_item_shows_where_it_is_and_how_that_stands(clerk, item, organization):
    page = clerk.get(f"/disclosures/{item.id}")

    assert page.h1 == f"O9 {item.title}"
    assert URL in page.main
    assert "ยังไม่ได้ตรวจ" in page.main


def test_an_item_leads_to_what_it_was_in_other_years(clerk, organization):
    was = make_item(17, organization=organization, fiscal_year=2568, meaning="complaint_procedure")
    item = make_item(16, organization=organization, meaning="complaint_procedure")

    assert clerk.get(f"/disclosures/{item.id}").links["2568: O17"] == f"/disclosures/{was.id}"


def test_an_item_is_changed_and_confirmed(clerk, people, item):
    item.is_confirmed = False
    division = people.member.position.division
    page = clerk.get(f"/disclosures/{item.id}")
    assert "ยังไม่ได้ยืนยัน" in page.main

    page = clerk.post(
        f"/disclosures/{item.id}",
        {"number": "๑๐", "title": "คู่มือประชาชน", "division": str(division.id), "is_confirmed": "y"},
    )

    assert (item.code, item.title, item.division, item.is_confirmed) == ("O10", "คู่มือประชาชน", division, True)
    assert "ยังไม่ได้ยืนยัน" not in page.main


def test_an_item_leaves_the_list_and_comes_back(clerk, item):
    clerk.get(f"/disclosures/{item.id}")
    clerk.post(f"/disclosures/{item.id}/retirement")
    assert "นำออกจากรายการแล้ว" in clerk.get("/disclosures").main
    clerk.get(f"/disclosures/{item.id}")
    clerk.post(f"/disclosures/{item.id}/restoration")

    assert (item.is_retired, len(item.addresses)) == (False, 1)


def test_an_item_whose_number_was_given_away_does_not_come_back(clerk, item, organization):
    item.is_retired = True
    make_item(9, organization=organization, meaning="own:9.2")
    clerk.get(f"/disclosures/{item.id}")

    page = clerk.post(f"/disclosures/{item.id}/restoration", status=422)

    assert "มีข้อ O9 ในรายการของปีนี้แล้ว" in page.alerts[0]


def test_an_address_is_added_and_removed(clerk, item):
    clerk.get(f"/disclosures/{item.id}")
    page = clerk.post(f"/disclosures/{item.id}/addresses", {"url": "https://Example.go.th/x", "name": "แบบฟอร์ม"})
    assert [(one.link.url, one.title) for one in item.addresses][1:] == [("https://example.go.th/x", "แบบฟอร์ม")]
    assert "ระบบจะตรวจสอบในไม่ช้า" in page.alerts[0]

    clerk.post(f"/disclosures/{item.id}/addresses/{item.addresses[0].id}/removal")

    assert [one.link.url for one in item.addresses] == ["https://example.go.th/x"]


@pytest.mark.parametrize(
    ("url", "says"),
    [("", "วางที่อยู่"), ("o9.pdf", "http://"), ("javascript:alert(1)", "http://"), (URL, "มีลิงก์นี้แล้ว")],
)
def test_what_is_no_new_address_is_said_beside_its_field(clerk, item, url, says):
    clerk.get(f"/disclosures/{item.id}")

    page = clerk.post(f"/disclosures/{item.id}/addresses", {"url": url, "name": ""}, status=422)

    ((words, at),) = page.problems.items()
    assert (at, says in words) == ("url", True)
    assert len(item.addresses) == 1


def test_removing_twice_says_that_the_address_is_gone_already(clerk, item):
    removal = f"/disclosures/{item.id}/addresses/{item.addresses[0].id}/removal"
    clerk.get(f"/disclosures/{item.id}")
    clerk.post(removal)

    assert "นำออกไปก่อนแล้ว" in clerk.post(removal).alerts[0]


def test_an_address_of_another_item_is_not_removed_by_this_one(clerk, item, organization):
    other = make_item(10, organization=organization)
    clerk.get(f"/disclosures/{other.id}")

    clerk.post(f"/disclosures/{other.id}/addresses/{item.addresses[0].id}/removal", status=404)


@pytest.mark.parametrize("who", ["member", "executive", "auditor", "administrator"])
def test_whoever_does_not_keep_the_list_is_offered_nothing_to_change(visit, people, item, who):
    visitor = visit(getattr(people, who))

    for address in ("/disclosures", f"/disclosures/{item.id}"):
        page = visitor.get(address)
        assert [form for form in page.root.all("main")[0].all("form") if form.get("method") == "post"] == []


def test_another_organizations_items_are_in_no_list(clerk, item):
    make_item(33, organization=make_organization("เทศบาลอื่น"))

    assert "O33" not in clerk.get("/disclosures").main


def test_a_closed_division_stays_the_keeper_of_what_it_has(clerk, people, item, db):
    division = people.member.user.organization.divisions[1]
    item.division_id = division.id
    division.closed_on = people.member.starts_on

    page = clerk.get(f"/disclosures/{item.id}")

    assert page.values(f"/disclosures/{item.id}")["division"] == [str(division.id)]


def test_the_list_costs_the_same_however_long_it_is(visit, people, organization, item):
    visitor = visit(make_person(Role.CLERK, organization=organization))
    visitor.get("/disclosures")
    with count_queries() as few:
        visitor.get("/disclosures")
    for number in range(20, 40):
        link = make_link(f"{URL}/{number}", organization=organization)
        make_item(number, organization=organization, division=organization.divisions[number % 2], links=(link,))

    with count_queries() as many:
        visitor.get("/disclosures")

    assert len(many) <= len(few) + 1  # the divisions, which nothing named before


def test_who_may_not_change_an_address_is_told_who_does(visit, people):
    item = make_item(organization=people.clerk.user.organization, division=people.member.position.division)

    told = "ผู้ดูแลแผนเป็นผู้ใส่ที่อยู่ใหม่"

    assert told in visit(people.member).get(f"/disclosures/{item.id}").main
    assert told not in visit(people.clerk).get(f"/disclosures/{item.id}").main
