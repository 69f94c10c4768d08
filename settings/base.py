"""What holds in every installation. What the machine decides comes from `settings.env`."""

from urllib.parse import urlsplit

from django.utils.csp import CSP

from settings.databases import DATABASES as DATABASES
from settings.databases import is_owner
from settings.env import (
    GATEWAYS,
    PROJECT,
    VAR,
    env,
    folder,
    one_of,
    origin,
    origin_of,
    static_url,
    token_keys,
)

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
TOKEN_KEYS = token_keys("TOKEN_KEYS")
PUBLIC_URL = origin("PUBLIC_URL", f"http://localhost:{env.int('PORT', 8000)}")
ALLOWED_HOSTS = [urlsplit(PUBLIC_URL).hostname, *env.list("ALLOWED_HOSTS", [])]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
DATABASE_ROLE = "owner" if is_owner else "app"
GATEWAY = one_of("GATEWAY", GATEWAYS, "stream")
STATIC_ROOT = folder("STATIC_ROOT", VAR / "static")

INSTALLED_APPS = [
    "accounts",
    "tenants",
    "vault",
    "sharing",
    "allauth",
    "allauth.account",
    "guardian",
    "ninja",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "accounts.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "settings.errors.ProblemsOfTheApi",
    "vault.gateway.guard.GatewayGuard",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.InTheirOwnWords",
    "accounts.middleware.KeepUnsentForm",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Last: it runs the view inside the tenant's transaction.
    "tenants.middleware.TenantMiddleware",
]
if GATEWAY == "stream" and STATIC_ROOT.is_dir():  # nginx does it elsewhere
    MIDDLEWARE.insert(2, "whitenoise.middleware.WhiteNoiseMiddleware")
ROOT_URLCONF = "settings.urls"
WSGI_APPLICATION = "settings.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["settings.face", "settings.signs"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tenants.context.organisation",
                "vault.views.shell.storage",
                "vault.views.refusals.asking",
            ],
        },
    }
]

LANGUAGE_CODE = "en-gb"
LANGUAGES = [
    ("en-gb", "English"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ar", "العربية"),
]
LOCALE_PATHS = [PROJECT / "templates" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# Who are you?
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "vault.backend.KeyringBackend",
]
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https")
if SESSION_COOKIE_SECURE:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
CSRF_FAILURE_VIEW = "settings.errors.csrf_failure"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "tenants:home"
CACHES = {"default": {"BACKEND": "accounts.cache.CounterCache"}}

# allauth
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupDetails"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = PUBLIC_URL.partition(":")[0]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
STRONGROOM_OPEN_SIGNUP = env.bool("OPEN_SIGNUP", True)
STRONGROOM_DEVELOPMENT = False

# guardian keeps the grants; the keyring reads them.
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # its backend knows neither walls nor expiry: ours does

# Background work
TASKS = {"default": {"BACKEND": "settings.queue.ProcrastinateBackend"}}
PROCRASTINATE_ON_APP_READY = "settings.queue.on_app_ready"

# Files. Nothing of a person's is ever in a path; nothing here has a URL of its own.
FILES_ROOT = folder("FILES_ROOT", VAR / "files")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "vault": {"BACKEND": "vault.storage.local.LocalStorage", "OPTIONS": {"location": FILES_ROOT}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 100
UPLOAD_LEASE_SECONDS = env.int("UPLOAD_LEASE_SECONDS", 6 * 60 * 60)
MAX_PICTURE_PIXELS = env.int("MAX_PICTURE_PIXELS", 200_000_000)
FAILPOINT = ""
EVENT_SENTENCES = [f"{app}.events.SENTENCES" for app in ("tenants", "vault", "sharing")]
BEFORE_SIGN_OUT = ["tenants.flows.view_as.end_every_viewing"]
EXPOSURE_SOURCES = ["sharing.models.link.with_open_links"]
LINK_SOURCES = ["sharing.models.link.links_from"]
STATIC_PATH = "/static/"  # there they lie, for browsers or for a CDN that fetches them
STATIC_URL = static_url("STATIC_URL", STATIC_PATH)
STATICFILES_DIRS = [PROJECT / "static"]
WHITENOISE_USE_FINDERS = False
WHITENOISE_STATIC_PREFIX = STATIC_PATH

# Browsers. What pages load comes from us, and from where STATIC_URL points.
STATIC_ORIGIN = origin_of(STATIC_URL)
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE, *STATIC_ORIGIN],
    "style-src": [CSP.SELF, *STATIC_ORIGIN],
    "img-src": [CSP.SELF, "data:", "blob:", *STATIC_ORIGIN],
    "font-src": [CSP.SELF, *STATIC_ORIGIN],
    "connect-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 63_072_000 if SESSION_COOKIE_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

# Mail
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "Strongroom <strongroom@localhost>")
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": env.str("SMTP_HOST", "localhost"),
            "port": env.int("SMTP_PORT", 465),
            "username": env.str("SMTP_USER", ""),
            "password": env.str("SMTP_PASSWORD", ""),
            "use_ssl": env.bool("SMTP_SSL", True),
            "timeout": 10,
        },
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "accounts.logs.RequestIdFilter"}},
    "formatters": {"json": {"()": "accounts.logs.JsonFormatter"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # These tell every process that there are periodic tasks.
        "procrastinate.blueprints": {"level": "WARNING"},
        "procrastinate.periodic": {"level": "WARNING"},
    },
}
