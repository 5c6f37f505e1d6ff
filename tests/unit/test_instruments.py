"""Instruments: their scoring against what was published, and what a file of one may say.

Where a source prints a filled-in sheet with its result, that sheet stands here; where only the rule,
the rule's own edges do. Each test names its source.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from guitu.centre.instruments import (
    AnswerFault,
    Score,
    digits,
    from_digits,
    instrument,
    instruments,
    read_instrument,
    score,
)
from guitu.kernel.errors import DeclarationError
from tests.unit.instruments_own import MINE


def scored(key: str, *answers: int | None) -> Score:
    """The score of answers in the order of the items; None for one left out."""
    one = instrument(key)
    assert len(answers) == len(one.items)
    return score(one, {i.key: a for i, a in zip(one.items, answers, strict=True) if a is not None})


def band(found: Score, scale: str = "") -> str:
    """What the source calls the result."""
    one = found.of(scale) if scale else found.scales[0]
    assert one.band is not None
    return one.band.label.en


def alike(key: str, answer: int) -> Score:
    """Every question answered the same."""
    return scored(key, *[answer] * len(instrument(key).items))


# ── those with texts ──────────────────────────────────────────────────────────────────────────────


def test_gad7_scores_as_the_published_response_does() -> None:
    # Medizininformatik-Initiative, MII IG PRO 2026: “GAD-7 Questionnaire Response Example”, total 7
    found = scored("gad7", 1, 1, 1, 2, 2, 0, 0)
    assert found.total == 7
    assert band(found) == "Mild"


@pytest.mark.parametrize(
    ("total", "severity"),
    [(0, "Minimal"), (4, "Minimal"), (5, "Mild"), (9, "Mild"), (10, "Moderate"), (14, "Moderate"),
     (15, "Severe"), (21, "Severe")],
)  # fmt: skip
def test_gad7_severity_begins_at_5_10_and_15(total: int, severity: str) -> None:
    # Spitzer and others, Arch Intern Med 2006;166:1092
    assert band(scored("gad7", *_spread(total, 7))) == severity


def test_gad7_begins_with_not_at_all_and_not_with_not_at_all_sure() -> None:
    # a known error of copies: the lowest option is “not at all”
    assert next(o.label.en for o in instrument("gad7").items[0].options if o.label) == "Not at all"


@pytest.mark.parametrize(
    ("total", "severity"),
    [(4, "Minimal"), (5, "Mild"), (9, "Mild"), (10, "Moderate"), (14, "Moderate"), (15, "Moderately severe"),
     (19, "Moderately severe"), (20, "Severe"), (27, "Severe")],
)  # fmt: skip
def test_phq9_severity_begins_at_5_10_15_and_20(total: int, severity: str) -> None:
    # Kroenke, Spitzer, Williams, J Gen Intern Med 2001;16:606, table 2
    assert band(scored("phq9", *_spread(total, 9))) == severity


def test_phq9_scores_as_the_published_response_does() -> None:
    # HL7 US Core implementation guide: “QuestionnaireResponse PHQ-9 Example”, total 12, item 9 “Not at all”
    found = scored("phq9", 2, 2, 2, 2, 1, 1, 2, 0, 0)
    assert found.total == 12
    assert band(found) == "Moderate"
    assert not found.alerts


def test_phq9_with_any_answer_but_the_lowest_in_item_9_asks_for_somebody_today() -> None:
    assert not scored("phq9", 3, 3, 3, 3, 3, 3, 3, 3, 0).alerts
    found = scored("phq9", 0, 0, 0, 0, 0, 0, 0, 0, 1)
    assert [flag.key for flag in found.alerts] == ["self_harm"]
    assert band(found) == "Minimal"  # a low total does not silence it


def test_an_unfinished_phq9_has_no_total_and_still_asks_for_somebody_today() -> None:
    found = scored("phq9", 1, None, None, None, None, None, None, None, 2)
    assert found.total is None
    assert len(found.missing) == 7
    assert found.alerts


def test_pcl5_adds_to_80_in_four_clusters() -> None:
    # National Center for PTSD: clusters of items 1-5, 6-7, 8-14 and 15-20
    found = alike("pcl5", 4)
    assert [str(s.value) for s in found.scales] == ["80", "20", "8", "28", "24"]


@pytest.mark.parametrize(
    ("rated_2", "met"),
    [((1, 6, 8, 9, 15, 16), True), ((6, 8, 9, 15, 16), False), ((1, 8, 9, 15, 16), False),
     ((1, 6, 8, 15, 16), False), ((1, 6, 8, 9, 15), False), ((5, 7, 13, 14, 19, 20), True)],
)  # fmt: skip
def test_pcl5_asks_for_one_b_one_c_two_d_and_two_e_symptoms(rated_2: tuple[int, ...], met: bool) -> None:
    # National Center for PTSD: “1 B item, 1 C item, 2 D items, 2 E items” rated 2 or more
    found = scored("pcl5", *(2 if n in rated_2 else 1 for n in range(1, 21)))
    assert ("clusters" in {flag.key for flag in found.flags}) is met


@pytest.mark.parametrize(("total", "over"), [(30, False), (31, True), (33, True)])
def test_pcl5_points_out_a_total_from_31_on(total: int, over: bool) -> None:
    # National Center for PTSD: a cut-point between 31 and 33
    found = scored("pcl5", *_spread(total, 20, 4))
    assert ("cut" in {flag.key for flag in found.flags}) is over


def test_ciwa_ar_adds_nine_ratings_to_7_and_one_to_4() -> None:
    # Sullivan and others, Br J Addict 1989;84:1353: maximum 67
    assert scored("ciwa_ar", *[7] * 9, 4).total == 67
    with pytest.raises(AnswerFault, match="question 10"):
        scored("ciwa_ar", *[0] * 9, 5)


@pytest.mark.parametrize(
    ("total", "severity"), [(7, "Minimal to mild"), (8, "Moderate"), (14, "Moderate"), (15, "Severe")]
)
def test_ciwa_ar_has_the_bands_that_its_file_names(total: int, severity: str) -> None:
    # as CamCOPS has them; ASAM's differ, which the page says
    assert band(scored("ciwa_ar", *_spread(total, 9, 7), 0)) == severity


def test_rand36_scores_the_example_of_its_instructions() -> None:
    # “How to score the RAND SF-36”: 4 to item 23, 3 to 27, 3 to 29, 31 left blank: (40 + 60 + 40) / 3 = 46.7
    found = score(instrument("rand36"), {"q23": 4, "q27": 3, "q29": 3})
    assert found.of("energy").value == Decimal("46.7")
    assert found.of("energy").answered == 3
    assert found.of("pain").value is None


RAND_KEY = {
    (1, 2, 20, 22, 34, 36): [100, 75, 50, 25, 0],
    (3, 4, 5, 6, 7, 8, 9, 10, 11, 12): [0, 50, 100],
    (13, 14, 15, 16, 17, 18, 19): [0, 100],
    (21, 23, 26, 27, 30): [100, 80, 60, 40, 20, 0],
    (24, 25, 28, 29, 31): [0, 20, 40, 60, 80, 100],
    (32, 33, 35): [0, 25, 50, 75, 100],
}  # RAND Health: scoring instructions, table 1


def test_rand36_recodes_every_answer_as_table_1_of_its_instructions_does() -> None:
    seen: set[int] = set()
    for numbers, points in RAND_KEY.items():
        for number in numbers:
            options = instrument("rand36").item(f"q{number}").options
            assert [(o.answer, int(o.points)) for o in options] == list(enumerate(points, start=1)), number
            seen.add(number)
    assert seen == set(range(1, 37))


def test_rand36_averages_the_items_that_table_2_of_its_instructions_names() -> None:
    table_2 = {
        "physical": range(3, 13), "role_physical": range(13, 17), "role_emotional": range(17, 20),
        "energy": (23, 27, 29, 31), "emotional": (24, 25, 26, 28, 30), "social": (20, 32), "pain": (21, 22),
        "general": (1, 33, 34, 35, 36),
    }  # fmt: skip
    for scale, numbers in table_2.items():
        assert instrument("rand36").scale(scale).items == tuple(f"q{n}" for n in numbers), scale


def test_craving_is_one_number_from_0_to_100() -> None:
    assert scored("craving_vas", 63).total == 63
    with pytest.raises(AnswerFault):
        scored("craving_vas", 101)


# ── those of which only the scoring stands here ───────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("answers", "total", "level"),
    [((0, 0, 1, 0, 0, 0, 0, 0, 0, 0), 0, "No problems reported"),
     ((1, 1, 0, 1, 1, 0, 0, 0, 0, 0), 5, "Moderate"), ((1, 1, 0, 1, 1, 1, 1, 1, 1, 1), 10, "Severe")],
)  # fmt: skip
def test_dast10_gives_the_point_of_item_3_for_a_no(answers: tuple[int, ...], total: int, level: str) -> None:
    # comorbidityguidelines.org.au, appendix W: 1 for each yes, except item 3, for which a no gets 1
    found = scored("dast10", *answers)
    assert (found.total, band(found)) == (total, level)


@pytest.mark.parametrize(
    ("total", "zone"), [(7, "Zone I"), (8, "Zone II"), (15, "Zone II"), (16, "Zone III"), (20, "Zone IV")]
)
def test_audit_has_the_zones_of_its_guidelines(total: int, zone: str) -> None:
    # Babor and others, AUDIT guidelines, 2nd edition, WHO 2001
    assert band(scored("audit", *_spread(total, 8, 4), 0, 0)) == zone
    with pytest.raises(AnswerFault):
        scored("audit", *[0] * 8, 1, 0)  # items 9 and 10 have 0, 2 and 4


def test_assist_adds_questions_2_to_7_of_each_substance() -> None:
    # WHO ASSIST 3.1, weights as in doi:10.1016/j.drugalcdep.2016.06.026, table 1; tobacco has no question 5
    answers = {i.key: 0 for i in instrument("assist").items}
    answers |= {"stimulants_2": 6, "stimulants_3": 6, "stimulants_4": 5, "stimulants_5": 6, "stimulants_6": 3,
                "stimulants_7": 6, "alcohol_2": 4, "alcohol_3": 3, "alcohol_6": 3}  # fmt: skip
    found = score(instrument("assist"), answers)
    assert (found.of("stimulants").value, band(found, "stimulants")) == (32, "High")
    assert (found.of("alcohol").value, band(found, "alcohol")) == (10, "Low")
    assert (found.of("tobacco").value, len(found.of("tobacco").scale.items)) == (0, 5)
    most = {i.key: i.most for i in instrument("assist").items}
    highest = score(instrument("assist"), most)
    assert [int(s.value or 0) for s in highest.scales] == [31, *[39] * 9]


@pytest.mark.parametrize(
    ("signs", "total", "level"),
    [((0,) * 11, 0, "Under mild"), ((1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0), 5, "Mild"),
     ((2, 3, 3, 2, 2, 1, 0, 0, 0, 0, 0), 13, "Moderate"),
     ((4, 4, 5, 5, 4, 4, 5, 4, 4, 4, 5), 48, "Severe")],
)  # fmt: skip
def test_cows_adds_eleven_signs_to_48(signs: tuple[int, ...], total: int, level: str) -> None:
    # Wesson and Ling, J Psychoactive Drugs 2003;35:253
    found = scored("cows", *signs)
    assert (found.total, band(found)) == (total, level)


def test_cows_knows_which_points_a_sign_may_have() -> None:
    # resting pulse 0, 1, 2 or 4; gooseflesh 0, 3 or 5
    with pytest.raises(AnswerFault, match="0, 1, 2, 4"):
        score(instrument("cows"), {"pulse": 3})
    with pytest.raises(AnswerFault, match="0, 3, 5"):
        score(instrument("cows"), {"gooseflesh": 1})


def test_psqi_adds_seven_components_and_over_5_is_poor_sleep() -> None:
    # Buysse and others, Psychiatry Res 1989;28:193
    assert band(scored("psqi", 1, 1, 1, 1, 1, 0, 0)) == "5 or less"
    found = scored("psqi", 1, 1, 1, 1, 1, 0, 1)
    assert (found.total, band(found)) == (6, "Over 5: poor sleep")
    assert alike("psqi", 3).total == 21


def test_sas_and_sds_are_one_and_a_quarter_of_the_raw_score_without_the_rest() -> None:
    # Chinese practice: raw score × 1.25, whole part. All 1 gives 35 and 50: 5 and 10 items are reversed
    assert (alike("sas", 1).of("raw").value, alike("sas", 1).total) == (35, 43)  # 43.75
    assert (alike("sds", 1).of("raw").value, alike("sds", 1).total) == (50, 62)  # 62.5
    best_sas = scored("sas", *(4 if n in {5, 9, 13, 17, 19} else 1 for n in range(1, 21)))
    best_sds = scored("sds", *(4 if n in {2, 5, 6, 11, 12, 14, 16, 17, 18, 20} else 1 for n in range(1, 21)))
    assert (best_sas.total, best_sds.total) == (25, 25)


@pytest.mark.parametrize(
    ("key", "edges"),
    [("sas", {49: "Under the cut-off", 50: "Mild", 60: "Moderate", 70: "Severe"}),
     ("sds", {52: "Under the cut-off", 53: "Mild", 63: "Moderate", 73: "Severe"})],
)  # fmt: skip
def test_sas_and_sds_have_the_cut_offs_of_the_chinese_norm(key: str, edges: dict[int, str]) -> None:
    scale = instrument(key).scales[0]
    assert {n: b.label.en for n in edges if (b := scale.band(Decimal(n)))} == edges


def test_scl90_has_its_printed_factors_and_every_item_in_one() -> None:
    # factor keys as printed in Chinese practice (12, 10, 9, 13, 10, 6, 7, 6, 10 and 7 items)
    factors = instrument("scl90").scales[3:]
    assert [len(f.items) for f in factors] == [12, 10, 9, 13, 10, 6, 7, 6, 10, 7]
    assert sorted(k for f in factors for k in f.items) == sorted(i.key for i in instrument("scl90").items)


def test_a_factor_of_scl90_is_its_sum_over_the_number_of_its_items() -> None:
    answers = {i.key: 1 for i in instrument("scl90").items} | {"q1": 4, "q4": 3, "q12": 5}
    found = score(instrument("scl90"), answers)
    assert found.of("somatization").value == Decimal("1.75")  # (9 × 1 + 4 + 3 + 5) / 12
    assert (found.total, found.of("positive").value) == (99, 3)


@pytest.mark.parametrize(("total", "further"), [(160, False), (161, True)])
def test_scl90_looks_further_over_160_and_not_at_160(total: int, further: bool) -> None:
    # total over 160, more than 43 positive items, or a factor of 2: here spread so that only the total tells
    others = instrument("scl90").scale("other").items
    answers = {i.key: 5 if i.key in others else 1 for i in instrument("scl90").items}
    left = total - sum(answers.values())
    for factor in instrument("scl90").scales[3:12]:  # each of the nine stays under 2
        room = min(left, len(factor.items) - 1)
        left -= room
        for key in factor.items:
            step = min(4, room)
            answers[key] += step
            room -= step
    found = score(instrument("scl90"), answers)
    assert left == 0
    assert found.total == total
    assert not any(s.value is not None and s.value >= 2 for s in found.scales[3:12])
    assert bool(found.flags) is further


def test_the_two_scorings_of_scl90_are_two_instruments_and_never_one_line() -> None:
    one, other = instrument("scl90"), instrument("scl90_from_0")
    assert one.name != other.name
    assert (one.items[0].least, other.items[0].least) == (1, 0)
    with pytest.raises(AnswerFault):
        score(one, {"q1": 0})
    with pytest.raises(AnswerFault):
        score(other, {"q1": 5})


@pytest.mark.parametrize(
    ("answers", "level", "today"),
    [({"q1": 0, "q2": 0, "q6": 0}, "none", False),
     ({"q1": 1, "q2": 0, "q6": 0}, "low", True),
     ({"q1": 0, "q2": 1, "q3": 1, "q4": 0, "q5": 0, "q6": 0}, "moderate", True),
     ({"q1": 0, "q2": 0, "q6": 1, "recent": 0}, "moderate", True),
     ({"q1": 0, "q2": 1, "q3": 0, "q4": 1, "q5": 0, "q6": 0}, "high", True),
     ({"q1": 0, "q2": 0, "q6": 1, "recent": 1}, "high", True)],
)  # fmt: skip
def test_the_cssrs_screener_makes_no_sum_and_any_positive_answer_asks_for_somebody(
    answers: dict[str, int], level: str, today: bool
) -> None:
    # C-SSRS triage guidelines: 4 or 5 in the past month, or behaviour in the past three, is most severe
    found = score(instrument("cssrs_screener"), answers)
    assert found.level is not None
    assert found.level.key == level
    assert not found.missing
    assert bool(found.alerts) is today
    assert not found.scales


def test_no_level_is_given_while_questions_of_the_cssrs_screener_are_open() -> None:
    found = score(instrument("cssrs_screener"), {"q1": 0})
    assert found.level is None
    assert set(found.missing) == {"q2", "q6"}


# ── the registry ──────────────────────────────────────────────────────────────────────────────────


def test_texts_stand_only_where_the_licence_lets_them() -> None:
    bundled = {k for k, one in instruments().items() if one.mode == "bundled"}
    assert bundled == {"phq9", "gad7", "ciwa_ar", "pcl5", "rand36", "craving_vas"}
    for key in ("scl90", "sas", "sds", "assist", "audit", "dast10"):
        assert all(item.text is None for item in instrument(key).items), key


def test_every_instrument_says_who_owns_it_and_where_its_scoring_stands() -> None:
    for one in instruments().values():
        assert one.credit
        assert one.sources
        assert one.licence.zh
        assert one.licence.en


def test_our_own_chinese_wording_says_that_it_is_ours_and_not_validated() -> None:
    for one in instruments().values():
        assert (one.translation == "own") == (one.mode == "bundled"), one.key


def test_an_unknown_instrument_names_the_nearest() -> None:
    with pytest.raises(DeclarationError, match="phq9"):
        instrument("phq_9")


@pytest.mark.parametrize(
    ("written", "said"),
    [("filled_by", "filed_by"), ("scales", "scale"), ("licence", "license")],
)
def test_a_wrong_key_in_a_file_names_the_nearest(written: str, said: str) -> None:
    text = MINE.replace(f"{written}:", f"{said}:", 1)
    with pytest.raises(DeclarationError, match=written):
        read_instrument(text, "own.yaml")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("items: [1-2]", "items: [1-4]", "no item 3 of 2"),
     ("options: yes_no", "options: yes_on", "yes_no"),
     ("to: 1,", "to: 2,", "bands overlap"),
     ("missing: 0", "missing: 2", "fewer than the items"),
     ("times: 1", "times: .inf", "no usable number"),
     ("version: 1", "version: 0", "version"),
     ("mode: user_supplied", "mode: bundled", "bundled"),
     ("key: own", "key: Own Scale", "may hold a-z")],
)  # fmt: skip
def test_what_makes_no_sense_in_a_file_is_said_in_one_sentence(old: str, new: str, said: str) -> None:
    assert old in MINE
    with pytest.raises(DeclarationError, match=said):
        read_instrument(MINE.replace(old, new, 1), "own.yaml")


def test_answers_are_kept_as_digits_and_come_back() -> None:
    one = instrument("phq9")
    kept = digits(one, {"q1": 2, "q9": 0})
    assert kept == "2,-,-,-,-,-,-,-,0"
    assert from_digits(one, kept) == {"q1": 2, "q9": 0}
    with pytest.raises(AnswerFault, match="there should be 9 answers"):
        from_digits(one, "1,2")
    with pytest.raises(AnswerFault):
        from_digits(one, "9,0,0,0,0,0,0,0,0")


def _spread(total: int, items: int, most: int = 3) -> list[int]:
    """Answers that add up to a total."""
    found = []
    for _ in range(items):
        found.append(min(most, total))
        total -= found[-1]
    assert total == 0
    return found
