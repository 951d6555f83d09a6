"""Pictures of a plan's progress for the municipality's own site, and the page that says how to put them there."""

from dataclasses import dataclass, replace

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import force_locale, gettext

from tracker.documents.writing import badges
from tracker.documents.writing.badges import NARROW, WIDE, Badge, Strip, Theme
from tracker.domain.indicators import INDICATORS
from tracker.domain.public_plans import PublicPlan
from tracker.web import access
from tracker.web.addresses import base
from tracker.web.data_answers import (
    address_or_404,
    drawn,
    kept,
    let_other_sites_read,
    page,
    place_of,
    shown,
)
from tracker.web.filters import indicator_name, long_date, percent, short_date
from tracker.web.locales import LOCALES, in_language
from tracker.web.throttles import throttled_public

TEN_MINUTES = 10 * 60
PICTURES = {"badge": "badge.svg", "strip": "strip.svg"}
bp = Blueprint("badges", __name__, url_prefix="/public/<organization>/<int:year>")
let_other_sites_read(bp)


@bp.get("/badge.svg")
@access.public
@throttled_public()
def badge(organization: str, year: int) -> Response:
    address = address_or_404(organization, year)
    answer = kept(address, lambda: _picture(badges.badge(_badge(shown(address)), _theme())), seconds=TEN_MINUTES)
    return _for_other_pages(answer)


@bp.get("/strip.svg")
@access.public
@throttled_public()
def strip(organization: str, year: int) -> Response:
    """Draw how far each of the ten indicators is."""
    address = address_or_404(organization, year)
    layout = NARROW if "narrow" in request.args else WIDE
    answer = kept(
        address, lambda: _picture(badges.strip(_strip(shown(address)), _theme(), layout)), seconds=TEN_MINUTES
    )
    return _for_other_pages(answer)


@dataclass(frozen=True)
class Snippet:
    """A picture as it looks now, and the lines of HTML that show it elsewhere."""

    address: str
    narrow: str  # the same for narrow screens; empty: the picture is small enough
    alt: str
    width: int
    height: int
    language: str
    theme: Theme
    html: str = ""


@bp.get("/embed")
@access.public
@throttled_public()
def embed(organization: str, year: int) -> Response:
    """Show the pictures with the lines to copy."""
    address = address_or_404(organization, year)

    def draw() -> str:
        plan = shown(address)
        found = {
            name: [_snippet(plan, name, language, theme) for language in LOCALES for theme in Theme]
            for name in PICTURES
        }
        return page("public/embed.html", "badges.embed", plan, snippets=found, layout=NARROW)

    return kept(address, draw)


def _snippet(plan: PublicPlan, name: str, language: str, theme: Theme) -> Snippet:
    own = place_of(plan)
    asked = in_language(language) | ({} if theme is Theme.LIGHT else {"theme": theme.value})
    picture = url_for(f"badges.{name}", **own, **asked)
    leads_to = base() + url_for("public.plan", **own, **in_language(language))
    with force_locale(language):
        width, height = badges.badge_size(_badge(plan)) if name == "badge" else (WIDE.width, WIDE.height)
        alt = gettext(
            "Progress of the ITA measures of fiscal year %(year)s, %(organization)s",
            year=plan.fiscal_year,
            organization=plan.organization,
        )
    narrow = "" if name == "badge" else url_for("badges.strip", **own, **asked, narrow=1)
    one = Snippet(picture, narrow, alt, width, height, language, theme)
    html = render_template("public/snippet.html", one=one, base=base(), page=leads_to, layout=NARROW)
    return replace(one, html=html.strip())


def _badge(plan: PublicPlan) -> Badge:
    return Badge(
        title=_title(plan),
        label=gettext("ITA measures %(year)s", year=plan.fiscal_year),
        value=gettext("%(percent)s complete", percent=percent(plan.progress.percent)),
        percent=plan.progress.percent,
    )


def _strip(plan: PublicPlan) -> Strip:
    told = "; ".join(
        f"{one.number} {indicator_name(INDICATORS[one.number - 1])} {percent(one.progress.percent)}"
        for one in plan.indicators
    )
    return Strip(
        title=f"{_title(plan)}. {told}",
        heading=gettext(
            "ITA measures %(year)s by indicator · %(percent)s complete · as of %(day)s",
            year=plan.fiscal_year,
            percent=percent(plan.progress.percent),
            day=short_date(plan.day),
        ),
        percents=[(one.number, one.progress.percent) for one in plan.indicators],
    )


def _title(plan: PublicPlan) -> str:
    """Return what is read aloud instead of the picture."""
    done = plan.progress
    return gettext(
        "ITA measures of fiscal year %(year)s, %(organization)s: %(done)s of %(all)s tasks done (%(percent)s) "
        "as of %(day)s",
        year=plan.fiscal_year,
        organization=plan.organization,
        done=done.done,
        all=done.countable,
        percent=percent(done.percent),
        day=long_date(plan.day),
    )


def _theme() -> Theme:
    return Theme.DARK if request.args.get("theme") == Theme.DARK else Theme.LIGHT


def _picture(svg: bytes) -> Response:
    return drawn(svg, badges.MEDIA_TYPE)


def _for_other_pages(answer: Response) -> Response:
    """Let pages of any site show the picture, those too that take in only what allows it (Fetch, CORP)."""
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
