"""Anonymous surveys: codes and answers, which only the house reads; and small indices by which surveys and
printed figures are found among everything that was recorded."""

from __future__ import annotations

from importlib import import_module
from typing import Any, ClassVar

from django.db import migrations, models

row_security = import_module("guitu.store.migrations.0010_row_security")

LOCKED = ("store_surveycode", "store_surveyanswer")
FOUND_BY = {
    "entry_survey": "survey_planned",
    "entry_printed": "printed_figure",
    "entry_scoreboard": "scoreboard_published",
}


def install(apps: Any, schema_editor: Any) -> None:
    """The second lock: no account of the service reads an answer past the application."""
    run = schema_editor.execute
    for name, kind in FOUND_BY.items():
        run(f"CREATE INDEX {name} ON store_entry (file) WHERE kind = '{kind}'")
    if schema_editor.connection.vendor != "postgresql":
        return
    house = row_security.HOUSE
    for table in LOCKED:
        run(f"CREATE POLICY house ON {table} USING ({house}) WITH CHECK ({house})")
        run(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        run(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def remove(apps: Any, schema_editor: Any) -> None:
    """Take all that off again."""
    run = schema_editor.execute
    for name in FOUND_BY:
        run(f"DROP INDEX {name}")
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in LOCKED:
        run(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        run(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        run(f"DROP POLICY house ON {table}")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0027_api")]

    operations: ClassVar = [
        migrations.CreateModel(
            "SurveyCode",
            [
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("survey", models.UUIDField()),
                ("unit", models.CharField(max_length=32)),
                ("stratum", models.SmallIntegerField()),
                ("used", models.BooleanField()),
            ],
            {"indexes": [models.Index(fields=["survey"], name="surveycode_survey")]},
        ),
        migrations.CreateModel(
            "SurveyAnswer",
            [
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("survey", models.UUIDField()),
                ("stratum", models.SmallIntegerField()),
                ("day", models.DateField()),
                ("answers", models.CharField(max_length=16)),
                ("sheet", models.IntegerField(null=True)),
            ],
            {"constraints": [models.UniqueConstraint(fields=["survey", "sheet"], name="surveyanswer_sheet")]},
        ),
        migrations.RunPython(install, remove),
    ]
