"""Leave given to one account for one file, and whom it is told."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

LEVELS = ("at1", "at2", "at3", "at4", "at5")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0008_access_log")]

    operations: ClassVar = [
        migrations.CreateModel(
            "Grant",
            [
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("file", models.BigIntegerField()),
                ("user", models.CharField(max_length=150)),
                ("role", models.CharField(max_length=40)),
                ("unit", models.CharField(max_length=32)),
                ("what", models.CharField(max_length=24)),
                ("opens", models.CharField(max_length=120)),
                ("purpose", models.CharField(max_length=16)),
                ("reason", models.BinaryField()),
                ("granted_by", models.CharField(max_length=150)),
                ("asked_ms", models.BigIntegerField()),
                ("from_ms", models.BigIntegerField(null=True)),
                ("until_ms", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["user", "until_ms", "file"], name="grant_user"),
                    models.Index(fields=["file", "asked_ms"], name="grant_file"),
                    models.Index(fields=["asked_ms"], name="grant_asked", condition=models.Q(granted_by="")),
                ]
            },
        ),
        migrations.CreateModel(
            "Notice",
            [
                ("unit", models.IntegerField(null=True)),
                *((level, models.IntegerField(null=True)) for level in LEVELS),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("file", models.BigIntegerField()),
                ("grant_no", models.BigIntegerField(null=True)),
                ("at_ms", models.BigIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["unit", "at_ms"], name="notice_unit"),
                    models.Index(
                        fields=["at_ms"],
                        name="notice_at",
                        condition=models.Q(grant_no__isnull=False),
                    ),
                ]
            },
        ),
    ]
