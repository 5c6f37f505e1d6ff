"""The settings of a server that browser tests drive: the product's own, with quick passwords.

Its data folder and its day come from the environment that tests/browser/conftest.py gives it.
"""

from guitu.web.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

COMPILE_AHEAD = False
"""Of all the templates a test sees a few."""
