"""The words of the public site that no editor writes, in both languages."""

from __future__ import annotations

from datetime import date
from typing import Final

from guitu.kernel.labels import Label

SECTIONS: Final = {
    "news": Label("动态", "News"),
    "learn": Label("认识毒品", "About drugs"),
    "law": Label("法律知识", "The law"),
    "home": Label("回归家庭", "The way home"),
}

PAGES: Final = {
    "index": Label("首页", "Home"),
    "articles": Label("文章", "Articles"),
    "calendar": Label("活动日历", "Calendar"),
    "quiz": Label("知识问答", "Quiz"),
    "help": Label("求助", "Find help"),
    "request": Label("申请宣讲", "Ask for a talk"),
    "about": Label("关于本站", "About"),
}
"""The pages of the menu, by the name of their files."""

W: Final = {
    "skip": Label("跳到正文", "Skip to the content"),
    "menu": Label("网站栏目", "Parts of the site"),
    "other": Label("English", "中文"),
    "latest": Label("新近文章", "Latest articles"),
    "all_articles": Label("全部文章", "All articles"),
    "next_talks": Label("近期活动", "What is on"),
    "all_talks": Label("全部活动", "The whole calendar"),
    "no_talks": Label("近期没有公开的活动。", "Nothing public is planned at present."),
    "no_articles": Label("还没有文章。", "There are no articles yet."),
    "no_places": Label("还没有登记求助去处。", "No place is entered yet."),
    "no_questions": Label("还没有题目。", "There are no questions yet."),
    "day": Label("日期", "Day"),
    "time": Label("时间", "Time"),
    "topic": Label("主题", "Topic"),
    "venue": Label("地点", "Where"),
    "phone": Label("电话", "Telephone"),
    "hours": Label("时间", "Hours"),
    "address": Label("地址", "Address"),
    "calendar_lead": Label("都可以来听，不用报名。日期以主办单位通知为准。",
                           "Open to all. The office may have to change a day: ask if you come from afar."),
    "quiz_lead": Label("点开一个答案，看看对不对、为什么。本页不记录您的回答。",
                       "Open an answer to see whether it is right, and why. Nothing is recorded."),
    "right": Label("答对了。", "Right."),
    "wrong": Label("不对，再想想。", "Not right. Think again."),
    "answer": Label("答案", "Answer"),
    "help_lead": Label("您或者家人需要帮助，可以找这些地方。", "Where you or your family can turn."),
    "chinese_only": Label("本文只有中文。", "This text exists in Chinese only."),
    "request_lead": Label(
        "学校、企业、村（社区）可以请宣讲团去讲。打印本页，填好后交给主办单位。",
        "Schools, firms and villages may ask for a talk. Print this page, fill it in and hand it in.",
    ),
    "form_title": Label("宣讲申请表", "Request for a talk"),
    "by_hand": Label("（盖章或者签字）", "(stamp or signature)"),
    "office": Label("主办单位", "Office"),
    "private": Label(
        "本站是一组静态网页：没有脚本，不用 cookie，不统计访问，不从别处取任何内容。",
        "This site is a set of plain pages: no scripts, no cookies, no counting of visits, nothing fetched"
        " from elsewhere.",
    ),
    "private_title": Label("隐私", "Privacy"),
    "updated": Label("更新于", "Updated"),
    "not_found": Label("没有这一页", "There is no such page"),
    "go_home": Label("回到首页", "To the first page"),
    "back": Label("返回文章列表", "Back to the articles"),
    "reads": Label("从首页开始", "Start on the first page"),
}  # fmt: skip

FORM: Final = (
    Label("申请单位", "Who asks"),
    Label("类别（学校／企业／村社区／机关）", "School, firm, village or public body"),
    Label("所在乡镇、村", "Town and village"),
    Label("希望哪天、几点", "Day and time wanted"),
    Label("预计人数", "Expected audience"),
    Label("希望讲什么", "Topic wanted"),
    Label("场地和设备", "Venue and equipment"),
    Label("联系人", "Contact"),
    Label("联系电话", "Telephone"),
)
"""The lines of the form for asking for a talk."""

_MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
                  "October", "November", "December")  # fmt: skip
_WEEK: Final = "一二三四五六日"
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day(value: date, english: bool, *, weekday: bool = False) -> str:
    """A day in words."""
    if english:
        said = f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
        return f"{_DAYS[value.weekday()]} {said}" if weekday else said
    said = f"{value.year}年{value.month}月{value.day}日"
    return f"{said} 周{_WEEK[value.weekday()]}" if weekday else said
