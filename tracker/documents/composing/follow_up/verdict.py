"""The one sentence on a plan, as official papers put it; which case it is the rules say (domain/verdicts)."""

from tracker.documents.composing.follow_up.facts import Facts
from tracker.documents.composing.follow_up.words import names, share
from tracker.domain.thai import long_date
from tracker.domain.verdicts import MOST_NAMED, Case, Verdict

_FOLLOWS = {
    Case.ALL_DONE: "ครบทุกงานแล้ว",
    Case.BEHIND: "ต่ำกว่าแผน แต่ไม่มีงานเกินกำหนด",
    Case.AHEAD: "เร็วกว่าแผน",
    Case.ON_COURSE: "เป็นไปตามแผน",
}


def sentence(verdict: Verdict, facts: Facts) -> str:
    """Return how far the plan is, how far it should be, and what follows from that."""
    total, day = verdict.total, long_date(verdict.day)
    if verdict.case == Case.NOTHING_SET:
        return f"ยังไม่มีการกำหนดงาน ณ วันที่ {day}"
    if verdict.case == Case.NOT_BEGUN:
        return f"ยังไม่เริ่มปีงบประมาณ กำหนดงานไว้แล้ว {total.countable:,} งาน ณ วันที่ {day}"
    how_far = f"ดำเนินการแล้ว{share(total.percent)} ควรได้{share(total.expected_percent)} ณ วันที่ {day}"
    return f"{how_far} {_FOLLOWS.get(verdict.case) or _who_is_late(verdict, facts)}"


def _who_is_late(verdict: Verdict, facts: Facts) -> str:
    late, latest = verdict.late, [facts.name(division) for division in verdict.latest]
    if len(latest) == 1:
        return f"{latest[0]}มีงานเกินกำหนดมากที่สุด {late:,} งาน"
    who = names(latest) if len(latest) <= MOST_NAMED else f"ส่วนราชการ {len(latest)} แห่ง "
    return f"{who}มีงานเกินกำหนดมากที่สุด ส่วนราชการละ {late:,} งาน"
