"""The settings of the other measurements, and one address that does nothing: the floor."""

from tests.benchmarks.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.lrs.urls"
XAPI_MAX_RESULTS = 250
