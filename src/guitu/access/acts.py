"""What two people do together: which roles may propose an act, and which may approve it. One table.

Nobody approves what they proposed. Who approves is never below the office that proposes: an officer of the
same office, or of one above it. For `record` the kind itself says who may propose it (`recorded_by`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label
from guitu.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class Act:
    """Something that takes two people. `effect` says what passing it does, before anybody presses
    anything. `cites` are the articles it stands on, if any. Where there are `reasons`, what either officer
    says is one of them and nothing else (in the Chinese words): no free word stands beside it."""

    name: str
    label: Label
    effect: Label
    proposed_by: tuple[str, ...]
    approved_by: tuple[str, ...]
    cites: tuple[str, ...] = ()
    reasons: tuple[Label, ...] = ()

    def takes(self, reason: str) -> bool:
        """Whether that may be said about it; saying nothing always may."""
        return not self.reasons or not reason or reason in {one.zh for one in self.reasons}

    several: bool = False
    """Whether several may wait about one file at once."""


_HEADS: Final = ("centre_head", "county_supervisor", "provincial_supervisor")
_PANEL: Final = ("assessment_panel", "centre_head", "intake_officer")
_OFFICES: Final = ("town_office", "centre_head", "county_supervisor")

ACTS: Final = Registry(
    Label("须两人办理的事项", "act of two people"),
    (
        Act(
            "record",
            Label("登记限制或变更人身自由的记录", "Record what restricts or changes liberty"),
            Label(
                "该记录写入档案，期限和应办事项随之变化。",
                "The entry goes into the file; terms and duties follow.",
            ),
            (),
            ("intake_officer", *_HEADS),
        ),
        Act(
            "assess",
            Label("诊断评估", "Assess"),
            Label(
                "评估表和结论写入档案，两人的签字在同一摘要之下；只提供意见，不作任何决定。",
                "The sheet and its result go into the file, both signatures under one digest; it advises and"
                " decides nothing.",
            ),
            _PANEL,
            (*_PANEL, "doctor"),
            ("戒毒条例#33", "戒毒条例#35", "戒毒条例#45"),
        ),
        Act(
            "seal",
            Label("封存记录", "Seal a record"),
            Label(
                "档案不再出现在名单和查找中；只有依法办案的国家机关或依照国家规定查询的单位，"
                "写明依据后才能打开。",
                "The file leaves lists and searches; it opens only for a state organ handling a case, or a"
                " unit querying under national rules, and only with the basis written down.",
            ),
            _OFFICES,
            _HEADS,
            ("治安管理处罚法#136", "预防未成年人犯罪法#59"),
        ),
        Act(
            "unseal",
            Label("解除封存", "Unseal a record"),
            Label("档案重新出现在名单和查找中。", "The file appears in lists and searches again."),
            _OFFICES,
            ("county_supervisor", "provincial_supervisor"),
            ("治安管理处罚法#136",),
        ),
        Act(
            "erase",
            Label("销毁个人信息", "Erase personal information"),
            Label(
                "销毁该档案的密钥：姓名、证件号和其他加密内容永远不能恢复；记录链仍可验证。",
                "The file's keys are destroyed: name, identity number and everything sealed can never be"
                " recovered; the chain of entries still verifies.",
            ),
            ("centre_head", "county_supervisor"),
            ("county_supervisor", "provincial_supervisor"),
            ("个人信息保护法#19", "个人信息保护法#47"),
        ),
        Act(
            "merge",
            Label("合并重复档案", "Merge two files of one person"),
            Label(
                "两份档案从此按同一人显示，两个档案编号都能找到；可以完整撤销。",
                "The two files are shown as one person from now on, found under both case numbers; it can be"
                " undone completely.",
            ),
            _HEADS,
            _HEADS,
        ),
        Act(
            "split",
            Label("撤销合并", "Undo a merge"),
            Label("两份档案恢复为合并之前的样子。", "Both files are again as they were before the merge."),
            _HEADS,
            _HEADS,
        ),
        Act(
            "identity_error",
            Label("更正错列人员", "Correct a person listed in error"),
            Label(
                "错列的记录全部作废，该档案结束并封存，出具更正证明。",
                "The entries made in error are withdrawn, the file is closed and sealed, and a certificate is"
                " issued.",
            ),
            _OFFICES,
            _HEADS,
            ("个人信息保护法#46",),
        ),
        Act(
            "reward",
            Label("奖励", "Reward"),
            Label(
                "奖励记入单位档案，只有种类、名（个）数和金额，没有姓名。",
                "The reward goes into the unit's file: its sort, how many and how much, and no names.",
            ),
            ("town_office", *_HEADS),
            _HEADS,
        ),
        Act(
            "informant_reward",
            Label("举报奖励", "Reward to an informant"),
            Label(
                "奖励编号生效；知道领取口令的人可以领取一次。",
                "The code comes into force; whoever knows its phrase may collect the money once.",
            ),
            ("town_office", *_HEADS),
            _HEADS,
            reasons=(
                Label("符合规定", "It meets the rules"),
                Label("线索不属实", "The report was not true"),
                Label("重复奖励", "Rewarded before"),
                Label("金额不符合规定", "Not the amount the rules give"),
                Label("材料不全", "Papers are missing"),
            ),
        ),
        Act(
            "export",
            Label("批量导出", "Export in bulk"),
            Label("提出人可在 24 小时内下载一份名单。", "The proposer may download the list for 24 hours."),
            ("intake_officer", "town_office", *_HEADS),
            _HEADS,
        ),
        Act(
            "partner_entry",
            Label("采纳合作单位送来的记录", "Take over what a partner sent"),
            Label(
                "该记录由您登记进档案，注明来自哪个合作单位；退回则什么都不写。",
                "You record it in the file, with the partner as its source; refusing it writes nothing.",
            ),
            (),
            ("intake_officer", "town_office", "guidance_station", "county_supervisor", "centre_head"),
            several=True,
        ),
        Act(
            "partner_care",
            Label("采纳合作单位送来的医疗记录", "Take over what a partner sent on health"),
            Label(
                "该记录由您登记进档案，注明来自哪个合作单位；退回则什么都不写。",
                "You record it in the file, with the partner as its source; refusing it writes nothing.",
            ),
            (),
            ("doctor",),
            several=True,
        ),
    ),
)  # fmt: skip
"""Every act, by name."""
