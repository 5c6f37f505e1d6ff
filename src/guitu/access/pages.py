"""Which role may open which page. A page that is not in this table does not open for anybody."""

from __future__ import annotations

from typing import Final

from guitu.access.compartments import WORK, reads, writes
from guitu.access.logs import LOG_READERS, REVIEWERS
from guitu.access.packs import READS
from guitu.access.roles import ROLES

_CASEWORK: Final = frozenset(r.name for r in ROLES.values() if r.reads_files)
_FIGURES: Final = frozenset(r.name for r in ROLES.values() if r.reads_counts)
_RECORDS: Final = _CASEWORK - {"inspector", "provincial_supervisor"}
_IMPORTS: Final = frozenset({"intake_officer", "centre_head", "town_office", "county_supervisor"})
_SHEETS: Final = frozenset(r for r in _RECORDS if reads(r, "legal") and reads(r, "support"))
_CUSTODY: Final = frozenset(
    r for r in _CASEWORK - {"town_office", "county_supervisor"} if reads(r, "custody")
)
"""Who works in a centre, or watches over it, and reads what is recorded of custody."""
_ASSESSED: Final = frozenset(r for r in _CUSTODY if reads(r, "legal"))
_LEAVING: Final = frozenset(
    {"intake_officer", "brigade_officer", "centre_head", "doctor", "nurse", "counsellor", "teacher",
     "assessment_panel"}
)  # fmt: skip
_SAFE: Final = frozenset(
    {"intake_officer", "brigade_officer", "doctor", "counsellor", "teacher", "coach", "duty_planner",
     "centre_head", "provincial_supervisor", "inspector"}
)  # fmt: skip
"""Who works in a centre, or watches over it, and reads what units recorded of their work."""
_HOME: Final = frozenset(
    {"town_office", "village_worker", "guidance_station", "county_supervisor", "provincial_supervisor"}
)
"""Who works where people live, or watches over it."""
_MONEY: Final = frozenset(
    {"town_office", "county_supervisor", "provincial_supervisor", "centre_head", "statistician"}
)
"""Who keeps an office's money and what it has."""
_PRINTS: Final = frozenset({"statistician", "county_supervisor", "provincial_supervisor"})
"""Who enters what others published."""
EVERYBODY: Final = frozenset(ROLES)
_COMMUNITY: Final = frozenset({"town_office", "village_worker", "guidance_station", "county_supervisor"})
"""Who carries out community treatment and recovery."""
_PROGRAMS: Final = (_CASEWORK | _FIGURES | frozenset(r for r in ROLES if reads(r, WORK))) - {
    "person",
    "family",
}
"""Whose post a program may act in: those that open some page of records or figures."""

_LEVELS: Final = frozenset(
    {"town_office", "village_worker", "guidance_station", "county_supervisor", "provincial_supervisor",
     "centre_head", "statistician", "outreach", "inspector"}
)  # fmt: skip
"""Who takes part in steering the work of the three levels, or watches over it; no person's file is in it."""
_OUTREACH: Final = frozenset(
    {"outreach", "teacher", "centre_head", "guidance_station", "village_worker", "town_office",
     "county_supervisor", "provincial_supervisor"}
)  # fmt: skip
"""Who holds events for the public."""

PAGES: Final[dict[str, frozenset[str]]] = {
    "today": _CASEWORK,
    "people": _CASEWORK,
    "people_list": _IMPORTS | {"provincial_supervisor"},
    "file": _CASEWORK,
    "record": _RECORDS,
    "ledgers": _IMPORTS,
    "records": frozenset({"town_office", "centre_head", "county_supervisor", "provincial_supervisor"}),
    "sealed": _CASEWORK,
    "handover": frozenset(
        {
            "intake_officer",
            "centre_head",
            "town_office",
            "village_worker",
            "guidance_station",
            "county_supervisor",
            "provincial_supervisor",
            "inspector",
        }
    ),
    "handover_held": frozenset(
        {"intake_officer", "centre_head", "town_office", "county_supervisor", "provincial_supervisor"}
    ),
    "gate": frozenset({"intake_officer", "centre_head", "doctor", "nurse"}),
    "wards": frozenset({"intake_officer", "brigade_officer", "centre_head", "doctor"}),
    "way_out": _LEAVING,
    "paper_templates": frozenset({"intake_officer", "centre_head"}),
    "duplicates": frozenset({"centre_head", "county_supervisor"}),
    "zones": _CUSTODY,
    "assessments": _ASSESSED,
    "medical": frozenset({"doctor", "nurse", "centre_head", "brigade_officer"}),
    "medical_rounds": frozenset({"doctor", "nurse"}),
    "medical_person": frozenset({"doctor", "nurse", "centre_head"}),
    "medical_restraint": frozenset({"doctor", "nurse", "centre_head", "brigade_officer", "inspector"}),
    "medical_away": frozenset({"doctor", "nurse", "centre_head", "inspector"}),
    "medical_restricted": frozenset({"doctor"}),
    "epidemic": frozenset({"intake_officer", "brigade_officer", "doctor", "nurse", "centre_head"}),
    "remote": frozenset({"doctor", "nurse", "centre_head", "hospital_doctor"}),
    "remote_ask": frozenset({"doctor"}),
    "remote_room": frozenset({"doctor", "nurse", "hospital_doctor"}),
    "remote_bundle": frozenset({"doctor", "hospital_doctor"}),
    "contact": _COMMUNITY | {"provincial_supervisor"},
    "messages": _COMMUNITY,
    "draw": _COMMUNITY,
    "order": _COMMUNITY,
    "order_templates": frozenset({"town_office"}),
    "proposals": _CASEWORK - {"inspector"},
    "units": _FIGURES,
    "units_change": frozenset({"county_supervisor", "provincial_supervisor"}),
    "caseloads": frozenset({"town_office", "county_supervisor", "provincial_supervisor"}),
    "unit_file": frozenset(r for r in ROLES if reads(r, WORK)),
    "unit_record": frozenset(r for r in ROLES if writes(r, WORK)),
    "unit_names": _RECORDS | frozenset(r for r in ROLES if writes(r, WORK)),
    "outreach": _OUTREACH | {"statistician"},
    "outreach_record": _OUTREACH,
    "site": frozenset({"outreach", "county_supervisor", "provincial_supervisor"}),
    "scoreboard": frozenset({"statistician", "outreach", "county_supervisor", "provincial_supervisor"}),
    "surveys": frozenset(
        {"statistician", "outreach", "town_office", "county_supervisor", "provincial_supervisor"}
    ),
    "figures_desk": frozenset({"outreach", "county_supervisor", "provincial_supervisor", "centre_head"}),
    "indicators": _FIGURES,
    "quality": _FIGURES,
    "partners": frozenset({"town_office", "county_supervisor", "provincial_supervisor", "centre_head"}),
    "education": frozenset({"teacher", "centre_head"}),
    "training": frozenset({"coach", "doctor", "centre_head"}),
    "packs": READS,
    "access_log": REVIEWERS,
    "file_readings": LOG_READERS,
    "my_readings": EVERYBODY - {"person", "family"},
    "break_glass": frozenset(r.name for r in ROLES.values() if r.breaks_glass),
    "minor": _CASEWORK - {"inspector"},
    "approvals": frozenset(r.name for r in ROLES.values() if r.approves),
    "mine": frozenset({"person", "family"}),
    "requests": _RECORDS,
    "person_access": frozenset({"intake_officer", "centre_head", "town_office", "village_worker"}),
    "roster": frozenset(
        {
            "intake_officer",
            "brigade_officer",
            "doctor",
            "nurse",
            "counsellor",
            "teacher",
            "assessment_panel",
            "duty_planner",
            "centre_head",
        }
    ),
    "roster_plan": frozenset({"duty_planner", "centre_head"}),
    "sheet": _SHEETS,
    "remedies": frozenset({"inspector", "county_supervisor", "provincial_supervisor"}),
    "safety": _SAFE,
    "safety_record": _SAFE - {"intake_officer", "doctor", "inspector"},
    "safety_care": frozenset(
        {"intake_officer", "brigade_officer", "doctor", "nurse", "counsellor", "centre_head", "inspector"}
    ),
    "safety_patrol": frozenset({"brigade_officer", "centre_head"}),
    "psychology": frozenset({"counsellor", "doctor", "nurse", "centre_head"}),
    "daily": frozenset({"intake_officer", "brigade_officer", "doctor", "centre_head", "inspector"}),
    "daily_box": frozenset({"intake_officer", "centre_head", "inspector"}),
    "follow_ups": _HOME,
    "help": _HOME,
    "help_person": _HOME | {"intake_officer", "brigade_officer", "counsellor", "centre_head"},
    "phone": frozenset({"town_office", "village_worker", "guidance_station", "county_supervisor"}),
    "same_event": frozenset({"town_office", "village_worker", "guidance_station", "county_supervisor"}),
    "sync": frozenset({"town_office", "village_worker", "guidance_station", "county_supervisor"}),
    "dispatch": _LEVELS,
    "organisation": _LEVELS,
    "checklists": _LEVELS,
    "resources": _MONEY,
    "resources_record": _MONEY,
    "resources_rewards": _MONEY - {"statistician"},
    "patrols": _HOME - {"guidance_station"},
    "patrols_record": frozenset({"town_office", "village_worker", "county_supervisor"}),
    "police_figures": frozenset({"statistician", "outreach", "county_supervisor", "provincial_supervisor"}),
    "police_figures_record": _PRINTS,
    "police_figures_import": _PRINTS,
    "gallery": EVERYBODY,
    "preferences": EVERYBODY,
    "account": EVERYBODY,
    "accounts": frozenset({"system_admin", "security_admin"}),
    "api": _PROGRAMS,
    "api_admin": frozenset({"system_admin"}),
}
"""Page × role. Who may record which kind inside `record` is the kind's own `recorded_by`."""
