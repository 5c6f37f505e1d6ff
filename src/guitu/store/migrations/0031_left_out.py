"""How many entries of which kinds a file has, whoever asks: PostgreSQL counts what it does not give.

Under the second lock (`0010_row_security`) this took a statement more, to be the house and ask. The function
is the house for as long as it counts, and what it gives is kinds and numbers. It puts back what it found by
itself: a SET clause of a function is refused to whoever is not a superuser.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

KINDS_OF = """
CREATE FUNCTION store_kinds_of(file_no bigint) RETURNS TABLE (kind text, n bigint) LANGUAGE plpgsql AS $$
DECLARE
    units text := coalesce(current_setting('guitu.units', true), '');
    compartments text := coalesce(current_setting('guitu.compartments', true), '');
BEGIN
    PERFORM set_config('guitu.units', '*', true), set_config('guitu.compartments', '*', true);
    RETURN QUERY SELECT e.kind::text, count(*) FROM store_entry e WHERE e.file = file_no GROUP BY e.kind;
    PERFORM set_config('guitu.units', units, true), set_config('guitu.compartments', compartments, true);
END $$
"""


def forwards(apps, schema_editor):
    """Make the function."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(KINDS_OF)


def backwards(apps, schema_editor):
    """Without it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION store_kinds_of(bigint)")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0030_counted_beside")]

    operations: ClassVar = [migrations.RunPython(forwards, backwards)]
