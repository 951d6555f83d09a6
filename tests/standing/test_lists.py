"""Every page is told here: a list with the file that holds it, or why there is no file."""

from pathlib import Path

import pytest

LINKED_FROM = (("templates", "*.html"), ("tracker/web", "*.py"))
ONE_THING = "about one thing, not a list"
FORM = "a form"
PUBLIC = "for the public, which has open data"
SECRET = "the person's own way in, which belongs in no file"
# The pages that are lists, with the view that hands the list out.
FILES = {
    "calendar.show": "calendar.file",
    "changes.index": "sheets.record",
    "closings.index": "sheets.all_closings",
    "closings.show": "closings.file",
    "dashboard.show": "figures.show",
    "days_off.index": "sheets.days_off",
    "decisions.index": "decisions.file",
    "deliveries.index": "sheets.deliveries",
    "deliveries.letters": "sheets.letters",
    "disclosures.index": "sheets.all_items",
    "divisions.index": "sheets.all_divisions",
    "drafts.index": "sheets.all_drafts",
    "forecasts.index": "sheets.reminders",
    "feedback.index": "sheets.comments",
    "indicators.show": "figures.show",
    "links.index": "sheets.all_links",
    "links.show": "links.history",
    "measures.index": "sheets.all_measures",
    "notices.index": "sheets.notices",
    "people.index": "sheets.all_people",
    "positions.index": "sheets.all_positions",
    "progress.division": "figures.show",
    "public_data.explained": "public_data.dictionary_table",
    "public_data.index": "public_data.table",
    "returned_rows.show": "sheets.failed_rows",
    "reviews.index": "sheets.reviews",
    "scores.index": "scores.file",
    "tasks.index": "sheets.all_tasks",
    "tasks.mine": "sheets.my_work",
}
# Files of more than one page.
OTHER_FILES = {
    "measures.index": "sheets.whole_plan",
    "disclosure_years.form": "sheets.items_form",
    "drafts.index": "sheets.plan_form",
    "tasks.index": "sheets.all_evidence",
}
NONE = {
    "account.show": SECRET,
    "admin.index": "leads to lists, which have their own",
    "api.index": "of the API, which is described for programs in a file of its own",
    "appointments.cover": FORM,
    "badges.embed": "lines to copy, each with its picture",
    "appointments.holder": FORM,
    "channel_addresses.index": SECRET,
    "closings.preview": FORM,
    "days_off.show": FORM,
    "corrections.check": FORM,
    "disclosure_years.form": FORM,
    "disclosure_years.show": "what a year's list would begin with; the list has a file",
    "disclosures.show": ONE_THING,
    "divisions.show": ONE_THING,
    "drafts.show": "its report becomes a plan, which has a file",
    "evidence.earlier": "to choose from; the evidence of all tasks has a file",
    "evidence.index": ONE_THING,
    "feedback.show": ONE_THING,
    "feeds.index": SECRET,
    "festivals.show": FORM,
    "found_pages.form": FORM,
    "found_pages.show": "to choose from; the list of items has a file",
    "health.show": ONE_THING,
    "invitations.printed": SECRET,
    "link_rules.show": FORM,
    "measures.edit": FORM,
    "measures.show": ONE_THING,
    "next_plans.show": FORM,
    "one_time_keys.code_form": FORM,
    "one_time_keys.follow": SECRET,
    "one_time_keys.forgotten_form": FORM,
    "one_time_keys.password_form": FORM,
    "people.show": ONE_THING,
    "plans.edit_rounds": FORM,
    "positions.show": ONE_THING,
    "preferences.show": FORM,
    "progress.person": "the tasks of one person, which the list of tasks narrows to",
    "public_feedback.form": FORM,
    "public_feedback.show": ONE_THING,
    "reimports.show": "what differs from a plan, to be decided; the plan has a file",
    "reminder_rules.show": FORM,
    "report_templates.index": "to choose from; each template is a file itself",
    "reports.index": "what lies behind each line is a file itself",
    "reports.preview": "of a paper that becomes files when it is issued",
    "reports.show": ONE_THING,
    "reviews.edit": FORM,
    "second_factors.recovery_codes": SECRET,
    "second_factors.show": SECRET,
    "second_step.show": FORM,
    "security.login": FORM,
    "security.verify": FORM,
    "selection.of_one": FORM,
    "selection.show": FORM,
    "tasks.show": ONE_THING,
    "unsubscribing.show": FORM,
    "window_previews.evidence": ONE_THING,
    "window_previews.measure": ONE_THING,
    "window_previews.plan": "how the public will see a plan, which has a file",
    "windows.index": "to choose from; each leads to a page of its own",
    "windows.show": FORM,
    "public.index": PUBLIC,
    "public.measure": PUBLIC,
    "public.organization": PUBLIC,
    "public.plan": PUBLIC,
    "public_evidence.index": "to choose from; the evidence of all tasks has a file",
}
# What hands out something else than pages.
NO_PAGES = {
    "api.description", "api.organizations", "api.plan", "api.plans", "api.record", "api.records", "assets.font",
    "badges.badge", "badges.strip", "bootstrap.static", "calendar.file", "closings.file", "decisions.file",
    "evidence.file", "evidence.preview", "feeds.calendar", "figures.show", "issued_files.show", "links.history",
    "public.evidence",
    "public.robots", "public.share", "public_data.description", "public_data.dictionary_table",
    "public_data.dictionary_values", "public_data.table", "public_data.values", "public_feed.show",
    "public_ids.indicator", "public_ids.measure", "public_ids.plan", "public_ids.task", "report_templates.example",
    "report_templates.file", "scores.file", "security.static", "static",
}  # fmt: skip


@pytest.fixture(scope="module")
def shown(app):
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods}


def test_every_page_has_its_list_as_a_file_or_a_reason_why_not(shown):
    files = {endpoint for endpoint in shown if endpoint.startswith("sheets.")}

    assert shown - files - NO_PAGES == FILES.keys() | NONE.keys()
    assert files <= {*FILES.values(), *OTHER_FILES.values()}


def test_no_page_is_told_twice():
    assert FILES.keys() & NONE.keys() == set()


@pytest.mark.parametrize("page", sorted(FILES))
def test_a_file_is_for_those_who_see_its_page(app, page):
    views = app.view_functions

    assert views[FILES[page]].access == views[page].access


@pytest.mark.parametrize("file", sorted({*FILES.values(), *OTHER_FILES.values()}))
def test_a_page_leads_to_the_file(file):
    texts = [path.read_text() for folder, kind in LINKED_FROM for path in Path(folder).rglob(kind)]

    assert any(f"'{file}'" in text or f'"{file}"' in text for text in texts)
