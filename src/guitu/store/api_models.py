"""The tables of the API: tokens, who is told of new entries, and what is still to be told. Django finds them
through `models`."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ApiToken(models.Model):
    """A key by which a program acts as an account in one post (its number), for some scopes (names, divided
    by blanks), until a day. Of the secret there is only a digest. `password` is what the account's password
    was when it was made, as a session knows it. `offered`: an administrator has prepared it, and its holder
    has not collected the secret yet."""

    id = models.UUIDField(primary_key=True)
    user_id = models.BigIntegerField()
    post = models.BigIntegerField()
    name = models.CharField(max_length=60)
    scopes = models.CharField(max_length=400)
    state = models.CharField(max_length=12)
    digest = models.BinaryField(default=b"")
    password = models.CharField(max_length=128, default="")
    made_by = models.CharField(max_length=150)
    made_ms = models.BigIntegerField()
    until_ms = models.BigIntegerField()
    used_ms = models.BigIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user_id"], name="apitoken_by_user")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="apitoken_known_state",
                condition=models.Q(state__in=["offered", "open", "ended"]),
            )
        ]


class Webhook(models.Model):
    """Who is told of new entries, where. `address` is told nothing before an administrator has allowed that
    very address. `secret` signs what is told, wrapped by the key provider. Entries up to `seq` were looked
    at; `ahead_seq` and `ahead_xid` are how far the next look may go once every writer of that time is done
    (PostgreSQL)."""

    id = models.UUIDField(primary_key=True)
    user_id = models.BigIntegerField()
    post = models.BigIntegerField()
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=400)
    state = models.CharField(max_length=12)
    secret = models.BinaryField()
    made_ms = models.BigIntegerField()
    allowed_by = models.CharField(max_length=150, default="")
    seq = models.BigIntegerField()
    ahead_seq = models.BigIntegerField(default=0)
    ahead_xid = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="webhook_known_state",
                condition=models.Q(state__in=["asked", "open", "refused", "stopped", "ended"]),
            )
        ]


class WebhookCall(models.Model):
    """One thing to be told to one subscriber: the message as it is sent, byte for byte, at each attempt.
    `state`: due, done, or dead after the last attempt. `status` is the last answer, 0 for none."""

    id = models.UUIDField(primary_key=True)
    hook = models.UUIDField()
    entry = models.UUIDField(null=True)
    body = models.TextField()
    state = models.CharField(max_length=8)
    made_ms = models.BigIntegerField()
    due_ms = models.BigIntegerField()
    tried = models.IntegerField(default=0)
    status = models.IntegerField(default=0)
    told_ms = models.BigIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_ms"], name="webhookcall_due", condition=models.Q(state="due"))
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hook", "entry"], name="webhookcall_once"),
            models.CheckConstraint(
                name="webhookcall_known_state", condition=models.Q(state__in=["due", "done", "dead"])
            ),
        ]
