"""Loads the plugins: what the tests need from the machine, how memory is cleared, and what the
access matrix counted.

Fixtures live in tests/conftest.py.
"""

pytest_plugins = ("tests.prerequisites", "tests.garbage", "tests.security.report")
