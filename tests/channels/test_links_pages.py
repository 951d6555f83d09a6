from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.patience import patience
from tracker.channels.links.addresses import next_address, spelled
from tracker.channels.links.failures import Failed
from tracker.channels.links.pages import decoded, words_of


def test_only_what_is_shown_is_text():
    page = """<head><title>ชื่อ</title><style>p{}</style><script>var a = "<p>ไม่พบหน้า</p>";</script></head>
    <!-- ไม่พบหน้า <p> --><p>เห็น</p><noscript>Enable JavaScript</noscript><template>ซ่อน</template>"""

    assert words_of(page).text == "เห็น"


def test_words_of_neighbouring_parts_do_not_run_together():
    assert words_of("<p>หนึ่ง</p><p>สอง</p><b>ส</b>าม").text == "หนึ่ง สอง สาม"


def test_entities_are_letters():
    words = words_of("<title>A &amp; B</title><h1>&#3585;&nbsp;&lt;</h1>")

    assert (words.title, words.headings) == ("A & B", ("ก <",))


def test_the_first_title_counts_and_one_in_a_picture_does_not():
    assert words_of("<svg><title>Icon</title></svg><title>Page</title><title>Other</title>").title == "Page"


def test_headings_are_noted_whole():
    assert words_of("<h1>404 <small>Not <b>Found</b></small></h1><h4>no</h4><h2></h2>").headings == ("404 Not Found",)


@pytest.mark.parametrize("mark", ["<img src=a>", "<iframe src=a></iframe>", "<script src=a></script>", "<svg></svg>"])
def test_what_shows_without_words_is_noted(mark):
    assert words_of(f"<body>{mark}</body>").shows_more
    assert not words_of("<body><div></div></body>").shows_more


@pytest.mark.parametrize("mark", ["<input type=password>", "<INPUT name='p' TYPE='Password' />"])
def test_a_password_field_is_noted(mark):
    assert words_of(f"<form>{mark}</form>").asks_for_password


def test_a_password_field_in_a_comment_or_script_is_none():
    assert not words_of("<!-- <input type=password> --><script>'<input type=password>'</script>").asks_for_password


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0;url=/plan", "/plan"),
        ("0; URL='http://a.test/?a=1&amp;b=2'", "http://a.test/?a=1&b=2"),
        ("5, /next", "/next"),
        ("300;url=/plan", ""),
        ("5", ""),
        ("soon", ""),
    ],
)
def test_where_a_page_sends_on_to_by_itself(content, target):
    assert words_of(f'<meta http-equiv="Refresh" content="{content}">').sends_on_to == target


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("ก".encode(), ""),
        ("ก".encode(), "text/html; charset=UTF-8"),
        ("ก".encode("utf-8-sig"), "text/html; charset=tis-620"),
        ("ก".encode("utf-16"), ""),
        ("ก".encode("cp874"), "text/html; charset=TIS-620"),
        ("ก".encode("cp874"), "text/html; charset=windows-874"),
        ("กขคงจ".encode("cp874"), ""),
        ("กขคงจ".encode("cp874"), "text/html; charset=utf-8"),
        ("ก".encode(), "text/html; charset=no-such-thing"),
        ("ก".encode(), "text/html; charset=base64"),
    ],
)
def test_thai_is_read_in_every_encoding(body, kind):
    assert decoded(body, kind).startswith("ก")


def test_a_page_cut_within_a_letter_is_still_utf_8():
    assert decoded(("ข้อความ" * 50).encode()[:-1], "").startswith("ข้อความ")


@given(st.text(alphabet=st.sampled_from("<>/!-=\"' abhscriptle&#;ก\x00"), max_size=300))
def test_whatever_is_written_a_page_is_read(page):
    words_of(page)


@pytest.mark.parametrize(
    "piece", ["<a", "<!--", "<script>", "<title>", "<h1>", "<meta x='", "&#", '<a b="', "</", "<p>ก"]
)
def test_a_page_of_one_piece_over_and_over_is_read(piece):
    words_of(piece * (1_000_000 // len(piece)))


@given(st.binary(max_size=200), st.text(max_size=30))
def test_whatever_bytes_come_they_are_text(body, kind):
    decoded(body, kind)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://a.test", "http://a.test/"),
        ("HTTPS://A.Test:443/x", "https://a.test/x"),
        ("http://a.test.:8080/", "http://a.test:8080/"),
        ("http://เทศบาล.ไทย/แผน", "http://xn--o3cg7ak5c9d.xn--o3cw4h/%E0%B9%81%E0%B8%9C%E0%B8%99"),
        ("http://a.test/a b?c d=é#ก", "http://a.test/a%20b?c%20d=%C3%A9"),
        ("http://a.test/100%/%41", "http://a.test/100%25/%41"),
        ("http://[2606:2800:0:0::1]/", "http://[2606:2800::1]/"),
        ("http://a_b.test/", "http://a_b.test/"),
    ],
)
def test_an_address_is_spelled_as_it_goes_over_the_line(url, asked):
    assert spelled(url) == asked
    assert spelled(asked) == asked


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/b", "http://a.test/b"),
        ("b?c", "http://a.test/x/b?c"),
        ("//b.test/c", "http://b.test/c"),
        ("https://b.test", "https://b.test/"),
        ("?q=1", "http://a.test/x/y?q=1"),
        ("/แผน", "http://a.test/%E0%B9%81%E0%B8%9C%E0%B8%99"),
        ("/แผน".encode().decode("latin-1"), "http://a.test/%E0%B9%81%E0%B8%9C%E0%B8%99"),
        ("/แผน".encode("cp874").decode("latin-1"), "http://a.test/%E1%BC%B9"),
    ],
)
def test_where_an_answer_leads(location, target):
    assert next_address("http://a.test/x/y", location) == target


@given(st.text(max_size=60))
def test_whatever_is_written_is_an_address_or_refused(text):
    for attempt in (
        lambda: spelled(text),
        lambda: spelled(f"http://{text}/"),
        lambda: next_address("http://a.test/", text),
    ):
        with suppress(Failed):
            found = attempt()
            assert found.isascii()
            assert spelled(found) == found


@pytest.mark.parametrize("name", ["punycode", "idna", "unicode_escape", "utf-7", "rot13"])
def test_an_encoding_that_no_page_is_written_in_is_not_tried(name):
    page = f"<meta charset={name}><p>-aaaa ก".encode()

    assert decoded(page, "") == decoded(page, f"text/html; charset={name}") == page.decode()


@pytest.mark.parametrize(
    ("name", "text"), [("windows-1252", "né"), ("Shift_JIS", "日本"), ("gb18030", "中文"), ("KOI8-R", "привет")]
)
def test_a_page_in_another_script_is_read_in_its_encoding(name, text):
    assert decoded(text.encode(name), f"text/html; charset={name}") == text


@pytest.mark.parametrize("attributes", ["a" * 1990, 'a="' * 660, "a " * 990, "a= " * 660])
def test_a_page_of_endless_attributes_is_read_in_a_moment(attributes):
    page = f"<meta {attributes}>" * 1000

    with patience():  # by tries from within each name it was a minute
        words_of(page)


@pytest.mark.parametrize("url", ["https://a.example/" + "/" * 20_000, "https://" + "a." * 130 + "example/"])
def test_an_address_longer_than_any_is_not_asked_for(url):
    with pytest.raises(Failed):
        next_address("https://a.example/", url)


def test_the_longest_address_that_people_enter_is_asked_for():
    assert spelled("https://a.example/" + "ก" * 1980).count("%") == 3 * 1980


def test_a_head_of_endless_blanks_names_no_encoding_in_a_moment():
    with patience():  # it was half a minute, while nothing else in the program ran
        assert decoded("ก".encode(), "text/html; charset=" + " " * 20_000 + ";") == "ก"


@pytest.mark.parametrize(
    "location", ["http://[", "//]", "http://[1:2]/", "http://a\u2100b/".encode().decode("latin-1")]
)
def test_a_server_that_sends_on_to_what_is_no_address_is_told_of(location):
    with pytest.raises(Failed):
        next_address("https://a.example/", location)


def test_a_host_of_endless_marks_is_refused_before_it_is_looked_into():
    with patience(1), pytest.raises(Failed):  # it was two, while nothing else in the program ran
        next_address("https://a.example/", ("http://a" + "\u0301\u0316" * 16_000).encode().decode("latin-1"))


def test_a_letter_of_six_thousand_digits_is_read_as_one_that_is_missing():
    assert words_of("<p>ก&#" + "9" * 6000 + ";ข").text.startswith("ก\ufffd")
