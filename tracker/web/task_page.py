"""The page of a task, as every view that shows it or was refused on it puts it together."""

from dataclasses import dataclass

from flask import render_template, request

from tracker.domain.permissions import Act
from tracker.models import Task, TaskReport
from tracker.queries import histories, task_reports
from tracker.queries import tasks as queries
from tracker.services.task_reports import ReportText
from tracker.web import access
from tracker.web.evidence_section import Failure, section_of
from tracker.web.forms.task_reports import NO_TICKS, TEXTS, TaskReportForm, Ticks
from tracker.web.moves import offered
from tracker.web.problems import Problem


@dataclass(frozen=True)
class Attempt:
    """What a person sent that could not be saved: all of it is shown again."""

    problem: Problem | None = None
    note: str = ""
    move: str = ""
    form: TaskReportForm | None = None
    ticks: Ticks = NO_TICKS
    is_overtaken: bool = False  # somebody saved another text since

    @property
    def typed(self) -> list[str]:
        """The texts of the report that was sent, for a page that has no fields for them any more."""
        return [text for name in TEXTS if self.form and (text := (self.form[name].data or "").strip())]


NOTHING_SENT = Attempt()


def unsaved_report(task: Task) -> Attempt | None:
    """Return the report that was sent along with something else and is not what is saved; None where there is none."""
    if "basis" not in request.form:
        return None
    form, ticks = TaskReportForm(), Ticks.sent(queries.checklist(task))
    is_new = form.differs_from(task_reports.of_task(task.id)) or ticks.ticked or ticks.unticked
    return Attempt(form=form, ticks=ticks) if is_new else None


def task_page(task: Task, attempt: Attempt = NOTHING_SENT, failure: Failure | None = None) -> str:
    """Return the page of a task as it truly stands, with what the person typed where it could not be saved."""
    report = task_reports.of_task(task.id)
    form = attempt.form or TaskReportForm.of(report)
    overtaking = _overtaking(form, report) if attempt.is_overtaken else {}
    if attempt.is_overtaken:
        form.begin_from(report)
    steps, ticked = queries.checklist(task), queries.ticked_step_ids(task)
    return render_template(
        "tasks/show.html",
        task=task,
        report=report,
        form=form,
        overtaking=overtaking,
        steps=steps,
        done_steps=len(ticked & {step.id for step in steps}),
        saved_ticks=ticked,
        ticked=attempt.ticks.over(ticked),
        may_report=_may_report(task),
        sees_inside=access.sees_inside(task.division_id),
        moves=offered(task),
        evidence=section_of(task, failure),
        history=histories.of_task(task),
        attempt=attempt,
        problem=failure.problem if failure else attempt.problem,
    )


def _may_report(task: Task) -> bool:
    return task.takes_reports and access.acting_as(Act.REPORT, task.division_id) is not None


def _overtaking(form: TaskReportForm, report: TaskReport | None) -> dict[str, str]:
    """Return the saved texts that differ from what was typed, by field."""
    saved = ReportText.of(report)
    return {name: getattr(saved, name) for name in TEXTS if getattr(saved, name) != (form[name].data or "").strip()}
