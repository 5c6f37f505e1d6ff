"""The tables of signing in.

None holds a code or a second factor's secret that could be used as it stands: a TOTP secret is sealed by the
key provider, recovery codes are digests, of passkeys there is only the public key. Times are whole
milliseconds since 1970 that really passed, also where the day stands still.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


def _account(**more: object) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", **more)


class FailedSignIn(models.Model):
    """Failures in a row: `key` is a digest of the account or the address, since people type their password
    into the wrong box. No more attempt is looked at until `last_ms` is long enough ago."""

    key = models.CharField(max_length=64, primary_key=True)
    n = models.IntegerField()
    last_ms = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["last_ms"], name="failedsignin_by_age")]


class OpenSession(models.Model):
    """A session that an account has open: on what sort of device, from which address, since when, and by
    which second factor. It is over when Django's row of the same key is."""

    key = models.CharField(max_length=40, primary_key=True)
    user = _account()
    device = models.CharField(max_length=40)
    address = models.CharField(max_length=64)
    opened_ms = models.BigIntegerField()
    factor = models.CharField(max_length=12, blank=True)


class TotpSecret(models.Model):
    """An account's secret for codes by time (RFC 6238), wrapped by the key provider. `last_step` is the last
    half minute whose code was taken: none is taken twice."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    sealed = models.BinaryField()
    made_ms = models.BigIntegerField()
    last_step = models.BigIntegerField(default=0)


class RecoveryCode(models.Model):
    """A code for when the second factor is lost, as a digest. Used once: then its row is gone."""

    id = models.BigAutoField(primary_key=True)
    user = _account()
    digest = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "digest"], name="recoverycode_once")]


class Passkey(models.Model):
    """A credential of WebAuthn: `credential` is its public part as the library writes it, `handle` what
    stands for the account in the authenticator, `count` its counter when it was used last."""

    id = models.BigAutoField(primary_key=True)
    user = _account()
    credential_id = models.BinaryField(unique=True, max_length=1024)
    credential = models.BinaryField()
    handle = models.BinaryField()
    name = models.CharField(max_length=60)
    count = models.BigIntegerField()
    made_ms = models.BigIntegerField()
    used_ms = models.BigIntegerField(null=True)


class LinkedSubject(models.Model):
    """Who an account is at the single sign-on provider; said by an administrator, never by the provider."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="linkedsubject_one_account")
        ]


class WorkPhone(models.Model):
    """A worker's phone, registered for one account and one post (its number). Of the token that opens it
    there are digests: `token` of the one in use, `next` of a new one that was not used yet. `password` is
    what the account's password was then, as a session knows it. `pull` counts its loads; `holds` is what it
    held after the last one and `before` after the one before (`exchange/phone/giving.py`): numbers of files,
    and nothing about a person. `waiting` is how many entries it said it had not sent yet."""

    id = models.UUIDField(primary_key=True)
    user = _account()
    post = models.BigIntegerField()
    name = models.CharField(max_length=60)
    app = models.CharField(max_length=20)
    state = models.CharField(max_length=12)
    opened_ms = models.BigIntegerField()
    seen_ms = models.BigIntegerField()
    waiting = models.IntegerField(default=0)
    token = models.BinaryField()
    token_ms = models.BigIntegerField()
    next = models.BinaryField(default=b"")
    next_ms = models.BigIntegerField(default=0)
    password = models.CharField(max_length=128)
    pull = models.BigIntegerField(default=0)
    holds = models.BinaryField(default=b"")
    before = models.BinaryField(default=b"")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="workphone_known_state",
                condition=models.Q(state__in=["open", "wipe_keep", "wipe_erase", "wiped", "ended"]),
            )
        ]
