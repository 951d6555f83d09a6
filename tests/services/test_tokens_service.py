import pytest

from tracker.services import tokens


@pytest.fixture(autouse=True)
def _context(app):
    with app.app_context():
        yield


def test_a_fingerprint_is_the_same_each_time_and_other_for_another_purpose():
    assert tokens.fingerprint("link", "secret") == tokens.fingerprint("link", "secret")
    assert tokens.fingerprint("link", "secret") != tokens.fingerprint("code", "secret")
    assert "secret" not in tokens.fingerprint("link", "secret")


def test_with_another_secret_of_the_installation_nothing_is_recognised(app, monkeypatch):
    mark, sealed = tokens.fingerprint("link", "secret"), tokens.seal("secret")
    monkeypatch.setitem(app.config, "SECRET_KEY", "another secret than before")

    assert tokens.fingerprint("link", "secret") != mark
    assert tokens.unseal(sealed) is None


def test_what_is_sealed_can_be_read_once_more_and_not_by_looking():
    sealed = tokens.seal("ความลับ")

    assert tokens.unseal(sealed) == "ความลับ"
    assert "ความลับ" not in sealed


@pytest.mark.parametrize("change", [lambda text: text[:-2], lambda text: "A" + text[1:], lambda _: "", lambda _: "x"])
def test_what_was_tampered_with_is_not_read(change):
    assert tokens.unseal(change(tokens.seal("secret"))) is None


def test_no_two_tokens_and_no_two_codes_are_alike():
    assert len({tokens.new_token() for _ in range(100)}) == 100
    assert len({tokens.new_code(10) for _ in range(100)}) == 100
