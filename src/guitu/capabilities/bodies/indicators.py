"""Bodies, posts, stations and teams: stocks at the end of a period."""

from typing import Final

from guitu.indicators import Indicator, Is, Ratio, Stock
from guitu.kernel.labels import Label

WORKERS: Final = Stock(
    of="staffing", where=Is("post", "community_worker"), count="total", field="in_post", since="day",
    latest=True, latest_by="post",
)  # fmt: skip

INDICATORS: Final = (
    Indicator(
        key="stations.guidance",
        label=Label("社戒社康指导站", "Guidance stations"),
        unit="station",
        definition=Label(
            "期末设有的社戒社康指导站。", "Guidance stations that exist at the end of the period."
        ),
        value=Stock(of="units", where=Is("level", "guidance_station"), count="rows"),
    ),
    *(
        Indicator(
            key=f"units.{level}_bodies",
            label=Label(f"{zh}机构", f"{en} bodies"),
            unit="unit",
            definition=Label(
                f"期末设有的{zh}社戒社康机构。",
                f"{en} bodies for community measures at the end of the period.",
            ),
            value=Stock(of="body", where=Is("level", level), count="rows", since="day", until="until"),
        )
        for level, zh, en in (("town", "镇级", "Town"), ("village", "村级", "Village"))
    ),
    Indicator(
        key="staff.community_workers",
        label=Label("禁毒专干", "Community workers"),
        unit="person",
        definition=Label(
            "期末在岗的禁毒专干人数，取各单位最近一次登记。",
            "Community workers in post at the end of the period, by each unit's last entry.",
        ),
        value=WORKERS,
    ),
    Indicator(
        key="staff.people_per_worker",
        label=Label("每名专干负责人数", "Persons on a measure per worker"),
        unit="person",
        definition=Label(
            "期末社区戒毒、社区康复执行中的人数除以在岗禁毒专干人数。",
            "Persons under a community measure at the end of the period divided by the community workers"
            " in post.",
        ),
        value=Ratio(
            over=Stock(of="measures", where=Is("measure", "community_treatment", "community_recovery")),
            under=WORKERS,
            per=1,
            part=False,
        ),
        plausible=(0, 200),
        where_counted="home",
    ),
    Indicator(
        key="teams.village_patrol",
        label=Label("禁毒护村队", "Village patrol teams"),
        unit="team",
        definition=Label("期末有的禁毒护村队。", "Village patrol teams at the end of the period."),
        value=Stock(of="patrol_team", count="rows", since="day", until="until"),
    ),
    Indicator(
        key="teams.village_patrol_members",
        label=Label("护村队员", "Patrol team members"),
        unit="person",
        definition=Label(
            "期末禁毒护村队的队员人数。", "Members of village patrol teams at the end of the period."
        ),
        value=Stock(of="patrol_team", count="total", field="members", since="day", until="until"),
    ),
)
