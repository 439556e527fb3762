"""A developer's machine and the demonstration: works without any configuration.

Secrets are made once and kept in ``var/``, so that nothing secret is in the repository and
sessions survive a restart.
"""

import secrets

from lms.settings import env
from lms.settings.base import *  # noqa: F403
from lms.settings.base import CACHES, VAR_DIR

DEMO = env.flag("DEMO")
DEBUG = env.flag("DEBUG", default=not DEMO)
ALLOWED_HOSTS = ["*"] if DEMO else ["localhost", "127.0.0.1", "[::1]", "testserver"]

VAR_DIR.mkdir(parents=True, exist_ok=True)
_secret_file = VAR_DIR / "secret_key"
if not _secret_file.exists():
    _secret_file.touch(mode=0o600)
    _secret_file.write_text(secrets.token_urlsafe(50))
SECRET_KEY = _secret_file.read_text().strip()
PSEUDONYM_KEY = f"seudonimos:{SECRET_KEY}"
RUN_KEY = f"run:{SECRET_KEY}"

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
DEFAULT_FROM_EMAIL = "Aula Abierta <no-responder@aula.example>"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"
# The demonstration logs in as HR or trainer without a telephone at hand.
STAFF_SECOND_FACTOR_REQUIRED = not DEMO
COVERAGE_REFRESH_SECONDS = env.number("COVERAGE_REFRESH_SECONDS", 3, minimum=1)
# The people of a demonstration are invented: the plan may move as soon as one of them completes.
# A real service keeps "group".
COVERAGE_PUBLISH_EVERY = env.choice("COVERAGE_PUBLISH_EVERY", "change", ("group", "change"))

if DEBUG:
    STORAGES["staticfiles"] = {  # noqa: F405
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
