"""What the measurements run under: a real service's behaviour, without collected static files."""

from lms.settings.dev import *  # noqa: F403
from lms.settings.dev import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STAFF_SECOND_FACTOR_REQUIRED = True
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
