"""Health and drug use as told or found at admission."""

from typing import Final

from guitu.casefile import Ask, Kind
from guitu.kernel.labels import Label

KINDS: Final = (
    Kind(
        name="intake_health",
        label=Label("入所健康状况", "Health at admission"),
        compartment="medical",
        cites=("戒毒条例#28", "戒毒条例#29"),
        recorded_by=("doctor", "nurse", "intake_officer", "centre_head"),
        day=Label("登记日期", "Day recorded"),
        summary=Label("登记入所健康状况", "Health at admission recorded"),
        fields=(
            Ask(
                name="drug",
                label=Label("吸食毒品种类", "Drug used"),
                sealed=True,
                ledger=(
                    "吸食毒品种类",
                    "毒品种类",
                    "滥用毒品种类",
                    "吸毒种类",
                    "吸食毒品",
                    "滥用毒品",
                    "毒品类型",
                    "主要滥用毒品",
                    "吸食种类",
                ),
            ),
            Ask(
                name="conditions",
                label=Label("患病情况", "Illness"),
                type="long_text",
                sealed=True,
                ledger=(
                    "患病情况",
                    "疾病情况",
                    "健康状况",
                    "病情",
                    "身体状况",
                    "身体健康状况",
                    "疾病史",
                    "病史",
                    "既往病史",
                    "所患疾病",
                    "基础疾病",
                ),
            ),
        ),
    ),
)
