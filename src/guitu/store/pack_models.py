"""The table of what packs hold. Django finds it through `models`."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Pack(models.Model):
    """The content of a pack, sealed under the key of its unit's own file. `id` is the entry that fixed
    it and holds its digest. Never changed."""

    id = models.UUIDField(primary_key=True)
    unit = models.IntegerField()
    kind = models.CharField(max_length=8)
    first = models.DateField()
    last = models.DateField()
    sealed = models.BinaryField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "first"], name="pack_unit")]
