"""The result of a check as a Word file, to hand on: the findings with their sentences, then every number."""

from __future__ import annotations

import io

import docx
from docx.oxml.ns import qn

from guitu.exchange.figures.check import Checked
from guitu.exchange.figures.finding import CODES
from guitu.exchange.figures.words import declared_labels
from guitu.kernel.labels import Label

_TITLE = Label("数字核对结果", "Figures desk: what was found")
_NONE = Label("没有发现有误的数字。", "No faults were found.")
_ALL = Label("逐个数字", "Number by number")
_HEADS = (
    Label("稿中的数", "In the draft"),
    Label("所在的句子", "Its sentence"),
    Label("指标", "Indicator"),
)


def report(checked: Checked, language: str) -> bytes:
    """The .docx."""
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name = "Times New Roman"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    document.add_heading(_TITLE.say(language), level=1)
    faults = [found for found in checked.findings if found.code != "unmatched"]
    for number, found in enumerate(faults, 1):
        line = document.add_paragraph()
        line.add_run(f"{number}. {CODES[found.code].say(language)}  ").bold = True
        line.add_run(found.message.say(language))
        for sentence in found.sentences:
            document.add_paragraph(sentence, style="Quote")
    if not faults:
        document.add_paragraph(_NONE.say(language))
    document.add_heading(_ALL.say(language), level=2)
    labels = declared_labels()
    table = document.add_table(rows=1, cols=len(_HEADS))
    table.style = "Table Grid"
    for cell, head in zip(table.rows[0].cells, _HEADS, strict=True):
        cell.text = head.say(language)
    for one in checked.numbers:
        cells = table.add_row().cells
        cells[0].text = checked.bulletin.text[one.number.start : one.number.end]
        cells[1].text = checked.bulletin.quoted(one.sentence)
        cells[2].text = labels[one.key].say(language) if one.key in labels else "—"
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()
