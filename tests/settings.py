"""Settings of the tests: a data folder of their own; SQLite, or PostgreSQL with ZHENGGAI_TEST_DATABASE=postgresql or DATABASE_URL."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="zhenggai-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["ZHENGGAI_DATA"] = _folder
os.environ["ZHENGGAI_SECRET_KEY"] = "tests-only-" + "x" * 40

if os.environ.get("ZHENGGAI_TEST_DATABASE") == "postgresql" and not os.environ.get("DATABASE_URL"):
    from tests.postgresql import start

    os.environ["DATABASE_URL"] = start()

from zhenggai.config.settings import *  # noqa: E402, F403

# The real hasher is slow on purpose; one test uses it.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
