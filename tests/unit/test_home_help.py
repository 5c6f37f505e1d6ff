"""Needs, jobs and stays worked out of entries: how far, what is late, what counts as held, and leaving."""

from __future__ import annotations

from datetime import date, timedelta

from guitu.casefile import Entry
from guitu.centre.safety import Traced
from guitu.home import help as needs
from guitu.home import jobs, places
from tests.store.writing import Pen

ON = date(2026, 11, 23)


def one(entries: list[Entry], on: date = ON) -> needs.Need:
    (found,) = needs.needs(entries, on)
    return found


def test_a_need_goes_from_known_to_referred_to_taken_on_to_delivered_to_lasting() -> None:
    pen = Pen(1)
    need = pen.entry("help_need", "2026-03-01", line="work")
    file = [need]
    assert one(file).stage == "known"
    sent = pen.entry("help_referral", "2026-03-05", to=str(need.id), office="县就业局", agreed="yes")
    file.append(sent)
    assert one(file).stage == "referred"
    file.append(pen.entry("help_referral_result", "2026-03-10", to=str(sent.id), outcome="accepted"))
    assert (one(file).stage, one(file).open) == ("taken_on", True)
    given = pen.entry("help_delivered", "2026-04-01", to=str(need.id), what="包装厂工作")
    file.append(given)
    assert (one(file).stage, one(file).ask_on, one(file).open) == ("delivered", date(2026, 7, 1), False)
    file.append(pen.entry("help_lasting", "2026-07-02", to=str(given.id), lasts="unknown"))
    assert one(file).stage == "delivered"
    file.append(pen.entry("help_lasting", "2026-07-09", to=str(given.id), lasts="yes"))
    assert one(file).stage == "lasted"
    file.append(pen.entry("help_lasting", "2026-10-09", to=str(given.id), lasts="no"))
    assert (one(file).stage, one(file).open) == ("ended", True)


def test_who_is_sent_on_after_help_ended_is_waiting_for_an_answer_again() -> None:
    pen = Pen(12)
    need = pen.entry("help_need", "2026-01-01", line="legal_aid")
    given = pen.entry("help_delivered", "2026-02-01", to=str(need.id), what="律师")
    over = pen.entry("help_lasting", "2026-05-01", to=str(given.id), lasts="no")
    again = pen.entry(
        "help_referral", "2026-06-01", to=str(need.id), office="县司法局", reply_by=date(2026, 6, 10)
    )
    file = [need, given, over, again]
    assert (one(file).stage, one(file).open, one(file).late(ON)) == ("referred", True, "answer")
    assert needs.funnel([one(file)]).ended == 1
    file.append(pen.entry("help_referral_result", "2026-06-12", to=str(again.id), outcome="refused"))
    assert one(file).stage == "refused"
    file.append(pen.entry("help_delivered", "2026-07-01", to=str(need.id), what="另一位律师"))
    assert (one(file).stage, needs.funnel([one(file)]).unasked) == ("delivered", 1)


def test_a_correction_of_the_need_does_not_lose_what_was_done_for_it() -> None:
    pen = Pen(2)
    need = pen.entry("help_need", "2026-03-01", line="other")
    sent = pen.entry("help_referral", "2026-03-05", to=str(need.id), office="民政办", agreed="yes")
    mended = pen.entry("help_need", "2026-03-01", line="housing", corrects=need.id)
    found = one([need, sent, mended])
    assert (found.id, found.line, found.stage) == (str(need.id), "housing", "referred")
    assert one([need, sent, mended, pen.entry("void", "2026-03-06", corrects=sent.id)]).stage == "known"


def test_an_answer_is_late_the_day_after_it_was_agreed() -> None:
    pen = Pen(3)
    need = pen.entry("help_need", "2026-11-01", line="medical")
    sent = pen.entry(
        "help_referral", "2026-11-02", to=str(need.id), office="县医院", reply_by=date(2026, 11, 20)
    )
    assert one([need, sent]).late(date(2026, 11, 20)) == ""
    assert one([need, sent]).late(date(2026, 11, 21)) == "answer"


def test_what_somebody_asked_for_or_wanted_most_is_a_need_too() -> None:
    pen = Pen(4)
    asked = pen.entry("help_request", "2026-10-01", need="school")
    wanted = pen.entry("follow_up", "2026-11-20", mode="phone", result="reached", wants="allowance")
    nothing = pen.entry("follow_up", "2026-11-21", mode="phone", result="reached", wants="nothing")
    assert [n.line for n in needs.needs([asked, wanted, nothing], ON)] == ["school", "allowance"]


def test_the_funnel_counts_every_need_and_what_nobody_asked_about() -> None:
    pen = Pen(5)
    file = []
    for n in range(4):
        need = pen.entry("help_need", "2026-03-01", line="work")
        file.append(need)
        if n:
            given = pen.entry("help_delivered", "2026-04-01", to=str(need.id), what="x")
            file.append(given)
        if n > 1:
            lasts = "yes" if n == 2 else "no"
            file.append(pen.entry("help_lasting", "2026-08-01", to=str(given.id), lasts=lasts))
    found = needs.funnel(needs.needs(file, ON))
    assert (found.known, found.delivered, found.lasted, found.ended, found.unasked) == (4, 3, 1, 1, 1)


# ── work ──────────────────────────────────────────────────────────────────────────────────────────


def states(file: list[Entry], on: date = ON) -> list[str]:
    (found,) = jobs.jobs(file, on)
    return [m.state for m in found.milestones]


def test_a_milestone_is_held_by_what_was_said_on_the_day_or_later_never_by_silence() -> None:
    pen = Pen(6)
    placed = pen.entry("job_placement", "2026-06-10", how="employer")
    early = pen.entry("job_check", "2026-07-09", to=str(placed.id), still="yes")
    assert states([placed, early], date(2026, 7, 9)) == ["ahead"] * 4
    assert states([placed, early], date(2026, 7, 10)) == ["due", "ahead", "ahead", "ahead"]
    assert states([placed, early], date(2026, 8, 9)) == ["due", "ahead", "ahead", "ahead"]
    assert states([placed, early], date(2026, 8, 10)) == ["unknown", "ahead", "ahead", "ahead"]
    later = pen.entry("job_check", "2026-09-15", to=str(placed.id), still="yes")
    assert states([placed, later]) == ["held", "held", "ahead", "ahead"]


def test_whoever_left_held_what_came_before_and_left_what_comes_after() -> None:
    pen = Pen(7)
    placed = pen.entry("job_placement", "2026-06-10", how="employer")
    gone = pen.entry("job_check", "2026-10-01", to=str(placed.id), still="no", left_on=date(2026, 9, 9))
    assert states([placed, gone]) == ["held", "left", "left", "left"]
    gone = pen.entry("job_check", "2026-10-01", to=str(placed.id), still="no", left_on=date(2026, 9, 10))
    assert states([placed, gone]) == ["held", "held", "left", "left"]


def test_a_last_day_still_to_come_ends_nothing_yet() -> None:
    pen = Pen(13)
    placed = pen.entry("job_placement", "2026-08-20", how="employer", left_on=date(2027, 5, 1))
    (found,) = jobs.jobs([placed], ON)
    assert (found.left_on, found.next and found.next.months) == (None, 3)
    assert states([placed]) == ["unknown", "due", "ahead", "ahead"]
    assert states([placed], date(2027, 9, 1)) == ["held", "held", "held", "left"]


def test_work_found_after_leaving_says_nothing_of_the_work_that_was_left() -> None:
    pen = Pen(14)
    placed = pen.entry("job_placement", "2026-01-10", how="employer")
    gone = pen.entry("job_check", "2026-03-05", to=str(placed.id), still="changed", left_on=date(2026, 3, 1))
    met = pen.entry("follow_up", "2026-11-01", mode="phone", result="reached", at_work="yes")
    assert states([placed, gone, met]) == ["held", "left", "left", "left"]


def test_who_is_found_gone_long_after_a_milestone_counts_as_unknown_for_it_not_as_held() -> None:
    pen = Pen(15)
    placed = pen.entry("job_placement", "2026-01-10", how="employer")
    gone = pen.entry("job_check", "2026-04-20", to=str(placed.id), still="no")
    assert states([placed, gone]) == ["unknown", "left", "left", "left"]
    met = pen.entry("follow_up", "2026-04-20", mode="phone", result="reached", at_work="no")
    assert states([placed, met]) == ["unknown", "left", "left", "left"]
    back = pen.entry("job_check", "2026-11-01", to=str(placed.id), still="yes")
    assert states([placed, met, back]) == ["held", "held", "held", "ahead"]


def test_the_unknown_are_in_the_denominator() -> None:
    pen = Pen(8)
    some = [
        *jobs.jobs([pen.entry("job_placement", "2026-01-10", how="employer")], ON),
        *jobs.jobs(
            [
                placed := pen.entry("job_placement", "2026-01-10", how="employer"),
                pen.entry("job_check", "2026-11-01", to=str(placed.id), still="yes"),
            ],
            ON,
        ),
    ]
    assert [(h.months, h.came, h.held, h.unknown) for h in jobs.held(some)] == [
        (1, 2, 1, 1), (3, 2, 1, 1), (6, 2, 1, 1), (12, 0, 0, 0),
    ]  # fmt: skip


def test_places_of_an_employer_are_what_it_offers_less_who_is_there() -> None:
    pen = Pen(9)
    firm = pen.entry("employer", "2026-01-01", name="示范包装厂", trade="making", places=3)
    work = [
        jobs.jobs([pen.entry("job_placement", "2026-06-10", how="employer", employer=str(firm.id))], ON)[0]
        for _ in range(2)
    ]
    (found,) = jobs.employers(Traced([firm]), work, ON)
    assert (found.places, found.taken, found.free) == (3, 2, 1)
    more = pen.entry("employer", "2026-01-01", name="示范包装厂", trade="making", places=1, corrects=firm.id)
    (found,) = jobs.employers(Traced([firm, more]), work, ON)
    assert (found.id, found.free) == (str(firm.id), 0)


# ── recovery places ───────────────────────────────────────────────────────────────────────────────


def farm(pen: Pen, **more: object) -> Entry:
    given = {"name": "示范康复农场", "sort": "farm", "beds": 2, "most_hours": "8", "least_pay": 2000}
    return pen.entry("recovery_place", "2025-01-01", **{**given, **more})  # type: ignore[arg-type]


def stay(pen: Pen, since: str = "2026-06-01", **more: object) -> Entry:
    given = {"voluntary": "yes", "wage": 2400, "hours": "7.5", "told_free": "yes", "copy_given": "yes"}
    return pen.entry("recovery_place_stay", since, **{**given, **more})  # type: ignore[arg-type]


def test_a_stay_ends_the_day_somebody_leaves_and_who_returns_lives_there_again() -> None:
    pen = Pen(10)
    place = farm(pen)
    first = stay(pen, place=str(place.id))
    left = pen.entry("recovery_place_left", "2026-08-01", to=str(first.id), how="own_wish")
    again = stay(pen, "2026-10-01", place=str(place.id))
    found = places.stays([first, left, again], ON)
    assert [s.left_on for s in found] == [date(2026, 8, 1), None]
    assert [s.there(date(2026, 7, 31)) for s in found] == [True, False]
    assert not found[0].there(date(2026, 8, 1))
    (known,) = places.places(Traced([place]), found, ON - timedelta(days=365), ON)
    assert (known.there, known.free, known.came, known.left) == (1, 1, 2, 1)


def test_a_contract_is_held_against_the_places_own_rules_and_nothing_where_there_are_none() -> None:
    pen = Pen(11)
    paid = {"month": date(2026, 10, 1), "days": 22, "amount": "2400"}

    def wrong(place: Entry | None, **more: object) -> set[str]:
        entry = stay(pen, **more)
        pay = pen.entry("recovery_place_pay", "2026-11-05", to=str(entry.id), **paid)  # type: ignore[arg-type]
        return set(places.faults(places.stays([entry, pay], ON)[0], place, ON))

    assert wrong(farm(pen)) == set()
    assert wrong(farm(pen), hours="8.5", wage=1999) == {"too_long_a_day", "under_paid"}
    assert wrong(farm(pen, most_hours=None, least_pay=None), hours="8.5", wage=1999) == set()
    assert wrong(None, voluntary="no", told_free="no", copy_given="no") == {
        "not_voluntary", "not_told", "no_copy",
    }  # fmt: skip
    assert wrong(None, until=date(2026, 11, 22)) == {"past_contract"}


def test_last_months_pay_is_missed_from_the_sixteenth_on() -> None:
    pen = Pen(12)
    entry = stay(pen, "2026-10-01")
    found = places.stays([entry], ON)[0]
    assert "pay_missing" not in places.faults(found, None, date(2026, 11, 15))
    assert "pay_missing" in places.faults(found, None, date(2026, 11, 16))
