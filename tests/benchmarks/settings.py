"""What the measurements run under: a real service's behaviour, without collected static files."""

from lms.settings.base import INSTALLED_APPS, STATIC_ROOT, STORAGES
from lms.settings.dev import *  # noqa: F403

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STAFF_SECOND_FACTOR_REQUIRED = True
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
INSTALLED_APPS.append("tests.benchmarks.bare")
