"""The tables of what phones send beside entries. Django finds them through `models`."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Attachment(models.Model):
    """A photo or a signature of one entry. Which it has, its source says, which the chain covers; `sealed` is
    the picture under the file's key of the entry's compartment, and gone with that key. Never changed."""

    id = models.BigAutoField(primary_key=True)
    entry = models.UUIDField()
    file = models.BigIntegerField()
    compartment = models.CharField(max_length=24)
    what = models.CharField(max_length=12)
    sha256 = models.CharField(max_length=64)
    size = models.IntegerField()
    at_ms = models.BigIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "sha256"], name="attachment_once")]
        indexes: ClassVar = [models.Index(fields=["file"], name="attachment_file")]


class RefusedEntry(models.Model):
    """The id of an entry that was refused: it stays refused, for its writer has been told, and may have
    written it anew under another id. A call that comes late must not bring it in after all."""

    id = models.UUIDField(primary_key=True)
    author = models.CharField(max_length=150)
    at_ms = models.BigIntegerField()
