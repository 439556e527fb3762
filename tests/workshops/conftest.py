from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from lms.xapi.platform import Platform, current_platform
from tests.personas import Personas, client_for, personas

__all__ = ["personas"]


@pytest.fixture
def platform() -> Platform:
    return current_platform()


@pytest.fixture
def fixed_clock(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=True):
        yield


@pytest.fixture
def ana(personas: Personas, fixed_clock: None) -> Client:
    return client_for(personas.ana)


@pytest.fixture
def diego(personas: Personas, fixed_clock: None) -> Client:
    return client_for(personas.diego)
