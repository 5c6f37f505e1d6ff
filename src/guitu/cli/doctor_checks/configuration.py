"""How the service is set up: names, transport, secrets, switches that belong to a demonstration."""

from __future__ import annotations

import os
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Final

from django.conf import settings

from guitu.cli.doctor_checks import Check, Finding, bad, good
from guitu.kernel.labels import Label

SHORTEST_SECRET: Final = 40
LEAST_LETTERS: Final = 12
"""Different characters that a secret has at least."""
LONGEST_IDLE: Final = 120
"""Minutes."""


def beyond_this_machine() -> list[str]:
    """The names under which somebody on another machine is answered."""
    return [host for host in settings.ALLOWED_HOSTS if not _is_local(host)]


def _is_local(host: str) -> bool:
    if host in ("localhost", "testserver"):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def debug() -> Iterator[Finding]:
    """Pages that show the inside."""
    if settings.DEBUG:
        yield bad(
            "debug",
            "grave",
            Label("调试模式开着（GUITU_DEBUG=1）", "Debugging is on (GUITU_DEBUG=1)"),
            Label("出错页面会显示程序内部和数据", "Its error pages show the inside of the program, and data"),
            Label("去掉 GUITU_DEBUG 后重启", "Remove GUITU_DEBUG and restart"),
        )
    else:
        yield good("debug", "调试模式关着", "Debugging is off")


def demonstration() -> Iterator[Finding]:
    """Accounts that everybody knows, and numbers that are no numbers."""
    state = "grave" if beyond_this_machine() else "warning"
    if settings.DEMO:
        yield bad(
            "demonstration",
            state,
            Label("演示模式开着（GUITU_DEMO=1）", "Demonstration mode is on (GUITU_DEMO=1)"),
            Label(
                "登录页上写着账号和密码，也不要求第二重验证",
                "The sign-in page names accounts and their password, and asks for no second factor",
            ),
            Label(
                "去掉 GUITU_DEMO，换一个空的数据文件夹后重启",
                "Remove GUITU_DEMO, take an empty data folder, restart",
            ),
        )
    if os.environ.get("GUITU_DEMO_IDS") == "1":
        yield bad(
            "demonstration_numbers",
            state,
            Label(
                "接收以 98 开头的虚构身份号码（GUITU_DEMO_IDS=1）",
                "Invented identity numbers that begin with 98 are taken (GUITU_DEMO_IDS=1)",
            ),
            Label("编造的人会混进真实的档案", "Invented people get among the real files"),
            Label("去掉 GUITU_DEMO_IDS 后重启", "Remove GUITU_DEMO_IDS and restart"),
        )
    if os.environ.get("GUITU_TODAY"):
        yield bad(
            "fixed_day",
            "grave",
            Label("日期被固定（GUITU_TODAY）", "The day stands still (GUITU_TODAY)"),
            Label(
                "期限、逾期和记录时间都会算错", "Terms, what is overdue and the times of entries are wrong"
            ),
            Label("去掉 GUITU_TODAY 后重启", "Remove GUITU_TODAY and restart"),
        )
    if not settings.DEMO and os.environ.get("GUITU_DEMO_IDS") != "1" and not os.environ.get("GUITU_TODAY"):
        yield good("demonstration", "没有打开演示用的开关", "No switch of a demonstration is on")


def transport() -> Iterator[Finding]:
    """Whether anybody on the way can read along."""
    beyond = beyond_this_machine()
    if "*" in settings.ALLOWED_HOSTS:
        yield bad(
            "hosts",
            "grave",
            Label(
                "接受任何域名（GUITU_ALLOWED_HOSTS=*）", "Any name is answered under (GUITU_ALLOWED_HOSTS=*)"
            ),
            Label("伪造的域名会被写进页面和跳转里", "A forged name gets into pages and redirections"),
            Label("只写本站的域名", "List only this site's own names"),
        )
    if beyond and not settings.BEHIND_TLS:
        yield bad(
            "tls",
            "grave",
            Label(
                f"其他机器可以用 {beyond[0]} 访问，但没有 https（GUITU_TLS）",
                f"Other machines reach it as {beyond[0]}, without https (GUITU_TLS)",
            ),
            Label("同一网络里的人可以读到密码和档案", "Whoever is on the network reads passwords and files"),
            Label(
                "在前面放一个 https 代理，设 GUITU_TLS=1",
                "Put a proxy with https in front and set GUITU_TLS=1",
            ),
        )
    else:
        yield good("tls", "外来的访问都经过 https，或只限本机", "Others come through https, or nobody does")
    plain = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if not origin.startswith("https://")]
    if plain and beyond:
        yield bad(
            "origins",
            "warning",
            Label(f"信任没有 https 的来源 {plain[0]}", f"The origin {plain[0]} is trusted without https"),
            Label("途中的人可以替人提交表单", "Somebody on the way can send forms in others' names"),
            Label("在 GUITU_ORIGINS 里只写 https:// 的来源", "List only https:// origins in GUITU_ORIGINS"),
        )


def secret() -> Iterator[Finding]:
    """The secret that signs sessions and tokens."""
    text = str(settings.SECRET_KEY)
    weak = len(text) < SHORTEST_SECRET or len(set(text)) < LEAST_LETTERS or "insecure" in text
    if weak:
        yield bad(
            "secret",
            "grave",
            Label(
                "签名密钥太短或太简单（GUITU_SECRET_KEY）",
                "The signing secret is short or simple (GUITU_SECRET_KEY)",
            ),
            Label(
                "猜到它的人可以伪造一次性链接和登录证明",
                "Whoever guesses it forges proofs of having signed in",
            ),
            Label(
                "去掉 GUITU_SECRET_KEY，由系统在数据文件夹里生成",
                "Remove GUITU_SECRET_KEY: one is made in the data folder",
            ),
        )
    else:
        yield good("secret", "签名密钥够长", "The signing secret is long enough")


def habits() -> Iterator[Finding]:
    """Switches that make it less strict."""
    if not any(settings.RATES.values()):
        yield bad(
            "rates",
            "warning",
            Label("没有任何频率限制（GUITU_RATES=off）", "Nothing is limited by rate (GUITU_RATES=off)"),
            Label("一个账号一夜之间可以抄走所有档案", "One account can copy every file in a night"),
            Label("去掉 GUITU_RATES", "Remove GUITU_RATES"),
        )
    if settings.IDLE_MINUTES > LONGEST_IDLE:
        yield bad(
            "idle",
            "warning",
            Label(
                f"登录后 {settings.IDLE_MINUTES} 分钟不用才退出",
                f"A session lasts {settings.IDLE_MINUTES} idle minutes",
            ),
            Label("离开座位的人把档案留给了别人", "Whoever leaves the desk leaves the files open"),
            Label(
                f"把 GUITU_IDLE_MINUTES 设在 {LONGEST_IDLE} 以内",
                f"Set GUITU_IDLE_MINUTES to {LONGEST_IDLE} or less",
            ),
        )
    if getattr(settings, "SECOND_FACTOR", "required") != "required" and not settings.DEMO:
        yield bad(
            "second_factor",
            "grave" if beyond_this_machine() else "warning",
            Label(
                "不要求第二重验证（GUITU_SECOND_FACTOR）",
                "No second factor is required (GUITU_SECOND_FACTOR)",
            ),
            Label("一个被偷看的密码就够打开档案", "One password that somebody saw opens the files"),
            Label("去掉 GUITU_SECOND_FACTOR", "Remove GUITU_SECOND_FACTOR"),
        )


CHECKS: Final[tuple[Check, ...]] = (debug, demonstration, transport, secret, habits)
