"""Settings of the site, read from the environment.

The defaults are the safe ones: DEBUG is off, cookies are Secure, and without a secret key nothing starts.
docs/architecture.md lists every variable.
"""

from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
from csp.constants import NONCE, NONE, SELF
from django_prose_editor.config import html_tags
from js_asset import static_lazy

from config import environment
from config.environment import env

# Lets Django's classes take type parameters at run time (ModelAdmin[Role]).
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = environment.secret_key(VAR_DIR / "secret_key")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Marks a demonstration that is served over plain HTTP on this machine: cookies without Secure, no HSTS.
PLAIN_HTTP_DEMO = env.bool("PLAIN_HTTP_DEMO", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Whoever asks for a page is told that the site is being worked on; the database is not asked for anything.
MAINTENANCE = env.bool("MAINTENANCE", default=False)

ADMIN_PATH = environment.admin_path()
SITE_URL = environment.site_url()
SITE_NAME = env.str("SITE_NAME", default="Side by Side")
SECURITY_CONTACT = environment.security_contact()

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10  # seconds that an act waits for a mail server at most
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"{SITE_NAME} <desk@localhost>")
ADMINS = [("", address) for address in env.list("ADMINS", default=[])]
SENTRY_DSN = environment.sentry_dsn()

INSTALLED_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "articles",
    "careers",
    "images",
    "publishing",
    "taggit",
    "csp",
    "django_prose_editor",
    "import_export",
    "config.admin.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "config.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "publishing.compression.CompressTextMiddleware",
    "csp.middleware.CSPMiddleware",
    "publishing.maintenance.MaintenanceMiddleware",
    "publishing.as_of.StaffMiddleware",
    "publishing.redirects.RedirectAfter404Middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "publishing.accounts.middleware.DeskMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "articles.context.site",
                "publishing.as_of.desk",
                "publishing.context.site_url",
            ],
        },
    },
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'site.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # SQLite makes the file, but not the folder that it stands in.
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    DATABASES["default"] |= {
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            # IMMEDIATE: two writers wait for each other instead of one failing half way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: what somebody was told is saved is there after a power cut too, for some milliseconds an act.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
        # A file, since an in-memory database cannot show how two publishers meet; beside the site's own.
        "TEST": {"NAME": f"{DATABASES['default']['NAME']}.test"},
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

CACHES = environment.caches(VAR_DIR / "cache")
if env.str("CACHE_URL", default=""):
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "publishing.User"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL, LOGIN_REDIRECT_URL = "account_login", "admin:index"

# Whoever may publish needs a second factor. A demonstration asks nobody for one.
SECOND_FACTOR = env.bool("SECOND_FACTOR", default=not (PLAIN_HTTP_DEMO or DEBUG))

ACCOUNT_ADAPTER = "publishing.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True  # until SESSION_COOKIE_AGE, as without a box to tick
# Of sign-ins that failed: at most so many from one address, and on one account. It counts codes as well.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_ADAPTER = "publishing.accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a clock may go half a minute wrong
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PLAIN_HTTP_DEMO or DEBUG
USERSESSIONS_ADAPTER = "publishing.accounts.adapter.SessionsAdapter"

LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="en-us")
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR_DIR / "media"))
MEDIA_URL = "/media/"
MEDIA_PUBLIC_URL = environment.media_public_url()
STORAGES = {
    "default": environment.media_storage(),
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("jpg", "jpeg", "png", "webp", "gz", "br", "woff", "woff2", "map")

TAGGIT_CASE_INSENSITIVE = True

# What the editor of rich text can do besides: its links are those that the sanitiser allows anyway.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {"js": [static_lazy("js/figures.js")], "extensions": {"QuotedFigure": html_tags([])}},
]

# Thresholds of the content checks. CONTENT_CHECKS in the environment, a JSON object, replaces single ones.
CONTENT_CHECKS = {
    "title_length": 60,  # characters of a title that search results show
    "description_length": 155,  # characters of a description that search results show
    "short_section_words": 25,  # a section with fewer words hardly says anything
    "long_sentence_words": 40,  # a sentence with more words is hard to follow
    "reading_ease": 40,  # Flesch's reading ease; below it a text reads like a contract
    "reading_ease_words": 100,  # texts with fewer words are not measured
    "shared_paragraph_words": 12,  # paragraphs with fewer words may stand in two articles
    "near_amount_percent": 10,  # an amount this near to a figure, and not the same, contradicts it
    "release_days": 30,  # figures that a source published within so many days are of one release
    "unreviewed_months": 12,  # a page that nobody vouched for in so long should be looked at
} | env.json("CONTENT_CHECKS", default={})

RETENTION_DAYS = environment.retention_days()
RATE_LIMITS = environment.rate_limits()

# Where a timer puts the backup of each night; `manage.py doctor` says if there is none of late.
BACKUP_DIR = env.str("BACKUP_DIR", default="")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not (PLAIN_HTTP_DEMO or DEBUG)
if SESSION_COOKIE_SECURE:
    # No neighbour below the same domain can set a cookie of such a name, and browsers take it by HTTPS alone.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0
# A promise about every subdomain, which a site cannot make for its neighbours: whoever owns the whole domain says so.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("HSTS_WHOLE_DOMAIN", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

_pictures = urlsplit(MEDIA_PUBLIC_URL)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", *([f"{_pictures.scheme}://{_pictures.netloc}"] if MEDIA_PUBLIC_URL else [])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LOG_FORMAT = environment.log_format("plain" if DEBUG or PLAIN_HTTP_DEMO else "json")
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", default=500)
_is_json = LOG_FORMAT == "json"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": f"config.logs.{LOG_FORMAT.capitalize()}"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "mail": {"class": "config.logs.Mail", "formatter": "line", "level": "ERROR"},
    },
    "root": {"handlers": ["console", "mail"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": []},  # and not Django's own besides, which write everything twice
        # What was answered is in a line of its own where machines read; Django would add one for every 404.
        "django.request": {"level": "ERROR" if _is_json else "WARNING"},
        "config.requests": {"level": "INFO" if _is_json else "WARNING"},
    },
}
