"""HTTP: the only room that knows requests, forms and sessions."""

from flask import Flask

from tracker import extensions
from tracker.web import (
    access,
    addresses,
    admin,
    assets,
    dashboard,
    drafts,
    errors,
    filters,
    health,
    labels,
    locales,
    measures,
    navigation,
    notices,
    plans,
    rows,
    sheets,
    sign_in,
    task_list,
    task_selection,
    transactions,
)

BLUEPRINTS = (
    admin.bp,
    assets.bp,
    dashboard.bp,
    drafts.bp,
    health.bp,
    locales.bp,
    measures.bp,
    notices.bp,
    plans.bp,
    sheets.bp,
    task_selection.bp,
    task_list.bp,  # with every other page of tasks
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
    app.url_map.converters["int"] = addresses.RowId
    settings = app.config["SETTINGS"]
    extensions.babel.init_app(app, locale_selector=locales.chosen)
    extensions.csrf.init_app(app)
    extensions.bootstrap.init_app(app)
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True
    extensions.compress.init_app(app)
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
    for part in (access, errors, filters, labels, locales, navigation, rows, transactions):
        part.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
