"""The report as a Word document: the same blocks, margins, sizes and typefaces as the PDF. Typefaces are
named, never shipped: the machine that opens it has them or takes its next best."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

from guitu.exchange.packs.content import Pack
from guitu.exchange.packs.pictures import Drawn, drawn
from guitu.exchange.packs.report import Grid, Heading, Para, Picture, Report, report
from guitu.exchange.packs.same_bytes import steady

BODY, TITLE, FIRST, SECOND = "仿宋", "方正小标宋简体", "黑体", "楷体"
SIZE: Final = 15.75
PITCH: Final = 28.99
TEXT_MM: Final = 156


def word(pack: Pack) -> bytes:
    """The report of this pack."""
    pictures = drawn(pack)
    return paper(report(pack, pictures=frozenset(pictures)), pack.made_on, pictures)


def paper(told: Report, on: date, pictures: Mapping[str, Drawn] | None = None) -> bytes:
    """Any report in these blocks as an official paper, dated `on`."""
    return steady(_Document(told, pictures or {}).made(on))


class _Document:
    """Writes one document, block after block."""

    def __init__(self, told: Report, pictures: Mapping[str, Drawn]) -> None:
        from docx import Document

        self.told = told
        self.pictures = pictures
        self.doc: Any = Document()
        self._page()

    def made(self, on: date) -> bytes:
        """Everything written."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

        day = datetime.combine(on, time())
        about = self.doc.core_properties
        about.title, about.author, about.last_modified_by = self.told.title, self.told.office, ""
        about.created = about.modified = day
        about.revision, about.comments, about.language = 1, "", "zh-CN"
        title = self._para(self.told.title, TITLE, 22, pitch=32, bold=True, indent=False, align=ALIGN.CENTER)
        title.style = self.doc.styles["Title"]
        self._para(self.told.subtitle, BODY, 12, pitch=20, indent=False, align=ALIGN.CENTER, after=13)
        for block in self.told.blocks:
            match block:
                case Heading(level, text):
                    found = self._para(text, FIRST if level == 1 else SECOND, SIZE)
                    found.style = self.doc.styles[f"Heading {level}"]
                    found.paragraph_format.keep_with_next = True
                case Para(text, small):
                    self._para(text, BODY, 12 if small else SIZE, pitch=19 if small else PITCH)
                case Grid():
                    self._grid(block)
                case Picture():
                    self._picture(block)
        self._para("", BODY, SIZE)
        for line in (self.told.office, self.told.signed):
            signed = self._para(line, BODY, SIZE, indent=False, align=ALIGN.RIGHT)
            signed.paragraph_format.right_indent = self._pt(2 * SIZE)
            signed.paragraph_format.keep_with_next = True
        for n, note in enumerate(self.told.notes, 1):
            lead = f"注{n}　" if n < len(self.told.notes) else ""
            self._para(lead + note, BODY, 10.5, pitch=16, indent=False)
        for foot in self.told.foot:
            self._para(foot, BODY, 9, pitch=14, indent=False)
        out = io.BytesIO()
        self.doc.save(out)
        return out.getvalue()

    @staticmethod
    def _pt(points: float) -> Any:
        from docx.shared import Pt

        return Pt(points)

    def _page(self) -> None:
        from docx.shared import Mm

        section = self.doc.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(24)
        for name in ("Normal", "Title", "Heading 1", "Heading 2"):
            style = self.doc.styles[name]
            style.font.size = self._pt(SIZE)
            style.font.color.rgb = None
            properties = style.element.get_or_add_rPr()
            for old in [e for e in properties if e.tag.endswith("}rFonts")]:
                properties.remove(old)
            if (paragraph := style.element.pPr) is not None:
                for old in [e for e in paragraph if e.tag.rpartition("}")[2] in ("pBdr", "spacing")]:
                    paragraph.remove(old)
        self._page_number(section)

    def _page_number(self, section: Any) -> None:
        """— 1 —, 4号, at the outer edge as far as one side can say."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        line = section.footer.paragraphs[0]
        line.alignment = ALIGN.CENTER
        self._run(line, "— ", BODY, 14)
        run = self._run(line, "", BODY, 14)
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            if text:
                part = OxmlElement("w:instrText")
                part.set(qn("xml:space"), "preserve")
                part.text = text
            else:
                part = OxmlElement("w:fldChar")
                part.set(qn("w:fldCharType"), kind)
            run._r.append(part)
        self._run(line, " —", BODY, 14)

    def _run(self, line: Any, text: str, face: str, size: float, *, bold: bool = False) -> Any:
        from docx.oxml.ns import qn
        from docx.shared import RGBColor

        run = line.add_run(text)
        run.font.name = face
        run._element.rPr.rFonts.set(qn("w:eastAsia"), face)
        run.font.size = self._pt(size)
        run.font.bold = bold
        run.font.italic = False
        run.font.color.rgb = RGBColor(0, 0, 0)
        return run

    def _para(
        self, text: str, face: str, size: float, *, pitch: float = PITCH, bold: bool = False,
        indent: bool = True, align: Any = None, after: float = 0,
    ) -> Any:  # fmt: skip
        from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

        line = self.doc.add_paragraph()
        form = line.paragraph_format
        form.line_spacing = self._pt(pitch)
        form.space_before, form.space_after = self._pt(0), self._pt(after)
        form.first_line_indent = self._pt(2 * size) if indent else self._pt(0)
        line.alignment = ALIGN.JUSTIFY if align is None else align
        self._run(line, text, face, size, bold=bold)
        return line

    def _grid(self, grid: Grid) -> None:
        from docx.enum.table import WD_TABLE_ALIGNMENT
        from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
        from docx.shared import Mm

        caption = self._para(grid.caption, FIRST, 12, pitch=20, indent=False, align=ALIGN.CENTER)
        caption.paragraph_format.keep_with_next = True
        table = self.doc.add_table(rows=1 + len(grid.rows), cols=len(grid.heads))
        table.style = self.doc.styles["Table Grid"]
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        parts = grid.widths or (2, *(1,) * (len(grid.heads) - 1))
        size = 9 if len(grid.heads) > 6 else 10.5 if len(grid.heads) > 3 else 12
        for r, row in enumerate((grid.heads, *grid.rows)):
            self._as_row(table.rows[r], head=r == 0)
            whole = grid.total and r == len(grid.rows)
            cells = table.rows[r].cells
            for c, text in enumerate(row):
                cells[c].width = Mm(TEXT_MM * parts[c] / sum(parts))
                line = cells[c].paragraphs[0]
                line.paragraph_format.line_spacing = self._pt(size + 6)
                line.paragraph_format.space_after = self._pt(0)
                line.alignment = ALIGN.CENTER if r == 0 else ALIGN.RIGHT if c in grid.numbers else ALIGN.LEFT
                self._run(line, text, FIRST if r == 0 else BODY, size, bold=whole)
        self._para("", BODY, 6, pitch=10, indent=False)

    def _as_row(self, row: Any, *, head: bool) -> None:
        """Never cut in two; the head stands on every page again."""
        from docx.oxml import OxmlElement

        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if head:
            properties.append(OxmlElement("w:tblHeader"))

    def _picture(self, picture: Picture) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
        from docx.shared import Mm

        line = self.doc.add_paragraph()
        line.alignment = ALIGN.CENTER
        line.paragraph_format.keep_with_next = True
        shape = line.add_run().add_picture(io.BytesIO(self.pictures[picture.name].png), width=Mm(TEXT_MM))
        shape._inline.docPr.set("descr", picture.says)
        self._para(picture.caption, FIRST, 12, pitch=20, indent=False, align=ALIGN.CENTER)
