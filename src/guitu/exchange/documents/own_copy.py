"""The copy of a file that its person may have (个人信息保护法 art. 45): everything in it, except what tells
of others and, unless asked for by itself, restricted medical data.

Free text that staff wrote may name others and nobody has looked through it: it is held back with a line that
says so, and the person can ask for it; so are the photos of staff. The photos and papers that the person
handed in are named in every copy, and are in the one that comes as a folder. Nothing is put on disk: the copy
is made and handed over in memory.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

from guitu.casefile import Ask, Entry, Kind
from guitu.compose import kinds
from guitu.exchange.handed import PDF, paper_type
from guitu.exchange.phone.pictures import type_of
from guitu.exchange.phone.reading import attachments_in
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.pathway.model import Assessment
from guitu.store import attachments
from guitu.store.read import FileView
from guitu.store.units import tree

RESTRICTED: Final = "medical_restricted"
FONTS: Final = (
    "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", "Noto Sans CJK SC",
    "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei",
)  # fmt: skip
"""Chinese typefaces that a machine may have; the first found is used."""

OWN_PAPERS: Final = frozenset({"account_given"})
"""Kinds whose papers the person handed in: to them they are given back as they are."""
MOST_PAPERS: Final = 64 * 1024 * 1024
"""Bytes of papers in one copy, which is made in memory."""
_ENDINGS: Final = {PDF: "pdf", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}

OTHERS: Final = Label("涉及他人", "tells of somebody else")
UNREAD: Final = Label(
    "工作人员的文字备注，核对不涉及他人后可以提供",
    "a note by staff: given once it is checked for others' data",
)
PICTURED: Final = (
    Label("照片、签名", "photos, signatures"),
    Label(
        "工作人员拍摄的，核对不涉及他人后可以提供",
        "taken by staff: given once they are checked for others' data",
    ),
)
SEPARATE: Final = Label("特别保密医疗信息，可以单独申请", "restricted medical data: ask for it by itself")


class NoFont(GuituError):
    """The machine has no Chinese typeface."""


class TooMuch(GuituError):
    """The papers are more than one copy holds."""

    def __init__(self, size: int) -> None:
        most = MOST_PAPERS >> 20
        super().__init__(
            Label(
                f"您交的材料一共 {size >> 20} MB，一次最多取 {most} MB；请先取不带材料的，材料到单位拷取。",
                f"The papers you handed in are {size >> 20} MB, and a copy holds {most} MB: take one without"
                " them for now, and have the papers copied at the office.",
            )
        )


@dataclass(frozen=True, slots=True)
class OwnPaper:
    """A photo or paper that the person handed in: with which entry of theirs, its digest, its bytes, and its
    name in the copy, without its ending."""

    entry: Entry
    sha256: str
    size: int
    name: str


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as the copy tells it: the day, what it is, which office wrote it, each answer with its
    question, what was left out with the reason, and the papers that the person handed in with it. `stands` is
    False once it was corrected or withdrawn."""

    day: date
    kind: str
    label: Label
    office: str
    answers: tuple[tuple[Label, str], ...]
    left_out: tuple[tuple[Label, Label], ...]
    stands: bool
    papers: tuple[OwnPaper, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnCopy:
    """The whole copy. `restricted` says that restricted medical data is in it."""

    case_no: str
    made_at: datetime
    office: str
    restricted: bool
    entries: tuple[Told, ...]
    left_out: tuple[tuple[date, Label], ...]
    assessment: Assessment

    def plain(self, language: str = "zh") -> dict[str, Any]:
        """The copy as plain values, for JSON and for the page."""

        def say(label: Label) -> str:
            return label.say(language)

        return {
            "case_no": self.case_no,
            "made_at": self.made_at.isoformat(timespec="minutes"),
            "office": self.office,
            "with_restricted_medical_data": self.restricted,
            "measures": [
                {
                    "measure": say(m.label),
                    "state": m.state,
                    "from": _iso(m.starts_on or m.ordered_on),
                    "until": _iso(m.ends_on),
                    "ended_on": _iso(m.ended_on),
                }
                for m in self.assessment.measures
            ],
            "entries": [
                {
                    "day": e.day.isoformat(),
                    "kind": e.kind,
                    "what": say(e.label),
                    "office": e.office,
                    "stands": e.stands,
                    "answers": {say(question): answer for question, answer in e.answers},
                    "left_out": {say(question): say(why) for question, why in e.left_out},
                    **(
                        {"papers": [{"name": p.name, "sha256": p.sha256, "bytes": p.size} for p in e.papers]}
                        if e.papers
                        else {}
                    ),
                }
                for e in self.entries
            ],
            "left_out": [{"day": day.isoformat(), "why": say(why)} for day, why in self.left_out],
        }

    def json(self, language: str = "zh") -> bytes:
        """As JSON."""
        return json.dumps(self.plain(language), ensure_ascii=False, indent=1).encode()

    def pdf(self, language: str = "zh") -> bytes:
        """As a document to read. Raises NoFont where the machine has no Chinese typeface."""
        import typst

        font = chinese_font()
        data = {**self.plain(language), "font": font, "language": language[:2], "words": _words(language)}
        source = files("guitu.exchange.documents").joinpath("own_copy.typ").read_bytes()
        made = typst.compile(source, sys_inputs={"data": json.dumps(data, ensure_ascii=False)})
        assert isinstance(made, bytes)
        return made

    @property
    def papers(self) -> tuple[OwnPaper, ...]:
        """All that the person handed in."""
        return tuple(paper for entry in self.entries for paper in entry.papers)

    def folder(self, language: str = "zh") -> bytes:
        """Everything as one ZIP: to read (where the machine has a Chinese typeface), as data, and the papers.
        The present scope must open them; one that was erased is not there. Raises TooMuch."""
        papers = self.papers
        size = sum(one.size for one in papers)
        if size > MOST_PAPERS:
            raise TooMuch(size)
        parts = {"copy.json": self.json(language)}
        with suppress(NoFont):
            parts["copy.pdf"] = self.pdf(language)
        for one in papers:
            content = attachments.opened(one.entry, one.sha256)
            if content is not None:
                ending = _ENDINGS.get(type_of(content) or paper_type(content), "bin")
                parts[f"{one.name}.{ending}"] = content
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as folder:
            for name, content in parts.items():
                info = zipfile.ZipInfo(name, self.made_at.timetuple()[:6])
                packed = zipfile.ZIP_DEFLATED if name.endswith(".json") else zipfile.ZIP_STORED
                folder.writestr(info, content, packed)
        return made.getvalue()


@cache
def chinese_font() -> str:
    """A Chinese typeface of this machine. Raises NoFont with one sentence where there is none."""
    import typst

    have = set(typst.Fonts(include_embedded_fonts=False).families())
    for name in FONTS:
        if name in have:
            return name
    raise NoFont(
        Label(
            "这台机器没有中文字体，做不出可读文件；请管理员安装一种（如思源宋体），或者先取数据文件。",
            "This machine has no Chinese typeface, so no document can be made; ask the administrator to"
            " install one (such as Source Han Serif), or take the data file for now.",
        )
    )


def own_copy(
    view: FileView, assessment: Assessment, made_at: datetime, *, restricted: bool = False
) -> OwnCopy:
    """The copy of a file as it stands, in the order of days."""
    units = tree()
    standing = {entry.id for entry in view.case_file.counted()}
    told: list[Told] = []
    left_out: list[tuple[date, Label]] = []
    for entry in sorted(view.entries, key=lambda e: (e.happened_on, e.recorded_at)):
        kind = kinds()[entry.kind]
        if kind.compartment == RESTRICTED and not restricted:
            left_out.append((entry.happened_on, SEPARATE))
            continue
        unit = units.get(entry.unit)
        told.append(
            Told(
                entry.happened_on,
                entry.kind,
                kind.label,
                unit.name if unit else "",
                tuple(_answers(entry, kind)),
                tuple(_left_out(entry, kind)),
                entry.id in standing,
                tuple(_papers(entry, len(told) + 1)),
            )
        )
    office = view.unit.name if view.unit else ""
    return OwnCopy(view.case_no, made_at, office, restricted, tuple(told), tuple(left_out), assessment)


def withheld(ask: Ask) -> Label | None:
    """Why an answer is not for the copy, or None."""
    if ask.of_others:
        return OTHERS
    return UNREAD if ask.type == "long_text" and not ask.to_person else None


def _answers(entry: Entry, kind: Kind) -> Iterator[tuple[Label, str]]:
    for ask in kind.fields:
        value = entry.get(ask.name)
        if value is None or withheld(ask) is not None or ask.name in (kind.answers, "entry"):
            continue
        shown = ask.show(value, "zh")
        if ask.type == "unit" and (unit := tree().get(str(value))) is not None:
            shown = unit.name
        yield ask.label, shown


def _left_out(entry: Entry, kind: Kind) -> Iterator[tuple[Label, Label]]:
    for ask in kind.fields:
        why = withheld(ask)
        if why is not None and entry.get(ask.name) is not None:
            yield ask.label, why
    if entry.kind not in OWN_PAPERS and attachments_in(entry.source):
        yield PICTURED


def _papers(entry: Entry, place: int) -> Iterator[OwnPaper]:
    """The papers of an entry, named by the day, the place of the entry in the copy and their own in it."""
    if entry.kind not in OWN_PAPERS:
        return
    for n, one in enumerate(attachments_in(entry.source), 1):
        yield OwnPaper(entry, one.sha256, one.size, f"papers/{entry.happened_on}-{place}-{n}")


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


_WORDS: Final = {
    "title": Label("我的档案副本", "A copy of my file"),
    "number": Label("编号", "Number"),
    "made": Label("制作时间", "Made"),
    "office": Label("责任单位", "Office"),
    "measures": Label("措施", "Measures"),
    "entries": Label("记录", "Entries"),
    "from": Label("自", "From"),
    "until": Label("至", "To"),
    "left_out": Label("没有给出", "Left out"),
    "papers": Label("您交的材料", "What you handed in"),
    "withdrawn": Label("已更正或作废", "corrected or withdrawn"),
    "law": Label(
        "您有权查阅、复制本人的信息，认为有错的可以请求更正（《个人信息保护法》第45、46条）。",
        "You have the right to see and copy your data, and to ask for corrections"
        " (Personal Information Protection Law, arts 45 and 46).",
    ),
}


def _words(language: str) -> dict[str, str]:
    return {name: label.say(language) for name, label in _WORDS.items()}
