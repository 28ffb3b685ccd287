"""What the environment says, where its words need reading: each setting as the site uses it.

Each function raises ImproperlyConfigured with a sentence that says what is wrong with it, and how it is written.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qsl

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


def matching(name: str, pattern: str, advice: str) -> str:
    """Return the variable as it is written, or nothing if it is not set; it matches the pattern, or is refused with the
    advice."""
    value: str = env.str(name, default="")
    if not value or re.fullmatch(pattern, value):
        return value
    raise ImproperlyConfigured(f"{name} is {_hidden(value)!r}: {advice}")


def _hidden(url: str) -> str:
    """Return the address without what may be a password: it is written into logs."""
    return re.sub(r"//.*@", "//…@", url)


def secret_key(usual: Path) -> str:
    """Return the key from SECRET_KEY, or from the file that SECRET_KEY_FILE names (the usual one unless set)."""
    key: str = env.str("SECRET_KEY", default="")
    key_file = Path(env.str("SECRET_KEY_FILE", default=str(usual)))
    if not key and key_file.is_file():
        key = key_file.read_text().strip()
    if key:
        return key
    raise ImproperlyConfigured(
        "The site needs a secret key. Make one with "
        "`python3 -c 'import secrets; print(secrets.token_urlsafe(50))'` and set it as SECRET_KEY, "
        "or keep it in a file and set SECRET_KEY_FILE to its path."
    )


def site_url() -> str:
    """Return scheme and host of the site's own address without a slash at the end, or nothing if it has none."""
    advice = "write scheme and host alone, for instance https://careers.example.org."
    return matching("SITE_URL", r"https?://[^/?#\s]+/?", advice).rstrip("/")


def security_contact() -> str:
    """Return where security researchers write to, or nothing if that is not said."""
    pattern = r"(mailto:[^@\s]+@[^@\s]+|https://\S+|tel:\S+)"
    advice = "write an address with its kind, for instance mailto:security@example.org."
    return matching("SECURITY_CONTACT", pattern, advice)


def admin_path() -> str:
    """Return where the desk is, with a slash at its end and none before it."""
    path: str = env.str("ADMIN_PATH", default="admin/").strip("/")
    taken = {"api", "cards", "categories", "compare", "feeds", "media", "report", "roles", "search", "shared", "static"}
    if re.fullmatch(r"[a-z0-9_-]+(/[a-z0-9_-]+)*", path) and path.partition("/")[0] not in taken | {"topics"}:
        return f"{path}/"
    raise ImproperlyConfigured(
        f"ADMIN_PATH is {path!r}: write the path of the desk in small letters, digits and hyphens, for instance "
        "office-7f3a/, and none that the site itself begins with, as roles/."
    )


def caches(usual: Path) -> dict[str, Any]:
    """Return Django's CACHES: the Redis of CACHE_URL, or files that the processes of this machine share, in CACHE_DIR
    (the usual folder unless set)."""
    pattern = r"rediss?://[^/?#\s]+(/\d+)?(\?\S+)?|unix://\S+"
    advice = "name a Redis server, for instance redis://:password@cache.example.org:6379/0."
    if url := matching("CACHE_URL", pattern, advice):
        return {"default": {"BACKEND": "config.cache.Shared", "LOCATION": url}}
    folder = env.str("CACHE_DIR", default=str(usual))
    files = "django.core.cache.backends.filebased.FileBasedCache"
    return {"default": {"BACKEND": files, "LOCATION": folder, "OPTIONS": {"MAX_ENTRIES": 10_000}}}


def media_storage() -> dict[str, Any]:
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


def media_public_url() -> str:
    """Return where browsers fetch renditions without a slash at the end, or nothing if the site gives them itself."""
    advice = "write the address that stands before renditions/, for instance https://media.example.org."
    return matching("MEDIA_PUBLIC_URL", r"https?://[^/?#\s;,]+(/[^?#\s;,]*)?", advice).rstrip("/")


def sentry_dsn() -> str:
    """Return where errors are sent, as Sentry writes it, or nothing."""
    pattern = r"https?://[^/@\s]+@[^/?#@\s]+(/[^?#\s]*)?/\d+"
    advice = "copy the client key of the project, for instance https://0123456789abcdef@sentry.example.org/7."
    return matching("SENTRY_DSN", pattern, advice)


def log_format(usual: str) -> str:
    """Return how events are written: "json" for machines or "plain" for people; the usual one unless set."""
    return matching("LOG_FORMAT", "json|plain", "write json or plain.") or usual


def retention_days() -> dict[str, int]:
    """Return after how many days `manage.py prune` deletes what; the JSON of RETENTION_DAYS replaces single ones."""
    usual = {
        "reports": 365,  # after somebody settled them
        "chosen_pairs": 400,  # after the month they were counted in began; pages speak of the last three
        "open_forms": 180,  # after somebody last typed into them or had them open
        "purges": 1,  # after they were due
        "sessions": 1,  # after they ended
        "user_sessions": 30,  # from where and with which browser, after they began; open ones stay
        "audit": 730,  # after it was done
    }
    least = {"audit": 365}  # the database deletes nothing younger: publishing.guards
    given: dict[str, Any] = env.json("RETENTION_DAYS", default={})
    for name, days in given.items():
        if name not in usual or not _is_count(days) or days < least.get(name, 1):
            _refuse("RETENTION_DAYS", name, days, usual, f"a whole number of days, {least.get(name, 1)} or more.")
    return usual | given


def rate_limits() -> dict[str, tuple[int, int]]:
    """Return how often in a minute, and in an hour, something may be asked for; 0 is as often as somebody likes.

    The JSON of RATE_LIMITS replaces single ones, and null all of them by none.
    """
    usual = {
        "search": (120, 2_000),  # pages of the search, and choosing two roles; from one place, of each process
        "offers": (600, 10_000),  # what is offered while somebody types, and on a page that is not there; likewise
        "api": (300, 6_000),  # likewise
        "pairs": (20, 200),  # of pairs that readers choose, how many are counted; likewise
        "reports": (0, 5),  # from one address, of all processes together; what stands for the minute counts for nothing
        "uploads": (20, 400),  # files and articles that one session hands in at the desk, to each process
    }
    given: dict[str, Any] | None = env.json("RATE_LIMITS", default={})
    if given is None:
        return dict.fromkeys(usual, (0, 0))
    for name, numbers in given.items():
        if name not in usual or not _are_two_counts(numbers):
            advice = "how often in a minute and how often in an hour, for instance [120, 2000]; 0 is as often as "
            _refuse("RATE_LIMITS", name, numbers, usual, f"{advice}somebody likes.")
    return usual | {name: (numbers[0], numbers[1]) for name, numbers in given.items()}


def _are_two_counts(numbers: Any) -> bool:
    return isinstance(numbers, list) and len(numbers) == 2 and all(map(_is_count, numbers))


def _is_count(number: Any) -> bool:
    return type(number) is int and number >= 0


def _refuse(variable: str, name: str, value: Any, names: Iterable[str], advice: str) -> NoReturn:
    raise ImproperlyConfigured(
        f'{variable} has "{name}": {value!r}: name one of {", ".join(names)}, and write {advice}'
    )
