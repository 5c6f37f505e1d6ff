"""The sentences of the Ledgers pages that have figures in them."""

from __future__ import annotations

from typing import Any, Final

from guitu.kernel.labels import Label

SHOWN: Final = 5
"""How many of a kind a sentence names."""

LEDGERS: Final = Label("台账", "Ledgers")
CHECKING: Final = Label("正在核对", "Checking")
IMPORTING: Final = Label("正在导入", "Importing")
UNDOING: Final = Label("正在撤销", "Taking back")
LEAVE: Final = Label("可以离开，做完后在台账页可见。", "You may leave; Ledgers will show when it is done.")
INTERRUPTED: Final = Label(
    "这一步被中断了（例如服务器停过）。按“继续”接着做；已经导入的不会重复。",
    "This was interrupted, perhaps because the server stopped. Press Continue: nothing goes in twice.",
)
CONTINUE: Final = Label("继续", "Continue")
NOT_YET: Final = Label("还没有写入任何内容。", "Nothing has been written yet.")
EXPIRED: Final = Label(
    "上传的文件已按规定删除（只保留 24 小时），要导入请重新上传。",
    "The uploaded file has been deleted, as it is after 24 hours. To import it, send it again.",
)
ONLY_LOOK: Final = Label(
    "这是下级单位的导入，只能查看。", "This is another unit's import: you can only look."
)
UNDO: Final = Label("撤销本批", "Undo this batch")
HELD_ROWS: Final = Label("下载退回行", "Download the held rows")


def rows(n: int) -> Label:
    """1,240 行."""
    return Label(f"{n:,} 行", f"{n:,} row{'' if n == 1 else 's'}")


def about(seconds: int) -> Label:
    """约 20 秒."""
    if seconds < 90:
        return Label(f"约 {seconds} 秒。", f"About {seconds} seconds.")
    minutes = round(seconds / 60)
    return Label(f"约 {minutes} 分钟。", f"About {minutes} minutes.")


def both(*labels: Label) -> Label:
    """Sentences one after the other."""
    return Label("".join(one.zh for one in labels), " ".join(one.en for one in labels))


def lead(good: int, held: int, there: int) -> Label:
    """What the check page answers first."""
    if good and held:
        return Label(
            f"{good:,} 行可以导入，{held:,} 行有误退回。", f"{good:,} rows can go in, {held:,} are held."
        )
    if good:
        return Label(f"{good:,} 行都可以导入。", f"All {good:,} rows can go in.")
    if held and there:
        return Label(
            f"没有新内容可以导入：{there:,} 行已有记录，{held:,} 行有误退回。",
            f"Nothing new can go in: {there:,} rows are there already, {held:,} are held.",
        )
    if held:
        return Label(
            f"没有一行可以导入：{held:,} 行都有误退回。", f"No row can go in: all {held:,} are held."
        )
    if there:
        return Label(
            f"没有新内容：{there:,} 行都与已有记录相同。",
            f"Nothing new: all {there:,} rows are there already.",
        )
    return Label(
        "表里没有一行记录。请在表头下面填写后重新上传。",
        "There is no row in it. Fill in rows below the header and send it again.",
    )


def go(good: int) -> Label:
    """The button that imports."""
    return Label(f"导入可用的 {good:,} 行", f"Import the {good:,} good row{'' if good == 1 else 's'}")


def imported(rows_in: int, entries: int) -> Label:
    """What an import did."""
    return Label(
        f"已导入 {rows_in:,} 行，写入 {entries:,} 条记录。",
        f"{rows_in:,} rows imported, {entries:,} entries written.",
    )


def held_back(n: int) -> Label:
    """What it did not."""
    return Label(
        f"{n:,} 行有误退回，没有导入。下载后改好，只把这些行再传一次即可；24 小时内可下载。",
        f"{n:,} rows are held for their faults. Download them within 24 hours, mend and send them alone.",
    )


def unplaced(places: list[list[Any]]) -> Label:
    """Places that the tree of units does not have: their words, what stands for them, in how many rows."""
    shown = places[:SHOWN]
    zh = "、".join(f"“{words}”（{n:,} 行，暂记为{name}）" for words, name, n in shown)
    en = ", ".join(f"“{words}” ({n:,} rows; {name} stands for it)" for words, name, n in shown)
    more = len(places) - len(shown)
    return Label(
        f"单位树中没有{zh}{f'等 {len(places)} 处' if more else ''}；原文记入备注。",
        f"The tree of units has no {en}{f' and {more} more' if more else ''}; the words stand in a remark.",
    )


def undo_says(entries: int, until: str) -> Label:
    """What taking back would do."""
    return Label(
        f"会为本批写入的 {entries:,} 条记录各写一条作废记录，原记录仍可查。{until} 之前可以撤销。",
        f"Each of the {entries:,} entries of this batch is withdrawn by a new one; old ones stay in sight."
        f" Possible until {until}.",
    )


def day_forms(forms: tuple[tuple[str, int], ...]) -> Label | None:
    """In which ways days were written, by an example of each (`=`: as the spreadsheet's own days)."""
    if not forms:
        return None
    zh = "、".join(f"{'表格日期' if form == '=' else form}（{n:,} 处）" for form, n in forms)
    en = ", ".join(f"{'spreadsheet days' if form == '=' else form} ({n:,})" for form, n in forms)
    return Label(
        f"日期有这些写法，都按年、月、日读：{zh}。",
        f"Days are written in these ways, all read as year, month, day: {en}.",
    )
