"""Secrets that people carry: made by chance, kept as fingerprints, sealed where they must be read once more."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from tracker.domain.sign_in import CODE_LETTERS


def new_token() -> str:
    """Return a token that nobody can guess (256 bits)."""
    return secrets.token_urlsafe(32)


def new_code(length: int) -> str:
    """Return a code of letters and digits that are not mistaken for one another (4.95 bits each)."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(length))


def fingerprint(purpose: str, secret: str) -> str:
    """
    Return what the database keeps of a secret. The installation's own secret goes into it, so that a copy of the
    database alone lets nobody try codes; what is a fingerprint for one purpose is none for another.
    """
    return hmac.new(_key(purpose), secret.encode(), hashlib.sha256).hexdigest()


def seal(text: str) -> str:
    """Return a text in a form that only this installation can read."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str | None:
    """Return a sealed text, or None where the installation's secret is not the one it was sealed with."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def sign(purpose: str, value: Sequence[str | int]) -> str:
    """Return a value as a text for addresses and forms that everybody can read and only this installation can make."""
    return str(URLSafeSerializer(_key(purpose)).dumps(value))


def signed_value(purpose: str, token: str) -> Any:
    """Return the value of such a text, or None where it was not made here for this purpose."""
    try:
        return URLSafeSerializer(_key(purpose)).loads(token)
    except (BadData, UnicodeError):
        return None


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key("seal")))


def _key(purpose: str) -> bytes:
    secret: str = current_app.config["SECRET_KEY"]
    return hmac.new(secret.encode(), f"tracker:{purpose}".encode(), hashlib.sha256).digest()
