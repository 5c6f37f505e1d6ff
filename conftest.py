"""Loads the plugin that knows what the tests need from the machine; fixtures live in tests/conftest.py."""

pytest_plugins = ("tests.prerequisites",)
