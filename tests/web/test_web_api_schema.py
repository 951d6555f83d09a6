"""The API does what its description says, whatever it is asked: a machine makes up the questions."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode

from tests.factories_public import make_open_plan
from tracker.web import openapi


class Served:
    """The application that the tests are about, every request with a context of its own as on a server."""

    app = None

    def __call__(self, environ, start_response):
        environ.pop("HTTP_ACCEPT_ENCODING", None)  # asked for, but not unpacked where no network is between
        with self.app.app_context():
            return self.app(environ, start_response)


SERVED = Served()
ORGANIZATION, YEAR = "bangpla", 2569
schema = schemathesis.openapi.from_dict(openapi.described("http://localhost"))
schema.app = SERVED
schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])


@schema.hook
def map_path_parameters(context, path_parameters):
    """Ask of the plan that is there: of every other one the answer is 404, whatever else is wrong."""
    there = {"organization": ORGANIZATION, "year": YEAR}
    return {name: there.get(name, value) for name, value in (path_parameters or {}).items()}


@pytest.fixture
def plan(app, db, clock):
    plan = make_open_plan()
    plan.organization.slug = ORGANIZATION
    db.session.commit()
    SERVED.app = app
    return plan


@schema.parametrize()
@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(plan, case):
    case.call_and_validate()
