"""The certificate that somebody had been listed in error: what was found when, what was corrected, who was
told, and a code by which anybody can have it checked. Laid out as a notice (GB/T 9704), in Chinese."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from guitu.casefile.kind import day_word
from guitu.exchange.documents import typefaces
from guitu.store.certificates import Facts


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is certified, by which office, on which day it is issued."""

    facts: Facts
    office: str
    issued: date

    def lines(self) -> tuple[str, ...]:
        """The text, paragraph by paragraph."""
        f = self.facts
        number = f"，公民身份号码 {f.id_number}" if f.id_number else ""
        found = [
            f"{f.name}{number}：",
            f"{day_word(f.found_on)}，本单位发现您被错误列入档案 {f.case_no}。经两名工作人员核实，"
            f"已于 {day_word(f.corrected_on)} 更正：错列的 {f.withdrawn} 条记录全部作废，"
            f"{'该档案已经封存，' if f.sealed else ''}上述记录不属于您本人。",
        ]
        if f.told:
            found.append(f"已告知下列单位更正：{f.told}。")
        found += [
            "依据《中华人民共和国个人信息保护法》第四十六条，个人信息不准确的，个人有权请求更正、补充。",
            "特此证明。",
        ]
        return tuple(found)

    def pdf(self) -> bytes:
        """As a document. Raises NoTypeface where the machine has no Chinese typeface."""
        import typst

        data = {
            "font": typefaces.body(),
            "title": "错列更正证明",
            "lines": self.lines(),
            "office": self.office,
            "issued": day_word(self.issued),
            "code": self.facts.code,
            "how": "持核验码可向出具单位核验：guitu verify --certificate 核验码。核验只答有无更正及其日期，"
            "不显示姓名。",
        }
        source = files("guitu.exchange.documents").joinpath("certificate.typ").read_bytes()
        made = typst.compile(source, sys_inputs={"data": json.dumps(data, ensure_ascii=False)})
        assert isinstance(made, bytes)
        return made
