import io
import os
import stat
from contextlib import suppress
from hashlib import sha256

import pytest
from PIL import Image

from tests import papers
from tracker.documents.evidence.intake import taken_in
from tracker.documents.evidence.refusals import EmptyFile, TooLarge, Unacceptable
from tracker.documents.evidence.storage import Storage
from tracker.domain.evidence import FileType

LIMIT = 1024 * 1024
PHOTOGRAPHS = [("JPEG", "jpg"), ("PNG", "png"), ("HEIF", "heic")]


@pytest.fixture
def storage(tmp_path):
    return Storage(tmp_path / "uploads")


@pytest.fixture
def take(storage):
    return lambda content, name="": taken_in(io.BytesIO(content), name=name, storage=storage, limit=LIMIT)


@pytest.fixture
def shown(storage, take):
    """Return the preview and the thumbnail of a picture."""

    def shown(content):
        with take(content) as file:
            return file.preview.read_bytes(), file.thumbnail.read_bytes()

    return shown


@pytest.mark.parametrize("name", papers.GOOD)
def test_every_kind_that_is_promised_is_taken_as_it_came(storage, take, name):
    content = papers.GOOD[name]()

    with take(content, name) as file:
        kept = storage.keep(file.received.path)
        facts = (file.name, file.kind, file.received.size, file.received.sha256)

    assert facts == (name, FileType(name.rpartition(".")[2].lower()), len(content), sha256(content).hexdigest())
    assert storage.path_of(kept).read_bytes() == content


@pytest.mark.parametrize(
    "content",
    [
        papers.pdf(version="2.0"),
        papers.pdf() + b"\r\n\0\0",
        papers.pdf(objects="(He wrote Launched and JavaScripts)"),
        papers.docx({"word/embeddings/a.xlsx": papers.xlsx(), "word/media/ภาพ.png": papers.png()}),
        papers.docx({"word/media/a.bin": bytes(5 * 1024 * 1024)}),
        papers.picture("JPEG", progressive=True) + b"what some cameras append",
        papers.picture("PNG", size=(1, 1)),
        papers.picture("MPO", save_all=True, append_images=[Image.new("RGB", (9, 9))]),
    ],
    ids=[
        "pdf 2",
        "zeros after",
        "words in a pdf",
        "a workbook within",
        "packs well",
        "a camera's",
        "tiny",
        "two views",
    ],
)
def test_what_is_merely_unusual_is_taken(take, content):
    with take(content) as file:
        assert file.received.size == len(content)


def test_what_is_not_kept_is_thrown_away_at_the_end(storage, take):
    with take(papers.photograph()) as file:
        assert len({file.received.path, file.preview, file.thumbnail} & set(storage.all_files())) == 3

    assert list(storage.all_files()) == []


def test_what_breaks_off_on_its_way_leaves_nothing(storage):
    class Torn(io.BytesIO):
        def read(self, *_):
            if self.tell():
                raise ConnectionError
            return super().read(10)

    with pytest.raises(ConnectionError):
        storage.receive(Torn(bytes(100)), limit=LIMIT)

    assert list(storage.all_files()) == []


def test_the_limit_itself_may_be_reached(take, storage):
    assert storage.receive(io.BytesIO(bytes(LIMIT)), limit=LIMIT).size == LIMIT
    with pytest.raises(TooLarge), take(bytes(LIMIT + 1)):
        pass
    with pytest.raises(EmptyFile), take(b""):
        pass


def test_only_the_program_itself_may_read_the_files(storage, take):
    with take(papers.pdf()) as file:
        path = storage.path_of(storage.keep(file.received.path))

    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert {stat.S_IMODE(os.stat(folder).st_mode) for folder in [path.parent, path.parent.parent, storage.folder]} == {
        0o700
    }


def test_names_on_the_disk_are_random_and_lie_two_folders_deep(storage, take):
    paths = []
    for _ in range(2):
        with take(papers.pdf(), "รายงาน.pdf") as file:
            paths.append(storage.path_of(storage.keep(file.received.path)))

    assert len(set(paths)) == 2
    assert {len(path.relative_to(storage.folder).parts) for path in paths} == {3}
    assert "รายงาน" not in str(paths)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 32 + "/", "A" * 32, "x" * 32, "รายงาน.pdf"])
def test_only_names_of_ours_lead_to_a_file(storage, name):
    with pytest.raises(ValueError, match="not the name"):
        storage.path_of(name)


@pytest.mark.parametrize(("form", "ending"), PHOTOGRAPHS)
def test_a_preview_says_nothing_of_where_and_how_it_was_taken(shown, form, ending):
    content = papers.photograph(form)
    assert b"CAMERA-MODEL" in content

    for preview in shown(content):
        assert b"CAMERA-MODEL" not in preview
        assert b"WRITTEN-BESIDE" not in preview
        assert b"Exif" not in preview
        with Image.open(io.BytesIO(preview)) as picture:
            assert picture.format == "JPEG"
            assert dict(picture.getexif()) == {}
            assert not {"exif", "comment", "xmp", "icc_profile"} & set(picture.info)


@pytest.mark.parametrize(("form", "ending"), PHOTOGRAPHS)
def test_the_original_keeps_every_byte(storage, take, form, ending):
    content = papers.photograph(form)

    with take(content, f"ภาพ.{ending}") as file:
        name = storage.keep(file.received.path)

    assert storage.path_of(name).read_bytes() == content


def test_a_picture_taken_sideways_is_shown_upright(shown):
    """Orientation 6: the camera was held upright, so the left (red) half of the picture is its top."""
    preview, _ = shown(papers.photograph(orientation=6))

    with Image.open(io.BytesIO(preview)) as picture:
        assert picture.size == (48, 64)
        red, _, blue = picture.getpixel((24, 5))
        assert red > blue


def test_a_large_picture_is_shown_small_enough_for_a_phone(shown):
    preview, thumbnail = shown(papers.picture(size=(4000, 3000)))

    assert Image.open(io.BytesIO(preview)).size == (1600, 1200)
    assert Image.open(io.BytesIO(thumbnail)).size == (240, 180)


def test_what_is_transparent_is_shown_on_white(shown):
    content = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(content, "PNG")

    preview, _ = shown(content.getvalue())

    assert Image.open(io.BytesIO(preview)).getpixel((5, 5)) == (255, 255, 255)


def test_grey_of_a_scanner_stays_grey(shown):
    content = io.BytesIO()
    Image.new("I;16", (10, 10), 128 * 256).save(content, "PNG")

    preview, _ = shown(content.getvalue())

    assert Image.open(io.BytesIO(preview)).getpixel((5, 5)) == (128, 128, 128)


def test_damaged_notes_of_a_camera_do_not_matter(take):
    content = papers.photograph().replace(b"CAMERA-MODEL", b"\xff" * 12)

    with take(content) as file:
        assert file.preview is not None


@pytest.mark.parametrize("kind", ["", "pdf", "docx", "xlsx", "png"])
def test_no_content_however_torn_breaks_the_inspection(take, kind):
    """Every cut of a good file, under its own name and without one, is taken or refused in words."""
    content = {"": papers.jpg, "pdf": papers.pdf, "docx": papers.docx, "xlsx": papers.xlsx, "png": papers.png}[kind]()

    for end in range(1, len(content), 37):
        with suppress(Unacceptable), take(content[:end], f"a.{kind}" if kind else ""):
            pass
