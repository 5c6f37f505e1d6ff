"""The table of Word templates that offices brought. Django finds it through `models`."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PaperTemplate(models.Model):
    """One version of a template. `id` is the entry of the unit's own file that put it into use and holds its
    digest. Nobody's data stands in it. Never changed."""

    id = models.UUIDField(primary_key=True)
    unit = models.IntegerField()
    paper = models.CharField(max_length=24)
    n = models.SmallIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "paper", "n"], name="papertemplate_version")
        ]
