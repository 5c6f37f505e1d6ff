"""Who may sign in with a password. Django's own, and: no account of a demonstration outside one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from guitu.store.models import DemoAccount


class Accounts(ModelBackend):
    """An unknown account, a closed one and a wrong password take the same work and give the same answer."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether the account is open to anybody."""
        return bool(super().user_can_authenticate(user)) and not kept_out(user)


def kept_out(user: Any) -> bool:
    """Whether the account is a demonstration's and this is none."""
    return not settings.DEMO and DemoAccount.objects.filter(user=user).exists()
