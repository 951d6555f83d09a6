"""A believable year: what each division did with each task, the same on every machine."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from tracker import clock
from tracker.domain.calendar import ONE_DAY, Calendar, end_of
from tracker.models import Appointment, Plan, Task
from tracker.queries import tasks as queries
from tracker.services import closings, evidence, task_reports, tasks
from tracker.services.task_reports import ReportText

NO_BUDGET = Decimal(0)
RESULTS = (
    ("ดำเนินการแล้วตามขั้นตอน และเผยแพร่บนเว็บไซต์ของหน่วยงาน", NO_BUDGET),
    ("จัดทำเอกสารเรียบร้อย แจ้งเวียนให้ทุกคนในกองทราบแล้ว", Decimal(850)),
    ("ดำเนินการครบทุกข้อ", NO_BUDGET),
    ("จัดประชุมชี้แจงและบันทึกรายงานการประชุมไว้แล้ว", Decimal("3200.50")),
)
CORRECTED = "แก้ไขเพิ่มเติมตามที่ผู้ตรวจผลแจ้งแล้ว"
DIFFICULTIES = ("บุคลากรไม่เพียงพอในช่วงเวลาเดียวกัน", "ประชาชนตอบแบบสอบถามน้อยกว่าที่คาดไว้")
SUGGESTIONS = ("ควรกำหนดผู้รับผิดชอบสำรอง", "ควรเพิ่มช่องทางประชาสัมพันธ์")
RETURNS = ("ขอให้แนบลิงก์เอกสารที่เผยแพร่", "ยังไม่ได้ระบุวันที่ดำเนินการ ขอให้เพิ่มเติม")
PROOFS = ("รายงานผลที่เผยแพร่บนเว็บไซต์", "ภาพกิจกรรมและรายชื่อผู้เข้าร่วม", "บันทึกข้อความแจ้งเวียน")
PROOF_ADDRESS = "https://municipality.example/ita"  # leads nowhere
OBSTACLES = ("รอข้อมูลจากหน่วยงานภายนอก", "เจ้าหน้าที่ผู้รับผิดชอบลาราชการ รอมอบหมายคนใหม่")
LATECOMERS = "รวมผลที่ส่วนราชการส่งภายในห้าวันทำการหลังวันครบรอบ"
CLOSES_AT = time(10, 30)
NOT_APPLICABLE = "ภารกิจนี้ไม่อยู่ในหน้าที่ของกองในรอบนี้"


@dataclass(frozen=True)
class People:
    """Who acts in the story; heads and officers by their division's id."""

    clerk: Appointment
    secretary: Appointment
    heads: dict[int, Appointment]
    officers: dict[int, Appointment]


@dataclass(frozen=True)
class Deed:
    """Something somebody does at a moment, to a task or (0) to the plan."""

    at: datetime
    task_id: int
    do: Callable[[datetime], None]


def tell(
    plan: Plan,
    *,
    plan_tasks: list[Task],
    people: People,
    calendar: Calendar,
    until: datetime,
    more: Sequence[Deed] = (),
) -> int:
    """
    Let the year happen up to a moment and return how many deeds that took.

    All of the moment's day has happened by then, so that the hour makes no difference.

    :param more: what happens to tasks that people leave alone
    """
    left_alone = {deed.task_id for deed in more}
    deeds = [deed for task in plan_tasks if task.id not in left_alone for deed in _deeds(task, people, calendar)]
    deeds += more
    deeds += [_closing(plan, round_on, people.clerk, calendar) for round_on in plan.round_dates]
    over = end_of(clock.local(until).date())
    past = sorted((deed for deed in deeds if deed.at < over), key=lambda deed: (deed.at, deed.task_id))
    for deed in past:
        deed.do(min(deed.at, until))
    return len(past)


def _closing(plan: Plan, round_on: date, clerk: Appointment, calendar: Calendar) -> Deed:
    """Return that the clerk closes a round a week after its day, with what was reported until the evening before."""
    day = calendar.working_days_after(round_on, 5)
    as_of = day - ONE_DAY
    at = datetime.combine(day, CLOSES_AT, clock.BANGKOK)

    def close(now: datetime) -> None:
        closings.close(plan=plan, round_on=round_on, as_of=as_of, note=LATECOMERS, by=clerk, now=now, today=day)

    return Deed(at, 0, close)


def _deeds(task: Task, people: People, calendar: Calendar) -> Iterator[Deed]:
    """Yield what happens to one task in time order. Chance comes from what the task is, so it never changes."""
    chance = Random(f"{task.plan.fiscal_year}|{task.measure.indicator}|{task.division.order}|{task.slot}")
    head, officer = people.heads[task.division_id], people.officers[task.division_id]
    days = _Days(task.due_on, calendar, chance)
    began = days.working(-chance.randint(14, 24), earliest=task.plan.reminders_from)

    def deed(at: datetime, verb: Callable[..., None], **values: object) -> Deed:
        return Deed(at, task.id, lambda now: verb(task=task, now=now, **values))

    if chance.random() < 0.02:
        yield deed(days.at(began), tasks.set_not_applicable, by=people.clerk, note=NOT_APPLICABLE)
        return
    yield deed(days.at(began), tasks.start, by=officer)
    if chance.random() < 0.06:
        yield deed(days.at(days.after(began, 2)), tasks.block, by=head, note=chance.choice(OBSTACLES))
    is_late = chance.random() < 0.05 + 0.04 * task.division.order
    if is_late and chance.random() < 0.25:
        return  # never handed in
    handed_in = max(days.working(chance.randint(2, 16) if is_late else -chance.randint(0, 12)), days.after(began, 3))
    yield deed(days.at(days.after(began, 1)), _tick_all, by=officer)
    yield deed(
        days.at(handed_in),
        _report_and_submit,
        by=chance.choice((head, officer)),
        today=handed_in,
        text=_report(chance),
        proof=_proof(task),
    )
    answered = days.after(handed_in, chance.randint(1, 4))
    reviewer = people.secretary if chance.random() < 0.15 else people.clerk
    if chance.random() < 0.08:
        yield deed(days.at(answered), tasks.return_to_division, by=reviewer, note=chance.choice(RETURNS))
        again = days.after(answered, 2)
        yield deed(days.at(again), tasks.submit, by=head, today=again, note=CORRECTED)
        answered = days.after(again, 1)
    if chance.random() < 0.95:
        yield deed(days.at(answered), tasks.accept, by=reviewer)


def _report(chance: Random) -> ReportText:
    result, budget = chance.choice(RESULTS)
    if chance.random() < 0.8:
        return ReportText(result=result, budget=budget)
    return ReportText(
        result=result, budget=budget, obstacles=chance.choice(DIFFICULTIES), suggestions=chance.choice(SUGGESTIONS)
    )


def _proof(task: Task) -> tuple[str, str] | None:
    """Return the title and address of what shows the work, for most tasks. It has a chance of its own."""
    place = (task.plan.fiscal_year, task.measure.indicator, task.slot.replace(":", "-"), task.division.order)
    chance = Random("|".join(map(str, ("proof", *place))))
    if chance.random() < 0.3:
        return None
    return chance.choice(PROOFS), "/".join(map(str, (PROOF_ADDRESS, *place)))


def _report_and_submit(
    *, task: Task, by: Appointment, now: datetime, today: date, text: ReportText, proof: tuple[str, str] | None
) -> None:
    task_reports.save(task=task, text=text, basis=0, by=by, now=now)
    if proof:
        evidence.add_link(task=task, title=proof[0], url=proof[1], by=by, now=now)
    tasks.submit(task=task, by=by, now=now, today=today)


def _tick_all(*, task: Task, by: Appointment, now: datetime) -> None:
    tasks.tick_steps(task=task, ticked=queries.checklist(task), unticked=(), by=by, now=now)


@dataclass(frozen=True)
class _Days:
    """Working days around a deadline, and an office hour on them."""

    due_on: date
    calendar: Calendar
    chance: Random

    def working(self, offset: int, *, earliest: date = date.min) -> date:
        return self.calendar.working_day_on_or_after(max(self.due_on + timedelta(days=offset), earliest))

    def after(self, day: date, count: int) -> date:
        return self.calendar.working_days_after(day, count)

    def at(self, day: date) -> datetime:
        hour = time(self.chance.randint(9, 15), self.chance.randint(0, 59))
        return datetime.combine(day, hour, clock.BANGKOK)
