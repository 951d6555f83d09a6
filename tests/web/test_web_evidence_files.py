import io

import pytest
from werkzeug.http import parse_options_header

from tests import papers
from tests.factories import make_evidence, storage

LINK = "https://www.example.go.th/ita/ประกาศ"


def send(visitor, task, content, name="รายงาน.pdf", *, field="file", status=302):
    return visitor.post(f"/tasks/{task.id}/evidence", {field: (io.BytesIO(content), name)}, status=status)


@pytest.mark.parametrize("name", papers.GOOD)
def test_a_file_comes_back_as_it_went_with_its_thai_name(member, task, rows, name):
    content = papers.GOOD[name]()

    page = send(member, task, content, name)
    answer = member.get(f"/evidence/{rows()[0].id}/file").response

    assert "แนบหลักฐานแล้ว" in page.alerts[0]
    assert name in page.main
    assert answer.data == content
    assert _name_in(answer) == name


def test_a_photograph_keeps_every_byte_and_its_preview_no_place(member, task, rows):
    content = papers.photograph()
    send(member, task, content, "ภาพถ่าย.jpg", field="photo")
    address = f"/evidence/{rows()[0].id}"

    assert member.get(f"{address}/file").response.data == content
    for preview in (f"{address}/preview", f"{address}/preview?small=1"):
        answer = member.get(preview).response
        assert answer.mimetype == "image/jpeg"
        assert b"Exif" not in answer.data
        assert b"CAMERA-MODEL" not in answer.data


@pytest.mark.parametrize("what", ["file", "preview"])
def test_what_is_handed_out_can_neither_run_nor_stay(member, task, what):
    answer = member.get(f"/evidence/{make_evidence(task).id}/{what}").response

    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Last-Modified" not in answer.headers
    is_attachment = answer.headers.get("Content-Disposition", "").startswith("attachment;")
    assert is_attachment == (what == "file")


def test_a_name_cannot_pass_for_another_part_of_the_header(member, task, rows):
    name = "a; filename=evil.exe; filename*=UTF-8''evil.exe; b=.pdf"
    send(member, task, papers.pdf(), name)

    assert _name_in(member.get(f"/evidence/{rows()[0].id}/file").response) == name.replace("*", "_")


def test_a_picture_is_shown_small_and_leads_to_its_large_preview(member, task):
    row = make_evidence(task)

    page = member.get(f"/tasks/{task.id}")

    image = page.root.all("img")[0]
    assert image.get("src") == f"/evidence/{row.id}/preview?small=1"
    assert image.within("a").get("href") == f"/evidence/{row.id}/preview"


def test_a_file_that_is_gone_from_the_disk_is_said_to_be(member, task, rows, caplog):
    row = make_evidence(task)
    storage().path_of(row.file.name).unlink()

    page = member.get(f"/evidence/{row.id}/file", status=404)

    assert page.h1 == "ไม่พบไฟล์"
    assert "ข้อมูลสำรอง" in page.main
    assert row.file.name in caplog.text


def test_a_link_and_a_document_have_no_preview(member, task):
    link = make_evidence(task, url=LINK, title="ลิงก์")

    for what in ("file", "preview"):
        member.get(f"/evidence/{link.id}/{what}", status=404)


def _name_in(answer):
    """Return the name under which a browser saves the file."""
    _, options = parse_options_header(answer.headers["Content-Disposition"])
    return options["filename"]
