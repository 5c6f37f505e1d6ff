"""Figures of outreach, on a few files by hand with the answer beside it."""

from __future__ import annotations

from tests.indicators.small import PROVINCE, TOWN, Small, day


def test_talks_in_schools_and_leaflets() -> None:
    small = Small()
    common = {"given_by": "lecturers"}
    small.work("outreach_event", "03-01", form="talk", held_for="school", leaflets=40, **common)
    small.work("outreach_event", "03-02", form="talk", held_for="firm", leaflets=5, **common)
    small.work("outreach_event", "03-03", form="show", held_for="school", **common)
    small.work("outreach_event", "2024-03-03", form="talk", held_for="school", leaflets=9, **common)
    assert small.value("outreach.school_talks") == 1
    assert small.value("outreach.leaflets") == 45


def test_requests_and_those_declined() -> None:
    small = Small()
    for on in ("03-01", "04-01", "2024-12-31"):
        small.work("talk_request", on, asked_by="示例学校", sort="school")
    small.work("talk_request_declined", "04-02", to="x", reason="没有讲师")
    assert small.value("outreach.requests") == 2
    assert small.value("outreach.requests_declined") == 1


def test_speakers_in_service_and_their_hours() -> None:
    small = Small()
    small.work("lecturer", "2020-01-01", PROVINCE, name="甲")
    small.work("lecturer", "2020-01-01", PROVINCE, name="乙", until=day("06-01"))
    small.work("lecturer_training", "03-01", PROVINCE, to="x", topic="讲法", hours=6, result="passed")
    small.work("lecturer_training", "04-01", PROVINCE, to="x", topic="讲法", hours=3, result="again")
    small.work("lecturer_training", "2026-01-01", PROVINCE, to="x", topic="讲法", hours=50, result="passed")
    assert small.value("outreach.speakers") == 1
    assert small.value("outreach.training_hours") == 9


def test_views_of_channels_by_the_day_on_which_the_count_ends() -> None:
    small = Small()
    for first, last, views in (
        ("2024-12-01", "2024-12-31", 7),
        ("2024-12-15", "01-14", 20),
        ("06-01", "06-30", 5),
    ):
        small.work(
            "channel_reach", last, PROVINCE, channel="示例号", sort="wechat", first=day(first), views=views
        )
    assert small.value("outreach.channel_views") == 25


def test_volunteer_groups_and_their_members() -> None:
    small = Small()
    small.work("volunteer_group", "2020-01-01", TOWN, name="甲", sort="mothers", members=12)
    small.work("volunteer_group", "03-01", TOWN, name="乙", sort="elders", members=8)
    small.work("volunteer_group", "2020-01-01", TOWN, name="丙", sort="other", members=30, until=day("05-01"))
    assert small.value("outreach.volunteer_groups") == 2
    assert small.value("outreach.volunteers") == 20
