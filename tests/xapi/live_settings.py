"""The test settings for servers that tests start: all worker processes keep files in one folder."""

import os

from lms.settings.test import *  # noqa: F403
from lms.settings.test import STORAGES

STORAGES["xapi"]["OPTIONS"]["location"] = os.environ["XAPI_TEST_FOLDER"]
