"""People that random histories need."""

import pytest

from tests.factories import make_person
from tracker.domain.permissions import Role


@pytest.fixture
def actors(db):
    """Who submits, and who does everything else: nobody accepts what they submitted."""
    return make_person(Role.HEAD), make_person(Role.CLERK)
