"""社戒社康台账: community treatment and recovery, by village. 戒毒条例 art. 13-16, 37-38."""

from typing import Final

from guitu.exchange.ledgers.ledger import SERIAL, Column, EndsOn, Ledger, Makes, NotBefore
from guitu.kernel.labels import Label

LEDGER: Final = Ledger(
    name="community_roster",
    label=Label("社戒社康台账", "Community roster"),
    title="{unit}社区戒毒社区康复人员台账",
    columns=(
        SERIAL,
        Column(
            name="town",
            reads="text",
            title="乡镇",
            width=10,
            fill_down=True,
            also=(
                "乡镇（街道）",
                "镇（街）",
                "乡（镇）",
                "镇街",
                "街道",
                "镇",
                "所属乡镇",
                "乡镇街道",
                "乡镇/街道",
            ),
        ),
        Column(
            kind="responsible_unit",
            field="unit",
            title="村（居）委会",
            width=14,
            fill_down=True,
            reads="text",
        ),
        Column(kind="person", field="name", title="姓名", width=9, required=True),
        Column(kind="person", field="sex", title="性别", width=5, required=True),
        Column(kind="person", field="id_number", title="公民身份号码", width=21, required=True),
        Column(kind="order", field="measure", title="措施类别", width=10, required=True),
        Column(kind="order", field="document_no", title="责令文书号", width=27, required=True),
        Column(kind="order", field="day", title="责令日期", width=12, required=True),
        Column(kind="reporting_in", field="day", title="报到日期", width=12),
        Column(kind="agreement", field="day", title="协议签订日期", width=12),
        Column(kind="order", field="printed_end", title="期限止", width=12, may_be_future=True),
        Column(kind="responsible_unit", field="worker", title="网格专干", width=9),
        Column(kind="person", field="phone", title="联系电话", width=14),
        Column(kind="remark", field="text", title="备注", width=16),
    ),
    makes=(
        Makes(kind="person", day=("order.day",)),
        Makes(kind="order", day=("order.day",), when=("order.document_no",)),
        Makes(kind="reporting_in", day=("reporting_in.day",), when=("reporting_in.day",)),
        Makes(kind="agreement", day=("agreement.day",), when=("agreement.day",)),
        Makes(
            kind="responsible_unit",
            day=("reporting_in.day", "order.day"),
            place=("unit", ("town", "responsible_unit.unit")),
        ),
        Makes(kind="remark", day=("reporting_in.day", "order.day")),
    ),
    one_row_per="order.document_no",
    telling=("order.measure", "reporting_in.day", "agreement.day"),
    by_measure=("community_treatment", "community_recovery"),
    kept_by=("province", "prefecture", "county", "town", "village"),
    checks=(
        NotBefore(later="reporting_in.day", earlier=("order.day",)),
        NotBefore(later="agreement.day", earlier=("reporting_in.day", "order.day")),
        # 三年, from the day of reporting: 禁毒法 art. 33, 戒毒条例 art. 14; recovery 不超过三年: art. 48, 37.
        EndsOn(
            printed="order.printed_end",
            measure_column="order.measure",
            starts={
                "community_treatment": ("reporting_in.day", 36),
                "community_recovery": ("reporting_in.day", None),
            },
            ceiling=36,
        ),
    ),
)
