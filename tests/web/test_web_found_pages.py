import pytest

from tests.clocks import MORNING
from tests.factories import make_organization, make_people
from tests.factories_public import make_found_page, make_item, make_link
from tests.pages import Visitor
from tracker.domain.sentences import Sentence
from tracker.domain.works import WorkKind, WorkState
from tracker.extensions import db as database
from tracker.models import FoundPage, LinkRules, Work

PAGE = "https://example.go.th/ita"
O9, OTHER = "https://example.go.th/o9", "https://example.go.th/other"
MANUAL = "คู่มือหรือแนวทางการขอรับบริการสำหรับผู้รับบริการหรือผู้มาติดต่อ"


@pytest.fixture
def organization(people):
    return people.clerk.user.organization


@pytest.fixture
def item(organization):
    item = make_item(9, organization=organization, meaning="service_manual")
    item.title = MANUAL
    return item


@pytest.fixture
def clerk(visit, people):
    visitor = visit(people.clerk)
    visitor.get("/disclosures/pages")
    return visitor


@pytest.fixture
def found(organization, item):
    """A page that was read: one link is certain, one is likely, one is neither."""
    links = [[f"O9 {MANUAL}", O9], ["แบบฟอร์ม", OTHER, "O9"], ["หน้าแรก", "https://example.go.th/"]]
    return make_found_page(organization=organization, links=links)


def ticked(page, address):
    return page.values(address).get("link", [])


def test_a_pasted_address_is_read_by_a_job_while_the_page_waits(clerk, db):
    page = clerk.post("/disclosures/pages?year=2569", {"url": PAGE})

    assert page.h1 == "กำลังอ่านหน้าเว็บ"
    assert db.session.query(FoundPage).one().url == PAGE
    assert db.session.query(Work).one().kind == WorkKind.FIND_LINKS


@pytest.mark.parametrize("url", ["", "example.go.th", "file:///etc/passwd"])
def test_what_is_no_address_is_said_beside_its_field(clerk, db, url):
    page = clerk.post("/disclosures/pages?year=2569", {"url": url}, status=422)

    assert list(page.problems.values()) == ["url"]
    assert db.session.query(FoundPage).count() == 0


def test_a_page_that_could_not_be_opened_says_why(clerk, db):
    clerk.post("/disclosures/pages?year=2569", {"url": PAGE})
    work = db.session.query(Work).one()
    work.state, work.refusal = WorkState.FAILED, Sentence("The file is empty.").to_json()

    page = clerk.get(f"/disclosures/pages/{work.subject_id}")

    assert page.h1 == "อ่านหน้าเว็บไม่ได้"
    assert "ไฟล์ว่างเปล่า" in page.alerts[0]


def test_a_page_that_could_not_be_opened_while_the_office_is_offline_says_that_too(clerk, db, organization):
    clerk.post("/disclosures/pages?year=2569", {"url": PAGE})
    work = db.session.query(Work).one()
    work.state, work.refusal = WorkState.FAILED, Sentence("The file is empty.").to_json()
    db.session.add(LinkRules(organization_id=organization.id, intranet_names=[], offline_since=MORNING))

    page = clerk.get(f"/disclosures/pages/{work.subject_id}")

    assert "เครื่องนี้ออกอินเทอร์เน็ตไม่ได้ตั้งแต่ 20 กุมภาพันธ์ 2569" in page.alerts[0]
    assert "ลองเปิดในเบราว์เซอร์" in page.main


def test_links_are_offered_with_how_sure_that_is_and_none_is_ticked(clerk, found):
    page = clerk.get(f"/disclosures/pages/{found.id}")

    assert "✓ แน่ใจ" in page.main
    assert "หน้าเว็บระบุว่าเป็นข้อ O9" in page.main
    assert "ลิงก์อื่นในหน้านี้ 1" in page.main
    assert ticked(page, f"/disclosures/pages/{found.id}") == []


def test_everything_certain_is_ticked_by_one_tap(clerk, found, item):
    page = clerk.get(clerk.get(f"/disclosures/pages/{found.id}").links["เลือกทุกลิงก์ที่แน่ใจ"])

    assert ticked(page, f"/disclosures/pages/{found.id}") == [f"0-{item.id}"]


def test_only_what_is_ticked_is_added(clerk, found, item):
    clerk.get(f"/disclosures/pages/{found.id}")

    page = clerk.post(f"/disclosures/pages/{found.id}", {"link": [f"1-{item.id}"]})

    assert "เพิ่มแล้ว 1 ลิงก์" in page.alerts[0]
    assert [(one.link.url, one.title) for one in item.addresses] == [(OTHER, "แบบฟอร์ม")]


def test_what_is_there_already_is_not_offered_again(clerk, found, item, organization):
    other = make_item(
        10, organization=organization, meaning="e_service", links=(make_link(O9, organization=organization),)
    )
    clerk.get(f"/disclosures/pages/{found.id}")
    clerk.post(f"/disclosures/pages/{found.id}", {"link": [f"0-{item.id}"]})

    page = clerk.get(f"/disclosures/pages/{found.id}")

    assert "มีอยู่แล้ว" in page.main
    assert len(other.addresses) == 1


@pytest.mark.parametrize("sent", [[], ["7-{item}"], ["0-987654"], ["x"], ["0"], ["-1-{item}"]])
def test_what_was_not_offered_adds_nothing(clerk, found, item, sent):
    clerk.get(f"/disclosures/pages/{found.id}")

    page = clerk.post(
        f"/disclosures/pages/{found.id}", {"link": [one.format(item=item.id) for one in sent]}, status=422
    )

    assert "โปรดเลือกอย่างน้อยหนึ่งลิงก์" in page.alerts[0]
    assert item.addresses == []


def test_no_item_of_another_organization_or_year_gets_a_link(clerk, found, organization):
    strangers = make_item(9, organization=make_organization("เทศบาลอื่น"))
    older = make_item(9, organization=organization, fiscal_year=2568)
    clerk.get(f"/disclosures/pages/{found.id}")

    clerk.post(f"/disclosures/pages/{found.id}", {"link": [f"0-{strangers.id}", f"0-{older.id}"]}, status=422)

    assert (strangers.addresses, older.addresses) == ([], [])


def test_a_page_whose_links_fit_nothing_says_so(clerk, organization):
    page = make_found_page(organization=organization, links=[["หน้าแรก", "https://example.go.th/"]])

    assert "ไม่มีลิงก์ใดในหน้านี้ตรงกับรายการ" in clerk.get(f"/disclosures/pages/{page.id}").main


def test_one_person_does_not_fill_the_lane_in_which_everybodys_pages_wait(make_app, clock):
    app = make_app({"RATELIMIT_ENABLED": True})
    with app.app_context():
        clerk = make_people().clerk
        database.session.commit()
        visitor = Visitor(app, clerk)
        visitor.get("/disclosures/pages")
        sent = {"url": PAGE, "csrf_token": visitor.page.token}
        answers = [visitor.get("/disclosures/pages", status=None, method="POST", data=sent).status for _ in range(31)]

    assert answers == [302] * 30 + [429]
