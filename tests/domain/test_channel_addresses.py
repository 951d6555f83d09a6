import pytest

from tracker.domain.channel_addresses import (
    BadAddress,
    hint,
    line_address,
    line_parts,
    read_bot_token,
    read_chat,
    read_line_id,
    read_line_token,
    read_other,
    read_webhook,
    secrets_of,
    telegram_address,
)

LINE_TOKEN = "aB3+/x=" * 20
LINE_ID = "U" + "0123456789abcdef" * 2
BOT = "123456789:AAF-aaaaaaaaaaaaaaaaaaaaaaaaaaaaa_b"


def test_a_line_address_gives_its_token_and_id_back():
    assert line_parts(line_address(token=LINE_TOKEN, to=LINE_ID)) == (LINE_TOKEN, LINE_ID)


def test_what_was_pasted_with_blanks_and_line_ends_around_it_is_read():
    assert read_line_token(f" {LINE_TOKEN}\r\n") == LINE_TOKEN
    assert read_line_id(f"\t{LINE_ID} ") == LINE_ID


@pytest.mark.parametrize("letter", "UCR")
def test_users_groups_and_rooms_are_line_ids(letter):
    assert read_line_id(letter + LINE_ID[1:]) == letter + LINE_ID[1:]


@pytest.mark.parametrize("written", ["", "@somchai", "u" + LINE_ID[1:], LINE_ID + "0", "U" + "g" * 32, f"{LINE_ID}/x"])
def test_a_display_name_is_no_line_id(written):
    with pytest.raises(BadAddress):
        read_line_id(written)


@pytest.mark.parametrize("written", ["", "short", f"{LINE_TOKEN} x", f"{LINE_TOKEN}\nX-Other: 1", "ก" * 30])
def test_what_cannot_be_a_line_token_is_refused(written):
    with pytest.raises(BadAddress):
        read_line_token(written)


@pytest.mark.parametrize("chat", ["123456789", "-1001234567890", "@kongkhlang"])
def test_a_telegram_address_has_the_bot_and_the_chat(chat):
    address = telegram_address(token=read_bot_token(BOT), chat=read_chat(chat))

    assert address == f"tgram://{BOT}/{chat}"


@pytest.mark.parametrize("written", ["", "กองคลัง", "12 34", "@", "1/2", "1?template=/etc/passwd"])
def test_what_cannot_be_a_chat_is_refused(written):
    with pytest.raises(BadAddress):
        read_chat(written)


@pytest.mark.parametrize("written", ["", "123", "abc:def", f"{BOT}/x"])
def test_what_cannot_be_a_bot_is_refused(written):
    with pytest.raises(BadAddress):
        read_bot_token(written)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://hook.example.org/in/a1", "jsons://hook.example.org/in/a1"),
        ("HTTPS://hook.example.org/in", "jsons://hook.example.org/in"),
        ("http://u:p@10.0.0.7:8080/in", "json://u:p@10.0.0.7:8080/in"),
        ("https://hook.example.org/in?key=a%26b&empty=", "jsons://hook.example.org/in?-key=a%26b&-empty="),
        ("jsons://hook.example.org/in", "jsons://hook.example.org/in"),
    ],
)
def test_a_webhook_keeps_its_path_and_arguments(written, address):
    assert read_webhook(written) == address


@pytest.mark.parametrize(
    "written", ["", "hook.example.org", "ftp://a.example.org", "https://", "https://a.example.org:port/", "file:///etc"]
)
def test_what_is_no_web_address_is_no_webhook(written):
    with pytest.raises(BadAddress):
        read_webhook(written)


@pytest.mark.parametrize(
    "written", ["discord://1/abc", "NTFYS://ntfy.example.org/topic", "mmosts://chat.example.org/k"]
)
def test_services_on_the_network_are_allowed_in_any_case_of_letters(written):
    assert read_other(written) == written.partition("://")[0].lower() + "://" + written.partition("://")[2]


@pytest.mark.parametrize(
    "scheme",
    ["file", "syslog", "rsyslog", "dbus", "qt", "glib", "gnome", "windows", "macosx", "kodi", "blink1", "mailto",
     "mailtos", "apprise", "apprises", "mqtt", "growl", "exec", "script", "javascript", "http", "https", "sns", "ses",
     "smpp", "twilio"],
)  # fmt: skip
def test_what_is_not_on_the_list_is_refused_with_the_list(scheme):
    with pytest.raises(BadAddress, match="discord://, form://"):
        read_other(f"{scheme}://secret-of-mine")


def test_line_is_sent_to_its_own_form():
    with pytest.raises(BadAddress, match="Choose LINE above"):
        read_other(f"line://token/{LINE_ID}")


@pytest.mark.parametrize(
    "option",
    ["template=/etc/passwd", "Template=x", "a=1&attach=file:///etc/passwd", "a=1;template=x", "&;ATTACH=x",
     "%20template=x", "template%20=x", "template+=x", "%09attach=x", "%74emplate=x", "template"],
)  # fmt: skip
def test_no_address_names_a_file_of_this_machine(option):
    with pytest.raises(BadAddress, match="must not name files"):
        read_other(f"slack://a/b/c?{option}")


@pytest.mark.parametrize("written", ["json://a b/c", "json://a\nb", "json://" + "a" * 1000, "json://a\0b"])
def test_an_address_is_one_line_of_some_length(written):
    with pytest.raises(BadAddress):
        read_other(written)


def test_no_refusal_repeats_what_was_typed():
    for read in (read_other, read_webhook, read_chat, read_bot_token, read_line_id, read_line_token):
        with pytest.raises(BadAddress) as caught:
            read("sesame://sesame")
        assert "sesame" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (line_address(token=LINE_TOKEN, to=LINE_ID), "…cdef"),
        ("tgram://123456789:AAF/-1001234567890", "…7890"),
        ("jsons://hook.example.org/in/0123456789?-key=secret", "…6789"),
        ("jsons://hook.example.org/in", "…"),
        ("discord://1/short/", "…"),
    ],
)
def test_a_hint_is_the_end_of_what_is_long_enough(address, shown):
    assert hint(address) == shown


def test_secrets_are_the_parts_of_an_address_as_written_and_as_meant_the_longest_first():
    found = secrets_of("jsons://user:p%40ss@host.example/path%2Fx?-k=v")

    assert {"user", "p%40ss", "p@ss", "path%2Fx", "path/x"} <= set(found)
    assert [len(part) for part in found] == sorted((len(part) for part in found), reverse=True)
