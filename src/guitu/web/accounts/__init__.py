"""Signing in, beside the password: second factors, lockout, open sessions, single sign-on.

The pages that show it are pages/signin, pages/account and pages/accounts; `guitu staff` does the same from a
terminal.
"""
