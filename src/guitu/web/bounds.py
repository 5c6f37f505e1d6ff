"""How much anybody may ask for: the rates and the sizes, all in one place.

Rates are per minute and far above what work needs; they stop a script, not a person. They are counted per
account, before signing in per address. GUITU_RATE_<NAME> changes one and 0 lifts it; GUITU_RATES=off lifts
all of them (for measuring). What a ledger file may hold is in guitu.exchange.ledgers.limits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from guitu.exchange.ledgers.limits import MOST_BYTES
from guitu.kernel.labels import Label


@dataclass(frozen=True, slots=True)
class Rate:
    """One thing that is counted: its name in the setting, its words, and how often a minute."""

    name: str
    doing: Label
    most: int
    by_address: bool = False


RATES: Final = (
    Rate("sign_in", Label("登录", "sign-ins"), 30, by_address=True),
    Rate("public", Label("答问卷、下载公开数据", "survey answers and public files"), 120, by_address=True),
    Rate("search", Label("查找", "searches"), 60),
    Rate("export", Label("导出", "exports"), 20),
    Rate("upload", Label("上传", "uploads"), 10),
    Rate("number", Label("显示证件号", "identity numbers shown"), 30),
    Rate("api", Label("接口调用", "calls of the API"), 600),
    Rate("pages", Label("打开页面", "pages"), 600),
)
"""Each is changed by GUITU_RATE_SIGN_IN, GUITU_RATE_SEARCH and so on."""

COUNTED: Final[Mapping[str, tuple[str, str]]] = {
    "sign_in": ("sign_in", "POST"),
    "set_password": ("sign_in", "POST"),
    "second_step": ("sign_in", "POST"),
    "survey_answer": ("public", "POST"),
    "passkey_sign_in": ("sign_in", "POST"),
    "record_units": ("search", ""),
    "people_xlsx": ("export", ""),
    "people_csv": ("export", ""),
    "indicators_take": ("export", ""),
    "indicator_take": ("export", ""),
    "quality_take": ("export", ""),
    "ledgers_export": ("export", ""),
    "ledgers_held": ("export", ""),
    "today_sheet": ("export", ""),
    "person_sheet": ("export", ""),
    "mine_copy": ("export", ""),
    "mine_ask": ("upload", "POST"),
    "request_write": ("upload", "POST"),
    "export_ask": ("export", "POST"),
    "proposal_download": ("export", ""),
    "certificate": ("export", ""),
    "draw_sheet": ("export", ""),
    "police_figures_import": ("upload", "POST"),
    "police_figures_template": ("export", ""),
    "order_paper": ("export", ""),
    "pack_paper": ("export", ""),
    "remote_bundle": ("export", ""),
    "remote_import": ("upload", "POST"),
    "roster_table": ("export", ""),
    "roster_ics": ("export", ""),
    "assessment_opinion": ("export", ""),
    "education_funnel_take": ("export", ""),
    "export_file_readings": ("export", ""),
    "export_account_readings": ("export", ""),
    "ledgers": ("upload", "POST"),
    "figures_desk": ("upload", "POST"),
    "partner_list": ("export", "POST"),
    "partner_person": ("export", "POST"),
    "partner": ("upload", "POST"),
    "paper_template": ("export", ""),
    "order_template": ("export", ""),
    "way_out_paper": ("export", ""),
    "scoreboard_take": ("export", ""),
    "scoreboard_public_take": ("public", ""),
    "scoreboard_import": ("upload", "POST"),
    "survey_codes": ("export", "POST"),
    "psychology_device": ("upload", "POST"),
    "psychology_instruments": ("upload", "POST"),
    "figures_desk_download": ("export", ""),
    "site_zip": ("export", ""),
    "outreach_event": ("upload", "POST"),
    "outreach_import": ("upload", "POST"),
    "outreach_template": ("export", ""),
    "file_number": ("number", "POST"),
    "api_export": ("export", ""),
    "api_ledger_export": ("export", ""),
}
"""Addresses by name: under which rate they are counted, and with which method (any without one)."""

SEARCHES: Final = frozenset({"people", "units"})
"""Addresses that search where they carry `q`."""

MOST_FORM: Final = 2 * 1024 * 1024
"""Bytes of a form without files."""
MOST_FIELDS: Final = 1000
"""Boxes of a form."""
MOST_FILES: Final = 4
"""Files of a form, where files are taken in: one more than the papers of a person's account, so that the page
can say so in words. Other pages read one."""
MOST_SENT: Final = {
    "/ledgers/": 4 * MOST_BYTES,
    "/figures/": 2 * MOST_BYTES,
    "/psychology/": 4 * 1024 * 1024,
    "/outreach/": 8 * 1024 * 1024,
    "/way-out/templates/": 4 * 1024 * 1024,
    "/exchange/handover/": 9 * 1024 * 1024,
    "/api/v1/ledgers/batches": 2 * MOST_BYTES,
    "/mine/ask/explain/": 8 * 1024 * 1024,
}
"""Bytes that a request may announce where files are taken in; elsewhere MOST_FORM. A file over the limit of a
ledger is read to its end, so that the page can say so in words; one beyond this is not read at all."""
MOST_SENT_ENDING: Final = {"/requests/explain/": 8 * 1024 * 1024}
"""The same for addresses of one person's file, by how they end."""


def most_sent(path: str) -> int:
    """Bytes that a request to this address may announce."""
    ending = next((most for end, most in MOST_SENT_ENDING.items() if path.endswith(end)), MOST_FORM)
    return MOST_SENT.get(path, ending)


def rates_in(environment: Mapping[str, str]) -> dict[str, int]:
    """The rates by name, as the environment has them; 0 is no limit. Raises ValueError with one sentence in
    both languages."""
    found = {}
    for rate in RATES:
        variable = f"GUITU_RATE_{rate.name.upper()}"
        text = environment.get(variable) or str(rate.most)
        if not (text.isascii() and text.isdigit() and len(text) < 8):
            raise ValueError(
                f"{variable} 应为每分钟的次数（0 为不限），现为“{text}” / "
                f"{variable} is a number of times a minute (0: no limit), not “{text}”"
            )
        found[rate.name] = int(text)
    return dict.fromkeys(found, 0) if environment.get("GUITU_RATES") == "off" else found
