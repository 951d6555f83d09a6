"""The ITA measure tracker: a report goes in, tracked work comes out."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

    from config import Settings


def create_app(settings: "Settings | None" = None, overrides: Mapping[str, Any] | None = None) -> "Flask":
    """
    Build the application. It never starts the scheduler: commands must not send.

    :param overrides: Flask configuration on top of what the settings give, for tests
    :raises BadSetting: if a TRACKER_ variable cannot be used
    """
    # Only when an application is wanted: the process that reads an uploaded file imports `tracker.documents` alone.
    from tracker.building import build

    return build(settings, overrides)
