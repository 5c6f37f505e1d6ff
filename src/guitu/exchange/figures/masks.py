"""What looks like a number in a bulletin and states none: days, years, times, ordinals, document numbers,
names."""

from __future__ import annotations

import re
from typing import Final

_CN: Final = "零〇一二三四五六七八九十百千"
_DASH: Final = "-—–~～至到"

_PATTERNS: Final = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        # days and years
        rf"(?<!\d)(?:19|20)\d{{2}}\s*(?:年\s*)?[{_DASH}]+\s*(?:19|20)\d{{2}}\s*年?(?!\d)",
        r"(?<!\d)(?:19|20)\d{2}\s?年(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?)?",
        r"(?<!\d)(?:19|20)\d{2}[-./]\d{1,2}(?:[-./]\d{1,2})?(?!\d)",
        rf"(?<!\d)\d{{1,2}}\s?月\s?\d{{1,2}}\s?日?\s?(?:[{_DASH}]+\s?\d{{1,2}}\s?日)",
        r"(?<!\d)\d{1,2}\s?月\s?\d{1,2}\s?日",
        rf"(?<!\d)\d{{1,2}}\s?月?\s?[{_DASH}]+\s?\d{{1,2}}\s?月(?!均)",
        r"(?<![\d.])\d{1,2}月(?:份|底|初|末|以来|中旬|上旬|下旬)?",
        rf"(?<!\d)\d{{1,2}}日?[{_DASH}]+\d{{1,2}}日",
        r"(?<![\d.])\d{1,2}日(?!均|常)",
        r"[〇零一二三四五六七八九]{4}年",
        rf"[{_CN}]{{1,3}}月(?:[{_CN}]{{1,3}}日|份|底|初)",
        r"(?<!\d)(?:19|20)\d{2}(?=\s?(?:年度|国际|全国|世界))",
        # times, ratios, ages, counts of what is no figure
        r"(?<!\d)\d{1,2}\s?[:：]\s?\d{1,2}(?::\d{2})?(?!\d)",
        r"(?<!\d)\d{1,2}时(?:\d{1,2}分)?(?!间)",
        r"\d+(?:\.\d+)?\s?[×xX*]\s?\d+",
        rf"\d{{1,3}}(?:[{_DASH}]+\d{{1,3}})?周?岁(?:以上|以下|至\d+周?岁)?",
        # ordinals and numbers of papers
        rf"第\s?(?:\d+|[{_CN}]+)",
        rf"(?:\d+|[{_CN}]+)(?:届|号|楼|室|栋|路)",
        rf"(?:\d+|[{_CN}]+)次(?:全会|全体|会议|代表)",
        r"[〔\[（(【](?:19|20)\d{2}[〕\]）)】]\s?第?\s?\d+\s?号?",
        r"(?<!\d)(?:19|20)\d{2}-\d{2,}",
        r"\d+(?:\+\d+)+",
        r"[A-Za-z][A-Za-z/]*[-\s]?\d[\d.\-]*(?:[-—]\d+)?",
        r"\d+(?!kg|KG|ml|mg)[A-Za-z]+",
        r"^\s*[(（]?\d{1,2}[)）.．、](?!\d)",
        r"(?<=[:：\s])\d{1,2}[.．、](?=[\u4e00-\u9fff])",
        r"[(（][\d一二三四五六七八九十]{1,2}[)）]",
        r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)",
        r"(?<![\d.,])\d{9,}(?!\d|\s?元)",
        rf"[{_CN}]+(?:是(?=[^\d]))",
    )
)
_NAMES: Final = re.compile(r"[“\"「『〈‘]([^”\"」』〉’。；;，,！？\n]{1,16})[”\"」』〉’]|《[^》\n]{1,80}》")


def masked(seen: str) -> bytearray:
    """For each character of the text 1 where it belongs to such a thing."""
    hidden = bytearray(len(seen))
    for pattern in _PATTERNS:
        for found in pattern.finditer(seen):
            hidden[found.start() : found.end()] = b"\x01" * (found.end() - found.start())
    for found in _NAMES.finditer(seen):
        hidden[found.start() : found.end()] = b"\x01" * (found.end() - found.start())
    return hidden
