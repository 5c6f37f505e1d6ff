"""Django's settings. What an office may change is an environment variable that begins with GUITU_."""

from __future__ import annotations

import os
from pathlib import Path

from guitu.web import bounds, database
from guitu.web.home import home, secret

WEB = Path(__file__).resolve().parent
HOME = home()

DEBUG = os.environ.get("GUITU_DEBUG") == "1"
DEMO = os.environ.get("GUITU_DEMO") == "1"
"""A demonstration: invented people, accounts listed on the sign-in page, the gallery open to all."""

SECRET_KEY = os.environ.get("GUITU_SECRET_KEY") or secret("secret_key")
ALLOWED_HOSTS = [
    host.strip()
    for host in os.environ.get("GUITU_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
    if host.strip()
]
CSRF_TRUSTED_ORIGINS = [o.strip() for o in os.environ.get("GUITU_ORIGINS", "").split(",") if o.strip()]
BEHIND_TLS = os.environ.get("GUITU_TLS") == "1"
"""Whether people reach this server through https; cookies are then sent only there."""

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "guitu.store",
    "guitu.web",
]

MIDDLEWARE = [
    "guitu.web.middleware.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "guitu.web.middleware.Preferences",
    "guitu.web.middleware.SignedIn",
    "guitu.web.middleware.Limited",
]

ROOT_URLCONF = "guitu.web.urls"
WSGI_APPLICATION = "guitu.web.wsgi.application"
DATABASES = {
    "default": database.from_url(url)
    if (url := os.environ.get("GUITU_DATABASE_URL"))
    else database.sqlite(HOME / "guitu.sqlite3")
}
if log := database.readings(DATABASES["default"]):
    DATABASES["readings"] = log
DATABASE_ROUTERS = ["guitu.store.readings.database.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "shared": {  # few and small things that all server processes must agree on: how far an import is
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
    },
}

AUTH_USER_MODEL = "auth.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["guitu.web.accounts.backend.Accounts"]
LOGIN_URL = "sign_in"
DEMO_PASSWORD = os.environ.get("GUITU_DEMO_PASSWORD", "guitu-demo")
"""Of every demo account; shown on the sign-in page, because nothing behind it is real."""

SESSION_ENGINE = "guitu.web.sessions"
SESSION_COOKIE_NAME = "guitu_session"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # office computers are shared
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_NAME = "guitu_csrf"
CSRF_COOKIE_AGE = None  # until the browser is closed, as the session
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "guitu.web.faults.expired_form"
SECOND_FACTOR = os.environ.get("GUITU_SECOND_FACTOR", "required")
"""`required`: staff sign in with a second factor. `offered`: an office that is not ready leaves it open."""
IDLE_MINUTES = int(os.environ.get("GUITU_IDLE_MINUTES", "60"))
"""After so long without a request the session has ended; two minutes before, the page says so."""
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
HSTS_DAYS = 365
"""For how long a browser that came through https once asks for nothing else. Sent only with GUITU_TLS=1."""

COMPILE_AHEAD = True
"""Whether a server compiles every template before its first answer, so that no reader waits for it."""

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [WEB / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "guitu.web.statics.HashedFiles"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False

DATA_UPLOAD_MAX_MEMORY_SIZE = bounds.MOST_FORM
DATA_UPLOAD_MAX_NUMBER_FIELDS = bounds.MOST_FIELDS
DATA_UPLOAD_MAX_NUMBER_FILES = bounds.MOST_FILES
FILE_UPLOAD_HANDLERS = ["guitu.web.uploads.NoFiles"]  # a page that takes files says so itself
FILE_UPLOAD_TEMP_DIR = None
RATES = bounds.rates_in(os.environ)
"""How often a minute each thing may be asked for: guitu.web.bounds."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
