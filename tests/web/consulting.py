"""Somebody in a centre, the centre's doctor, and two doctors of a partner hospital: what tests of remote
medicine share."""

from __future__ import annotations

import re

from django.test import Client

from guitu.access import house
from guitu.store import gate, read, units
from guitu.store.units import NewUnit
from tests.conftest import NOW
from tests.web.inside import held
from tests.web.recording import html, signed_in

HOSPITAL = NewUnit("46H01", "示范省人民医院", "hospital", "46")
OTHER_HOSPITAL = NewUnit("46H02", "示范市医院", "hospital", "46")
SECRET = "只有所内知道的一句话"


class Ward:
    """One person with something to show, and the clients of both sides."""

    def __init__(self, born: str = "1985-03-05") -> None:
        units.add([HOSPITAL, OTHER_HOSPITAL])
        self.pen = held(NOW, ("符海生",), born)[0]
        self.condition = self.pen.entry(
            "health_condition", "2026-11-02", effect="treatment", code="I10", diagnosis="原发性高血压"
        )
        self.vitals = self.pen.entry("vitals", "2026-11-20", time=830, systolic=168, diastolic=102)
        self.hidden = self.pen.entry(
            "encounter", "2026-11-20", form="clinic", complaint=SECRET, assessment="头晕", plan="观察"
        )
        gate.record_many([self.condition, self.vitals, self.hidden], actor=house(), now=NOW)
        view = read.file_view(self.pen.file)
        assert view is not None
        self.case = view.case_no
        self.doctor = signed_in("zhou", "doctor", "46J01")
        self.hospital = signed_in("li", "hospital_doctor", HOSPITAL.code)

    def ask(self, **more: str):
        """Ask the hospital, showing the condition and the vital signs."""
        where = f"/remote/new/{self.case}/"
        sent = {
            "id": first_id(html(self.doctor.get(where))),
            "consent-answer": "yes",
            "consent-by": "self",
            "consent-video": "yes",
            "consent-named": "no",
            "asked-hospital": HOSPITAL.code,
            "asked-urgency": "today",
            "asked-question": "怎样调整用药？",
            "asked-summary": "血压控制不好",
            "share": [str(self.condition.id), str(self.vitals.id)],
        }
        return self.doctor.post(where, {**sent, **more})

    def asked(self, **more: str) -> str:
        """The same, and the address of the consultation."""
        answer = self.ask(**more)
        assert answer.status_code == 302, html(answer)
        return str(answer.headers["Location"]).partition("?")[0]


def first_id(page: str) -> str:
    found = re.search(r'name="id" value="([^"]+)"', page)
    assert found, page[-3000:]
    return found[1]


def write(client: Client, where: str, act: str, **answers: str):
    """Send one of the small forms of a consultation: the one with that button."""
    page = html(client.get(where))
    forms = re.findall(r"<form.*?</form>", page, re.DOTALL)
    form = next((f for f in forms if f'value="{act}"' in f), None)
    assert form is not None, (act, re.findall(r'name="act" value="([^"]+)"', page))
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    sent = {f"{act}-{name}": value for name, value in answers.items()}
    return client.post(f"{where}write/", {**hidden, "act": act, **sent})


def accept(client: Client, where: str):
    """The hospital accepts."""
    return write(client, where, "answer", answer="accepted")
