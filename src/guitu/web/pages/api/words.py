"""Words and addresses of the pages of tokens."""

from __future__ import annotations

from typing import Final

from guitu.kernel.labels import Label
from guitu.web.components.table.component import Column

ROOT: Final = "/account/tokens/"
NEW: Final = "/account/tokens/new/"
ADMIN: Final = "/accounts/tokens/"
PREPARE: Final = "/accounts/tokens/new/"
OPENAPI: Final = "/api/v1/openapi.json"

ACCOUNT: Final = Label("我的账号", "My account")
ACCOUNTS: Final = Label("账号", "Accounts")
TITLE: Final = Label("接口令牌", "Tokens of the API")
TITLE_ALL: Final = Label("本辖区的接口令牌", "Tokens of this area")
MAKE: Final = Label("生成令牌", "Make a token")
PREPARE_ONE: Final = Label("为账号准备令牌", "Prepare a token for an account")

STATES_OF_TOKEN: Final = {
    "offered": Label("待领取", "To be collected"),
    "open": Label("有效", "In use"),
    "over": Label("已过期", "Over"),
    "ended": Label("已停用", "Ended"),
}
STATES_OF_HOOK: Final = {
    "asked": Label("待批准", "Waits to be allowed"),
    "open": Label("通知中", "Told"),
    "refused": Label("未批准", "Refused"),
    "stopped": Label("已停：多次送不到", "Stopped: not taken"),
    "ended": Label("已停用", "Ended"),
}
NEVER: Final = Label("从未使用", "Never used")

TOKENS: Final = (
    Column(Label("用途", "For"), phone="lead"),
    Column(Label("状态", "State")),
    Column(Label("范围", "Scopes")),
    Column(Label("岗位", "Post")),
    Column(Label("有效期至", "Until")),
    Column(Label("最近使用", "Last used")),
)
HOOKS: Final = (
    Column(Label("用途", "For"), phone="lead"),
    Column(Label("状态", "State")),
    Column(Label("地址", "Address")),
    Column(Label("账号", "Account")),
    Column(Label("待送", "Waiting"), numeric=True),
    Column(Label("放弃", "Given up"), numeric=True),
)
OPERATIONS: Final = (
    Column(Label("做什么", "What"), phone="lead"),
    Column(Label("怎样调用", "How it is called")),
    Column(Label("范围", "Scope")),
)

LEAD: Final = Label(
    "程序用令牌以您的岗位办事，看到和能做的与您在页面上一样，每次查阅都记入查阅记录。",
    "With a token a program works in your post: it sees and does what you could on the pages, and every"
    " reading is noted in the access log.",
)
LEAD_ALL: Final = Label(
    "系统管理员可准备、停用令牌，批准通知地址；令牌的内容只有账号本人领取，管理员看不到。",
    "The system administrator prepares and ends tokens and allows addresses for notices; only the account"
    " itself collects the secret, no administrator sees it.",
)
ONCE: Final = Label(
    "只显示这一次。请现在就抄到程序里；丢了就停用，再生成一个。",
    "Shown this once. Put it into the program now; if it gets lost, end it and make another.",
)
NONE: Final = Label("还没有令牌。", "There are no tokens yet.")
NO_HOOKS: Final = Label(
    "还没有订阅。程序可用 POST /api/v1/webhooks 申请，系统管理员批准地址后才开始通知。",
    "There are no subscriptions. A program asks with POST /api/v1/webhooks; nothing is sent before a system"
    " administrator has allowed the address.",
)
THIN: Final = Label(
    "通知只说有一条新记录和它的编号，不含内容；带签名，送不到会再送。",
    "A notice says that there is an entry, and its id, never what it says; it is signed, and sent again"
    " until it is taken.",
)
