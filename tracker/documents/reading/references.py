"""References to letters in web pages, such as `&#3585;`."""

import re

_ENDLESS = re.compile(r"&#[0-9]{20,}+")  # the last letter there is has seven digits, some write zeros before


def without_endless_numbers(html: str) -> str:
    """Return a page without references whose number is no letter's: of 4,300 digits Python refuses to make a number."""
    return _ENDLESS.sub("\ufffd", html)
