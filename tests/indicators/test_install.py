"""Installing the indicators of the pack."""

from io import StringIO

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_command_installs_what_the_pack_ships() -> None:
    call_command("install_plan", verbosity=0, stdout=StringIO())
    out = StringIO()
    call_command("install_indicators", stdout=out)
    assert "Datos de ejemplo: extraccion-efectiva" in out.getvalue()
