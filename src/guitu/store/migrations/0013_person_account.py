"""Whose file an account opens, and the list of complaints by the unit that received them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("store", "0012_signin"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            "PersonAccount",
            [
                (
                    "user",
                    models.OneToOneField(
                        on_delete=models.CASCADE,
                        primary_key=True,
                        related_name="person_account",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("file", models.BigIntegerField()),
                ("consent", models.UUIDField(null=True)),
            ],
        ),
        migrations.AddConstraint(
            "personaccount",
            models.UniqueConstraint(
                fields=["file"], condition=models.Q(consent__isnull=True), name="person_account_once"
            ),
        ),
        migrations.AddConstraint(
            "personaccount", models.UniqueConstraint(fields=["consent"], name="family_account_once")
        ),
        migrations.CreateModel(
            "ComplaintLine",
            [
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("file", models.BigIntegerField()),
                ("person", models.BigIntegerField()),
                ("receiver", models.IntegerField()),
                ("receiver_role", models.CharField(max_length=16)),
                ("against", models.IntegerField()),
                ("lodged_on", models.DateField()),
                ("received_on", models.DateField(null=True)),
                ("forwarded_on", models.DateField(null=True)),
                ("answered_on", models.DateField(null=True)),
            ],
        ),
        migrations.AddIndex(
            "complaintline",
            models.Index(fields=["receiver", "receiver_role", "answered_on"], name="complaint_receiver"),
        ),
        migrations.AddIndex("complaintline", models.Index(fields=["person"], name="complaint_person")),
    ]
