"""入所人员花名册: who was admitted to a centre, under which decision. 戒毒条例 art. 27-29."""

from typing import Final

from guitu.exchange.ledgers.ledger import SERIAL, Column, EndsOn, Ledger, Makes, NotBefore, SameDay
from guitu.kernel.labels import Label

DECISION: Final = "强制隔离戒毒决定"

LEDGER: Final = Ledger(
    name="facility_roster",
    label=Label("入所人员花名册", "Facility roster"),
    title="{unit}入所人员花名册",
    columns=(
        SERIAL,
        Column(kind="person", field="name", title="姓名", width=9, required=True),
        Column(kind="person", field="sex", title="性别", width=5, required=True),
        Column(kind="person", field="id_number", title="身份证号码", width=21, required=True),
        Column(kind="person", field="birth", title="出生年月日", width=12),
        Column(kind="person", field="ethnicity", title="民族", width=7),
        Column(kind="person", field="household_place", title="户籍地", width=18),
        Column(kind="person", field="education", title="文化程度", width=8),
        Column(
            kind="order", field="document_no", title="决定书文号", group=DECISION, width=27, required=True
        ),
        Column(kind="order", field="authority", title="决定机关", group=DECISION, width=16),
        Column(kind="order", field="day", title="决定日期", group=DECISION, width=12, required=True),
        Column(
            name="term_start",
            reads="day",
            title="期限起",
            group=DECISION,
            width=12,
            also=("期限自", "戒毒期限起", "起始日期", "期限起始", "起止日期起", "起算日期"),
        ),
        Column(
            kind="order", field="printed_end", title="期限止", group=DECISION, width=12, may_be_future=True
        ),
        Column(kind="admission", field="day", title="入所日期", width=12, required=True),
        Column(kind="intake_health", field="drug", title="吸食毒品种类", width=12),
        Column(kind="intake_health", field="conditions", title="患病情况", width=12),
        Column(kind="person", field="family_phone", title="家属电话", width=14),
        Column(kind="remark", field="text", title="备注", width=14),
    ),
    makes=(
        Makes(kind="person", day=("order.day",)),
        Makes(
            kind="order",
            day=("order.day",),
            when=("order.document_no",),
            constants={"measure": "compulsory_isolation"},
        ),
        Makes(
            kind="admission",
            day=("admission.day",),
            when=("admission.day",),
            here={"place": "level", "centre": "code"},
        ),
        Makes(kind="intake_health", day=("admission.day",)),
        Makes(kind="remark", day=("admission.day",)),
    ),
    one_row_per="order.document_no",
    telling=("admission.day",),
    by_measure=("compulsory_isolation",),
    kept_by=("justice_centre", "police_centre"),
    checks=(
        NotBefore(later="admission.day", earlier=("order.day",)),
        SameDay(column="term_start", as_column="order.day"),
        # 二年, from the day of the decision: 禁毒法 art. 47, 戒毒条例 art. 27.
        EndsOn(printed="order.printed_end", starts={"compulsory_isolation": ("order.day", 24)}, ceiling=36),
    ),
)
