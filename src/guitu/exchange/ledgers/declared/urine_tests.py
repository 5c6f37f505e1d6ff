"""尿检台账: every test that was asked for, taken or not; both testers where it was. 戒毒条例 art. 19-20."""

from typing import Final

from guitu.exchange.ledgers.ledger import SERIAL, Column, Ledger, Makes
from guitu.kernel.labels import Label

TAKEN: Final = ("urine_test.outcome", ("taken",))
"""Nobody tests where nothing was taken."""

LEDGER: Final = Ledger(
    name="urine_tests",
    label=Label("尿检台账", "Urine tests"),
    title="{unit}{year}年尿液检测登记台账",
    columns=(
        SERIAL,
        Column(
            kind="person",
            field="name",
            title="姓名",
            width=10,
            required=True,
            also=("被检测人姓名", "被检测人", "受检人姓名", "受检人"),
        ),
        Column(kind="person", field="id_number", title="身份证号", width=21, required=True),
        Column(kind="urine_test", field="day", title="检测日期", width=12, required=True),
        Column(kind="urine_test", field="outcome", title="检测情况", width=10, required=True),
        Column(kind="urine_test", field="result", title="检测结果", width=10, required=True),
        Column(
            kind="urine_test",
            field="tester_1",
            title="检测人1",
            width=10,
            required=True,
            required_if=TAKEN,
        ),
        Column(
            kind="urine_test",
            field="tester_2",
            title="检测人2",
            width=10,
            required=True,
            required_if=TAKEN,
            shares="urine_test.tester_1",
        ),
        Column(kind="urine_test", field="note", title="备注", width=20),
    ),
    makes=(Makes(kind="urine_test", day=("urine_test.day",), when=("urine_test.outcome",)),),
    one_row_per="urine_test.day",
    telling=("urine_test.day", "urine_test.outcome", "urine_test.result"),
    opens_file=False,
)
