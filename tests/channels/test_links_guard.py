import errno
import socket

import pytest

from tests import links_vectors as vectors
from tests.links_names import Resolver
from tests.links_server import HERE, QUICK, bad_server, head_is, on_to, page
from tracker.channels.links import look
from tracker.domain.links import Failure

PUBLIC = {vectors.PUBLIC, vectors.PUBLIC6}


class Connections:
    """Everything that this process tried to connect to; what is not on this machine is refused rather than tried."""

    def __init__(self) -> None:
        self.tried: list[tuple[str, int]] = []

    def connect(self, sock: socket.socket, address: tuple) -> None:
        """Stand in for `socket.connect`."""
        self.tried.append((address[0], address[1]))
        if not address[0].startswith("127.") and address[0] != "::1":
            raise ConnectionRefusedError(errno.ECONNREFUSED, "nobody there")
        super(socket.socket, sock).connect(address)

    def forbidden(self, *but: int) -> list[tuple[str, int]]:
        """Return the attempts at anything but the internet and these ports of the first page."""
        return [one for one in self.tried if one[0] not in PUBLIC and one not in [("127.0.0.1", port) for port in but]]


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> Connections:
    found = Connections()
    # In the place of the house's own guard: what is tried must be counted, not only refused.
    monkeypatch.setattr(socket.socket, "connect", lambda sock, address: found.connect(sock, address))
    return found


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list]:
    table: dict[str, list] = {"public.test": [vectors.PUBLIC], **vectors.NAMES}
    monkeypatch.setattr(socket, "getaddrinfo", Resolver(table))
    return table


@pytest.fixture(scope="module")
def office():
    """Somebody who listens on every address of this machine and counts who comes."""
    with bad_server(address="0.0.0.0") as four:
        yield four


DIRECT = {
    **{f"{name}: {host}": f"http://{host}:{{port}}/" for name, host in vectors.MACHINES.items()},
    **{f"TLS, {name}": f"https://{host}:{{port}}/" for name, host in list(vectors.MACHINES.items())[:12]},
    **{f"spelled, {name}": f"http://{host}:{{port}}/" for name, host in vectors.SPELLINGS.items()},
    **{f"IPv6, {name}": f"http://[{host}]:{{port}}/" for name, host in vectors.IPV6.items()},
    **{f"trick, {name}": url for name, url in vectors.TRICKS.items()},
    **{f"scheme, {name}": url for name, url in vectors.SCHEMES.items()},
    **{f"name, {host}": f"http://{host}:{{port}}/" for host in vectors.NAMES},
    **{f"TLS by name, {host}": f"https://{host}:{{port}}/" for host in list(vectors.NAMES)[:10]},
}


def test_a_connection_would_be_counted(connections, names, office):
    before = office.connections

    look(f"http://2130706434:{office.port}/", limits=QUICK, also_open=("127.0.0.0/8",))

    assert connections.forbidden() != []
    assert office.connections > before


def test_there_are_more_than_120_ways_in_and_each_is_another():
    every = [DIRECT, vectors.NEIGHBOURS, vectors.REDIRECTS, dict.fromkeys(vectors.PORTS)]

    assert sum(map(len, every)) >= 120
    assert len(set(DIRECT.values())) == len(DIRECT)


@pytest.mark.parametrize("url", DIRECT.values(), ids=DIRECT.keys())
def test_no_address_leads_into_the_office(url, connections, names, office):
    before = office.connections

    seen = look(url.replace("{port}", str(office.port)), limits=QUICK)

    assert connections.forbidden() == []
    assert office.connections == before
    assert seen.failure is not None


@pytest.mark.parametrize("port", vectors.PORTS)
def test_no_other_service_than_the_web_is_asked(port, connections, names):
    seen = look(f"http://public.test:{port}/", limits=QUICK)

    assert seen.failure == Failure.NOT_ALLOWED
    assert connections.tried == []


@pytest.mark.parametrize("host", vectors.NEIGHBOURS)
def test_a_name_that_is_let_in_lets_nothing_else_in(host, connections, names, office):
    names.update(vectors.NEIGHBOURS)
    before = office.connections

    seen = look(f"http://{host}:{office.port}/", allowed_hosts=vectors.ALLOWED, limits=QUICK)

    assert connections.forbidden() == []
    assert office.connections == before
    assert seen.failure in {Failure.NOT_ALLOWED, Failure.NO_SUCH_HOST}


def _ways_on(place: str):
    sent = place.encode().decode("latin-1")
    return {
        "/302": on_to(sent),
        "/308": on_to(sent, "308 Permanent Redirect"),
        "/head": head_is(on_to(sent), on_to(sent, "301 Moved")),
        "/refresh": page(f"<meta charset=utf-8><meta http-equiv=refresh content='0;url={place}'>".encode()),
    }


@pytest.mark.parametrize("path", ["/302", "/308", "/head", "/refresh"])
@pytest.mark.parametrize("place", vectors.REDIRECTS.values(), ids=vectors.REDIRECTS.keys())
def test_no_redirect_leads_into_the_office(place, path, connections, names, office):
    before = office.connections
    with bad_server(_ways_on(place.replace("{port}", str(office.port)))) as first:
        seen = look(first.url(path), limits=QUICK, also_open=HERE)

        assert connections.forbidden(first.port) == []
        assert first.connections > 0
    assert office.connections == before
    assert seen.failure is not None or seen.status == 404  # a path of the first server's own


def test_a_name_that_changes_between_two_requests_is_checked_for_each(connections, names, office):
    names["changing.test"] = [["127.0.0.1"], ["127.0.0.2"]]
    before = office.connections
    with bad_server() as first:
        seen = look(first.url("/plan", host="changing.test"), limits=QUICK, also_open=HERE)

        assert first.methods() == ["HEAD /plan"]
        assert connections.forbidden(first.port) == []
    assert office.connections == before
    assert seen.failure == Failure.NOT_ALLOWED


def test_the_machine_that_was_checked_is_the_one_connected_to(connections, names):
    names["public-then-loopback.test"] = [[vectors.PUBLIC], [vectors.PUBLIC6]]

    look("http://public-then-loopback.test/", limits=QUICK)

    assert connections.tried == [(vectors.PUBLIC, 80), (vectors.PUBLIC6, 80)]


def test_the_office_own_name_is_let_in_however_its_letters_are_written(connections, names):
    names["intranet.office.test"] = ["10.0.0.7"]

    for host in ("intranet.office.test", "INTRANET.Office.test", "intranet.office.test."):
        look(f"http://{host}/", allowed_hosts=[" Intranet.OFFICE.test. "], limits=QUICK)

    assert connections.tried == [("10.0.0.7", 80)] * 3


def test_an_unspeakable_name_in_the_list_lets_nothing_in(connections, names):
    look("http://10.0.0.7/", allowed_hosts=["", "*", "http://10.0.0.7/", "10.0.0.0/8", "a..b"], limits=QUICK)

    assert connections.tried == []


def test_a_redirect_into_the_office_is_followed_to_a_name_that_is_let_in(connections, names):
    names["intranet.office.test"] = ["10.0.0.7"]
    with bad_server({"/on": on_to("http://intranet.office.test/")}) as first:
        look(first.url("/on"), allowed_hosts=["intranet.office.test"], limits=QUICK, also_open=HERE)

        assert set(connections.tried) == {("127.0.0.1", first.port), ("10.0.0.7", 80)}


def test_no_proxy_of_the_environment_is_asked(connections, names, office, monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{office.port}")

    look("http://public.test/", limits=QUICK)

    assert set(connections.tried) == {(vectors.PUBLIC, 80)}
