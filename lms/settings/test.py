"""The test suite: no network, tasks at once, mail in memory; SQLite, or PostgreSQL by DATABASE_URL."""

import tempfile
from pathlib import Path

from lms.settings.base import *  # noqa: F403
from lms.settings.base import STORAGES

SECRET_KEY = "solo-para-las-pruebas-no-es-un-secreto"  # noqa: S105
PSEUDONYM_KEY = "seudonimos-de-las-pruebas"
RUN_KEY = "run-de-las-pruebas"
ALLOWED_HOSTS = ["*"]
SITE_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = "Aula Abierta <no-responder@aula.example>"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PUBLIC_PAGE_SECONDS = 0  # tests change a row and look at the page at once
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
_scratch = Path(tempfile.mkdtemp(prefix="aula-pruebas-"))
MEDIA_ROOT = _scratch / "media"
STATIC_ROOT = _scratch / "static"
STATIC_ROOT.mkdir()
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STORAGES["xapi"]["OPTIONS"] = {"location": str(_scratch / "xapi"), "base_url": None}
STORAGES["reports"]["OPTIONS"] = {"location": str(_scratch / "reports"), "base_url": None}
STORAGES["rosters"]["OPTIONS"] = {"location": str(_scratch / "rosters"), "base_url": None}
STORAGES["evidence"]["OPTIONS"] = {"location": str(_scratch / "evidence"), "base_url": None}
STORAGES["plan_evidence"]["OPTIONS"] = {"location": str(_scratch / "plan-evidence"), "base_url": None}
STORAGES["diagnostic_evidence"]["OPTIONS"] = {
    "location": str(_scratch / "diagnostic-evidence"), "base_url": None,
}  # fmt: skip
STORAGES["certificates"]["OPTIONS"] = {"location": str(_scratch / "certificates"), "base_url": None}
WAGTAILADMIN_BASE_URL = SITE_URL
ACCOUNT_RATE_LIMITS = False
SOCIALACCOUNT_PROVIDERS = {}
