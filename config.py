"""Settings: every TRACKER_ variable the application reads, read once and refused by name."""

import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

T = TypeVar("T")

ROOT = Path(__file__).resolve().parent
PREFIX = "TRACKER_"
KNOWN = frozenset(
    {
        "DATABASE_URL",
        "INSTANCE",
        "TODAY",
        "UPLOAD_MB",
        "HOST",
        "PORT",
        "BASE_URL",
        "PROXIES",
        "SECRET_KEY",
        "MAIL_SERVER",
        "MAIL_PORT",
        "MAIL_SENDER",
        "MAIL_USERNAME",
        "MAIL_PASSWORD",
        "MAIL_TLS",
    }
)


class BadSetting(Exception):
    """A setting cannot be used; the message names it."""


@dataclass(frozen=True)
class Settings:
    """What the operator may choose. Everything has a working default for one office machine."""

    instance: Path
    database_url: str
    secret_key: str
    today: date | None = None
    upload_mb: int = 20
    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str = "http://127.0.0.1:8000"
    proxies: int = 0  # of the operator's own that a request has come through; each adds who asked it
    mail_server: str = ""
    mail_port: int = 25
    mail_sender: str = "ita-tracker@localhost"
    mail_username: str = ""
    mail_password: str = ""
    mail_tls: bool = False

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def uploads(self) -> Path:
        """Where evidence is kept: outside everything that is served, so that only a view can hand a file out."""
        return self.instance / "uploads"

    @property
    def issued(self) -> Path:
        """Where issued reports and the templates of their Word files are kept, outside of what is served as well."""
        return self.instance / "issued"


def read_settings(env: Mapping[str, str] = os.environ) -> Settings:
    """
    Read every setting from the environment.

    :raises BadSetting: naming the variable that is unknown or cannot be used
    """
    unknown = sorted(name for name in env if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in KNOWN)
    if unknown:
        known = ", ".join(PREFIX + name for name in sorted(KNOWN))
        raise BadSetting(f"{unknown[0]} is not a setting of this program. Known: {known}.")
    instance = _read(env, "INSTANCE", _folder, ROOT / "instance")
    host = _read(env, "HOST", _text, "127.0.0.1")
    port = _read(env, "PORT", _port, 8000)
    return Settings(
        instance=instance,
        database_url=_read(env, "DATABASE_URL", _database_url, f"sqlite:///{instance / 'tracker.db'}"),
        secret_key=_read(env, "SECRET_KEY", _secret, "") or _kept_secret(instance),
        today=_read(env, "TODAY", date.fromisoformat, None),
        upload_mb=_read(env, "UPLOAD_MB", _megabytes, 20),
        host=host,
        port=port,
        base_url=_read(env, "BASE_URL", _http_url, f"http://{host}:{port}"),
        proxies=_read(env, "PROXIES", _few, 0),
        mail_server=_read(env, "MAIL_SERVER", _text, ""),
        mail_port=_read(env, "MAIL_PORT", _port, 25),
        mail_sender=_read(env, "MAIL_SENDER", _address, "ita-tracker@localhost"),
        mail_username=_read(env, "MAIL_USERNAME", _text, ""),
        mail_password=_read(env, "MAIL_PASSWORD", str, ""),
        mail_tls=_read(env, "MAIL_TLS", _yes_or_no, False),
    )


def process_variables(env: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return what another process needs to run at all: no setting, password or key is among it."""
    needed = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH")
    return {name: env[name] for name in needed if name in env}


def _read(env: Mapping[str, str], name: str, parse: Callable[[str], T], default: T) -> T:
    written = env.get(PREFIX + name, "")
    if not written:
        return default
    try:
        return parse(written)
    except (ValueError, ArgumentError) as error:
        # A password or key must not reach a log, so secrets are named without their value.
        shown = "what was given" if name in {"SECRET_KEY", "MAIL_PASSWORD", "DATABASE_URL"} else repr(written)
        raise BadSetting(f"{PREFIX}{name} cannot be {shown}: {error}") from None


def _text(written: str) -> str:
    if not written.isprintable():
        raise ValueError("it has characters that cannot be printed")
    return written.strip()


def _folder(written: str) -> Path:
    folder = Path(written).expanduser().resolve()
    if folder.exists() and not folder.is_dir():
        raise ValueError("it is a file, not a folder")
    return folder


def _port(written: str) -> int:
    port = int(written)
    if not 1 <= port <= 65535:
        raise ValueError("a port lies between 1 and 65535")
    return port


def _megabytes(written: str) -> int:
    megabytes = int(written)
    if not 1 <= megabytes <= 200:
        raise ValueError("a file may have between 1 and 200 MB")
    return megabytes


def _few(written: str) -> int:
    count = int(written)
    if not 0 <= count <= 5:
        raise ValueError("there are between 0 and 5")
    return count


def _database_url(written: str) -> str:
    if make_url(written).get_backend_name() not in {"sqlite", "postgresql"}:
        raise ValueError("use sqlite:///… or postgresql+psycopg://…")
    return written


def _http_url(written: str) -> str:
    parts = urlsplit(written)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("an address begins with http:// or https://")
    return written.rstrip("/")


def _address(written: str) -> str:
    if "@" not in written or not written.isprintable():
        raise ValueError("an e-mail address has an @")
    return written.strip()


def _secret(written: str) -> str:
    if len(written) < 16:
        raise ValueError("a secret has at least 16 characters")
    return written


def _yes_or_no(written: str) -> bool:
    answers = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }
    if written.strip().lower() not in answers:
        raise ValueError("write yes or no")
    return answers[written.strip().lower()]


def _kept_secret(instance: Path) -> str:
    """Return the secret of this installation, made on the first start and readable by its owner only."""
    path = instance / "secret-key"
    try:
        instance.mkdir(parents=True, exist_ok=True, mode=0o700)  # the database in it is nobody else's to read
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(48))
        return _secret(path.read_text(encoding="ascii"))
    except OSError as error:
        raise BadSetting(f"{PREFIX}INSTANCE cannot be {str(instance)!r}: {error.strerror}") from None
    except ValueError:
        raise BadSetting(f"{path} is damaged. Delete it: a new one is made, and everybody signs in again.") from None


def _write_once(path: Path, text: str) -> None:
    """Write a whole file or none; of two processes that try, one wins and both find the same."""
    descriptor, name = tempfile.mkstemp(dir=path.parent)  # mkstemp makes it readable by its owner only
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
    try:
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(name)
