"""Second factors, failures in a row, open sessions, and who an account is at the single sign-on provider."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("web", "0002_ledger_imports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="TotpSecret",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("made_ms", models.BigIntegerField()),
                ("last_step", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="FailedSignIn",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("n", models.IntegerField()),
                ("last_ms", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["last_ms"], name="failedsignin_by_age")],
            },
        ),
        migrations.CreateModel(
            name="LinkedSubject",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("issuer", models.CharField(max_length=300)),
                ("subject", models.CharField(max_length=255)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("issuer", "subject"), name="linkedsubject_one_account")
                ],
            },
        ),
        migrations.CreateModel(
            name="OpenSession",
            fields=[
                ("key", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("device", models.CharField(max_length=40)),
                ("address", models.CharField(max_length=64)),
                ("opened_ms", models.BigIntegerField()),
                ("factor", models.CharField(blank=True, max_length=12)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Passkey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("credential_id", models.BinaryField(max_length=1024, unique=True)),
                ("credential", models.BinaryField()),
                ("handle", models.BinaryField()),
                ("name", models.CharField(max_length=60)),
                ("count", models.BigIntegerField()),
                ("made_ms", models.BigIntegerField()),
                ("used_ms", models.BigIntegerField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("digest", models.BinaryField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "digest"), name="recoverycode_once")],
            },
        ),
    ]
