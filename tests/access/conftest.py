"""The fixed instant of the access tests."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine


@pytest.fixture(autouse=True)
def _fixed_clock(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=True):
        yield
