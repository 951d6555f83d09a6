import pytest

from tracker.domain.evidence import NotAnAddress, may_see, web_address
from tracker.domain.permissions import Role

KEPT = [
    "https://www.example.go.th/ita/2569",
    "https://www.example.go.th/ข่าว/ประกาศ?ปี=๒๕๖๙#บน",
    "http://เทศบาล.ไทย/",
    "http://example.go.th:8080/a%20b?x=1&y=2",
    "https://[2001:db8::1]/a",
]


@pytest.mark.parametrize("address", KEPT)
def test_an_ordinary_address_stays_as_it_is(address):
    assert web_address(address) == address


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  https://example.go.th/a \n", "https://example.go.th/a"),
        ("HTTPS://Example.GO.th", "https://example.go.th/"),
        ("http://example.go.th:80/a", "http://example.go.th/a"),
        ("https://example.go.th:443", "https://example.go.th/"),
    ],
)
def test_one_address_has_one_spelling(written, kept):
    assert web_address(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "",
        "   ",
        "www.example.go.th",
        "example",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " javascript://example.go.th/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.go.th/a",
        "//example.go.th/a",
        "/tasks/1",
        "mailto:a@example.go.th",
        "https://",
        "https:///a",
        "https://./a",
        "https://user@example.go.th/",
        "https://user:password@example.go.th/",
        "https://example.go.th@evil.example/",
        "https://example.go.th\\@evil.example/",
        "https://example.go.th/a b",
        "https://example.go.th/a\tb",
        "https://example.go.th/\0",
        "https://example.go.th/\u202egpj",
        "https://exam\u200bple.go.th/",
        "https://example.go.th:port/",
        "https://example.go.th:99999/",
        "https://[::1/",
        "https://example.go.th/" + "a" * 2000,
    ],
)
def test_what_is_no_link_for_everybody_is_refused(written):
    with pytest.raises(NotAnAddress):
        web_address(written)


SEES_ALL = {Role.CLERK, Role.EXECUTIVE, Role.AUDITOR}
SEES_OWN = {Role.HEAD, Role.OFFICER}


@pytest.mark.parametrize("role", list(Role))
def test_reviewers_executives_and_auditors_see_the_evidence_of_every_division(role):
    assert may_see(role, is_own_division=False) == (role in SEES_ALL)


@pytest.mark.parametrize("role", list(Role))
def test_a_division_sees_its_own_and_an_administrator_none(role):
    assert may_see(role, is_own_division=True) == (role in SEES_ALL | SEES_OWN)
