"""Who is under which measure, what was ordered and ended, and whether what is owed is done in time."""

from typing import Final

from guitu.indicators import (
    All,
    Change,
    Condition,
    Events,
    Exists,
    Indicator,
    Is,
    Median,
    Not,
    People,
    Present,
    Ratio,
    Stock,
    Within,
)
from guitu.kernel.labels import Label

COMMUNITY: Final = Is("measure", "community_treatment", "community_recovery")
LEFT_CUSTODY: Final = All(Is("measure", "compulsory_isolation"), Present("left_on"))
"""Rows of `measures` for people who have left a centre for good; the day is `left_on`."""
COUNTS: Final[Condition] = Not(Is("state", "waived"))
REPORT_IN: Final = All(Is("name", "report_in"), COUNTS)
RIGHTS: Final = (
    "held_past_term", "released_late", "not_applicable", "transfer_overdue", "end_monitoring",
    "term_over_limit", "extension_over_limit",
)  # fmt: skip
"""Findings that say that a right of the person is at risk, as the rules mark them."""

INDICATORS: Final = (
    Indicator(
        key="community.orders",
        label=Label("责令社戒社康", "Ordered into community treatment or recovery"),
        unit="person",
        definition=Label(
            "期间内作出社区戒毒或社区康复决定的人数，同一人只计一次。",
            "Persons with an order for community treatment or community recovery in the period, each once.",
        ),
        value=People(of="order", where=COMMUNITY),
        breakdowns=("sex", "age_band", "measure"),
        cites=("禁毒法#33", "禁毒法#48"),
    ),
    Indicator(
        key="orders.people",
        label=Label("新作出决定涉及人数", "Persons newly ordered"),
        unit="person",
        definition=Label(
            "期间内有戒毒措施决定的人数，同一人只计一次。",
            "Persons with an order of any measure in the period, each once.",
        ),
        value=People(of="order"),
        breakdowns=("sex", "age_band", "measure"),
        cites=("禁毒法#33", "禁毒法#38", "禁毒法#48"),
    ),
    Indicator(
        key="orders.people_change",
        label=Label("新作出决定涉及人数同比", "Persons newly ordered, on the year before"),
        unit="percent",
        definition=Label(
            "期间内有戒毒措施决定的人数，比上年同期增减的百分比。",
            "By how many per cent the persons ordered are more or fewer than in the same period a year"
            " earlier.",
        ),
        value=Change(of="orders.people"),
    ),
    Indicator(
        key="measures.in_force",
        label=Label("执行中的措施涉及人数", "Persons under a measure"),
        unit="person",
        definition=Label(
            "期末正在执行戒毒措施的人数，同一人只计一次。",
            "Persons under a measure at the end of the period, each once.",
        ),
        value=Stock(of="measures"),
        breakdowns=("sex", "age_band", "measure", "state"),
        where_counted="home",
    ),
    Indicator(
        key="measures.in_force_change",
        label=Label("执行中的措施涉及人数同比", "Persons under a measure, on the year before"),
        unit="percent",
        definition=Label(
            "期末正在执行戒毒措施的人数，比上年同期增减的百分比。",
            "By how many per cent the persons under a measure are more or fewer than a year earlier.",
        ),
        value=Change(of="measures.in_force"),
    ),
    Indicator(
        key="measures.began",
        label=Label("开始执行的措施", "Persons whose measure began"),
        unit="person",
        definition=Label(
            "期间内开始执行戒毒措施的人数，同一人只计一次。",
            "Persons whose measure began in the period, each once.",
        ),
        value=People(of="measures", day="starts_on"),
        breakdowns=("sex", "age_band", "measure"),
        where_counted="home",
    ),
    Indicator(
        key="measures.ended",
        label=Label("终结的措施", "Persons whose measure ended"),
        unit="person",
        definition=Label(
            "期间内措施终结的人数，同一人只计一次；可按终结原因分。",
            "Persons whose measure ended in the period, each once; by how it ended.",
        ),
        value=People(of="measures", day="ended_on"),
        breakdowns=("sex", "age_band", "measure", "ended_by"),
        where_counted="home",
    ),
    Indicator(
        key="releases.people",
        label=Label("出所人数", "Persons who left a centre"),
        unit="person",
        definition=Label(
            "期间内离开强制隔离戒毒场所、不再收戒的人数，同一人只计一次。",
            "Persons who left compulsory isolation for good in the period, each once.",
        ),
        value=People(of="measures", where=LEFT_CUSTODY, day="left_on"),
        breakdowns=("sex", "age_band"),
        where_counted="home",
    ),
    Indicator(
        key="deaths.people",
        label=Label("死亡人数", "Deaths"),
        unit="person",
        definition=Label("期间内登记死亡的人数。", "Persons whose death was recorded in the period."),
        value=People(of="death"),
        breakdowns=("sex", "age_band"),
        where_counted="home",
    ),
    Indicator(
        key="community.reported_rate",
        label=Label("按期报到率", "Reported in on time"),
        unit="percent",
        definition=Label(
            "报到期限在期间内届满的应报到事项中，按期报到的占比；免办的不计，未报到的计入分母。",
            "Of the duties to report in that fell due in the period, the share done by then; those waived are"
            " left out, those who never came are in the denominator.",
        ),
        value=Ratio(
            over=Events(of="duties", where=All(REPORT_IN, Within("done_on", "due", least=0)), day="due"),
            under=Events(of="duties", where=REPORT_IN, day="due"),
        ),
        breakdowns=("sex", "age_band"),
        plausible=(0, 100),
        cites=("戒毒条例#14", "戒毒条例#38"),
        where_counted="home",
    ),
    Indicator(
        key="community.days_to_report",
        label=Label("送达至报到天数中位数", "Median days from service to reporting"),
        unit="day",
        definition=Label(
            "期间内送达的决定，从送达到报到的天数的中位数；尚未报到的另列。",
            "Of the duties to report in that began in the period, the median days until it was done;"
            " those not"
            " yet done are shown apart.",
        ),
        value=Median(of="duties", where=REPORT_IN, day="opens_on", until="done_on"),
        plausible=(0, 365),
        cites=("戒毒条例#14",),
        where_counted="home",
    ),
    Indicator(
        key="community.execution_rate",
        label=Label("执行率", "Execution rate"),
        unit="percent",
        definition=Label(
            "期末执行中的社区戒毒、社区康复中，已签订协议且期间内至少有一次帮扶服务的占比。",
            "Of community treatment and recovery in force at the end of the period, the share with a signed"
            " agreement and at least one service in the period.",
        ),
        value=Ratio(
            over=Stock(
                of="measures",
                count="rows",
                where=All(COMMUNITY, Exists(of="agreement", most=0), Exists(of="service", in_period=True)),
            ),
            under=Stock(of="measures", count="rows", where=COMMUNITY),
        ),
        breakdowns=("sex", "age_band", "measure"),
        plausible=(0, 100),
        cites=("戒毒条例#16", "戒毒条例#18"),
        where_counted="home",
        note=Label(
            "只有一纸协议的不算执行。", "An agreement alone is paper, and does not count as carried out."
        ),
    ),
    Indicator(
        key="duties.due",
        label=Label("到期应办事项", "Duties that fell due"),
        unit="duty",
        definition=Label(
            "期限在期间内届满的应办事项，免办的不计。",
            "Duties whose last day lay in the period, those waived left out.",
        ),
        value=Events(of="duties", where=COUNTS, day="due"),
        breakdowns=("name", "owed_by"),
        where_counted="home",
    ),
    Indicator(
        key="duties.on_time_rate",
        label=Label("应办事项按期办结率", "Duties done on time"),
        unit="percent",
        definition=Label(
            "期限在期间内届满的应办事项中，在期限内办结的占比。",
            "Of the duties whose last day lay in the period, the share that was done by then.",
        ),
        value=Ratio(
            over=Events(of="duties", where=All(COUNTS, Within("done_on", "due", least=0)), day="due"),
            under=Events(of="duties", where=COUNTS, day="due"),
        ),
        breakdowns=("name", "owed_by"),
        plausible=(0, 100),
        where_counted="home",
    ),
    Indicator(
        key="duties.longest",
        label=Label("办结用时最长的事项", "The longest that a duty took"),
        unit="day",
        definition=Label(
            "期间内开始的应办事项中，已办结的，从开始到办结用时最长的天数；未办结的另计。",
            "Of the duties that began in the period and are done, the most days that one took from its"
            " beginning; those not done are counted apart.",
        ),
        value=Median(of="duties", where=COUNTS, day="opens_on", until="done_on", longest=True),
        breakdowns=("name", "owed_by"),
        where_counted="home",
    ),
    Indicator(
        key="duties.overdue",
        label=Label("逾期未办事项", "Duties overdue"),
        unit="duty",
        definition=Label(
            "期末已过期限而未办结的应办事项。",
            "Duties past their last day and not done at the end of the period.",
        ),
        value=Stock(of="duties", where=COUNTS, count="rows"),
        breakdowns=("name", "owed_by"),
        where_counted="home",
    ),
    Indicator(
        key="duties.overdue_people",
        label=Label("有逾期事项的人数", "Persons with a duty overdue"),
        unit="person",
        definition=Label(
            "期末有已过期限而未办结事项的人数，同一人只计一次。",
            "Persons for whom a duty is past its last day and not done at the end of the period, each once.",
        ),
        value=Stock(of="duties", where=COUNTS),
        breakdowns=("sex", "age_band", "name"),
        where_counted="home",
    ),
    Indicator(
        key="duties.overdue_rate",
        label=Label("应办事项逾期率", "Share of open duties overdue"),
        unit="percent",
        definition=Label(
            "期末未办结的应办事项中，已过期限的占比。",
            "Of the duties open at the end of the period, the share past its last day.",
        ),
        value=Ratio(
            over=Stock(of="duties", where=COUNTS, count="rows"),
            under=Stock(of="duties", where=COUNTS, count="rows", since="opens_on"),
        ),
        breakdowns=("name", "owed_by"),
        plausible=(0, 100),
        where_counted="home",
    ),
    Indicator(
        key="findings.rights",
        label=Label("权利可能受损的人数", "Persons whose rights are at risk"),
        unit="person",
        definition=Label(
            "期末有涉及本人权利的提示的人数，如超期未解除，同一人只计一次。",
            "Persons with a finding that touches their rights at the end of the period, such as being"
            " held past"
            " the term, each once.",
        ),
        value=Stock(of="findings", where=Is("name", *RIGHTS)),
        breakdowns=("sex", "age_band", "name"),
        where_counted="home",
    ),
    Indicator(
        key="findings.persons",
        label=Label("有提示的人数", "Persons with a finding"),
        unit="person",
        definition=Label(
            "期末有提示须由人处理的人数，同一人只计一次；可按提示分。",
            "Persons with a finding somebody must look at, at the end of the period, each once; by finding.",
        ),
        value=Stock(of="findings"),
        breakdowns=("sex", "age_band", "name"),
        where_counted="home",
    ),
)
