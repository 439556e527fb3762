"""What every environment shares. Values that differ are set in dev, test and production."""

import os
from typing import Any

from csp.constants import NONCE, NONE, SELF

from lms.settings import env
from lms.settings.sign_in import read_providers

BASE_DIR = env.BASE_DIR
VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")

SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
DEBUG = False
ALLOWED_HOSTS: list[str] = []

INSTALLED_APPS = [
    "lms.ui",
    "lms.jobs",
    "lms.people",
    "lms.xapi",
    "lms.integrity",
    "lms.progress",
    "lms.feedback",
    "lms.discussions",
    "lms.notices",
    "lms.classroom",
    "lms.teaching",
    "lms.workshops",
    "lms.plan",
    "lms.indicators",
    "lms.diagnostics",
    "lms.participation",
    "lms.publishing",
    "lms.pages",
    "lms.reports",
    "lms.operations",
    "lms.api",
    "lms.demo",
    "courses",
    "courses.quizzes",
    "courses.quality",
    "certificates",
    "content_packs",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.users",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "lms.xapi.middleware.RecordMiddleware",
    "lms.api.middleware.ApiMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lms.ui.middleware.ContentSecurityPolicyMiddleware",
    "lms.ui.middleware.PrivateResponsesMiddleware",
    "lms.ui.ranges.RangesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lms.people.accounts.languages.LanguageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "lms.people.accounts.middleware.SecondFactorMiddleware",
    "lms.people.accounts.middleware.AuthorsOnlyMiddleware",
    "lms.ui.public_pages.PublicPagesMiddleware",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["lms.ui.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lms.people.context_processors.viewer",
                "lms.ui.context_processors.site",
                "lms.ui.context_processors.languages",
                "lms.ui.context_processors.frame",
            ],
        },
    }
]

DATABASES = {"default": env.database(VAR_DIR / "aula.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    # Wagtail notes each picture it shows: in a table that is six statements, one of them a write.
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "renditions"},
    # Public pages for whoever has no account: a page that is here costs no query.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# --- Language and place -------------------------------------------------------------------------
LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español"), ("en", "English")]  # each in its own words
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LANGUAGE_COOKIE_NAME = "idioma"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
TIME_ZONE = "America/Santiago"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["lms.ui.formats"]
LOCALE_PATHS = [BASE_DIR / "lms" / "locale"]

# --- Files --------------------------------------------------------------------------------------
STATIC_URL = "/estatico/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/medios/"
MEDIA_ROOT = VAR_DIR / "media"


def _closed_folder(name: str) -> dict[str, Any]:
    """A storage under ``VAR_DIR`` whose files nobody but the service reads."""
    options = {
        "location": str(VAR_DIR / name),
        "base_url": None,
        "file_permissions_mode": 0o600,
        "directory_permissions_mode": 0o700,
    }
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}


STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "certificates": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR_DIR / "certificates"), "base_url": None},
    },
    # Lists of people, until somebody decides about them.
    "rosters": _closed_folder("rosters"),
    # What shows the progress of commitments; sent by a view once it is public.
    "plan_evidence": _closed_folder("plan-evidence"),
    # What shows the answers of a diagnostic; sent by a view to its institution, or once it is published.
    "diagnostic_evidence": _closed_folder("diagnostic-evidence"),
    # Reports and lists that schedules made.
    "reports": _closed_folder("reports"),
    "xapi": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR_DIR / "xapi"), "base_url": None},
    },
    # Papers that prove what people learned elsewhere: read through our screens only.
    "evidence": _closed_folder("evidence"),
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- Accounts -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/aula/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "lms.people.accounts.passwords.ContextWordsValidator"},
]
ACCOUNT_ADAPTER = "lms.people.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "lms.people.accounts.forms.SignupNames"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "lms.people.accounts.adapter.display_name"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Aula Abierta] "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
# A ministry goes out through few addresses: the limits per address are wide, those per
# account stay tight (allauth's own).
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
    "signup": "60/m/ip",
    "reset_password": "60/m/ip,5/m/key",
    "invitation": "60/m/ip",
}
SOCIALACCOUNT_ADAPTER = "lms.people.accounts.social.SocialAdapter"
SOCIALACCOUNT_PROVIDERS = read_providers(os.environ)
SOCIALACCOUNT_STORE_TOKENS = False
# Whoever a provider vouches for is let in; an address it could not prove is not kept at all.
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)
MFA_ADAPTER = "lms.people.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Aula Abierta"
STAFF_SECOND_FACTOR_REQUIRED = True
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "lms.pages.views.csrf_failure"

# --- Wagtail ------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Aula Abierta"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/cuentas/ingresar/"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
# Addresses go into mails and onto paper: without accents, like the codes made of the same titles.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "csv", "txt", "vtt", "mp3", "mp4"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# --- Security -----------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# --- Our own settings (the table in the README explains each) ------------------------------------
DEMO = False
PSEUDONYM_KEY = ""
RUN_KEY = ""
COVERAGE_MINIMUM_CELL = env.number("COVERAGE_MINIMUM_CELL", 10, minimum=2)
COVERAGE_REFRESH_SECONDS = env.number("COVERAGE_REFRESH_SECONDS", 300, minimum=1)
# "group": public coverage moves when COVERAGE_MINIMUM_CELL people or more make the difference, and
# once a day in any case, so that nobody can watch single people complete. "change": at once.
COVERAGE_PUBLISH_EVERY = env.choice("COVERAGE_PUBLISH_EVERY", "group", ("group", "change"))
# How many other institutions of its kind an institution must have before it is compared with them.
DIAGNOSTICS_MINIMUM_PEERS = env.number("DIAGNOSTICS_MINIMUM_PEERS", 5, minimum=3)
DILEMMA_MINIMUM_GROUP = env.number("DILEMMA_MINIMUM_GROUP", 10, minimum=2)
CERTIFICATE_ISSUER = env.text("CERTIFICATE_ISSUER", "Aula Abierta")
CERTIFICATE_SIGNATORY_NAME = env.text("CERTIFICATE_SIGNATORY_NAME", "")
CERTIFICATE_SIGNATORY_ROLE = env.text("CERTIFICATE_SIGNATORY_ROLE", "")
# A roster that ends more than this percentage of the people present asks whether that is meant.
ROSTER_ENDED_PERCENT = env.number("ROSTER_ENDED_PERCENT", 20, minimum=1)
XAPI_MAX_BODY = env.number("XAPI_MAX_BODY", 32 * 1024 * 1024, minimum=1024)
XAPI_MAX_DOCUMENT = env.number("XAPI_MAX_DOCUMENT", 5 * 1024 * 1024, minimum=1024)
XAPI_MAX_ATTACHMENT = env.number("XAPI_MAX_ATTACHMENT", 200 * 1024 * 1024, minimum=1024)
XAPI_MAX_RESULTS = env.number("XAPI_MAX_RESULTS", 250, minimum=1)
XAPI_READ_SECONDS = env.number("XAPI_READ_SECONDS", 20, minimum=1)
XAPI_FORWARD_PRIVATE = env.flag("XAPI_FORWARD_PRIVATE")
XAPI_ALLOWED_ORIGINS = env.words("XAPI_ALLOWED_ORIGINS")
# Notices by e-mail: where bounces go (needs "+" addresses), who reads answers ("correo" for all,
# "código=correo" for one institution), how many a minute, and days on which nobody is written to.
BOUNCE_ADDRESS = env.text("BOUNCE_ADDRESS")
MAIL_REPLY_TO = env.words("MAIL_REPLY_TO")
MAIL_PER_MINUTE = env.number("MAIL_PER_MINUTE", 300)
MAIL_HOLIDAYS = env.days("MAIL_HOLIDAYS")
# How long a public page of a plan is kept for visitors without an account; 0 draws it each time.
PUBLIC_PAGE_SECONDS = env.number("PUBLIC_PAGE_SECONDS", 60)
VERIFICATION_MISSES_PER_MINUTE = env.number("VERIFICATION_MISSES_PER_MINUTE", 30, minimum=1)
API_PER_MINUTE = env.number("API_PER_MINUTE", 300, minimum=1)
# The ordinary working day: weekdays (1 is Monday) and local times. What compulsory training takes
# outside it gives rest (article 30 of DFL 29/2004).
WORKING_HOURS = env.text("WORKING_HOURS", "1-5 08:30-17:30")
