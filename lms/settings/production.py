"""A real service: refuses to start without its secrets and its address."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from lms.settings import env
from lms.settings.base import *  # noqa: F403
from lms.settings.logs import json_logging

SECRET_KEY = env.required("SECRET_KEY", "firma las sesiones; 50 caracteres al azar")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
PSEUDONYM_KEY = env.required("PSEUDONYM_KEY", "protege los seudónimos de las declaraciones xAPI")
RUN_KEY = env.required("RUN_KEY", "protege la huella con que se reconoce un RUN")
if len({SECRET_KEY, PSEUDONYM_KEY, RUN_KEY}) < 3 or min(map(len, (SECRET_KEY, PSEUDONYM_KEY, RUN_KEY))) < 32:
    raise ImproperlyConfigured(
        "SECRET_KEY, PSEUDONYM_KEY y RUN_KEY deben ser distintas y de 32 caracteres o más."
    )

SITE_URL = env.required("SITE_URL", "la dirección pública, por ejemplo https://aula.gob.example").rstrip("/")
_host = urlsplit(SITE_URL).hostname
if not SITE_URL.startswith("https://") or not _host:
    raise ImproperlyConfigured("SITE_URL debe empezar con https://")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", _host)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
WAGTAILADMIN_BASE_URL = SITE_URL

SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^salud/$"]
SECURE_HSTS_SECONDS = 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True
if ALLAUTH_TRUSTED_PROXY_COUNT:  # noqa: F405
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

EMAIL_HOST = env.required("EMAIL_HOST", "el servidor de correo")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.required("DEFAULT_FROM_EMAIL", "el remitente de los correos")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

LOGGING = json_logging(level=env.text("LOG_LEVEL", "INFO"))
