"""The sentences of one's own account."""

from __future__ import annotations

from typing import Final

from guitu.kernel.labels import Label
from guitu.web.components.notice.component import Notice

MINE: Final = Label("我的账号", "My account")
KEY_NAME: Final = Label("给它起个名字", "A name for it")
KEY_HINT: Final = Label("如“办公室电脑”“我的手机”", "Such as “office computer” or “my phone”")

PASSWORD_BOXES: Final = (
    ("current", Label("现在的密码", "Present password"), "", "current-password"),
    (
        "own",
        Label("新密码", "New password"),
        Label(
            "至少 10 个字符；不含账号、姓名；最近 5 个不能再用",
            "At least 10 characters, without account or name; not one of the last 5",
        ),
        "new-password",
    ),
    ("again", Label("再输一次", "Again"), "", "new-password"),
)

WRONG_PASSWORD: Final = Label(
    "现在的密码不对，还可试 {left} 次", "The present password is wrong, {left} tries left"
)
DIFFERS: Final = Label("两次输入的密码不同", "The two passwords differ")
WRONG_CODE: Final = Label(
    "数字不对。请看验证器现在显示的 6 位，并核对手机的时间",
    "The figures are wrong. Type the 6 shown now, and check the telephone's clock",
)
NO_KEY: Final = Label(
    "通行密钥没有加上；请再试一次。每个账号最多 10 个。",
    "The passkey was not added; try again. An account has at most 10.",
)
LAST_FACTOR: Final = Label(
    "您的岗位须有第二步验证，这是最后一种。请先加另一种，再移除它。",
    "Your post needs a second factor and this is the last one. Add another first, then remove it.",
)

PHONE_STATES: Final = {
    "open": Label("在用", "In use"),
    "wipe_keep": Label("待清除：保留未发送的", "To be erased, but for what is unsent"),
    "wipe_erase": Label("待清除：全部", "To be erased, everything"),
    "wiped": Label("已清除", "Erased"),
}
"""How a work phone stands."""

NOTICES: Final = {
    "password": Notice(
        "fresh",
        Label("密码已修改，其他地方的登录已全部退出。", "Password changed; all other sessions are ended."),
    ),
    "codes_off": Notice("fresh", Label("动态口令已停用。", "Codes are turned off.")),
    "key": Notice("fresh", Label("通行密钥已加上。", "The passkey was added.")),
    "key_gone": Notice("fresh", Label("通行密钥已移除。", "The passkey was removed.")),
    "ended": Notice("fresh", Label("已退出那里的登录。", "That session is ended.")),
    "others": Notice("fresh", Label("其他地方的登录已全部退出。", "All other sessions are ended.")),
    "wipe": Notice(
        "fresh",
        Label(
            "已下令清除：那部手机下次联网时执行；在那之前它也不能再收发。",
            "It is told to erase itself the next time it is online; until then it can neither send nor load.",
        ),
    ),
    "phone_ended": Notice("fresh", Label("那部手机已停用。", "That phone is ended.")),
    "last": Notice("barred", LAST_FACTOR),
}
"""What was just done, by the word in the address."""
