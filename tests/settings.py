"""The settings under test: the product's own, with a throw-away data folder."""

import os
import tempfile

os.environ["GUITU_HOME"] = _home = tempfile.mkdtemp(prefix="guitu-test-")
os.environ["GUITU_SECOND_FACTOR"] = "offered"  # those tests that are about it demand it
os.environ.update(GUITU_DEMO_IDS="1", GUITU_RATES="off", GUITU_SECRET_KEY="only-for-tests-" + "x" * 40)
os.environ.pop("GUITU_DATABASE_URL", None)

from guitu.web.settings import *  # noqa: F403
from guitu.web.settings import DATABASES, STORAGES
from tests import postgres

if postgres.wanted():
    from guitu.web.database import from_url

    DATABASES.clear()
    DATABASES["default"] = from_url(postgres.url())
else:  # a real file: tests start other processes that must see it
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(_home, "tests.sqlite3")}
    DATABASES["readings"]["TEST"] = {"NAME": os.path.join(_home, "tests.readings.sqlite3")}

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
