import pytest

from tests.patience import patience
from tracker.documents.reading import apart
from tracker.documents.reading.page_links import MOST_LINKS, links_of
from tracker.domain.disclosure_matches import FoundLink

URL = "https://example.go.th/ita/2569"


def links(html):
    return links_of(html, url=URL)


def only(html):
    (link,) = links(html)
    return link


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("https://example.go.th/a", "https://example.go.th/a"),
        ("HTTPS://EXAMPLE.go.th", "https://example.go.th/"),
        ("o9.pdf", "https://example.go.th/ita/o9.pdf"),
        ("/o9", "https://example.go.th/o9"),
        ("//files.example.go.th/o9", "https://files.example.go.th/o9"),
        (" คู่มือ 9.pdf ", "https://example.go.th/ita/คู่มือ%209.pdf"),
        ("?id=9", "https://example.go.th/ita/2569?id=9"),
        ("../x#part", "https://example.go.th/x#part"),
    ],
)
def test_an_address_is_whole(href, address):
    assert only(f"<a href='{href}'>x</a>").address == address


def test_relative_addresses_start_from_the_base_of_the_page():
    assert only("<base href='/files/'><a href='o9.pdf'>x</a>").address == "https://example.go.th/files/o9.pdf"


@pytest.mark.parametrize(
    "href",
    [
        "",
        "#top",
        "mailto:a@example.go.th",
        "tel:053",
        "javascript:void(0)",
        "data:text/html,x",
        "http://[",
        "https://u:p@example.go.th/",
    ],
)
def test_what_leads_to_no_page_is_passed_over(href):
    assert links(f"<a href='{href}'>x</a>") == []


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<a href=x> คู่มือ\n <b>ประชาชน</b></a>", "คู่มือ ประชาชน"),
        ("<a href=x><img src=y alt='คู่มือ'></a>", "คู่มือ"),
        ("<a href=x title='คู่มือ'><i></i></a>", "คู่มือ"),
        ("<a href=x aria-label='คู่มือ'></a>", "คู่มือ"),
        ("<a href=x>&#3588;&amp;</a>", "ค&"),
        ("<a href=x><div>O9</div><div>คู่มือ</div></a>", "O9 คู่มือ"),
        ("<a href=x></a>", ""),
    ],
)
def test_a_link_is_called_what_is_seen_of_it(html, title):
    assert only(html).title == title


@pytest.mark.parametrize(
    "html",
    [
        "<h3>O9 คู่มือ</h3><ul><li><a href=x>ดู</a></ul>",
        "<h2>O9 คู่มือ</h2><h4>กองคลัง</h4><p><a href=x>ดู</a></p>",
        "<p>O9 คู่มือ</p><div><a href=x>ดู</a></div>",
        "<li>O9 คู่มือ <a href=x>ดู</a></li>",
        "<table><tr><td>O9<td><div>คู่มือ</div><td><p><a href=x>ดู</a></p></table>",
        "<details><summary>O9 คู่มือ</summary><a href=x>ดู</a></details>",
    ],
)
def test_what_stands_beside_a_link_is_kept(html):
    assert any("O9" in text for text in only(html).nearby)


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>O9<td>x</tr><tr><td>ติดต่อ<td><a href=x>ดู</a></tr></table>",
        "<section><h2>O9</h2></section><a href=x>ดู</a>",
        "<p>O9</p><footer><a href=x>ดู</a></footer>",
        "<h2>O9</h2><h2>ข่าว</h2><a href=x>ดู</a>",
        "<script>var a = 'O9'</script><a href=x>ดู</a>",
    ],
)
def test_what_is_about_something_else_is_not_beside_it(html):
    assert not any("O9" in text for text in only(html).nearby)


def test_an_address_comes_once_with_the_most_that_is_said_of_it():
    found = links("<a href=x><img></a><p>O9 <a href=x>คู่มือประชาชน</a></p>")

    assert found == [FoundLink("คู่มือประชาชน", "https://example.go.th/ita/x", ("O9 คู่มือประชาชน",))]


@pytest.mark.parametrize(
    "html", ["", "<", "<a href=", "</tr></a></p>", "<tr><a href=x>", "<a href=x><a href=y>", "\x00<b>"]
)
def test_a_page_need_not_be_well_formed(html):
    links(html)


def test_a_page_of_links_without_end_is_cut():
    assert len(links("".join(f"<a href={number}>x</a>" for number in range(MOST_LINKS + 10)))) == MOST_LINKS


@pytest.mark.parametrize("piece", ["<a href=x>", "<tr>", "<div>", "<p>O9 ", "<!--", "&#", "<table><tr><td><a href=x>y"])
def test_a_page_made_to_take_long_does_not(piece):
    with patience(30):
        links(piece * 20_000)


@pytest.mark.parametrize(
    "html",
    [
        "<a href=x>" + "<p>ab" * 50_000,
        "<a href=x>" + "<tr>ab" * 50_000,
        "<a href=x>" + '<img alt=" "><p>' * 50_000,
        "<base href=x/>" * 50_000,
        '<a href="http://a' + "\u0301\u0316" * 50_000 + '">x</a>',
    ],
)
def test_what_a_page_leaves_open_does_not_grow_with_all_that_follows(html):
    with patience():  # each was a minute and more
        links(html)


def test_the_first_base_of_a_page_counts():
    assert only("<base href='/a/'><base href='/b/'><a href='x'>x</a>").address == "https://example.go.th/a/x"


@pytest.mark.parametrize("html", ["<![[", "<![if x]>", "<![CDATA[x]]>", "<p>&#" + "9" * 6000 + ";"])
def test_what_the_library_stumbles_over_keeps_no_link_back(html):
    assert only(f"<p>{html}></p><a href='x'>x</a>").address == "https://example.go.th/ita/x"


def test_a_page_is_read_in_a_process_of_its_own():
    assert apart.read_links("<a href=o9>O9</a>", url=URL, seconds=60) == [
        FoundLink("O9", "https://example.go.th/ita/o9")
    ]
