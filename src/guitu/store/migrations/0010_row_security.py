"""The second lock: PostgreSQL itself gives nobody a row outside their scope (`guitu.store.scope`).

Every table about people is under row-level security, forced on the owner too: what is not allowed by a policy
is not there. The house (`guitu.units` = `*`) reads and writes everything; nobody else writes any of these
tables. The settings are read once for each statement, in a sub-select of its own. An unset setting is the
empty string after a transaction that set it, so `nullif` stands in each.

Not under it: units, posts, counters, signed roots, kinds (nothing about a person), and `store_personkey`,
whose words are keyed and whose files are numbers: what they belong to is behind the lock.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

LEVELS = ("at1", "at2", "at3", "at4", "at5")
AT = f"ARRAY[{', '.join(LEVELS)}]"

SETTINGS = {
    "store_house": ("boolean", "coalesce(current_setting('guitu.units', true), '') = '*'"),
    "store_units": (
        "int[]",
        "CASE WHEN current_setting('guitu.units', true) <> '*' THEN"
        " string_to_array(nullif(current_setting('guitu.units', true), ''), ',')::int[] END",
    ),
    "store_files": (
        "bigint[]",
        "string_to_array(nullif(current_setting('guitu.files', true), ''), ',')::bigint[]",
    ),
    "store_compartments": (
        "text[]",
        "string_to_array(nullif(current_setting('guitu.compartments', true), ''), ',')",
    ),
}
"""What the policies ask of the session."""

HOUSE = "(SELECT store_house())"
MINE = "SELECT u.unit FROM store_unitabove u WHERE u.above = ANY((SELECT store_units())::int[])"
"""The units that the scope covers."""


def under(file, unit="", at=""):
    """Whether a row is in scope: by its own unit or the ones above it, as a single file, or as a file that
    a unit in scope has had, or is about to get."""
    place = f"{at} && (SELECT store_units())" if at else f"EXISTS ({MINE} AND u.unit = {unit})"
    return f"{place} OR {beside(file)}"


def beside(file):
    """Whether the file is in scope otherwise than by its own unit."""
    return (
        f"{file} = ANY((SELECT store_files())::bigint[])"
        f" OR EXISTS (SELECT 1 FROM store_filearea a WHERE a.file = {file})"
    )


def of_file(table):
    """Whether the row's file is in scope."""
    return f"EXISTS (SELECT 1 FROM store_casefile f WHERE f.no = {table}.file)"


SEEN = {
    "store_casefile": under("store_casefile.no", unit="store_casefile.unit"),
    "store_casestatus": under("store_casestatus.file", at=AT),
    "store_duty": under("store_duty.file", at=AT),
    "store_person": f"unit IN ({MINE}) OR {beside('store_person.file')}",
    "store_entry": f"{of_file('store_entry')} AND kind IN (SELECT k.name FROM store_kind k WHERE k.skeleton"
    " OR k.compartment = ANY((SELECT store_compartments())::text[]))",
    "store_filekey": "compartment = ANY((SELECT store_compartments())::text[])"
    f" AND {of_file('store_filekey')}",
    "store_filearea": f"unit IN ({MINE})",
    "store_dutytally": f"unit IN ({MINE})",
    "store_filetally": f"unit IN ({MINE})",
    "store_recentfile": of_file("store_recentfile"),
    "store_complaintline": f"receiver IN ({MINE})",
}
"""By table, what can be read of it by whoever is not the house."""

COUNTED = {
    **{f"status_rights_{level}": (level, "rights") for level in LEVELS},
    **{f"status_late_{level}": (level, "overdue_n > 0") for level in LEVELS},
}
"""Indexes along which is counted: with all the levels in them, the policy needs no look at the row."""


def install(apps, schema_editor):
    """Put the lock on."""
    run = schema_editor.execute
    for level in LEVELS:
        run(
            f"INSERT INTO store_unitabove (above, unit) SELECT {level}, no FROM store_unit"
            f" WHERE {level} IS NOT NULL"
        )
    if schema_editor.connection.vendor != "postgresql":
        return
    for name, (kind, body) in SETTINGS.items():
        run(
            f"CREATE FUNCTION {name}() RETURNS {kind} LANGUAGE sql STABLE PARALLEL SAFE"
            f" AS $$ SELECT {body} $$"
        )
    for table, seen in SEEN.items():
        run(f"CREATE POLICY house ON {table} USING ({HOUSE}) WITH CHECK ({HOUSE})")
        run(f"CREATE POLICY seen ON {table} FOR SELECT USING ({seen})")
        run(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        run(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    for name, (level, where) in COUNTED.items():
        others = ", ".join(other for other in LEVELS if other != level)
        run(f"DROP INDEX {name}")
        run(f"CREATE INDEX {name} ON store_casestatus ({level}, file) INCLUDE ({others}) WHERE {where}")


def remove(apps, schema_editor):
    """Take the lock off again."""
    run = schema_editor.execute
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in SEEN:
        run(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        run(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        run(f"DROP POLICY seen ON {table}")
        run(f"DROP POLICY house ON {table}")
    for name in SETTINGS:
        run(f"DROP FUNCTION {name}()")
    for name, (level, where) in COUNTED.items():
        run(f"DROP INDEX {name}")
        run(f"CREATE INDEX {name} ON store_casestatus ({level}, file) WHERE {where}")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0013_person_account")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="KindRow",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("compartment", models.CharField(max_length=24)),
                ("skeleton", models.BooleanField()),
            ],
            options={"db_table": "store_kind"},
        ),
        migrations.CreateModel(
            name="UnitAbove",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "above", "unit", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("above", models.IntegerField()),
                ("unit", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="FileArea",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "file", "unit", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("file", models.BigIntegerField()),
                ("unit", models.IntegerField()),
                ("how", models.CharField(max_length=12)),
            ],
            options={"indexes": [models.Index(fields=["unit", "file"], name="filearea_unit")]},
        ),
        migrations.RunPython(install, remove),
    ]
