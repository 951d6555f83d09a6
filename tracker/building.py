"""Building the application: settings → extensions → web → commands."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from config import ROOT, Settings, read_settings
from tracker import cli, extensions, web

log = logging.getLogger(__name__)


def build(settings: Settings | None = None, overrides: Mapping[str, Any] | None = None) -> Flask:
    """
    Return the application. It never starts the scheduler: commands must not send.

    :param overrides: Flask configuration on top of what the settings give, for tests
    :raises BadSetting: if a TRACKER_ variable cannot be used
    """
    settings = settings or read_settings()
    app = Flask("tracker", template_folder=str(ROOT / "templates"))
    app.config.from_mapping(configuration(settings))
    app.config.from_mapping(overrides or {})
    if settings.proxies:  # who asks is what the proxies of the operator say; what stood there before them is ignored
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=0, x_host=0, x_port=0, x_prefix=0
        )
    extensions.db.init_app(app)
    extensions.prepare_sqlite(app)
    _keep_private(app, settings)
    extensions.migrate.init_app(app, extensions.db, directory=str(ROOT / "migrations"))
    extensions.mail.init_app(app)
    web.register(app)
    cli.register(app)
    return app


def configuration(settings: Settings) -> dict[str, Any]:
    """Return Flask's configuration for these settings."""
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "MAX_CONTENT_LENGTH": 6 * 1024 * 1024,  # web/evidence.py lets larger files in where they belong
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "SEND_FILE_MAX_AGE_DEFAULT": 24 * 60 * 60,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_SECURE": settings.is_https,
        "REMEMBER_COOKIE_DURATION": timedelta(days=30),
        "BABEL_DEFAULT_LOCALE": "th",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Bangkok",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: a form may stay open over lunch
        "RATELIMIT_STORAGE_URI": "memory://",
        "RATELIMIT_HEADERS_ENABLED": True,  # a throttled visitor is told when to come back
        "MAIL_SERVER": settings.mail_server,
        "MAIL_PORT": settings.mail_port,
        "MAIL_USERNAME": settings.mail_username or None,
        "MAIL_PASSWORD": settings.mail_password or None,
        "MAIL_USE_TLS": settings.mail_tls,
        "MAIL_TIMEOUT": 20,
        "MAIL_DEFAULT_SENDER": settings.mail_sender,
    }


def _keep_private(app: Flask, settings: Settings) -> None:
    """Let nobody else on this machine read the database and the evidence; warn where that is not ours to say."""
    with app.app_context():
        url = extensions.db.engine.url
    private = {settings.uploads: 0o700, settings.issued: 0o700}
    if url.get_backend_name() == "sqlite":
        private |= {Path(f"{url.database}{tail}"): 0o600 for tail in ("", "-journal", "-wal", "-shm")}
    for path, mode in private.items():
        try:
            if path.exists() and path.stat().st_mode & 0o077:
                path.chmod(mode)
        except OSError as error:
            log.warning("others on this machine may read %s, and it cannot be changed: %s", path, error.strerror)
