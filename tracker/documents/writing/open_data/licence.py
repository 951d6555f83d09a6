"""Under what terms the open data may be used (docs/decisions/0029)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Licence:
    """A licence with its name in both languages and the address of its text."""

    code: str  # SPDX
    thai: str
    english: str
    url: str


LICENCE = Licence(
    "CC-BY-4.0",
    "ครีเอทีฟคอมมอนส์ แบบแสดงที่มา 4.0 สากล (CC BY 4.0)",
    "Creative Commons Attribution 4.0 International (CC BY 4.0)",
    "https://creativecommons.org/licenses/by/4.0/",
)
