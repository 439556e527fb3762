from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest

from tests.certificates.verification import IN_2027


@pytest.fixture
def now() -> Iterator[Any]:
    """The clock of the package stands at the beginning of 2027; tests may set ``return_value``."""
    with patch("certificates.clock.now", return_value=IN_2027) as clock:
        yield clock
