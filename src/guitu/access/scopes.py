"""What a token of the API may be used for: a closed list of scopes, each no wider than a page.

A token acts as its account in one post. A scope opens what its page opens to that post and nothing else, so a
token can never do more than its holder could at a desk; every answer passes the same decision besides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.access.decide import may_see_page
from guitu.access.people import Actor
from guitu.kernel.labels import Label
from guitu.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class Scope:
    """One thing that a token may be for. `page` is the row of `access.PAGES` that must be open to the post;
    `shows` what is shown by it, for whoever ticks it."""

    name: str
    label: Label
    page: str
    shows: Label


SCOPES: Final = Registry(
    Label("接口范围", "scope"),
    (
        Scope("people", Label("查找和列出人员", "Find and list people"), "people",
              Label("姓名、措施、期限，证件号只有尾号", "names, measures, terms; the end of ID numbers")),
        Scope("files", Label("读取档案", "Read case files"), "file",
              Label("岗位可看的记录、期限及其理由", "the entries your post sees, terms with their reasons")),
        Scope("numbers", Label("显示身份号码", "Show identity numbers"), "file",
              Label("一次一人，每次都记入查阅记录", "one person at a time, each noted in the access log")),
        Scope("record", Label("登记、更正和作废记录", "Record, correct and withdraw entries"), "record",
              Label("与页面相同：限制人身自由的须两人", "as on the page: what restricts liberty takes two")),
        Scope("duties", Label("应办事项", "Duties"), "today",
              Label("今日、逾期和一周内的事项", "what is late, due today and this week")),
        Scope("export", Label("导出名单", "Export lists"), "people_list",
              Label("超过限额须先经第二人同意", "beyond the limit, with a second officer's leave")),
        Scope("units", Label("单位和在册人数", "Units and their counts"), "units",
              Label("本辖区的单位，没有个人信息", "the units of your area, nobody's data")),
        Scope("unit_files", Label("读取单位档案", "Read units' own files"), "unit_file",
              Label("单位工作记录", "what units recorded of their work")),
        Scope("unit_record", Label("登记单位工作", "Record units' work"), "unit_record",
              Label("写入单位档案", "writes into units' own files")),
        Scope("ledgers", Label("台账核对、导入和导出", "Check, import and export ledgers"), "ledgers",
              Label("与台账页相同", "as on the page of ledgers")),
        Scope("indicators", Label("指标", "Indicators"), "indicators",
              Label("口径和数，小数目已隐去", "definitions and figures, small ones hidden")),
        Scope("packs", Label("工作报表", "Packs"), "packs",
              Label("已定稿的报表、文件和变动原因", "fixed packs, their papers, and why a figure changed")),
        Scope("packs_prepare", Label("汇总、核对、报送报表", "Put packs together, check, submit"), "packs",
              Label("汇总定稿、核对、报送、退回；不含审签",
                    "fixing, checking, submitting and returning; signing is not among them")),
        Scope("packs_sign", Label("审签报表", "Sign packs"), "packs",
              Label("以负责人本人身份审签；本人核对的除外",
                    "as the head, in the account’s own name; never what it checked itself")),
        Scope("proposals", Label("待复核事项", "What takes two people"), "proposals",
              Label("看本人提出的和可由本人复核的；撤回自己的",
                    "what one proposed and what one may decide; taking one’s own back")),
        Scope("approve", Label("复核：通过、退回", "Decide: approve or refuse"), "proposals",
              Label("以本人身份作第二人复核；自己提出的除外",
                    "as the second officer, in the account’s own name; never what it proposed itself")),
        Scope("leaves", Label("审批查阅未成年人档案的申请", "Answer requests for minors’ files"), "approvals",
              Label("看等您答复的申请，批准或者不批准",
                    "what waits for one’s answer; giving or refusing leave")),
        Scope("webhooks", Label("订阅通知", "Subscribe to notices"), "api",
              Label("只通知有新记录，不含内容；地址须系统管理员批准",
                    "says that there is an entry, never what; addresses need an administrator’s leave")),
    ),
)  # fmt: skip
"""Every scope, by name, in the order in which a page offers them."""


def scopes_for(actor: Actor) -> tuple[Scope, ...]:
    """The scopes that a token of this actor may have: of the pages that open to its post."""
    return tuple(scope for scope in SCOPES.values() if may_see_page(actor, scope.page).allowed)
