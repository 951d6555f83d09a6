"""What a password must be: long enough and not what everybody tries first. No rules of composition."""

import re

from tracker.domain.sentences import N_, Refusal
from tracker.domain.thai import arabic_digits, nfc

SHORTEST, LONGEST = 10, 1024

# What people type first when something of ten letters is asked for, on the English and on the Thai keyboard.
_ROWS = (
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "ๅ/-ภถุึคตจขช",
    "ๆไำพะัีรนยบล",
    "ฟหกดเ้่าสวง",
    "ผปแอิืทมใฝ",
    "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
)
_WORDS = (
    "password",
    "passw0rd",
    "p@ssword",
    "p@ssw0rd",
    "administrator",
    "admin",
    "welcome",
    "letmein",
    "iloveyou",
    "thailand",
    "bangkok",
    "government",
    "municipality",
    "tessaban",
    "qwerty",
    "abc",
    "รหัสผ่าน",
    "ยฟหหไนพก",  # "password" with the keyboard still on Thai
    "สวัสดี",
    "ประเทศไทย",
    "กรุงเทพ",
    "เทศบาล",
    "ผู้ดูแลระบบ",
    "ฉันรักเธอ",
    "ita",
)
_TAIL = re.compile(r"[\d!@#$%^&*()._\-+ ]*")


class BadPassword(Refusal):
    """The password cannot be taken, and the sentence says why."""


def check_password(password: str, *, username: str) -> str:
    """
    Return the password as it is hashed (NFC) if it may be one's own.

    :raises BadPassword: saying what to change
    """
    if len(password) > LONGEST:
        raise BadPassword(N_("A password has at most %(count)s characters."), count=LONGEST)
    password = nfc(password)
    if len(password) < SHORTEST:
        raise BadPassword(N_("Write at least %(count)s characters. A short sentence is good."), count=SHORTEST)
    plain = arabic_digits(password).casefold()
    if _is_made_of(plain, username.casefold()):
        raise BadPassword(N_("Your user name cannot be your password."))
    if _is_common(plain):
        raise BadPassword(
            N_("This is among the first that strangers would try. Think of words only you would put together.")
        )
    return password


def _is_common(plain: str) -> bool:
    letters = "".join(plain.split())
    return (
        _is_repeated(letters)
        or any(_is_walk(letters, row) for row in _ROWS)
        or any(_is_made_of(letters, word) for word in _WORDS)
    )


def _is_repeated(letters: str) -> bool:
    """Return whether it is one to four characters over and over: 1111111111, abcabcabcabc."""
    return any(
        letters == (letters[:size] * len(letters))[: len(letters)] for size in range(1, 5) if size < len(letters)
    )


def _is_walk(letters: str, row: str) -> bool:
    """Return whether it runs along a row of keys or the alphabet, in either direction, round and round."""
    round_and_round = row * (len(letters) // len(row) + 2)
    return letters in round_and_round or letters[::-1] in round_and_round


def _is_made_of(letters: str, word: str) -> bool:
    """Return whether it is the word, perhaps several times, with nothing but digits and marks around it."""
    return bool(word) and bool(re.fullmatch(rf"{_TAIL.pattern}(?:{re.escape(word)})+{_TAIL.pattern}", letters))
