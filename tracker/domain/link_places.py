"""Where an address led: the same site or another, its first page, a door, a file store."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

USUAL_PREFIXES = ("www.", "m.", "web.")
# Services whose whole point is to lead elsewhere.
SHORTENERS = {
    *("1drv.ms", "aka.ms", "bit.ly", "cutt.ly", "fb.me", "fb.watch", "forms.gle", "g.co", "goo.gl", "is.gd", "lin.ee"),
    *("maps.app.goo.gl", "me-qr.com", "photos.app.goo.gl", "qrco.de", "rb.gy", "rebrand.ly", "s.id", "shorturl.asia"),
    *("shorturl.at", "t.co", "t.ly", "tinyurl.com", "url.in.th", "youtu.be"),
}
# One and the same service under several names.
FAMILIES = (
    ("google.com", "google.co.th", "googleusercontent.com", "youtube.com"),
    ("onedrive.com", "live.com", "sharepoint.com", "microsoft.com", "office.com"),
    ("facebook.com", "fb.com"),
)
DOORS = {"accounts.google.com", "login.microsoftonline.com", "login.live.com", "login.yahoo.com"}
FILE_STORES = {"drive.google.com", "docs.google.com", "sites.google.com", "drive.usercontent.google.com"}
# They show little or nothing to a program, whatever they show to people.
SOCIAL_NETWORKS = (
    "facebook.com",
    "fb.com",
    "fb.watch",
    "instagram.com",
    "linkedin.com",
    "tiktok.com",
    "twitter.com",
    "x.com",
)
LANGUAGES = {"lang", "language", "hl", "locale"}
_FIRST_PAGE = re.compile(
    r"/*+(?:(?:th|en|home|main|site|web|portal|frontpage)/*+)?(?:(?:index|home|main|default)(?:\.(?:php|html?|aspx?|jsp))?)?/*",
    re.IGNORECASE,
)
_DOOR = re.compile(
    r"(?:^|[/_.-])(?:log-?in|sign-?in|log-?on|sso|wp-login|servicelogin|auth(?:enticate)?)(?:[/_.-]|$)", re.IGNORECASE
)
_NOT_FOUND = re.compile(
    r"(?:.*/)?(?:(?:error|page|err)?[_-]?404(?:[_-]?(?:error|page))?|(?:page)?[_-]?not[_-]?found|error)(?:\.\w+)?/*",
    re.IGNORECASE,
)


def host_of(url: str) -> str:
    """Return the host of an address as people write it: in small letters, a Thai name in Thai."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return ".".join(_label(part) for part in host.split("."))


def is_same_site(asked: str, reached: str) -> bool:
    """Return whether two addresses are of one site: a www in front, https, a part of the site under its name."""
    one, other = _bare(host_of(asked)), _bare(host_of(reached))
    if one == other or other.endswith("." + one) or one in SHORTENERS:
        return True
    return any(_is_of(one, family) and _is_of(other, family) for family in FAMILIES)


def leads_to_first_page(asked: str, reached: str) -> bool:
    """Return whether something particular was asked for and the site's first page came."""
    return _is_first_page(reached) and not _is_first_page(asked) and _bare(host_of(asked)) not in SHORTENERS


def is_of_what_is_missing(url: str) -> bool:
    """Return whether an address is that of a site's own page for what is not there."""
    return bool(_NOT_FOUND.fullmatch(urlsplit(url).path))


def is_door(url: str) -> bool:
    """Return whether an address is that of a page to sign in."""
    return host_of(url) in DOORS or bool(_DOOR.search(unquote(urlsplit(url).path)))


def is_social_network(url: str) -> bool:
    """Return whether an address is of one of the large networks of people."""
    return _is_of(host_of(url), SOCIAL_NETWORKS)


def is_file_store(url: str) -> bool:
    """Return whether an address is of Google Drive or the documents in it."""
    return host_of(url) in FILE_STORES


def _is_first_page(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_FIRST_PAGE.fullmatch(parts.path)) and {name for name, _ in parse_qsl(parts.query)} <= LANGUAGES


def _bare(host: str) -> str:
    for prefix in USUAL_PREFIXES:
        if host.startswith(prefix) and host.count(".") > 1:
            return host.removeprefix(prefix)
    return host


def _is_of(host: str, family: tuple[str, ...]) -> bool:
    return any(host == name or host.endswith("." + name) for name in family)


def _label(part: str) -> str:
    try:
        return part[4:].encode("ascii").decode("punycode") if part.startswith("xn--") else part
    except UnicodeError:
        return part
