from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.factories import make_organization
from tests.factories_public import make_item, make_link
from tracker.documents import disclosure_layout as layout
from tracker.documents.disclosure_layout import Field
from tracker.documents.reading import apart
from tracker.documents.writing.disclosure_workbook import Item, write_items
from tracker.models import DisclosureAddress, DisclosureItem
from tracker.queries import disclosures as queries

URL = "https://example.go.th/o9"


@pytest.fixture
def organization(people):
    return people.clerk.user.organization


@pytest.fixture
def clerk(visit, people):
    visitor = visit(people.clerk)
    visitor.get("/disclosures/workbook")
    return visitor


@pytest.fixture
def listed(organization):
    return lambda year=2569: {one.meaning: one for one in queries.of_year(organization.id, fiscal_year=year)}


@pytest.fixture
def send(clerk):
    def send(content, *, year=2569, **options):
        clerk.get(f"/disclosures/workbook?year={year}")
        return clerk.post(f"/disclosures/workbook?year={year}", {"file": (BytesIO(content), "รายการ.xlsx")}, **options)

    return send


def book_of(page):
    return load_workbook(BytesIO(page.response.data))


def filled_in(content, *rows):
    """Return a workbook with cells of its list filled in: for each row its number, a field and a value."""
    book = load_workbook(BytesIO(content))
    sheet = book[layout.ITEMS]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for number, field, value in rows:
        sheet.cell(number, columns[field], value)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def facts(item):
    addresses = [(one.link.url, one.title) for one in item.addresses]
    division = item.division.name if item.division else ""
    return item.number, item.title, division, addresses, item.is_confirmed, item.is_retired


def test_what_beginning_does_is_shown_before_it_is_done(clerk, organization, listed):
    make_item(
        17,
        organization=organization,
        fiscal_year=2568,
        meaning="complaint_procedure",
        links=(make_link(URL, organization=organization),),
    )
    make_item(22, organization=organization, fiscal_year=2568, meaning="gift_report")

    page = clerk.get("/disclosures/beginning?year=2569")

    assert "เดิม O17" in page.main
    assert "เพิ่มใหม่ในปีนี้ 25" in page.main
    assert "ไม่ต้องเปิดเผยแล้ว 1" in page.main
    assert listed() == {}


def test_a_list_is_begun_by_one_button(clerk, listed):
    clerk.get("/disclosures/beginning?year=2569")

    page = clerk.post("/disclosures/beginning?year=2569")

    assert "เพิ่มในรายการแล้ว 26 ข้อ" in page.alerts[0]
    assert len(listed()) == 26


def test_addresses_that_come_to_items_already_listed_are_told(clerk, organization):
    clerk.post("/disclosures/beginning?year=2569")
    link = make_link(URL, organization=organization)
    make_item(2, organization=organization, fiscal_year=2568, meaning="executives", links=(link,))
    clerk.get("/disclosures/workbook")

    page = clerk.post("/disclosures/beginning?year=2569")

    assert page.alerts[0].endswith("เพิ่มแล้ว 1 ลิงก์")


def test_begun_twice_it_says_that_nothing_was_left_to_do(clerk, listed):
    for _ in range(2):
        clerk.get("/disclosures/workbook")
        page = clerk.post("/disclosures/beginning?year=2569")

    assert "ไม่มีการเปลี่ยนแปลง" in page.alerts[0]
    assert "รายการครบอยู่แล้ว" in clerk.get("/disclosures/beginning?year=2569").main
    assert len(listed()) == 26


def test_the_next_year_can_be_begun_from_the_newest(clerk, listed):
    clerk.post("/disclosures/beginning?year=2569")
    assert clerk.get("/disclosures").links["เริ่มรายการปีงบประมาณ พ.ศ. 2570"] == "/disclosures/beginning?year=2570"

    clerk.post("/disclosures/beginning?year=2570")

    assert len(listed(2570)) == 26


def test_no_year_further_away_is_begun(clerk):
    clerk.get("/disclosures/beginning?year=2571", status=404)
    clerk.post("/disclosures/beginning?year=2571", status=404)


def test_the_form_is_filled_in_and_taken_in(clerk, send, listed, organization):
    clerk.post("/disclosures/beginning?year=2569")
    form = clerk.get("/disclosures/form.xlsx?year=2569").response.data
    name = organization.divisions[1].name

    page = send(
        filled_in(
            form,
            (2, Field.ADDRESSES, f"{URL}\nhttps://example.go.th/map"),
            (2, Field.DIVISION, name),
            (28, Field.NUMBER, 40),
            (28, Field.TITLE, "ผังเมืองรวม"),
        )
    )

    assert "เพิ่ม 1 ข้อ · แก้ไข 1 ข้อ · เพิ่ม 2 ลิงก์" in page.alerts[0]
    assert [one.link.url for one in listed()["structure"].addresses] == [URL, "https://example.go.th/map"]
    assert listed()["structure"].division.name == name
    assert listed()["own:40.1"].title == "ผังเมืองรวม"


def test_the_form_of_a_year_that_has_no_list_holds_the_one_of_the_handbook(clerk):
    sheet = book_of(clerk.get("/disclosures/form.xlsx?year=2570"))[layout.ITEMS]

    assert sheet.max_row == 27


def test_what_is_downloaded_is_taken_in_again_by_another_organization_without_loss(
    visit, clerk, send, people, listed, organization, db
):
    stranger = people.stranger.user.organization
    links = tuple(make_link(f"{URL}/{name}", organization=stranger) for name in ("ก", "b?c=1,2"))
    first = make_item(9, organization=stranger, division=stranger.divisions[0], meaning="service_manual", links=links)
    first.addresses[0].title, first.is_confirmed = "คู่มือ = งานทะเบียน", False
    make_item(40, organization=stranger).is_retired = True
    organization.divisions[0].name = stranger.divisions[0].name

    send(visit(people.stranger).get("/disclosures/file.xlsx?year=2569").response.data)

    theirs = {one.meaning: facts(one) for one in queries.of_year(stranger.id, fiscal_year=2569)}
    assert {meaning: facts(one) for meaning, one in listed().items()} == theirs
    assert len(theirs) == 2


def test_what_is_taken_in_a_second_time_changes_nothing(clerk, send):
    clerk.post("/disclosures/beginning?year=2569")
    content = clerk.get("/disclosures/file.xlsx?year=2569").response.data

    assert "ไม่มีการเปลี่ยนแปลง" in send(content).alerts[0]


def test_one_row_that_cannot_be_read_keeps_the_whole_file_out(send, db):
    content = write_items(
        [Item("", 40, "ผังเมือง", "กองบิน", [("ftp://x", "")]), Item("", 41, "ก")], divisions=(), say=str
    )

    page = send(content, status=422)

    assert "มี 1 แถวที่นำเข้าไม่ได้ จึงยังไม่มีการเปลี่ยนแปลงใด ๆ" in page.alerts[0]
    row = page.root.all("tbody")[0].all("tr")[0]
    assert [cell.text for cell in row.all("td")][::2] == ["2", "40"]
    assert "กองบิน" in row.text
    assert "http://" in row.text
    assert db.session.query(DisclosureItem).count() == 0


def test_an_item_with_more_addresses_than_fit_is_refused_and_nothing_is_half_done(send, db, organization):
    links = tuple(make_link(f"{URL}/{number}", organization=organization) for number in range(49))
    make_item(9, organization=organization, links=links)
    rows = [Item("", 40, "ผังเมือง"), Item("own:9", 9, "ข้อมูลเปิดเผยที่ 9", "", [(f"{URL}/{one}", "") for one in "ab"])]

    page = send(write_items(rows, divisions=(), say=str), status=422)

    assert "50" in page.alerts[0]
    assert db.session.query(DisclosureItem).count() == 1
    assert db.session.query(DisclosureAddress).count() == 49


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"words", "ไฟล์ Excel"), (b"PK\x03\x04", ""), (b"", ""), (b"MZ" * 100, "")],
)
def test_another_file_is_refused_beside_its_field(send, content, says):
    page = send(content, status=422)

    ((words, at),) = page.problems.items()
    assert (at, says in words) == ("file", True)


def test_no_file_is_asked_for(clerk):
    assert "file" in clerk.post("/disclosures/workbook?year=2569", {}, status=422).problems.values()


def test_a_file_that_takes_too_long_is_given_up(send, monkeypatch):
    monkeypatch.setattr("tracker.web.disclosure_years.SECONDS", 0.0)

    assert len(send(write_items([Item("", 40, "ก")], divisions=(), say=str), status=422).problems) == 1


def test_the_file_of_the_list_holds_only_ones_own_items(clerk, organization):
    make_item(33, organization=make_organization("เทศบาลอื่น"))
    make_item(9, organization=organization)

    content = clerk.get("/disclosures/file.xlsx").response.data

    assert [cells.number for cells in apart.read_items(content, "x.xlsx", seconds=60)] == ["9"]
