"""Ledgers on their way in: what was sent, how far it is, what became of it."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("web", "0001_initial"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("file_name", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                ("username", models.CharField(max_length=150)),
                ("name", models.CharField(max_length=300)),
                ("unit", models.CharField(max_length=32)),
                ("role", models.CharField(max_length=40)),
                ("state", models.CharField(max_length=12)),
                ("uploaded_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.CharField(blank=True, max_length=300)),
                ("sheets", models.JSONField(default=list)),
                ("refusal", models.JSONField(null=True)),
                ("runs", models.JSONField(default=list)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["unit", "-uploaded_at"], name="importbatch_by_unit"),
                    models.Index(fields=["digest"], name="importbatch_by_digest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "checking",
                                    "refused",
                                    "checked",
                                    "importing",
                                    "stopped",
                                    "done",
                                    "undoing",
                                    "undone",
                                ],
                            )
                        ),
                        name="importbatch_known_state",
                    )
                ],
            },
        ),
    ]
