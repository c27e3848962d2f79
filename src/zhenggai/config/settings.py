"""Django settings. What differs from place to place comes from the environment; see :mod:`zhenggai.config.environment`."""

from pathlib import Path

from csp.constants import NONE, SELF

from zhenggai.config import environment

DATA = environment.data_folder()
EVIDENCE_ROOT = DATA / "evidence"
EVIDENCE_S3 = environment.bucket()
EVIDENCE_LARGEST = environment.megabytes("ZHENGGAI_FILE_MB", 100)
EVIDENCE_SCAN = environment.scanner()
EVIDENCE_OCR = environment.flag("ZHENGGAI_FILE_OCR", default=False)
KEYS_ROOT = DATA / "keys"
JOURNAL_HASH = environment.journal_hash()
HEADS_ROOT = environment.heads_folder(DATA)
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = environment.secret_key(DATA)
DEBUG = environment.flag("ZHENGGAI_DEBUG", default=False)
ALLOWED_HOSTS = environment.words("ZHENGGAI_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("ZHENGGAI_ORIGINS")
HTTPS = environment.flag("ZHENGGAI_HTTPS", default=False)
BEHIND_PROXY = environment.flag("ZHENGGAI_PROXY", default=False)
PUBLIC_URL = environment.public_url()

INSTALLED_APPS = [
    "django.contrib.contenttypes",  # wanted by axes' and auth's models
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "zhenggai.journal",
    "zhenggai.parties",
    "zhenggai.evidence",
    "zhenggai.indicators",
    "zhenggai.ledger",
    "zhenggai.bulletins",
    "zhenggai.exchange",
    "zhenggai.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "zhenggai.web.public.middleware.WithoutSession",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "zhenggai.web.middleware.ChosenLanguage",
    "zhenggai.web.middleware.PageHeaders",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "zhenggai.web.middleware.SessionTimes",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "zhenggai.web.middleware.Refusals",
]

ROOT_URLCONF = "zhenggai.config.urls"
WSGI_APPLICATION = "zhenggai.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": ["template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "zhenggai.web.context.shell",
            ],
        },
    }
]

DATABASES = {"default": environment.database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People
AUTH_USER_MODEL = "parties.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("username", "name")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]  # fmt: skip
LOGIN_URL = "web:login"
LOGIN_REDIRECT_URL = "web:work"
LOGOUT_REDIRECT_URL = "web:login"

# Throttled log-in: five failures lock this name from this address for a quarter of an hour; another address is not locked out with it.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "zhenggai.config.clients.client_address"
AXES_LOCKOUT_TEMPLATE = "web/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W003"]

# Sessions and cookies
SESSION_COOKIE_AGE = 8 * 3600
SESSION_IDLE_SECONDS = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "zhenggai.web.views.errors.csrf_failure"

# Everything a page needs comes from here; no inline script or style, no other origin.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Chinese first, English through gettext
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
# Nothing is collected: the files are served from the packages they come in, so there is no step to forget.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
FILE_UPLOAD_HANDLERS = [
    "zhenggai.web.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
