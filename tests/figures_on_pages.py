"""Reads figures off pages: what each number says, and how long the list is that it leads to."""

import re
from dataclasses import dataclass

from tests.markup import Element
from tests.pages import Page, Visitor


@dataclass(frozen=True)
class Number:
    """A number on a page that leads to tasks."""

    words: str
    address: str

    @property
    def says(self) -> int:
        """How many tasks it promises: `▲ 2 overdue`, `3/14` counts 14, `28 February · 7 tasks`; a status is of one."""
        if ratio := re.match(r"\d+/(\d+)", self.words):
            return int(ratio[1])
        if tasks := re.search(r"(\d+) งาน$", self.words):
            return int(tasks[1])
        first = re.match(r"(?:▲ )?(\d+)\b", self.words)
        return int(first[1]) if first else 1


def numbers(page: Page) -> list[Number]:
    """Return every number of a page that leads to tasks."""
    links = page.root.all("main")[0].all("a")
    return [Number(link.text, link.get("href")) for link in links if link.get("href").startswith("/tasks?")]


def listed(visitor: Visitor, address: str) -> int:
    """Return how many tasks a list shows, once it is clear that it says the same number."""
    page = visitor.get(address)
    shown = len([link for link in page.root.all("a") if link.get("class") == "row-link"])
    assert f"{shown} งาน" in page.main
    assert page.alerts == []
    return shown


def lies(visitor: Visitor, page: Page) -> list[tuple[Number, int]]:
    """Return the numbers of a page that are not the length of the list behind them, with what that is."""
    found = [(number, listed(visitor, number.address)) for number in numbers(page)]
    assert found
    return [(number, length) for number, length in found if number.says != length]


def counts(page: Page) -> dict[str, int]:
    """Return the counts of the first part on a page, by their words."""
    shown = next(one for one in page.root.all("ul") if one.get("class") == "counts")
    found = (re.fullmatch(r"(?:▲ )?(\d+) (.+)", item.text) for item in shown.all("li"))
    return {one[2]: int(one[1]) for one in found if one}


def table(page: Page, name: str) -> dict[str, Element]:
    """Return the rows of a table that this heading names, by what each is about."""
    found = next(one for one in page.root.all("table") if one.get("aria-labelledby") == name)
    return {row.all("th")[0].text: row for row in found.all("tbody")[0].all("tr")}


def row(page: Page, name: str, about: str) -> list[str]:
    """Return the words of the cells of a table's row."""
    return [cell.text for cell in table(page, name)[about].all("td")]


def verdict(page: Page) -> str:
    """Return the one sentence that says how it stands."""
    return next(paragraph.text for paragraph in page.root.all("p") if "verdict" in paragraph.get("class"))
