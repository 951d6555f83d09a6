"""Whose report it is and of which fiscal years, from its headings and sentences."""

import re
from collections.abc import Collection, Iterable, Sequence

from tracker.domain.thai import arabic_digits

_SHORT_KINDS = {
    "อบต.": "องค์การบริหารส่วนตำบล",
    "อบจ.": "องค์การบริหารส่วนจังหวัด",
    "ทต.": "เทศบาลตำบล",
    "ทม.": "เทศบาลเมือง",
    "ทน.": "เทศบาลนคร",
}
_KIND = "|".join(map(re.escape, (*_SHORT_KINDS, *_SHORT_KINDS.values())))
# In running text the name ends where the next word begins.
_NAME = re.compile(rf"({_KIND}) ?([ก-๎]+?)(?=$|[^ก-๎]|อำเภอ|จังหวัด|จึง|ได้|ประจำปี)")
_COVER_YEAR = re.compile(r"ประจำ ?ป[ีั] ?(?:งบประมาณ)? ?(?:พ\. ?ศ\.)? ?(25\d\d)")
_FISCAL_YEAR = re.compile(r"งบประมาณ ?(?:พ\. ?ศ\. ?)?(25\d\d)")
_YEAR = re.compile(r"(?<!\d)(25\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"[ก-๎]\. ?(\d\d)(?!\d)")


def organization_named(lines: Iterable[str]) -> str:
    """
    Return the organization's full name: from the first line that begins with it, else the first that has it.

    Abbreviated kinds are written out (อบต. is องค์การบริหารส่วนตำบล).
    """
    candidates = [line.strip("*# ") for line in lines]
    found = next(filter(None, map(_NAME.match, candidates)), None)
    found = found or next(filter(None, map(_NAME.search, candidates)), None)
    return _SHORT_KINDS.get(found[1], found[1]) + found[2] if found else ""


def assessment_year(lines: Iterable[str], scored_years: Collection[int]) -> int | None:
    """
    Return the fiscal year assessed, in พ.ศ.

    It is the first `ประจำปีงบประมาณ` that has scores, else the first, else the last year with scores.
    """
    named = [int(year) for line in lines for year in _COVER_YEAR.findall(arabic_digits(line))]
    scored = [year for year in named if year in scored_years]
    return next(iter((*scored, *named)), max(scored_years, default=None))


def plan_year(time_frames: Sequence[str], assessed: int | None) -> int | None:
    """Return the fiscal year the measures' time frames name most, in พ.ศ., else the one after the assessed."""
    texts = [arabic_digits(text) for text in time_frames]
    fiscal = [int(year) for text in texts for year in _FISCAL_YEAR.findall(text)]
    if fiscal:
        return max(set(fiscal), key=lambda year: (fiscal.count(year), year))
    dated = [int(year) for text in texts for year in _YEAR.findall(text)]
    dated += [2500 + int(year) for text in texts for year in _SHORT_YEAR.findall(text)]
    # October to December lie in the year before their fiscal year, so the last year named is the plan's.
    after_assessed = [] if assessed is None else [assessed + 1]
    return max(dated + after_assessed, default=None)
