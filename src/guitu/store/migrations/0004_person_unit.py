"""Everybody under a small unit is looked through from one index; a rare measure and state is found from
another."""

from django.db import migrations, models


def fill(apps, schema_editor):
    """The unit of a person is that of the status."""
    schema_editor.execute(
        "UPDATE store_person SET unit ="
        " (SELECT s.unit FROM store_casestatus s WHERE s.file = store_person.file)"
    )


class Migration(migrations.Migration):
    """One column and two indexes."""

    dependencies = [("store", "0003_at_risk")]

    operations = [
        migrations.AddField("person", "unit", models.IntegerField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            "casestatus", models.Index(fields=["measure", "state", "file"], name="status_measure")
        ),
        migrations.AddIndex("person", models.Index(fields=["unit", "keys"], name="person_unit")),
    ]
