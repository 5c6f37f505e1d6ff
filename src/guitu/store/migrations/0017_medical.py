"""Two small indexes for a medical centre: what a round reads of each person, and what its day's lists read of
everybody lately. Only rows of these kinds stand in them, so nothing else is written any slower."""

from typing import ClassVar

from django.db import migrations

ROUND = (
    "'allergy', 'dose', 'prescription', 'prescription_end', 'restricted_dose', 'restricted_prescription',"
    " 'restricted_prescription_end', 'void'"
)
WARD = (
    "'care_note', 'chronic_plan', 'ciwa_ar', 'encounter', 'lab_result', 'medical_leave',"
    " 'medical_leave_approval', 'medical_leave_check', 'medical_leave_end', 'medical_leave_request',"
    " 'restraint', 'restraint_approval', 'restraint_check', 'restraint_end', 'restraint_medical_check',"
    " 'restricted_condition', 'restricted_report', 'sick_call', 'void', 'withdrawal_score'"
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0015_packs")]

    operations: ClassVar = [
        migrations.RunSQL(
            f"CREATE INDEX entry_round ON store_entry (file, kind, happened_on) WHERE kind IN ({ROUND})",
            "DROP INDEX entry_round",
        ),
        migrations.RunSQL(
            f"CREATE INDEX entry_ward ON store_entry (kind, happened_on, file) WHERE kind IN ({WARD})",
            "DROP INDEX entry_ward",
        ),
    ]
