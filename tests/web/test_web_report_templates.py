"""The organization's own templates for Word files."""

import shutil
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from sqlalchemy import func, select

from tests.factories import make_measure, make_plan, make_task
from tests.papers import pdf
from tracker.domain.issues import IssueKind
from tracker.domain.statuses import Status
from tracker.jobs import issuing, works
from tracker.models import Issue, ReportTemplate
from tracker.queries import report_templates as queries

TEMPLATES = "/reports/templates"
OURS = ("หนังสือของ {{ organization }} ปี {{ fiscal_year }}", "{{p body }}", "แฮช {{ head_hash }}")


def word(*lines):
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.fixture(autouse=True)
def _empty_folder(app):
    shutil.rmtree(app.config["SETTINGS"].issued, ignore_errors=True)


@pytest.fixture
def clerk(visit, people):
    visitor = visit(people.clerk)
    visitor.get(TEMPLATES)
    return visitor


@pytest.fixture
def upload(clerk):
    """Send a template for the follow-up report."""

    def upload(content, *, name="แม่แบบ.docx", status=302, kind="follow_up"):
        return clerk.post(TEMPLATES, {"kind": kind, "file": (BytesIO(content), name)}, status=status)

    return upload


@pytest.fixture
def issued_word(clerk, people, db):
    """Issue a follow-up report and return the paragraphs of its Word file."""
    make_task(measure=make_measure(2, plan=make_plan()), status=Status.DONE)

    def issued_word():
        clerk.get("/reports/preview?kind=follow_up")
        form = clerk.page.values("/reports?year=2569")
        clerk.post("/reports?year=2569", form | {"note": "ออกใหม่"})
        works.run()
        issue = db.session.scalars(select(Issue).order_by(Issue.id.desc())).first()
        content = issuing.storage().path_of(issue.file("docx").name).read_bytes()
        return [paragraph.text for paragraph in Document(BytesIO(content)).paragraphs]

    return issued_word


def count(db):
    return db.session.scalar(select(func.count()).select_from(ReportTemplate))


@pytest.mark.parametrize("kind", ["plan", "follow_up"])
def test_the_example_can_be_used_as_it_is(clerk, upload, kind):
    content = clerk.get(f"{TEMPLATES}/examples/{kind}.docx").response.data

    page = upload(content, kind=kind)

    assert "แม่แบบถูกต้อง" in page.alerts[0]


def test_word_files_are_written_into_the_template(upload, issued_word):
    upload(word(*OURS))

    lines = issued_word()

    assert lines[0] == "หนังสือของ เทศบาลตำบลตัวอย่าง ปี ๒๕๖๙"
    assert any("สรุป" in line for line in lines[1:-1])
    assert lines[-1].startswith("แฮช ")


def test_the_page_of_the_report_says_which_template_was_used(clerk, upload, issued_word, db):
    upload(word(*OURS))
    issued_word()

    page = clerk.get(f"/reports/{db.session.scalars(select(Issue.id)).one()}").main

    assert "แม่แบบของหน่วยงาน แม่แบบ.docx ฉบับที่ 1" in page


def test_back_to_the_standard_and_to_an_earlier_one(clerk, upload, issued_word, db, people):
    upload(word(*OURS))
    first = db.session.scalars(select(ReportTemplate.id)).one()

    page = clerk.post(f"{TEMPLATES}/standard", {"kind": "follow_up"})
    assert "ใช้อยู่: แม่แบบมาตรฐาน" in page.main
    assert issued_word()[0].startswith("รายงานผลการดำเนินการ")

    page = clerk.post(f"{TEMPLATES}/{first}/choice", {})
    assert "ใช้อยู่: แม่แบบ.docx ฉบับที่ 3" in page.main
    assert issued_word()[0].startswith("หนังสือของ")
    assert [row.version for row in queries.of(people.clerk.user.organization_id)] == [3, 2, 1]


def test_going_back_to_what_is_in_use_already_changes_nothing(clerk, db):
    clerk.post(f"{TEMPLATES}/standard", {"kind": "plan"})

    assert count(db) == 0


def test_each_version_can_be_downloaded_again(clerk, upload, db):
    content = word(*OURS)
    upload(content)

    response = clerk.get(f"{TEMPLATES}/{db.session.scalars(select(ReportTemplate.id)).one()}/file").response

    assert response.data == content
    assert "attachment" in response.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["ถึง {{ organizaton }}"], "ไม่รู้จักช่อง “organizaton” ในแม่แบบ (ใกล้เคียง: organization)"),
        (["ถึง {{ organizaton }}"], "อยู่ในข้อความ “ถึง ‹ organizaton ›”"),
        (["{{ measures[0].titel }}"], "“titel” ในแม่แบบ (ใกล้เคียง: title)"),
        (["{% for measure in measures %}{{ measure.title }}"], "ขาด endfor"),
        (["{{ organization"], "อ่านเครื่องหมายในแม่แบบไม่ได้"),
        (["{{ title | attr('__class__') }}"], "แต่แม่แบบนี้ขอมากกว่านั้น"),
        (["{{ title.__class__.__mro__ }}"], "แต่แม่แบบนี้ขอมากกว่านั้น"),
        (["{{ ''.__class__ }}"], "แต่แม่แบบนี้ขอมากกว่านั้น"),
        (["{% for i in range(999999999) %}x{% endfor %}"], "แต่แม่แบบนี้ขอมากกว่านั้น"),
        (["{{ title * 999999999 }}"], "แต่แม่แบบนี้ขอมากกว่านั้น"),
        (["{% include '/etc/passwd' %}"], "แต่แม่แบบนี้ขอมากกว่านั้น"),
        (["{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}"], "แต่แม่แบบนี้ขอมากกว่านั้น"),
        (["กลางบรรทัด {{ body }}"], "ช่อง body เพียงแห่งเดียว"),
    ],
)
def test_what_is_wrong_with_a_template_is_said_at_once_and_it_is_not_used(upload, db, lines, says):
    page = upload(word(*lines), status=422)

    ((text, field),) = page.problems.items()
    assert says in text
    assert field == "file-follow_up"
    assert count(db) == 0
    assert [*issuing.storage().all_files()] == []


def test_a_template_that_never_comes_to_its_end_is_given_up(upload, monkeypatch):
    monkeypatch.setattr("tracker.web.report_templates.TRIAL_SECONDS", 4.0)
    loops = "".join(f"{{% for x{number} in xs %}}" for number in range(12))
    endless = "{% set xs = [1,2,3,4,5,6,7,8,9,0] %}" + loops + "x" + "{% endfor %}" * 12

    page = upload(word(endless), status=422)

    assert "ใช้เวลาหรือหน่วยความจำมากเกินไป" in page.alerts[0]


@pytest.mark.parametrize(("content", "name"), [(b"%PDF-", "แม่แบบ.docx"), (b"", "แม่แบบ.docx"), (b"PK\3\4", "a.docx")])
def test_what_is_no_word_file_is_refused(upload, db, content, name):
    upload(content, name=name, status=422)

    assert count(db) == 0


def test_another_kind_of_file_is_refused_by_name(upload):
    page = upload(pdf(), name="แม่แบบ.pdf", status=422)

    assert "แม่แบบต้องเป็นไฟล์ Word" in page.alerts[0]


def test_pdf_and_excel_stay_as_they_are(upload, issued_word, db):
    upload(word("ตัวเอง {{p body }}".replace("ตัวเอง ", "")))
    issued_word()

    issue = db.session.scalars(select(Issue)).one()
    assert issuing.storage().path_of(issue.file("pdf").name).read_bytes().startswith(b"%PDF")


def test_a_template_that_is_gone_from_the_disk_is_said_where_the_report_fails(clerk, upload, issued_word, db):
    upload(word(*OURS))
    template = db.session.scalars(select(ReportTemplate)).one()
    issuing.storage().path_of(template.name).unlink()

    with pytest.raises(AttributeError):  # there is no Word file
        issued_word()

    page = clerk.get(f"/reports/{db.session.scalars(select(Issue.id)).one()}")
    assert "แม่แบบของหน่วยงานไม่อยู่ในดิสก์แล้ว" in page.main


def test_templates_are_of_an_organization(visit, people, upload, db):
    upload(word(*OURS))
    template = db.session.scalars(select(ReportTemplate)).one()

    stranger = visit(people.stranger)
    stranger.get(f"{TEMPLATES}/{template.id}/file", status=404)
    assert "ใช้อยู่: แม่แบบมาตรฐาน" in stranger.get(TEMPLATES).main
    assert queries.current(people.stranger.user.organization_id, IssueKind.FOLLOW_UP) is None


def word_with(xml):
    """Return a template with something of Word's own in its last paragraph."""
    document = Document(BytesIO(word(*OURS, "")))
    document.paragraphs[-1]._p.append(parse_xml(f"<w:ins {nsdecls('w', 'r', 'a')}>{xml}</w:ins>"))
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def command(*parts):
    """Return a field of Word's as it writes them, its command in parts; a list is a field inside it."""
    inner = "".join(
        command(*part) if isinstance(part, list) else f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in parts
    )
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return begin + inner + end


@pytest.mark.parametrize(
    "xml",
    [
        '<w:fldSimple w:instr=" INCLUDEPICTURE &quot;http://example.com/a.png&quot; "/>',
        command(" DDE", "AUTO a b "),
        command(" {{ &quot;INCLUDE&quot; }}TEXT a "),
        command(["QUOTE 68 68 69"], " a b "),
        '<w:r><w:drawing><a:blip r:link="rId1"/></w:drawing></w:r>',
        '<w:altChunk r:id="rId1"/>',
    ],
)
def test_a_template_that_would_fetch_something_when_it_is_opened_is_refused(upload, db, xml):
    upload(word_with(xml), status=422)

    assert count(db) == 0


def test_page_numbers_and_conditions_of_words_own_are_taken(upload, db):
    upload(word_with(command(" IF ", ["PAGE"], " = 1 a b ")))

    assert count(db) == 1
