"""Settings, all from the environment, with safe defaults; ``checks.py`` says what production must not run with."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

BASE = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("GZA_VAR") or BASE.parent / "var").absolute()

MODE = os.environ.get("GZA_MODE", "demo")  # demo (loopback only) or production
if MODE not in {"demo", "production"}:
    raise ValueError(f"GZA_MODE must be demo or production, not {MODE!r}")
DEBUG = os.environ.get("GZA_DEBUG", "") == "1"
GZA_KEYS = Path(os.environ.get("GZA_KEYS", VAR / "keys"))
GZA_HEADS = Path(os.environ.get("GZA_HEADS", VAR / "heads"))
GZA_SHRED = Path(os.environ.get("GZA_SHRED", VAR / "shred"))
GZA_FILES = Path(os.environ.get("GZA_FILES", VAR / "files"))  # sealed files, by random id
GZA_FILE_LIMIT = int(os.environ.get("GZA_FILE_LIMIT_MB", "25")) * 1024 * 1024  # bytes of one uploaded file
GZA_CLAMD = os.environ.get("GZA_CLAMD", "")  # host:port of a clamd; empty: uploads are marked as not scanned
GZA_FUND_KEY = os.environ.get("GZA_FUND_KEY", "")  # hex of the Fund's public signing key, pinned in production
GZA_ARGON = tuple(int(part) for part in os.environ.get("GZA_ARGON", "3,32768,1").split(","))  # passes, KiB, lanes
GZA_BEHIND_TLS = os.environ.get("GZA_BEHIND_TLS", "") == "1"
GZA_IDLE_MINUTES = int(os.environ.get("GZA_IDLE_MINUTES", "10"))
GZA_QUICK_EXIT = os.environ.get("GZA_QUICK_EXIT", "https://ka.wikipedia.org/")


def _database(url: str) -> dict[str, Any]:
    """A Django database from ``sqlite:///path`` or ``postgres://user:password@host:port/name``."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
                "PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or "") or parse_qs(parts.query).get("host", [""])[0],
            "PORT": str(parts.port or ""),
            # Pages ask for a few rows by index, mostly out of memory: no workers, no compiled plans, cheap reads.
            "OPTIONS": {"options": "-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"},
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ValueError("GZA_DATABASE must begin with sqlite:/// or postgres://")


_URL = os.environ.get("GZA_DATABASE", f"sqlite:///{VAR / 'gza.sqlite3'}")
_TRANSIENT = os.environ.get("GZA_TRANSIENT") or (
    f"sqlite:///{VAR / 'transient.sqlite3'}"
    if _URL.startswith("sqlite")
    else (_URL.replace("?", "_transient?", 1) if "?" in _URL else f"{_URL}_transient")
)
DATABASES = {"default": _database(_URL), "transient": _database(_TRANSIENT)}
DATABASE_ROUTERS = ["gza.core.routers.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _secret() -> str:
    try:
        return (GZA_KEYS / "django.key").read_bytes().hex()
    except OSError:
        return ""  # checks.py refuses to serve with this; commands that make the key must still start


SECRET_KEY = _secret() or "unset-" + "0" * 58
ALLOWED_HOSTS = [host for host in os.environ.get("GZA_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if MODE == "production"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "gza.core",
    "gza.core.transient",
    "gza.ledger",
    "gza.vault",
    "gza.accounts",
    "gza.directory",
    "gza.cases",
    "gza.plans",
    "gza.statistics",
    "gza.nap",
    "gza.ui",
    "gza.web.accounts",
    "gza.web.gallery",
    "gza.web.nap",
    "gza.web.shell",
    "gza.web.directory",
    "gza.web.cases",
    "gza.web.care",
    "gza.web.plans",
    "gza.web.requests",
    "gza.web.provider",
    "gza.web.money",
    "gza.web.after",
    "gza.web.running",
    "gza.web.statistics",
]
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["gza.accounts.sessions.Backend"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",  # outermost: refusals of the middleware below carry it as well
    "gza.web.shell.middleware.no_store",
    "gza.web.shell.middleware.see_other",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gza.web.shell.middleware.language",
    "gza.web.shell.middleware.maintenance",
    "gza.web.shell.middleware.read_only",
    "django.middleware.common.CommonMiddleware",
    "gza.web.shell.middleware.own_origin",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "gza.web.accounts.middleware.Entrance",
    "gza.web.shell.middleware.plain_address",
    "gza.web.shell.middleware.keyless",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "gza.config.urls"
WSGI_APPLICATION = "gza.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # Listed by hand: cotton's automatic configuration would drop every other loader.
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "gza.ui.templatetags.gza_ui",
                "gza.web.cases.templatetags.gza_cases",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "csp.context_processors.nonce",
                "django.contrib.messages.context_processors.messages",
                "gza.web.shell.context.shell",
            ],
        },
    }
]

COTTON_ISOLATE_BY_DEFAULT = True  # a component sees what it is given, and the shell; nothing of the page leaks in
FORM_RENDERER = "gza.ui.renderer.Renderer"
FILE_UPLOAD_HANDLERS = ["gza.vault.uploads.InMemory"]  # Django's own write to the disk past 2.5 MB
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024  # of all that is no file: long narratives and a drawn signature
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

LANGUAGE_CODE = "ka"
LANGUAGES = [("ka", "ქართული"), ("en", "English")]
TIME_ZONE = "Asia/Tbilisi"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["gza.core.formats"]

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # files are served from the packages; nothing is collected
STORAGES = {"staticfiles": {"BACKEND": "gza.ui.storage.Storage"}}

SESSION_ENGINE = "gza.accounts.sessions"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_NAME = "gza_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = MODE == "production"
CSRF_FAILURE_VIEW = "gza.web.shell.views.forbidden"
CSRF_COOKIE_NAME = "gza_form"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"

SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if MODE == "production":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if GZA_BEHIND_TLS else None
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("GZA_LOG", "WARNING")},
    "loggers": {"django.request": {"level": "ERROR"}},  # a refused or missing page is no news, and its path stays out
}
