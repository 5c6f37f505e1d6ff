"""The files that are refused whole, each with one clear sentence: what it is and what to do."""

from __future__ import annotations

from typing import Final

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label


class Refused(GuituError):
    """A file that cannot be read as a ledger. Nothing was checked and nothing was written."""


MISSING: Final = Label(
    "没有找到这个文件，请核对文件名和路径。", "There is no such file; check its name and folder."
)
A_FOLDER: Final = Label("这是一个文件夹，请指定其中的文件。", "This is a folder; name the file in it.")
UNREADABLE: Final = Label(
    "没有读取这个文件的权限，请检查权限后重试。",
    "This file may not be read; check its permissions and try again.",
)
EMPTY: Final = Label(
    "文件是空的（0 字节），请重新导出或另存后再试。", "The file is empty (0 bytes); save it again."
)
BROKEN: Final = Label(
    "文件已损坏，打不开。请在表格软件里打开原件，另存为 .xlsx 后再试。",
    "The file is damaged and cannot be opened; open the original in a spreadsheet program and save it "
    "as .xlsx.",
)
ENCRYPTED: Final = Label(
    "文件设了打开密码。请先在表格软件里取消密码，另存后再试。",
    "The file is protected by a password; remove the password in the spreadsheet program and save it again.",
)
MACROS: Final = Label(
    "文件含有宏，为安全起见不接收。请另存为不含宏的 .xlsx 后再试。",
    "The file holds macros and is refused for safety; save it as .xlsx without macros.",
)
TOO_LARGE: Final = Label(
    "文件有 {size} MB，超过 {most} MB 的上限。请分成几个文件再试。",
    "The file has {size} MB, more than the limit of {most} MB; split it into several files.",
)
BOMB: Final = Label(
    "文件解压后超过 {most} MB，与台账的大小不相称，已拒绝打开。请检查来源。",
    "Unpacked, the file has more than {most} MB, out of all proportion for a ledger; it was not opened. "
    "Check where it came from.",
)
TOO_WIDE: Final = Label(
    "工作表“{sheet}”的内容一直延伸到第 {rows} 行、第 {columns} 列，超出台账的合理范围；多半是误按的空格。"
    "请删除表格外的内容后另存再试。",
    "Sheet “{sheet}” reaches to row {rows}, column {columns}, far beyond a ledger: most likely a blank "
    "typed by mistake. "
    "Delete what lies outside the table and save it again.",
)
TOO_MANY_SHEETS: Final = Label(
    "文件有 {sheets} 张工作表，超过 {most} 张的上限。请删除多余的工作表后再试。",
    "The file has {sheets} sheets, more than the limit of {most}; delete those that are not needed.",
)
TOO_LONG: Final = Label(
    "文件超过 {most} 行的上限。请删除多余的空行，或分成几个文件再试。",
    "The file has more rows than the limit of {most}; delete empty rows, or split it into several files.",
)
WRONG_TYPE: Final = Label(
    "这不是表格文件，而是{what}。请提供 .xlsx、.xls 或 .csv 文件。",
    "This is not a spreadsheet but {what}; give a .xlsx, .xls or .csv file.",
)
OTHER_SHEET: Final = Label(
    "这是{what}，请在表格软件里另存为 .xlsx 后再试。",
    "This is {what}; save it as .xlsx in the spreadsheet program.",
)
ENCODING: Final = Label(
    "文本文件的编码不是 UTF-8 也不是 GB18030，请另存为“CSV UTF-8”后再试。",
    "The text file is neither UTF-8 nor GB18030; save it as “CSV UTF-8”.",
)
LONE_QUOTE: Final = Label(
    "第 {row} 行有一个没有配对的双引号，它下面的行会被并进同一格。请补上或删去这个引号后再试。",
    "Row {row} has a double quote without its partner, which makes one cell of the rows below it; add the "
    "other or delete this one and try again.",
)
NO_LEDGER: Final = Label(
    "文件里没有认识的台账。认识的有：{known_zh}。{nearest_zh}",
    "No ledger was found in this file. Known ledgers: {known_en}. {nearest_en}",
)

A_PDF: Final = Label("PDF 文件", "a PDF file")
A_PICTURE: Final = Label("图片", "a picture")
A_DOCUMENT: Final = Label("文字处理文档", "a text document")
A_WEB_PAGE: Final = Label("改了扩展名的网页", "a web page under another name")
AN_ARCHIVE: Final = Label("压缩包", "an archive")
A_BINARY: Final = Label("无法识别的二进制文件", "an unknown binary file")
OPEN_DOCUMENT: Final = Label("OpenDocument 表格（.ods）", "an OpenDocument spreadsheet (.ods)")
BINARY_WORKBOOK: Final = Label("二进制工作簿（.xlsb）", "a binary workbook (.xlsb)")
XML_WORKBOOK: Final = Label("XML 表格（Excel 2003 格式）", "an XML spreadsheet (Excel 2003)")
SIDE_BY_SIDE: Final = Label(
    "左右并排放了两个表，只能读一个；请把右边的表移到左边的表下面，或移到另一张工作表。",
    "Two tables stand side by side and only one can be read; "
    "move the right one below the left one or to a sheet of its own.",
)
