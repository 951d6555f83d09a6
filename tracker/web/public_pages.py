"""What the public pages show and where they lead: the pages themselves, their previews, and their picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext

from tracker.documents.writing.share_picture import Card
from tracker.domain.evidence import EvidenceKind
from tracker.domain.indicators import INDICATORS
from tracker.domain.public_plans import PublicEvidence, PublicMeasure, PublicPlan
from tracker.domain.results import change
from tracker.models import Plan
from tracker.queries import feedback, progress
from tracker.queries.feedback import ShownWords
from tracker.queries.public_plans import Address
from tracker.web.addresses import base
from tracker.web.filters import long_date
from tracker.web.locales import LOCALES, in_language


@dataclass(frozen=True)
class Places:
    """Where the links of a page lead: among the public's addresses, or within a preview."""

    shown: PublicPlan
    is_preview: bool = False

    @property
    def here(self) -> dict[str, Any]:
        """Return what names the plan in public addresses."""
        return {"organization": self.shown.public_name, "year": self.shown.fiscal_year}

    @property
    def plan(self) -> str:
        """Return where the page of the plan is."""
        if self.is_preview:
            return url_for("window_previews.plan", plan_id=self.shown.id)
        return url_for("public.plan", **self.here, **in_language())

    def measure(self, measure: PublicMeasure) -> str:
        """Return where the page of a measure is."""
        if self.is_preview:
            return url_for("window_previews.measure", plan_id=self.shown.id, measure_id=measure.id)
        return url_for("public.measure", **self.here, measure_id=measure.id, **in_language())

    def evidence(self, evidence: PublicEvidence) -> str:
        """Return where evidence is: a link's own address, or where the file is handed out."""
        if evidence.kind == EvidenceKind.LINK:
            return evidence.url
        return url_for("window_previews.evidence" if self.is_preview else "public.evidence", **self._file(evidence))

    def _file(self, evidence: PublicEvidence) -> dict[str, Any]:
        return ({"plan_id": self.shown.id} if self.is_preview else self.here) | {"key": evidence.key}


def index(found: Sequence[Address]) -> str:
    """Return the list of everything that is open."""
    return render_template("public/index.html", found=found, canonical=_whole("public.index"), **_languages("index"))


def years(found: Sequence[Address], *, today: date) -> str:
    """Return the newest year of an organization in short, and all that are open."""
    newest, name = found[0], found[0].organization.public_name
    return render_template(
        "public/years.html",
        organization=newest.organization,
        found=found,
        progress=progress.as_of(newest.plan.id, day=today).total,
        day=today,
        canonical=_whole("public.organization", organization=name),
        **_languages("organization", organization=name),
    )


def plan(shown: PublicPlan, places: Places, *, years: Sequence[int] = ()) -> str:
    """Return the page of a plan."""
    said = feedback.public_of(shown.id) if shown.takes_feedback else {}
    return render_template(
        "public/plan.html", years=years, comments=said, **_shared(shown, places), **_place("plan", places)
    )


def measure(shown: PublicPlan, measure: PublicMeasure, places: Places, *, page: int = 1) -> str:
    """
    Return the page of a measure with its tasks.

    :param page: of what citizens said
    """
    place = _place("measure", places, measure_id=measure.id)
    said = feedback.public_on(measure.id, page=page) if shown.takes_feedback else ShownWords()
    return render_template("public/measure.html", measure=measure, said=said, **_shared(shown, places), **place)


def public_address(plan: Plan) -> str:
    """Return the whole address under which the public finds a plan while its window is open."""
    path = url_for("public.plan", organization=plan.organization.public_name, year=plan.fiscal_year)
    return base() + path


def card(shown: PublicPlan) -> Card:
    """Return what the picture of a page says."""
    done = shown.progress
    return Card(
        organization=shown.organization,
        title=gettext("ITA measures of fiscal year %(year)s", year=shown.fiscal_year),
        figure=f"{done.percent}%" if done.percent is not None else "–",
        share=done.percent or 0,
        line=gettext("%(done)s of %(all)s tasks done", done=done.done, all=done.countable),
        foot=gettext("As of %(day)s", day=long_date(shown.day)),
    )


def _shared(shown: PublicPlan, places: Places) -> dict[str, Any]:
    return {
        "shown": shown,
        "at": places,
        "indicators": {one.number: one for one in INDICATORS},
        "score_change": change,
        "is_preview": places.is_preview,
        "EvidenceKind": EvidenceKind,
    }


def _place(view: str, places: Places, **more: Any) -> dict[str, Any]:
    """Return where a page stands for those who find or share it; a preview stands nowhere."""
    if places.is_preview:
        return {"canonical": "", "languages": {}, "picture": ""}
    here = places.here | more
    picture = _whole("public.share", **places.here)
    return {"canonical": _whole(f"public.{view}", **here), "picture": picture, **_languages(view, **here)}


def _languages(view: str, **values: Any) -> dict[str, Any]:
    """Return the same page in every language, by the language's code."""
    return {"languages": {code: url_for(f"public.{view}", **values, **in_language(code)) for code in LOCALES}}


def _whole(endpoint: str, **values: Any) -> str:
    """Return the address that people use from anywhere."""
    return base() + url_for(endpoint, **values, **in_language())
