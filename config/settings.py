"""Settings of the site, read from the environment.

The defaults are the safe ones: DEBUG is off, cookies are Secure, and without a secret key nothing starts.
docs/architecture.md lists every variable.
"""

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import django_stubs_ext
import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django_prose_editor.config import html_tags
from js_asset import static_lazy

# Lets Django's classes take type parameters at run time (ModelAdmin[Role]).
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()


def _secret_key() -> str:
    """Return the key from SECRET_KEY, or from the file that SECRET_KEY_FILE names (var/secret_key unless set)."""
    key: str = env.str("SECRET_KEY", default="")
    key_file = Path(env.str("SECRET_KEY_FILE", default=str(VAR_DIR / "secret_key")))
    if not key and key_file.is_file():
        key = key_file.read_text().strip()
    if key:
        return key
    raise ImproperlyConfigured(
        "The site needs a secret key. Make one with "
        "`python3 -c 'import secrets; print(secrets.token_urlsafe(50))'` and set it as SECRET_KEY, "
        "or keep it in a file and set SECRET_KEY_FILE to its path."
    )


def _site_url() -> str:
    """Return scheme and host of the site's own address without a slash at the end, or nothing if it has none."""
    url: str = env.str("SITE_URL", default="")
    if not url or re.fullmatch(r"https?://[^/?#\s]+/?", url):
        return url.rstrip("/")
    raise ImproperlyConfigured(
        f"SITE_URL is {url!r}: write scheme and host alone, for instance https://careers.example.org."
    )


def _security_contact() -> str:
    """Return where security researchers write to, or nothing if that is not said."""
    contact: str = env.str("SECURITY_CONTACT", default="")
    if not contact or re.fullmatch(r"(mailto:[^@\s]+@[^@\s]+|https://\S+|tel:\S+)", contact):
        return contact
    raise ImproperlyConfigured(
        f"SECURITY_CONTACT is {contact!r}: write an address with its kind, for instance mailto:security@example.org."
    )


def _admin_path() -> str:
    """Return where the desk is, with a slash at its end and none before it."""
    path: str = env.str("ADMIN_PATH", default="admin/").strip("/")
    taken = {"api", "cards", "categories", "compare", "feeds", "media", "report", "roles", "search", "shared", "static"}
    if re.fullmatch(r"[a-z0-9_-]+(/[a-z0-9_-]+)*", path) and path.partition("/")[0] not in taken | {"topics"}:
        return f"{path}/"
    raise ImproperlyConfigured(
        f"ADMIN_PATH is {path!r}: write the path of the desk in small letters, digits and hyphens, for instance "
        "office-7f3a/, and none that the site itself begins with, as roles/."
    )


def _caches() -> dict[str, Any]:
    """Return Django's CACHES: the Redis of CACHE_URL, or files that the processes of this machine share."""
    url: str = env.str("CACHE_URL", default="")
    if not url:
        folder = env.str("CACHE_DIR", default=str(VAR_DIR / "cache"))
        files = "django.core.cache.backends.filebased.FileBasedCache"
        return {"default": {"BACKEND": files, "LOCATION": folder, "OPTIONS": {"MAX_ENTRIES": 10_000}}}
    if re.fullmatch(r"rediss?://[^/?#\s]+(/\d+)?(\?\S+)?|unix://\S+", url):
        return {"default": {"BACKEND": "config.cache.Shared", "LOCATION": url}}
    raise ImproperlyConfigured(
        f"CACHE_URL is {_hidden(url)!r}: name a Redis server, for instance redis://:password@cache.example.org:6379/0."
    )


def _media_storage() -> dict[str, Any]:
    """Return where pictures are kept: the bucket of MEDIA_STORAGE_URL, or the folder MEDIA_ROOT."""
    url: str = env.str("MEDIA_STORAGE_URL", default="")
    if not url:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    found = re.fullmatch(
        r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?P<folder>/[^?#\s]*)?(\?(?P<more>\S+))?", url
    )
    more = dict(parse_qsl(found["more"] or "", keep_blank_values=True)) if found else {}
    is_endpoint = re.fullmatch(r"https?://[^/?#\s]+/?", more.get("endpoint", "https://aws"))
    if found and is_endpoint and more.keys() <= {"endpoint", "region"}:
        options = {"bucket_name": found["bucket"], "location": (found["folder"] or "").strip("/")}
        options |= {"endpoint_url": more.get("endpoint"), "region_name": more.get("region")}
        return {"BACKEND": "images.storage.Bucket", "OPTIONS": options}
    raise ImproperlyConfigured(
        f"MEDIA_STORAGE_URL is {_hidden(url)!r}: name a bucket, for instance s3://pictures or "
        "s3://pictures/careers?endpoint=https://s3.example.org&region=eu-central-1. "
        "Its keys are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
    )


def _media_public_url() -> str:
    """Return where browsers fetch renditions without a slash at the end, or nothing if the site gives them itself."""
    url: str = env.str("MEDIA_PUBLIC_URL", default="")
    if not url or re.fullmatch(r"https?://[^/?#\s;,]+(/[^?#\s;,]*)?", url):
        return url.rstrip("/")
    raise ImproperlyConfigured(
        f"MEDIA_PUBLIC_URL is {url!r}: write the address that stands before renditions/, for instance "
        "https://media.example.org."
    )


def _sentry_dsn() -> str:
    """Return where errors are sent, as Sentry writes it, or nothing."""
    dsn: str = env.str("SENTRY_DSN", default="")
    if not dsn or re.fullmatch(r"https?://[^/@\s]+@[^/?#@\s]+(/[^?#\s]*)?/\d+", dsn):
        return dsn
    raise ImproperlyConfigured(
        f"SENTRY_DSN is {_hidden(dsn)!r}: copy the client key of the project, for instance "
        "https://0123456789abcdef@sentry.example.org/7."
    )


def _log_format() -> str:
    """Return how events are written: "json" for machines or "plain" for people."""
    chosen: str = env.str("LOG_FORMAT", default="plain" if DEBUG or PLAIN_HTTP_DEMO else "json")
    if chosen in {"json", "plain"}:
        return chosen
    raise ImproperlyConfigured(f"LOG_FORMAT is {chosen!r}: write json or plain.")


def _retention_days() -> dict[str, int]:
    """Return after how many days `manage.py prune` deletes what; the JSON of RETENTION_DAYS replaces single ones."""
    usual = {
        "reports": 365,  # after somebody settled them
        "chosen_pairs": 400,  # after the month they were counted in began; pages speak of the last three
        "open_forms": 180,  # after somebody last typed into them or had them open
        "purges": 1,  # after they were due
        "sessions": 1,  # after they ended
    }
    given: dict[str, Any] = env.json("RETENTION_DAYS", default={})
    for name, days in given.items():
        if name not in usual or type(days) is not int or days < 1:
            raise ImproperlyConfigured(
                f'RETENTION_DAYS has "{name}": {days!r}: name one of {", ".join(usual)}, and write a whole number of '
                "days, 1 or more."
            )
    return usual | given


def _hidden(url: str) -> str:
    """Return the address without what may be a password: it is written into logs."""
    return re.sub(r"//.*@", "//…@", url)


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = _secret_key()
# Marks a demonstration that is served over plain HTTP on this machine: cookies without Secure, no HSTS.
PLAIN_HTTP_DEMO = env.bool("PLAIN_HTTP_DEMO", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Whoever asks for a page is told that the site is being worked on; the database is not asked for anything.
MAINTENANCE = env.bool("MAINTENANCE", default=False)

ADMIN_PATH = _admin_path()
SITE_URL = _site_url()
SITE_NAME = env.str("SITE_NAME", default="Side by Side")
SECURITY_CONTACT = _security_contact()

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10  # seconds that an act waits for a mail server at most
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"{SITE_NAME} <desk@localhost>")
ADMINS = [("", address) for address in env.list("ADMINS", default=[])]
SENTRY_DSN = _sentry_dsn()

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

CACHES = _caches()
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
MEDIA_PUBLIC_URL = _media_public_url()
STORAGES = {
    "default": _media_storage(),
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

RETENTION_DAYS = _retention_days()

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

LOG_FORMAT = _log_format()
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
