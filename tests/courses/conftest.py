from datetime import datetime

import pytest
from django.test import Client

from lms.pages.services import set_up_site
from lms.people.models import Role
from lms.people.services.roles import RolePlace, assign_role
from tests.personas import Personas, client_for
from tests.personas import personas as personas  # a fixture


@pytest.fixture
def author(personas: Personas, at: datetime) -> Client:
    """Diego, who writes courses and publishes them, logged in with his second factor on a site that was set up."""
    set_up_site(site_url="http://testserver")
    assign_role(user=personas.diego, role=Role.TRAINER, place=RolePlace(personas.institution), at=at)
    assign_role(user=personas.diego, role=Role.REVIEWER, at=at)
    return client_for(personas.diego)
