"""What every page promises, whatever it shows."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from config import ROOT

if TYPE_CHECKING:
    from tests.pages import Page

FIELDS = ("input", "select", "textarea")
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
LEFTOVERS = re.compile(r"%\(\w+\)|\{\{|\{%|\bNone\b|\bUndefined\b|<bound method")
ENGLISH = re.compile(r"\b[A-Z]?[a-z]+ [a-z]{2,} [a-z]{2,}\b")


def check(page: "Page") -> None:
    """Hold a page against what every page promises."""
    wrong = [problem for find in CHECKS for problem in find(page)]
    assert not wrong, "\n".join(wrong)


def _headings(page: "Page") -> Iterator[str]:
    headings = page.root.all("h1")
    if len(headings) != 1:
        yield f"{len(headings)} h1"
    elif not page.own_title.startswith(page.h1) and not page.h1.startswith(page.own_title.partition(" – ")[0]):
        yield f"the title {page.title!r} does not begin with the heading {page.h1!r}"


def _language(page: "Page") -> Iterator[str]:
    language = page.root.all("html")[0].get("lang")
    if language not in {"th", "en"}:
        yield f"lang is {language!r}"
    words = page.root.all("body")[0].own_language_text
    if leftover := LEFTOVERS.search(words):
        yield f"left on the page: {leftover[0]}"
    is_translated = (ROOT / "translations/th/LC_MESSAGES/messages.mo").exists()
    if language == "th" and is_translated and (english := ENGLISH.search(words)):
        yield f"not translated: {english[0]}"


def _ids(page: "Page") -> Iterator[str]:
    ids = [element.get("id") for element in page.root.descendants if "id" in element.attributes]
    yield from (f"id {name!r} is there twice" for name in sorted({name for name in ids if ids.count(name) > 1}))


def _forms(page: "Page") -> Iterator[str]:
    for form in page.root.all("form"):
        if not form.get("action"):
            yield "a form has no action"
        names = [control.get("name") for control in form.all("input")]
        if form.get("method", "get").lower() == "post" and "csrf_token" not in names:
            yield f"the form to {form.get('action')} has no token"


def _labels(page: "Page") -> Iterator[str]:
    labelled = {label.get("for") for label in page.root.all("label")}
    for control in page.root.all(*FIELDS):
        is_named = {"aria-label", "aria-labelledby"} & set(control.attributes) or control.within("label")
        if control.get("type") not in UNLABELLED and not is_named and control.get("id") not in labelled - {""}:
            yield f"<{control.tag} name={control.get('name')!r}> has no label"
    for button in page.root.all("button", "a"):
        if not button.text and "aria-label" not in button.attributes:
            yield f"<{button.tag}> has no words"


def _problems(page: "Page") -> Iterator[str]:
    """What was wrong with a form is said first, in the title too, and each problem leads to its field."""
    summary = page.problem_summary
    if (summary is not None) != (page.title != page.own_title):
        yield f"the title {page.title!r} does not say whether something is wrong"
    if summary is None:
        return
    if summary.get("tabindex") != "-1":
        yield "the summary of problems cannot take the focus"
    ids = {field.get("id") for field in page.root.all(*FIELDS) if field.get("type") != "hidden"}
    for link in summary.all("a"):
        if link.get("href").removeprefix("#") not in ids:
            yield f"the problem {link.text!r} leads to no field: {link.get('href')!r}"


def _inline(page: "Page") -> Iterator[str]:
    for element in page.root.descendants:
        yield from (f"inline {name}=" for name in element.attributes if name == "style" or name.startswith("on"))
        is_data = element.get("type") == "application/ld+json"  # no browser runs it
        if element.tag == "style" or (element.tag == "script" and "src" not in element.attributes and not is_data):
            yield f"inline <{element.tag}>"


def _headers(page: "Page") -> Iterator[str]:
    headers = page.response.headers
    policy = headers.get("Content-Security-Policy", "")
    if "default-src 'self'" not in policy or "unsafe" in policy or "frame-ancestors 'none'" not in policy:
        yield f"Content-Security-Policy: {policy!r}"
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield "no X-Content-Type-Options: nosniff"


CHECKS: tuple[Callable[["Page"], Iterator[str]], ...] = (
    _headings, _language, _ids, _forms, _labels, _problems, _inline, _headers,
)  # fmt: skip
