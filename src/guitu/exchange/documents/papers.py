"""The papers of a release as Word files, made from templates that the office edits in Word itself.

A template is an ordinary .docx with places like {{ name }}. The ones that come with the product are made here
by our own code; an office takes one, changes letterhead and wording, and brings it back. What comes back is
read as hostile: only plain places with known names may stand in it, no other template language, no macros,
nothing that is fetched from elsewhere, and it is filled in a sandbox.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, Final
from xml.etree import ElementTree

from guitu.casefile.chain import sm3
from guitu.centre.way_out import OPINION, PAPERS
from guitu.centre.way_out import TEMPLATES as OF_CENTRES
from guitu.exchange.packs.same_bytes import steady
from guitu.home import papers as at_home
from guitu.kernel.errors import GuituError, nearest
from guitu.kernel.labels import Label

MOST_BYTES: Final = 1024 * 1024
MOST_UNPACKED: Final = 20 * 1024 * 1024
MOST_PARTS: Final = 300
DEFAULT: Final = "default"
"""What stands for the version where the template is the one that comes with the product."""

FIELDS: Final[Mapping[str, Label]] = {
    "name": Label("姓名", "name"),
    "sex": Label("性别", "sex"),
    "birth": Label("出生日期", "day of birth"),
    "id_number": Label("公民身份号码", "identity number"),
    "household_place": Label("户籍地", "registered at"),
    "centre": Label("场所名称", "the centre"),
    "organ": Label("决定机关", "deciding organ"),
    "decision_no": Label("决定书文号", "number of the decision"),
    "decided_on": Label("决定日期", "day of the decision"),
    "starts_on": Label("期限起", "first day of the term"),
    "ends_on": Label("期限止（解除日期）", "last day, and day of release"),
    "how": Label("解除原因", "why released"),
    "town": Label("接收乡镇（街道）", "town that receives"),
    "number": Label("文书编号", "number of the paper"),
    "made_on": Label("出具日期", "day made out"),
    "missing": Label("尚缺材料", "what the package lacks"),
}
"""The places that the template of a paper of release may have."""

OPINION_FIELDS: Final[Mapping[str, Label]] = {
    **{n: FIELDS[n] for n in ("name", "sex", "birth", "centre", "organ", "decision_no", "decided_on")},
    "case_no": Label("档案编号", "case number"),
    "ends_on": Label("期满日", "last day of the term"),
    "stage": Label("评估阶段", "stage of the assessment"),
    "assessed_on": Label("评估日期", "day of the assessment"),
    "signers": Label("评估签字人", "who signed the assessment"),
    "domains": Label("各方面结果和理由", "results and reasons of each domain"),
    "objections": Label("本人异议", "what the person objects to"),
    "reasons": Label("意见的理由", "reasons of the opinion"),
    "articles": Label("法律依据", "the articles"),
    "asks": Label("建议", "what is proposed"),
    "digest": Label("评估表签字摘要", "digest that was signed"),
    "number": FIELDS["number"],
    "made_on": FIELDS["made_on"],
}
"""The places that the template of an opinion may have. No identity number: the organ knows the person by the
number of its own decision."""


def fields_of(paper: str) -> Mapping[str, Label]:
    """The places that the template of this paper may have."""
    if paper == at_home.AGREEMENT:
        return at_home.FIELDS
    return OPINION_FIELDS if paper == OPINION else FIELDS


_PLACE: Final = re.compile(r"\{\{\s*([a-z_]{1,40})\s*\}\}")
_ANY: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{\{|\{%|\{#|\}\}|%\}|#\}", re.DOTALL)
_TEXT: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_PARAGRAPH: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
_RUNS: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

NOT_WORD: Final = Label("这不是 Word 文件（.docx）。", "This is no Word file (.docx).")
OLD_WORD: Final = Label(
    "这是旧版 Word（.doc）或设了密码的文件，请另存为不加密的 .docx。",
    "This is an old Word file (.doc) or one with a password; save it as .docx without a password.",
)
TOO_LARGE: Final = Label(
    "模板超过 1 MB，请去掉大图片。", "The template is over 1 MB; take large pictures out."
)
BROKEN: Final = Label("文件已损坏，打不开，请另存后再试。", "The file is damaged; save it again.")
MACROS: Final = Label(
    "模板里有宏或内嵌对象，不能使用；请另存为不含宏的 .docx。",
    "The template holds macros or embedded objects; save it as .docx without them.",
)
OUTSIDE: Final = Label(
    "模板引用了文件以外的内容（外部模板、链接的图片），不能使用；请改为嵌入图片。",
    "The template takes something from outside the file (another template, a linked picture); embed it.",
)
NO_PLACES: Final = Label(
    "模板里没有任何可填的位置，如 {{ name }}。", "The template has no place to fill in, such as {{ name }}."
)


class Refused(GuituError):
    """A template that cannot be used."""


def digest_of(content: bytes) -> str:
    """A file's SM3 digest, as hexadecimal digits."""
    return sm3(content).hex()


def check(content: bytes, paper: str = "") -> tuple[str, ...]:
    """The names of the places in a template of this paper that came from an office, in their order. Raises
    Refused, in one sentence, for whatever may not be used."""
    if len(content) > MOST_BYTES:
        raise Refused(TOO_LARGE)
    if content.startswith(_OLE):
        raise Refused(OLD_WORD)
    if not content.startswith(b"PK\x03\x04"):
        raise Refused(NOT_WORD)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _check(archive, fields_of(paper))
    except Refused:
        raise
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, RuntimeError,
            ElementTree.ParseError) as problem:  # fmt: skip
        raise Refused(BROKEN) from problem


def _check(archive: zipfile.ZipFile, known: Mapping[str, Label]) -> tuple[str, ...]:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        raise Refused(NOT_WORD)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused(TOO_LARGE)
    if any("vbaProject" in n or "/embeddings/" in n or "/activeX/" in n or n.endswith(".bin") for n in names):
        raise Refused(MACROS)
    found: dict[str, None] = {}
    for part in parts:
        if not part.filename.endswith((".xml", ".rels")):
            continue
        xml = archive.read(part)
        if len(xml) > part.file_size:
            raise Refused(BROKEN)
        if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
            raise Refused(BROKEN)
        if part.filename.endswith(".rels") and re.search(rb"TargetMode\s*=\s*[\"']External", xml):
            raise Refused(OUTSIDE)
        if b"macroEnabled" in xml and part.filename == "[Content_Types].xml":
            raise Refused(MACROS)
        if _RUNS.fullmatch(part.filename):
            found.update(dict.fromkeys(_places(xml, known)))
        elif re.search(rb"\{\{|\{%|\{#", xml):
            raise Refused(_strange("{{"))
    if not found:
        raise Refused(NO_PLACES)
    return tuple(found)


def _places(xml: bytes, known: Mapping[str, Label]) -> list[str]:
    """The places in the text of a part. What stands between marks must be a known name and nothing else."""
    found = []
    root = ElementTree.fromstring(xml)
    for paragraph in root.iter(_PARAGRAPH):
        text = "".join(node.text or "" for node in paragraph.iter(_TEXT))
        for mark in _ANY.findall(text):
            place = _PLACE.fullmatch(mark)
            if place is None:
                raise Refused(_strange(mark))
            if place[1] not in known:
                raise Refused(_unknown(place[1], known))
            found.append(place[1])
    whole = "".join(node for node in root.itertext())
    marks = len(_ANY.findall(whole))
    if marks != len(found):  # a mark across paragraphs, or in an attribute's text
        raise Refused(_strange("{{ … }}"))
    if re.search(rb"=\s*[\"'][^\"']*(\{\{|\{%|\{#)", xml):
        raise Refused(_strange("{{"))
    return found


def _strange(mark: str) -> Label:
    shown = mark[:60]
    return Label(
        f"模板里的“{shown}”不能使用；只能写 {{{{ 名称 }}}}，如 {{{{ name }}}}。",
        f"“{shown}” may not stand in a template; write {{{{ a name }}}} only, such as {{{{ name }}}}.",
    )


def _unknown(name: str, known: Mapping[str, Label]) -> Label:
    guess = nearest(name, known)
    zh, en = (f"，是不是“{guess}”？", f"; did you mean “{guess}”?") if guess else ("。", ".")
    return Label(f"没有名为“{name}”的字段{zh}", f"there is no field “{name}”{en}")


def fill(template: bytes, values: Mapping[str, str], made_at: datetime, paper: str = "") -> bytes:
    """The paper: the template with these values in its places. The same values give the same bytes. Places
    without a value stay as a blank line to write on."""
    from docxtpl import DocxTemplate
    from jinja2.sandbox import SandboxedEnvironment

    known = {name: values.get(name) or "＿＿＿＿" for name in fields_of(paper)}
    document = DocxTemplate(io.BytesIO(template))
    document.render(known, SandboxedEnvironment(autoescape=True), autoescape=True)
    about = document.docx.core_properties
    about.author, about.last_modified_by, about.comments = values.get("centre", ""), "", ""
    about.created = about.modified = made_at.replace(tzinfo=None, microsecond=0)
    out = io.BytesIO()
    document.save(out)
    return steady(out.getvalue())


# ── the templates that come with the product ──────────────────────────────────────────────────────

_TITLES: Final[Mapping[str, str]] = {
    **{name: label.zh for name, label in PAPERS.items()},
    OPINION: "关于{{ asks }}的意见",
    at_home.AGREEMENT: at_home.TITLE,
}
_BODIES: Final[Mapping[str, tuple[str, ...]]] = {
    "certificate": (
        "{{ name }}，{{ sex }}，{{ birth }}出生，公民身份号码 {{ id_number }}，"
        "户籍地 {{ household_place }}。",
        "由{{ organ }}于{{ decided_on }}以 {{ decision_no }} 决定强制隔离戒毒，期限自{{ starts_on }}"
        "至{{ ends_on }}。现因{{ how }}，依照《戒毒条例》第三十四条的规定，"
        "于{{ ends_on }}解除强制隔离戒毒。",
        "特此证明。",
    ),
    "organ_notice": (
        "{{ organ }}：",
        "你单位以 {{ decision_no }} 决定强制隔离戒毒的{{ name }}（公民身份号码 {{ id_number }}），"
        "因{{ how }}，拟于{{ ends_on }}解除强制隔离戒毒。依照《戒毒条例》第三十四条的规定，特此通知。",
    ),
    "family_notice": (
        "{{ name }}的家属：",
        "{{ name }}因{{ how }}，将于{{ ends_on }}解除强制隔离戒毒。请按时来所接回；"
        "不能前来的，请提前与本所联系。",
        "依照《戒毒条例》第三十四条的规定，特此通知。",
    ),
    "handover_letter": (
        "{{ town }}：",
        "{{ name }}，{{ sex }}，公民身份号码 {{ id_number }}，户籍地 {{ household_place }}，"
        "将于{{ ends_on }}从本所解除强制隔离戒毒。现将有关材料移交你单位，请接收并做好后续帮扶。",
        "尚缺材料：{{ missing }}。",
    ),
    OPINION: (
        "{{ organ }}：",
        "一、基本情况",
        "{{ name }}，{{ sex }}，{{ birth }}出生，档案号{{ case_no }}。{{ decided_on }}由你单位以"
        "{{ decision_no }}决定强制隔离戒毒，期满日{{ ends_on }}。",
        "二、诊断评估",
        "{{ assessed_on }}作出{{ stage }}，由{{ signers }}签字。各方面结果和理由：",
        "{{ domains }}",
        "{{ objections }}",
        "三、意见",
        "{{ reasons }}",
        "根据{{ articles }}，{{ asks }}，请予审查决定。",
        "依照上述规定，决定机关应当自收到意见之日起七日内作出是否批准的决定。",
        "本意见由戒毒场所提出，不是决定；是否批准由决定机关依法决定。",
        "评估表签字摘要（SM3）：{{ digest }}",
    ),
    at_home.AGREEMENT: at_home.BODY,
}
"""What each paper says. The wording is ours, not an official form: an office puts its own in its place."""


_MADE: Final = date(2026, 1, 1)
"""The day that stands in them, so that they are the same bytes every time."""


def default_template(paper: str) -> bytes:
    """The template that comes with the product."""
    return _default(paper)


@lru_cache(maxsize=8)
def _default(paper: str) -> bytes:
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Mm

    document: Any = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    _para(document, "{{ centre }}", 16, align=ALIGN.CENTER, indent=False)
    _para(document, _TITLES[paper], 22, align=ALIGN.CENTER, indent=False, bold=True, font="方正小标宋简体")
    _para(document, "{{ number }}", 15.75, align=ALIGN.CENTER, indent=False)
    for number, text in enumerate(_BODIES[paper]):
        _para(document, text, 15.75, indent=not (number == 0 and text.endswith("：")))
    _para(document, "", 15.75)
    _para(document, "{{ centre }}（印章）", 15.75, align=ALIGN.RIGHT, indent=False)
    _para(document, "{{ made_on }}", 15.75, align=ALIGN.RIGHT, indent=False)
    about = document.core_properties
    label = {**OF_CENTRES, **at_home.TEMPLATES}[paper]
    about.title, about.author, about.last_modified_by, about.comments = label.zh, "", "", ""
    about.created = about.modified = datetime.combine(_MADE, time())
    about.revision = 1
    out = io.BytesIO()
    document.save(out)
    return steady(out.getvalue())


def _para(
    document: Any, text: str, size: float, *, align: Any = None, indent: bool = True, bold: bool = False,
    font: str = "仿宋",
) -> None:  # fmt: skip
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = Pt(32 if size > 20 else 28.99)
    if indent:
        shape.first_line_indent = Pt(2 * size)
    if align is not None:
        paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = font
    run.font.bold = bold or None
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
