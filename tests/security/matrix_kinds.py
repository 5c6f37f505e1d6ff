"""What kinds of entries there are, by compartment: the part of the access matrix that a new kind adds to."""

from __future__ import annotations

from typing import Final

KINDS: Final = {
    "identity": ("person identity_error merged_into merged_from "),
    "legal": (
        "assessment opinion decision decision_served decision_notified "
        "detained freed imprisoned relapse "
        "order served family_notified reporting_in change_of_place release_notice release end_notice "
        "death "
        "handover_sent handover_accepted handover_prepared handover_opened handover_refused "
        "handover_urged handover_exchanged first_contact "
        "urine_test "
        "test_told sample_sealed sample_moved lab_report lab_result_told "
        "evidence breach_report account_given account_answer extra_test "
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
        "family_consent_withdrawn own_copy_given partner_consent "
        "training_enrolled training_exam training_certificate entry_education_begun entry_education_done "
        "literacy_level course_enrolled course_left class_absence course_exam "
        "follow_up "
        "contact_attempt "
        "reminder_consent visit_agreed reminder_sent "
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
    "outreach_event lecturer lecturer_training outreach_target talk_request talk_request_declined "
    "talk_planned talk_cancelled outreach_material material_given outreach_photo channel_reach "
    "volunteer_group "
    "site_about site_article site_help_place site_quiz site_published "
    "incident work_day meeting incident_reported hazard hazard_moved hazard_closed drill meeting_task "
    "meeting_task_done "
    "closed_duty roster_published "
    "spending reward budget_line grant informant_reward informant_reward_ended "
    "equipment equipment_check service_place "
    "coast_section round_place place_round venue venue_inspection venue_closure venue_reopened "
    "survey_planned survey_closed survey_result "
    "published_figure "
    "printed_figure scoreboard_published "
    "pack_fixed pack_step action_decided action_closed "
    "partner_exchange "
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
    "action_report dispatch_terms campaign campaign_target "
    "leading_group group_member staff_duty staff_qualification watch_status "
    "model_programme model_applied model_judged unit_change "
    "message_setting "
    "entry_counted epidemic_supply supply_moved checklist checklist_filled epidemic_case "
)
"""Kinds that stand in a unit's file, where no page of a person's file looks."""
