"""The settings of a server that browser tests drive: the product's own, with mistakes in templates made loud.

Its data folder and its day come from the environment that tests/browser/conftest.py gives it.
"""

from guitu.web.settings import *  # noqa: F403
from guitu.web.settings import TEMPLATES
from tests.loud import Loud

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Loud("%s")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
