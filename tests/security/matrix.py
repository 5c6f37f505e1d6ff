"""The access matrix: what is expected of every address, command, kind and compartment, in one table.

Written by hand and apart from `guitu.access`, so that a slip there is noticed here. A new page needs one line
in ROUTES, a new kind its name in KINDS; without it the matrix fails. Commands have a table of their own
(matrix_commands.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

COMPARTMENTS: Final = {
    "I": "identity",
    "L": "legal",
    "C": "custody",
    "M": "medical",
    "R": "medical_restricted",
    "S": "support",
}
"""The letters of the tables below."""

KINDS: Final = {
    "identity": (
        "person "
        "identity_error merged_into merged_from "
    ),
    "legal": (
        "assessment opinion decision decision_served decision_notified "
        "detained freed imprisoned relapse "
        "order served family_notified reporting_in change_of_place release_notice release end_notice "
        "death "
        "handover_sent handover_accepted handover_prepared handover_opened handover_refused "
        "handover_urged handover_exchanged first_contact "
        "urine_test "
        "test_told sample_sealed sample_moved lab_report lab_result_told "
        "evidence breach_report "
        "objection objection_answer remedy_request remedy_outcome legal_aid_forwarded "
        "sealing_asked record_sealed record_unsealed record_erased monitoring_ended "
        "rights_told family_letter sole_carer not_admitted "
        "paper_made "
        "assessment_sheet assessment_copy assessment_objection assessment_recheck opinion_written "
        "assessment_booklet "
        "death_reported "
    ),
    "custody": (
        "admission transfer zone_move escape recaptured escape_reported transition_done "
        "zone_review "
        "delivery identity_check belongings_kept "
        "bed_placed placement_advice "
        "belongings_returned "
        "roll_exception conduct_note conduct_review "
        "work_exception "
        "visit_booked visit call letter home_leave home_leave_back "
        "restraint restraint_approval restraint_check restraint_end "
        "health_observation health_observation_end "
    ),
    "medical": (
        "intake_health health_condition "
        "physiological_check "
        "medical_leave medical_leave_end exempt "
        "intake_check injury_record admission_deferred "
        "sick_call encounter vitals lab_result ciwa_ar withdrawal_score chronic_plan "
        "allergy prescription prescription_end dose release_medication "
        "restraint_medical_check "
        "remote_consent remote_request remote_withdrawn remote_answer remote_call remote_opinion "
        "remote_prescription remote_taken_over remote_closed "
        "referral_out referral_back medical_leave_request medical_leave_approval medical_leave_check "
        "training_stop "
        "care_plan "
        "entry_screening observation_check "
    ),
    "medical_restricted": (
        "restricted_condition restricted_report "
        "restricted_prescription restricted_prescription_end restricted_dose "
    ),
    "support": (
        "absence excuse "
        "responsible_unit remark void two_events "
        "agreement "
        "correction_request correction_reply help_request help_answer family_consent "
        "family_consent_withdrawn own_copy_given "
        "training_enrolled training_exam training_certificate entry_education_begun entry_education_done "
        "literacy_level course_enrolled course_left class_absence course_exam "
        "follow_up "
        "contact_attempt "
        "working_group agreement_terms recovery_plan plan_review "
        "service job_placement recovery_place_stay "
        "help_need help_referral help_referral_result help_delivered help_lasting help_closed "
        "job_check "
        "recovery_place_left recovery_place_pay "
        "leaving_item "
        "care_note "
        "screening safety_check counselling crisis_plan psychology_summary psychiatric_referral "
        "group_missed "
        "protocol_consent protocol_screen vr_session tms_session device_series protocol_withdrawn "
        "fitness_test training_clearance exercise_prescription training_exception "
        "work_fitness work_pay "
    ),
}
"""Every kind of entry by its compartment. One is planted of each; what was planted must not be seen by
whoever may not see the compartment."""

NOT_PLANTED: Final = frozenset(
    {
        "identity_error", "merged_into", "merged_from", "record_sealed", "record_unsealed", "record_erased",
        "monitoring_ended",
    }
)  # fmt: skip
"""Kinds that take a file out of every list, or join it with another: tests/web/test_records.py has them."""

UNIT_KINDS: Final = (
    "complaint complaint_received complaint_forwarded complaint_answer "
    "body staffing patrol_team unit_position "
    "follow_up_campaign follow_up_plan "
    "employer "
    "recovery_place "
    "station_cover station_visit advice_asked advice_given "
    "outreach_event "
    "incident work_day meeting incident_reported hazard hazard_moved hazard_closed drill meeting_task "
    "meeting_task_done "
    "closed_duty roster_published "
    "spending reward "
    "survey_result "
    "published_figure "
    "pack_fixed pack_step action_decided action_closed "
    "ward ward_closed "
    "room course course_slot class_held "
    "paper_template "
    "draw_committed draw_revealed "
    "zone_plan "
    "assessment_plan "
    "medical_setting "
    "infectious_month "
    "group_counselling instrument_supplied "
    "training_session "
    "timetable roll_call "
    "work_plan work_rate "
    "box_opened "
    "checkpoint checkpoint_closed patrol_plan patrol_round "
    "handover_setting "
    "entry_counted epidemic_supply supply_moved checklist checklist_filled epidemic_case "
)
"""Kinds that stand in a unit's file, where no page of a person's file looks."""

SITUATIONS: Final = ("home", "custody", "receiving", "former", "outside", "emergency", "centre", "sender")
"""Which file, and where the reader's post is as seen from it (world.POSTED):

home       the town above the village that answers for a person (a village worker: that village)
custody    the centre that holds a person for whom a village answers
receiving  the town that a file was sent to and that has not accepted it
former     the centre that answered for the person before, and recorded nothing
outside    another county
emergency  another county, after a stated reason
centre     the centre that holds the person and answers for them
sender     the town that answered before and recorded what there is
"""

SEES: Final = {
    #                         home      custody   receiving former    outside   emergency centre    sender
    "intake_officer":        "ILCMS     ILCMS     IL        .         -         ILCMS     ILCMS     ILCMS",
    "brigade_officer":       "ILCS      ILCS      IL        .         -         ILCS      ILCS      ILCS",
    "doctor":                "ICMRS     ICMRS     I         .         -         ICMRS     ICMRS     ICMRS",
    "nurse":                 "ICMS      ICMS      I         .         -         ICMS      ICMS      ICMS",
    "counsellor":            "IS        IS        I         .         -         IS        IS        IS",
    "teacher":               "IS        IS        I         .         -         IS        IS        IS",
    "coach":                 "IS        IS        I         .         -         IS        IS        IS",
    "assessment_panel":      "ILCMS     ILCMS     IL        .         -         ILCMS     ILCMS     ILCMS",
    "duty_planner":          "-         -         -         -         -         -         -         -",
    "centre_head":           "ILCMS     ILCMS     IL        .         -         ILCMS     ILCMS     ILCMS",
    "town_office":           "ILCS      .         IL        .         -         ILCS      ILCS      ILCS",
    "village_worker":        "ILS       .         IL        .         -         ILS       ILS       ILS",
    "guidance_station":      "ILS       .         IL        .         -         ILS       ILS       ILS",
    "county_supervisor":     "ILCS      .         IL        .         -         ILCS      ILCS      ILCS",
    "provincial_supervisor": "ILCS      .         IL        .         -         ILCS      ILCS      ILCS",
    "outreach":              "-         -         -         -         -         -         -         -",
    "statistician":          "-         -         -         -         -         -         -         -",
    "inspector":             "ILCMS     ILCMS     IL        .         -         -         ILCMS     ILCMS",
    "hospital_doctor":       "-         -         -         -         -         -         -         -",
    "auditor":               "-         -         -         -         -         -         -         -",
    "system_admin":          "-         -         -         -         -         -         -         -",
    "security_admin":        "-         -         -         -         -         -         -         -",
    "audit_admin":           "-         -         -         -         -         -         -         -",
    "person":                "-         -         -         -         -         -         -         -",
    "family":                "-         -         -         -         -         -         -         -",
}  # fmt: skip
"""Role × situation: the compartments that are shown. `.` opens the file and shows none of them; `-`: the file
is not there at all."""

WRITES: Final = {
    "intake_officer": "ILCMS",
    "brigade_officer": "LCMS",
    "doctor": "LMRS",
    "nurse": "LMS",
    "counsellor": "LS",
    "teacher": "LS",
    "coach": "MS",
    "assessment_panel": "LS",
    "centre_head": "ILCMS",
    "town_office": "ILMS",
    "village_worker": "ILS",
    "guidance_station": "LS",
    "county_supervisor": "ILMS",
}
"""The compartments a role may record in, the kinds that name it; a role that is not here records nothing."""

EXPORTS: Final = frozenset(
    {"intake_officer", "centre_head", "town_office", "county_supervisor", "provincial_supervisor"}
)
"""Roles that take lists out of the house."""

About = Literal["file", "unit", "batch", "reader", "public"]


@dataclass(frozen=True, slots=True)
class Route:
    """One address. `page` is its row in `guitu.access.pages.PAGES`; "" opens without signing in.

    `about` says what it shows something of: a file, a unit or a batch is not there (404) outside the area;
    `reader` shows only what lies in the reader's own area; `public` says nothing of anybody. `query` goes
    with it. `shows` are the compartments of which something planted must be seen by whoever may see it.
    """

    page: str
    about: About
    query: str = ""
    shows: str = ""


ROUTES: Final = {
    "about": Route("", "public"),
    "sign_in": Route("", "public"),
    "set_password": Route("", "public"),
    "sign_out": Route("", "public"),
    "second_step": Route("", "public"),
    "passkey_ask": Route("", "public"),
    "passkey_sign_in": Route("", "public"),
    "sso": Route("", "public"),
    "sso_back": Route("", "public"),
    "away": Route("", "public"),
    "here": Route("", "public"),
    "post": Route("", "public"),
    "view": Route("", "public"),
    "same_event": Route("same_event", "reader"),
    "sync_devices": Route("sync", "reader"),
    "sync_token": Route("", "public"),
    "sync_wiped": Route("", "public"),
    "sync_push": Route("", "public"),
    "sync_check": Route("", "public"),
    "sync_attachment": Route("", "public"),
    "sync_pull": Route("", "public"),
    "gallery": Route("", "public"),
    "phone": Route("", "public"),
    "phone_shell": Route("", "public"),
    "phone_worker": Route("", "public"),
    "phone_manifest": Route("", "public"),
    "gallery_of": Route("", "public"),
    "gallery_page": Route("", "public"),
    "account": Route("account", "reader"),
    "account_codes": Route("account", "reader"),
    "account_codes_remove": Route("account", "reader"),
    "account_passkey_add": Route("account", "reader"),
    "account_passkey_remove": Route("account", "reader"),
    "account_password": Route("account", "reader"),
    "account_recovery": Route("account", "reader"),
    "account_session_end": Route("account", "reader"),
    "account_phone": Route("account", "reader"),
    "confirm": Route("account", "reader"),
    "accounts": Route("accounts", "reader"),
    "accounts_act": Route("accounts", "reader"),
    "accounts_new": Route("accounts", "reader"),
    "accounts_one": Route("accounts", "reader"),
    "accounts_post": Route("accounts", "reader"),
    "accounts_post_take": Route("accounts", "reader"),
    "access_log": Route("access_log", "reader"),
    "account_readings": Route("access_log", "reader"),
    "export_account_readings": Route("access_log", "reader"),
    "review_reading": Route("access_log", "reader"),
    "my_readings": Route("my_readings", "reader"),
    "file_readings": Route("file_readings", "reader"),
    "export_file_readings": Route("file_readings", "reader"),
    "mine": Route("mine", "reader"),
    "mine_ask": Route("mine", "reader"),
    "mine_copy": Route("mine", "reader"),
    "mine_counts": Route("mine", "reader"),
    "mine_family_end": Route("mine", "reader"),
    "mine_leave_place": Route("mine", "reader"),
    "person_access": Route("person_access", "file"),
    "person_sheet": Route("sheet", "file"),
    "remedies": Route("remedies", "reader"),
    "remedy_complaint": Route("remedies", "reader"),
    "request_write": Route("requests", "file"),
    "requests": Route("requests", "file"),
    "proposals": Route("proposals", "reader"),
    "proposal": Route("proposals", "reader"),
    "proposal_download": Route("proposals", "reader"),
    "export_ask": Route("people_list", "reader", "what=people&list=all"),
    "records": Route("records", "file"),
    "records_act": Route("records", "file"),
    "certificate": Route("records", "file"),
    "sealed": Route("sealed", "file"),
    "duplicates": Route("duplicates", "reader"),
    "today": Route("", "reader", "size=100"),
    "today_sheet": Route("today", "reader"),
    "today_done": Route("today", "file"),
    "today_why": Route("today", "file"),
    "approvals": Route("approvals", "reader"),
    "approvals_answer": Route("approvals", "reader"),
    "break_glass": Route("break_glass", "reader"),
    "minor": Route("minor", "file"),
    "people": Route("people", "reader", "list=all&size=100", shows="I"),
    "people_new": Route("people", "reader", "name=示例"),
    "people_screen": Route("people", "reader"),
    "people_xlsx": Route("people_list", "reader"),
    "people_csv": Route("people_list", "reader", shows="I"),
    "file": Route("file", "file", "size=100", shows="I"),
    "file_duties": Route("file", "file"),
    "file_measures": Route("file", "file"),
    "file_history": Route("file", "file", "size=100", shows="ILCMS"),
    "file_number": Route("file", "file"),
    "file_printed": Route("file", "file"),
    "record_choose": Route("record", "file"),
    "record": Route("record", "file"),
    "correct": Route("record", "file"),
    "withdraw": Route("record", "file"),
    "record_units": Route("record", "reader", "name=unit&unit_search=东"),
    "education": Route("education", "reader"),
    "education_timetable": Route("education", "reader"),
    "education_entry": Route("education", "reader"),
    "education_funnel": Route("education", "reader"),
    "education_funnel_take": Route("education", "reader"),
    "education_courses": Route("education", "reader"),
    "education_new": Route("education", "reader"),
    "education_course": Route("education", "reader"),
    "education_correct": Route("education", "reader"),
    "education_slot": Route("education", "reader"),
    "education_enrol": Route("education", "reader"),
    "education_leave": Route("education", "reader"),
    "education_exam": Route("education", "reader"),
    "education_certificates": Route("education", "reader"),
    "education_register": Route("education", "reader"),
    "education_person": Route("education", "file"),
    "education_certificate": Route("education", "file"),
    "training": Route("training", "reader"),
    "training_session": Route("training", "reader"),
    "training_person": Route("training", "file"),
    "training_picture": Route("training", "file"),
    "training_test": Route("training", "file"),
    "training_prescribe": Route("training", "file"),
    "daily": Route("daily", "reader"),
    "daily_box": Route("daily_box", "reader"),
    "daily_box_find": Route("daily_box", "reader"),
    "daily_day": Route("daily", "unit"),
    "daily_roll": Route("daily", "unit"),
    "daily_found": Route("daily", "unit"),
    "daily_timetable": Route("daily", "unit"),
    "daily_timetable_new": Route("daily", "unit"),
    "daily_work": Route("daily", "unit"),
    "daily_work_day": Route("daily", "unit"),
    "daily_pay": Route("daily", "unit"),
    "daily_slip": Route("daily", "unit"),
    "daily_contact": Route("daily", "unit"),
    "daily_leave": Route("daily", "unit"),
    "daily_leave_ask": Route("daily", "unit"),
    "packs": Route("packs", "reader"),
    "pack": Route("packs", "reader"),
    "pack_making": Route("packs", "unit"),
    "pack_progress": Route("packs", "unit"),
    "pack_recount": Route("packs", "reader"),
    "pack_paper": Route("packs", "reader"),
    "pack_actions": Route("packs", "reader"),
    "roster": Route("roster", "reader"),
    "roster_cell": Route("roster_plan", "reader"),
    "roster_act": Route("roster_plan", "reader"),
    "roster_progress": Route("roster_plan", "reader"),
    "roster_table": Route("roster_plan", "reader"),
    "roster_setup": Route("roster_plan", "reader"),
    "roster_mine": Route("roster", "reader"),
    "roster_ics": Route("roster", "reader"),
    "zones": Route("zones", "reader"),
    "assessments": Route("assessments", "reader"),
    "assessment_file": Route("assessments", "file"),
    "assessment_new": Route("assessments", "file"),
    "assessment_opinion": Route("assessments", "file"),
    "units": Route("units", "reader", "q="),
    "unit": Route("units", "unit"),
    "unit_below": Route("units", "unit"),
    "unit_file": Route("unit_file", "unit"),
    "unit_record": Route("unit_record", "unit"),
    "unit_correct": Route("unit_record", "unit"),
    "unit_withdraw": Route("unit_record", "unit"),
    "contact": Route("contact", "reader"),
    "contact_ended": Route("contact", "reader"),
    "contact_person": Route("contact", "file"),
    "order": Route("order", "reader"),
    "order_templates": Route("order_templates", "reader"),
    "order_template": Route("order_templates", "reader"),
    "order_person": Route("order", "file"),
    "order_paper": Route("order", "file"),
    "order_test": Route("order", "file"),
    "draw": Route("draw", "reader"),
    "draw_publish": Route("draw", "reader"),
    "draw_reveal": Route("draw", "reader"),
    "draw_sheet": Route("draw", "reader"),
    "gate": Route("gate", "reader"),
    "gate_person": Route("gate", "file"),
    "wards": Route("wards", "reader"),
    "ward_bed": Route("wards", "file"),
    "handover_exchange": Route("", "public"),
    "handover": Route("handover", "reader"),
    "handover_person": Route("handover", "file"),
    "handover_open": Route("handover", "file"),
    "way_out": Route("way_out", "reader"),
    "way_out_person": Route("way_out", "file"),
    "way_out_paper": Route("way_out", "file"),
    "way_out_make": Route("way_out", "file"),
    "paper_templates": Route("paper_templates", "reader"),
    "paper_template": Route("paper_templates", "reader"),
    "indicators": Route("indicators", "reader"),
    "indicators_take": Route("indicators", "reader"),
    "cohorts": Route("indicators", "reader"),
    "cohort_picture": Route("indicators", "reader"),
    "indicator": Route("indicators", "reader"),
    "indicator_picture": Route("indicators", "reader"),
    "indicator_behind": Route("indicators", "reader"),
    "indicator_take": Route("indicators", "reader"),
    "medical": Route("medical", "reader"),
    "medical_rounds": Route("medical_rounds", "reader"),
    "medical_say": Route("medical_rounds", "file"),
    "medical_restraint": Route("medical_restraint", "reader"),
    "medical_away": Route("medical_away", "reader"),
    "medical_restricted": Route("medical_restricted", "reader"),
    "medical_person": Route("medical_person", "file"),
    "medical_card": Route("medical_person", "file"),
    "medical_picture": Route("medical_person", "file"),
    "medical_stop": Route("medical_person", "file"),
    "epidemic": Route("epidemic", "reader"),
    "epidemic_person": Route("epidemic", "file"),
    "epidemic_entries": Route("epidemic", "reader"),
    "epidemic_record": Route("epidemic", "reader"),
    "epidemic_change": Route("epidemic", "reader"),
    "epidemic_supply": Route("epidemic", "reader"),
    "epidemic_list": Route("epidemic", "reader"),
    "epidemic_fill": Route("epidemic", "reader"),
    "remote": Route("remote", "reader"),
    "remote_ask": Route("remote_ask", "file"),
    "remote_one": Route("remote", "reader"),
    "remote_write": Route("remote", "reader"),
    "remote_room": Route("remote_room", "reader"),
    "remote_heard": Route("remote_room", "reader"),
    "remote_say": Route("remote_room", "reader"),
    "remote_bundle": Route("remote_bundle", "reader"),
    "remote_import": Route("remote_ask", "reader"),
    "caseloads": Route("caseloads", "reader"),
    "quality": Route("quality", "reader"),
    "quality_take": Route("quality", "reader"),
    "ledgers": Route("ledgers", "reader"),
    "ledgers_export": Route("ledgers", "reader", "ledger=community_roster&on=2026-11-23"),
    "ledgers_template": Route("ledgers", "reader"),
    "ledgers_batch": Route("ledgers", "batch"),
    "ledgers_progress": Route("ledgers", "batch"),
    "ledgers_import": Route("ledgers", "batch"),
    "ledgers_undo": Route("ledgers", "batch"),
    "ledgers_held": Route("ledgers", "batch"),
    "follow_ups": Route("follow_ups", "reader"),
    "follow_up_campaign": Route("follow_ups", "reader"),
    "follow_up_plan": Route("follow_ups", "reader"),
    "follow_up_week": Route("follow_ups", "reader"),
    "help": Route("help", "reader"),
    "help_work": Route("help", "reader"),
    "help_places": Route("help", "reader"),
    "help_stations": Route("help", "reader"),
    "help_answer": Route("help", "unit"),
    "help_person": Route("help_person", "file"),
    "safety": Route("safety", "reader"),
    "safety_incidents": Route("safety", "reader"),
    "safety_hazards": Route("safety", "reader"),
    "safety_drills": Route("safety", "reader"),
    "safety_meetings": Route("safety", "reader"),
    "safety_meeting": Route("safety", "reader"),
    "safety_patrol": Route("safety", "reader"),
    "safety_care": Route("safety_care", "reader"),
    "safety_points": Route("safety_patrol", "reader"),
    "safety_point_new": Route("safety_patrol", "reader"),
    "safety_codes": Route("safety_patrol", "reader"),
    "safety_plan": Route("safety_patrol", "reader"),
    "safety_start": Route("safety_patrol", "reader"),
    "safety_round": Route("safety_patrol", "reader"),
    "safety_typed": Route("safety_patrol", "reader"),
    "safety_at": Route("safety_patrol", "reader"),
    "safety_record": Route("safety_record", "unit"),
    "psychology": Route("psychology", "reader"),
    "psychology_instruments": Route("psychology", "reader"),
    "psychology_person": Route("psychology", "file"),
    "psychology_fill": Route("psychology", "file"),
    "psychology_protocol": Route("psychology", "file"),
    "psychology_device": Route("psychology", "file"),
    "psychology_scenes": Route("psychology", "reader"),
    "psychology_scene": Route("psychology", "file"),
    "figures_desk": Route("figures_desk", "reader"),
    "figures_desk_download": Route("figures_desk", "reader"),
}
"""Every address by its name. Its arguments are filled in by name from `world.ARGUMENTS`."""


def sees(role: str, situation: str) -> frozenset[str]:
    """The compartments that this role sees from there."""
    letters = SEES[role].split()[SITUATIONS.index(situation)]
    return frozenset(COMPARTMENTS[letter] for letter in letters if letter in COMPARTMENTS)


def opens(role: str, situation: str) -> bool:
    """Whether the file is there for this role from there."""
    return SEES[role].split()[SITUATIONS.index(situation)] != "-"
