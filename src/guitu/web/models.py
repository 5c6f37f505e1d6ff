"""What the pages themselves remember: how each account likes to see them, and ledgers on their way in."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from guitu.web.accounts.models import (
    FailedSignIn,
    LinkedSubject,
    OpenSession,
    Passkey,
    RecoveryCode,
    TotpSecret,
    WorkPhone,
)

__all__ = [
    "FailedSignIn",
    "ImportBatch",
    "LinkedSubject",
    "OpenSession",
    "Passkey",
    "Preference",
    "RecoveryCode",
    "RoomPlace",
    "RoomWord",
    "TotpSecret",
    "WorkPhone",
]

IMPORT_STATES = [
    "checking",
    "refused",
    "checked",
    "importing",
    "stopped",
    "done",
    "undoing",
    "undone",
]
"""How far a ledger file may be on its way in."""


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


class ImportBatch(models.Model):
    """One ledger file that was sent in: who, for which unit, how far it is, and what became of each sheet.

    The file itself is never here; while it is needed it lies sealed under the data folder (`kept.py`). `runs`
    holds, for each time the import was started, the stretch of entries it may have written.
    """

    id = models.UUIDField(primary_key=True)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    username = models.CharField(max_length=150)
    name = models.CharField(max_length=300)
    unit = models.CharField(max_length=32)
    role = models.CharField(max_length=40)
    state = models.CharField(max_length=12)
    uploaded_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=300, blank=True)
    sheets = models.JSONField(default=list)
    refusal = models.JSONField(null=True)
    runs = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "-uploaded_at"], name="importbatch_by_unit"),
            models.Index(fields=["digest"], name="importbatch_by_digest"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="importbatch_known_state",
                condition=models.Q(state__in=IMPORT_STATES),
            )
        ]


class WalkedRound(models.Model):
    """The patrol round that an account is walking, until it is saved as one entry: which plan, and what was
    reached when. Names checkpoints, nobody."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    told = models.JSONField()


class RoomPlace(models.Model):
    """Somebody's tab in a call: whose, on which side, by picture, sound or words, and when it was last heard
    of. Gone with the call."""

    room = models.UUIDField()
    place = models.CharField(max_length=32)
    side = models.CharField(max_length=8)
    user = models.CharField(max_length=150)
    by = models.CharField(max_length=8)
    since_ms = models.BigIntegerField()
    seen_ms = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["room", "place"], name="roomplace_once"),
        ]


class RoomWord(models.Model):
    """One small message of a call, sealed under the house's key: how to connect, or a line of text. Gone
    with the call."""

    room = models.UUIDField()
    place = models.CharField(max_length=32)
    what = models.CharField(max_length=8)
    sealed = models.BinaryField()
    at_ms = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["room", "id"], name="roomword_by_room")]
