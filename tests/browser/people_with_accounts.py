"""A person with an account, and an inspector, for the browser tests. Plain JSON in and out."""

from __future__ import annotations

from datetime import datetime

from guitu.kernel.zone import CHINA
from tests.browser.seed import PASSWORD

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=CHINA)


def person() -> dict[str, str]:
    """The case number and the account of somebody in community treatment with a positive test."""
    from guitu.store import personal, read, staff
    from tests.store.writing import Pen
    from tests.web.own import file_of

    staff.add("inspector", PASSWORD, "何检察", [("inspector", "46")])
    case_no = file_of(Pen(71), NOW)
    view = read.opened(case_no)
    assert view is not None
    given = personal.give_access(view)
    staff.set_own(staff.User.objects.get(username=given.username), PASSWORD)
    return {"case_no": case_no, "username": given.username}
