"""Which modules ask a question that only one database can answer."""

from tests import postgres

collect_ignore = [] if postgres.wanted() else ["test_row_security.py", "test_snapshot_waiting.py"]
