"""Django's settings, made from `ancrage.interfaces.settings`."""

from __future__ import annotations

from ancrage.interfaces.settings import current_settings
from ancrage.interfaces.wiring import session_key

_settings = current_settings()

SECRET_KEY = session_key(_settings)
DEBUG = _settings.debug
ALLOWED_HOSTS = list(_settings.allowed_hosts)
INSTALLED_APPS = ["django.contrib.staticfiles", "ancrage.adapters.store", "ancrage.interfaces.web"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ancrage.interfaces.web.middleware.security_headers",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "ancrage.interfaces.web.urls"
WSGI_APPLICATION = "ancrage.interfaces.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(_settings.home.expanduser().absolute() / "store.sqlite3"),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }
}
LANGUAGE_CODE = _settings.language
LANGUAGES = [("fr", "Français"), ("en", "English")]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
DATA_UPLOAD_MAX_MEMORY_SIZE = _settings.max_upload_bytes
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
