"""HTTP: the only room that knows requests, forms and sessions."""

from flask import Flask

from tracker import extensions
from tracker.web import (
    access,
    account,
    addresses,
    admin,
    api,
    appointments,
    assets,
    badges,
    calendar,
    changes,
    channel_addresses,
    closings,
    corrections,
    dashboard,
    data_answers,
    days_off,
    decisions,
    deliveries,
    disclosure_years,
    disclosures,
    divisions,
    downloads,
    draft_words,
    drafts,
    errors,
    event_words,
    evidence,
    feedback,
    feedback_words,
    feeds,
    festivals,
    figures,
    filters,
    forecasts,
    found_pages,
    health,
    indicators,
    invitations,
    issued_files,
    labels,
    link_rules,
    link_words,
    links,
    locales,
    measures,
    moves,
    navigation,
    next_plans,
    notices,
    one_time_keys,
    paper_pages,
    people,
    plans,
    positions,
    preferences,
    problems,
    progress,
    public,
    public_answers,
    public_data,
    public_evidence,
    public_feed,
    public_feedback,
    public_ids,
    reimports,
    reminder_rules,
    report_templates,
    reports,
    returned_rows,
    reviews,
    rows,
    scores,
    second_factors,
    second_step,
    sessions,
    sheets,
    sign_in,
    task_list,
    task_reports,
    task_selection,
    throttles,
    transactions,
    undo,
    unsubscribing,
    versions,
    window_previews,
    windows,
)

BLUEPRINTS = (
    account.bp,
    admin.bp,
    api.bp,
    appointments.bp,
    assets.bp,
    badges.bp,
    calendar.bp,
    changes.bp,
    channel_addresses.bp,
    closings.bp,
    corrections.bp,
    dashboard.bp,
    days_off.bp,
    decisions.bp,
    deliveries.bp,
    disclosure_years.bp,
    disclosures.bp,
    divisions.bp,
    drafts.bp,
    evidence.bp,
    feedback.bp,
    feeds.bp,
    festivals.bp,
    figures.bp,
    forecasts.bp,
    found_pages.bp,
    health.bp,
    indicators.bp,
    invitations.bp,
    issued_files.bp,
    link_rules.bp,
    links.bp,
    locales.bp,
    measures.bp,
    next_plans.bp,
    notices.bp,
    one_time_keys.bp,
    people.bp,
    plans.bp,
    positions.bp,
    preferences.bp,
    progress.bp,
    public.bp,
    public_data.bp,
    public_feed.bp,
    public_ids.bp,
    public_evidence.bp,
    public_feedback.bp,
    reimports.bp,
    reminder_rules.bp,
    report_templates.bp,
    reports.bp,
    reviews.bp,
    scores.bp,
    second_factors.bp,
    second_step.bp,
    sessions.bp,
    returned_rows.bp,
    sheets.bp,
    task_list.bp,  # with every other page of tasks
    task_reports.bp,
    task_selection.bp,
    undo.bp,
    unsubscribing.bp,
    window_previews.bp,
    windows.bp,
)

# Nothing inline, nothing from elsewhere; Bootstrap's style sheet draws its marks from data: images.
CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "img-src": ["'self'", "data:"],
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def register(app: Flask) -> None:
    """Bind everything that answers requests."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    addresses.register(app)
    settings = app.config["SETTINGS"]
    extensions.babel.init_app(app, locale_selector=locales.chosen)
    extensions.csrf.init_app(app)
    extensions.bootstrap.init_app(app)
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True
    extensions.compress.init_app(app)
    # Thai in them shrinks to a tenth.
    extensions.compress.compress_mimetypes_set.update(
        {"text/calendar", "text/csv", "application/atom+xml", "application/ld+json"}
    )
    downloads.register(app)
    throttles.register(app)
    extensions.talisman.init_app(
        app,
        force_https=False,  # the proxy in front redirects; behind it every request is plain
        strict_transport_security=settings.is_https,
        session_cookie_secure=settings.is_https,
        content_security_policy=CONTENT_SECURITY_POLICY,
        referrer_policy="same-origin",
    )
    extensions.limiter.init_app(app)
    sign_in.register(app)
    for part in (
        access, appointments, changes, data_answers, decisions, draft_words, errors, event_words, feedback_words,
        filters, labels, link_words, locales, moves, navigation, paper_pages, problems, public_answers, public_data,
        rows, transactions, undo, versions,
    ):  # fmt: skip
        part.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
