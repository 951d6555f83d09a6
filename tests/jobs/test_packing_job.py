"""Packing evidence into one archive with an index."""

import shutil
import zipfile
from hashlib import sha256
from io import BytesIO
from types import SimpleNamespace
from urllib.parse import unquote

import pytest

from tests.clocks import MORNING, TODAY
from tests.factories import make_evidence, make_measure, make_people, make_plan, make_task, storage
from tests.markup import parse
from tracker.domain.issues import IssueKind, Scope
from tracker.domain.packs import LONGEST_PATH
from tracker.domain.works import WorkState
from tracker.extensions import db as database
from tracker.jobs import issuing, works
from tracker.queries import issues as queries
from tracker.services import issues

WHOLE = Scope(IssueKind.EVIDENCE)
INDEXES = {"index.html", "index.pdf"}


@pytest.fixture
def world(app, db):
    """A plan with two measures of two indicators, a task of each, and who asks."""
    shutil.rmtree(app.config["SETTINGS"].issued, ignore_errors=True)
    people, plan = make_people(), make_plan()
    first, second = (make_task(measure=make_measure(number, plan=plan)) for number in (2, 9))
    return SimpleNamespace(plan=plan, people=people, first=first, second=second)


@pytest.fixture
def attach(world):
    """Attach a file of this content; its hash is kept as it is when somebody uploads it."""

    def attach(task=None, *, content=b"", **options):
        evidence = make_evidence(task or world.first, **options)
        content = content or f"content {evidence.id}".encode()
        path = storage().path_of(evidence.file.name)
        path.write_bytes(content)
        evidence.file.sha256 = sha256(content).hexdigest()
        evidence.file.size = len(content)
        return evidence

    return attach


@pytest.fixture
def pack(world, clock):
    """Ask for a pack, let it be made, and open it."""

    def pack(scope=WHOLE):
        wish = issues.Wish(scope, as_of=TODAY)
        issue = issues.ask(plan=world.plan, wish=wish, by=world.people.clerk, now=MORNING, today=TODAY)
        database.session.commit()
        works.run()
        assert queries.work_of(issue).state == WorkState.DONE
        world.issue = queries.one(issue.id)
        path = issuing.storage().path_of(world.issue.file("zip").name)
        assert sha256(path.read_bytes()).hexdigest() == world.issue.file("zip").sha256
        return zipfile.ZipFile(BytesIO(path.read_bytes()))

    return pack


def files_of(archive):
    return sorted(set(archive.namelist()) - INDEXES)


def index_of(archive):
    return parse(archive.read("index.html").decode())


def test_a_pack_holds_every_file_as_it_was_uploaded_under_readable_names(world, attach, pack):
    attach(content=b"of the first", title="รายงานการประชุม.pdf")
    attach(world.second, content=b"of the second", title="ภาพกิจกรรม.jpg")

    archive = pack()

    assert archive.testzip() is None
    first, second = files_of(archive)
    division = world.first.division.name
    assert first == f"ตัวชี้วัดที่ 02 การใช้งบประมาณ/มาตรการที่ 1 {world.first.measure.title}/{division}/รายงานการประชุม.pdf"
    assert second.startswith("ตัวชี้วัดที่ 09 ")
    assert archive.read(first) == b"of the first"
    assert archive.read(second) == b"of the second"


def test_thai_names_are_marked_as_unicode(world, attach, pack):
    attach(title="รายงานการประชุม.pdf")

    archive = pack()

    assert all(entry.flag_bits & 0x800 for entry in archive.infolist() if entry.filename not in INDEXES)


def test_the_index_names_each_file_with_its_hash_and_leads_to_it(world, attach, pack):
    attach(content=b"abc", title="แผน & ผล 100%.pdf")

    archive = pack()

    page = index_of(archive)
    (path,) = files_of(archive)
    targets = [unquote(link.get("href")) for link in page.all("a")]
    assert path in targets
    assert sha256(b"abc").hexdigest() in page.text
    assert (page.all("html")[0].get("lang"), page.all("script")) == ("th", [])


def test_the_index_comes_as_pdf_as_well(world, attach, pack):
    attach()

    assert pack().read("index.pdf").startswith(b"%PDF")


def test_links_are_listed_and_not_followed(world, pack):
    make_evidence(world.first, title="ประกาศบนเว็บไซต์", url="https://example.go.th/ประกาศ?a=1&b=2")

    archive = pack()

    assert files_of(archive) == []
    assert "https://example.go.th/ประกาศ?a=1&b=2" in index_of(archive).text


def test_in_the_index_only_what_was_attached_and_hashes_may_be_torn(world, pack):
    address = "https://example.go.th/ประกาศ"
    make_evidence(world.first, title="ประกาศ", url=address)

    archive = pack()

    source = archive.read("index.html").decode()
    assert [line for line in source.splitlines() if "anywhere" in line] == [
        ".address, code { overflow-wrap: anywhere; }"
    ]
    (cell,) = [cell for cell in index_of(archive).all("td") if address in cell.text]
    assert cell.get("class") == "address"


def test_what_was_withdrawn_or_replaced_is_left_out(world, attach, pack):
    old = attach(title="ฉบับร่าง.pdf")
    attach(title="ฉบับจริง.pdf", replaces=old)
    attach(title="แนบผิด.pdf", is_withdrawn=True)

    archive = pack()

    (path,) = files_of(archive)
    assert path.endswith("/ฉบับจริง.pdf")
    assert "แนบผิด" not in index_of(archive).text
    assert "ฉบับที่ 2" in index_of(archive).text


def test_files_of_the_same_name_lie_beside_each_other(world, attach, pack):
    for content in (b"1", b"2", b"3"):
        attach(content=content, title="ภาพ.jpg")

    archive = pack()

    assert [path.rpartition("/")[2] for path in files_of(archive)] == ["ภาพ (2).jpg", "ภาพ (3).jpg", "ภาพ.jpg"]
    assert {archive.read(path) for path in files_of(archive)} == {b"1", b"2", b"3"}


def test_a_file_that_is_gone_from_the_disk_is_named_and_the_rest_is_packed(world, attach, pack):
    gone = attach(title="หาย.pdf")
    attach(title="อยู่.pdf")
    storage().path_of(gone.file.name).unlink()

    archive = pack()

    (path,) = files_of(archive)
    assert path.endswith("อยู่.pdf")
    assert "ไม่พบไฟล์ 1 รายการ" in index_of(archive).text
    assert "หาย.pdf ไม่พบไฟล์ในเครื่องแม่ข่าย" in index_of(archive).text


def test_a_file_that_is_not_what_was_uploaded_is_packed_with_a_word(world, attach, pack):
    changed = attach(content=b"as it was", title="แก้ไข.pdf")
    storage().path_of(changed.file.name).write_bytes(b"as it is")

    archive = pack()

    assert "เนื้อหาไม่ตรงกับที่บันทึกไว้ 1 ไฟล์" in index_of(archive).text
    assert sha256(b"as it is").hexdigest() in index_of(archive).text


@pytest.mark.parametrize(
    ("scope", "names"),
    [
        (WHOLE, {"สอง.pdf", "เก้า.pdf"}),
        (Scope(IssueKind.EVIDENCE, indicator=9), {"เก้า.pdf"}),
        (Scope(IssueKind.EVIDENCE, indicator=1), set()),
    ],
)
def test_a_pack_is_of_the_whole_plan_or_of_an_indicator(world, attach, pack, scope, names):
    attach(title="สอง.pdf")
    attach(world.second, title="เก้า.pdf")

    assert {path.rpartition("/")[2] for path in files_of(pack(scope))} == names


def test_to_a_round_belongs_what_was_due_since_the_one_before(world, attach, pack):
    first, second = world.plan.round_dates
    late = make_task(measure=make_measure(3, plan=world.plan), due_on=second)
    on_the_day = make_task(measure=make_measure(4, plan=world.plan), due_on=first)
    attach(late, title="ครึ่งหลัง.pdf")
    attach(on_the_day, title="ครึ่งแรก.pdf")

    def named(round_on):
        archive = pack(Scope(IssueKind.EVIDENCE, round_on=round_on))
        return [path.rpartition("/")[2] for path in files_of(archive)]

    assert (named(first), named(second)) == (["ครึ่งแรก.pdf"], ["ครึ่งหลัง.pdf"])


def test_long_and_dangerous_titles_give_short_and_harmless_paths(world, attach, pack):
    world.first.measure.title = "../../" + "มาตรการส่งเสริมความโปร่งใสและป้องกันการทุจริต " * 9
    attach(title="ก" * 190 + ".pdf")

    (path,) = files_of(pack())

    assert len(path) <= LONGEST_PATH
    assert ".." not in path.split("/")
    assert path.endswith("….pdf")
    assert max(len(part.encode()) for part in path.split("/")) <= 255


def test_which_files_are_in_a_pack_is_kept(world, attach, pack):
    kept = [attach().id, attach(world.second).id]
    storage().path_of(attach().file.name).unlink()

    pack()

    assert queries.packed(world.issue.id) == kept


def test_an_empty_pack_has_its_index(world, pack):
    archive = pack()

    assert set(archive.namelist()) == INDEXES
    assert "ไม่มีหลักฐาน" in index_of(archive).text
