import pytest

from tracker.domain.intranet import MOST_NAMES, NoHostName, read_name, read_names


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("intranet", "intranet"),
        (" Intranet.Example.go.th. ", "intranet.example.go.th"),
        ("ระบบ.example.go.th", "xn--r3caz6c.example.go.th"),
        ("files-2.local", "files-2.local"),
    ],
)
def test_a_name_is_taken_in_one_spelling(written, name):
    assert read_name(written) == name


@pytest.mark.parametrize(
    "written",
    [
        "10.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "::1", "[::1]", "fe80::1",
        "::ffff:10.0.0.1", "intranet:8080", "10.0.0.1.", "1.2.3.4.5", "intranet.0x",
        "localhost", "LOCALHOST.", "a.localhost", "localhost.localdomain", "ip6-localhost",
        "*", "*.example.go.th", "intranet*", "http://intranet/", "intranet/path", "user@intranet",
        "-intranet", "intranet-.local", "a..b", "in tranet", "a_b", "x" * 64, ".".join(["abc"] * 70),
    ],
)  # fmt: skip
def test_what_can_never_be_let_in_is_refused(written):
    with pytest.raises(NoHostName):
        read_name(written)


def test_names_are_kept_once_and_in_order():
    assert read_names(["b.local", "", "A.local", "a.local."]) == ["a.local", "b.local"]


def test_there_are_only_so_many():
    with pytest.raises(NoHostName):
        read_names(f"host{number}" for number in range(MOST_NAMES + 1))
