"""The only thing the pages themselves remember: how each account likes to see them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Preference(models.Model):
    """One account's language, contrast, text size and row height; the same words as in `preferences.py`."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="preference"
    )
    language = models.CharField(max_length=8, default="zh-hans")
    contrast = models.CharField(max_length=8, default="normal")
    size = models.CharField(max_length=8, default="normal")
    rows = models.CharField(max_length=8, default="normal")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="preference_known_words",
                condition=models.Q(language__in=["zh-hans", "en"])
                & models.Q(contrast__in=["normal", "high", "dark"])
                & models.Q(size__in=["normal", "large"])
                & models.Q(rows__in=["normal", "compact"]),
            )
        ]
