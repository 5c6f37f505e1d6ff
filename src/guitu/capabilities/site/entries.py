"""What the public site says: about the office, articles, where to find help, a quiz; and each publishing of
it. An edit is a correction, so that what stood there before stays readable."""

import re
from typing import Final

from guitu.casefile import Ask, Choice, Kind
from guitu.casefile.fields import YES_NO
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

EDITORS: Final = ("outreach", "county_supervisor", "provincial_supervisor")

_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")
_ADDRESS: Final = re.compile(r"https?://[^\s/]+(/\S*)?")


def names_nobody(text: str) -> Label | None:
    """What is wrong with a text for the public: an identity number never stands in one."""
    if _NUMBER.search(text):
        return Label(
            "公开的文字里有身份证号码，请删去",
            "an identity number stands in a text for the public: take it out",
        )
    return None


def web_address(text: str) -> Label | None:
    """What is wrong with the address at which a site will be found."""
    if not _ADDRESS.fullmatch(text):
        return Label(
            "网址应以 https:// 开头，例如 https://example.org/",
            "an address begins with https://, such as https://example.org/",
        )
    return None


def text(name: str, label: Label, *, required: bool = False, help: Label | None = None) -> Ask:
    """A line for the public."""
    return Ask(name=name, label=label, required=required, help=help, check=names_nobody)


def texts(name: str, label: Label, *, required: bool = False, help: Label | None = None) -> Ask:
    """Several paragraphs for the public."""
    return Ask(name=name, label=label, type="long_text", required=required, help=help, check=names_nobody)


HOW: Final = Label(
    "空一行分段；行首写 ## 是小标题，写 - 是列表；网址会变成链接。",
    "An empty line parts paragraphs; ## begins a heading, - a list; addresses become links.",
)
UNTIL: Final = Ask(name="until", label=Label("停用日期", "Day it ended"), type="day")

KINDS: Final = (
    Kind(
        name="site_about",
        label=Label("网站说明", "About the site"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=EDITORS,
        day=Label("登记日期", "Entered on"),
        summary=Label("宣传网站的说明", "What the public site says of itself"),
        help=Label("以最后一条为准。", "The last entry counts."),
        fields=(
            text("name_zh", Label("网站名称", "Name of the site"), required=True),
            text("name_en", Label("网站名称（英文）", "Name of the site in English"), required=True),
            text("office_zh", Label("主办单位", "Office"), required=True),
            text("office_en", Label("主办单位（英文）", "Office in English"), required=True),
            texts("says_zh", Label("首页的一段话", "What the first page says"), required=True, help=HOW),
            texts("says_en", Label("首页的一段话（英文）", "What the first page says, in English")),
            text("phone", Label("联系电话", "Telephone")),
            text("record_no", Label("备案号", "Registration number"),
                 help=Label("没有就空着。", "Leave empty if there is none.")),
            Ask(name="address", label=Label("网址", "Address of the site"), check=web_address, plain=True,
                help=Label("放到哪个网址下；不知道就空着。", "Where it will be found; empty if unknown.")),
        ),
    ),
    Kind(
        name="site_article",
        label=Label("网站文章", "Article"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=EDITORS,
        day=Label("文章日期", "Date of the article"),
        summary=Label("网站文章（{section}）", "Article: {section}"),
        help=Label(
            "公开的文字：不写任何人的姓名、案情；写到的数字先过数字核对。",
            "For the public: nobody's name or case; have the figures in it checked first.",
        ),
        fields=(
            text("title_zh", Label("标题", "Title"), required=True),
            text("title_en", Label("标题（英文）", "Title in English")),
            Ask(
                name="section",
                label=Label("栏目", "Section"),
                type="choice",
                required=True,
                choices=(
                    Choice("news", Label("动态", "News")),
                    Choice("learn", Label("认识毒品", "About drugs")),
                    Choice("law", Label("法律知识", "The law")),
                    Choice("home", Label("回归家庭", "The way home")),
                ),
            ),
            texts("body_zh", Label("正文", "Text"), required=True, help=HOW),
            texts("body_en", Label("正文（英文）", "Text in English"),
                  help=Label("空着的话，英文网页给出中文并说明。",
                             "Left empty, the English page says that the text exists in Chinese.")),
            Ask(name="photo", label=Label("照片", "Photo"), plain=True, internal=True),
            Ask(name="shown", label=Label("登在网站上", "Shown on the site"), type="choice", required=True,
                choices=YES_NO),
        ),
    ),
    Kind(
        name="site_help_place",
        label=Label("求助去处", "Where to find help"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=EDITORS,
        day=Label("登记日期", "Entered on"),
        summary=Label("求助去处", "Where to find help"),
        help=Label("电话、时间请先核实。", "See first that telephone and hours are right."),
        fields=(
            text("name_zh", Label("名称", "Name"), required=True),
            text("name_en", Label("名称（英文）", "Name in English")),
            texts("what_zh", Label("能帮什么", "What help there is"), required=True),
            texts("what_en", Label("能帮什么（英文）", "What help there is, in English")),
            text("phone", Label("电话", "Telephone")),
            text("hours_zh", Label("时间", "Hours")),
            text("hours_en", Label("时间（英文）", "Hours in English")),
            text("where_zh", Label("地址", "Where it is")),
            text("where_en", Label("地址（英文）", "Where it is, in English")),
            UNTIL,
        ),
    ),
    Kind(
        name="site_quiz",
        label=Label("知识问答题", "Quiz question"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=EDITORS,
        day=Label("登记日期", "Entered on"),
        summary=Label("知识问答题", "Quiz question"),
        help=Label("答案和依据请先核实。", "See first that the answer is right, and what it stands on."),
        fields=(
            text("question_zh", Label("问题", "Question"), required=True),
            text("question_en", Label("问题（英文）", "Question in English")),
            *(
                one
                for letter in "abc"
                for one in (
                    text(f"{letter}_zh", Label(f"答案 {letter.upper()}", f"Answer {letter.upper()}"),
                         required=letter != "c"),
                    text(f"{letter}_en", Label(f"答案 {letter.upper()}（英文）",
                                               f"Answer {letter.upper()} in English")),
                )
            ),
            Ask(
                name="right",
                label=Label("正确答案", "Right answer"),
                type="choice",
                required=True,
                choices=tuple(Choice(letter, Label(letter.upper(), letter.upper())) for letter in "abc"),
            ),
            texts("why_zh", Label("为什么", "Why"), required=True,
                  help=Label("写明依据，如法律的条文。", "Say what it stands on, such as an article.")),
            texts("why_en", Label("为什么（英文）", "Why, in English")),
            UNTIL,
        ),
    ),
    Kind(
        name="site_published",
        label=Label("网站发布", "Site published"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=EDITORS,
        day=Label("发布日期", "Published on"),
        summary=Label("宣传网站发布，{files} 个文件", "Public site published, {files} files"),
        fields=(
            Ask(name="files", label=Label("文件数", "Files"), type="whole", required=True, least=1),
            Ask(name="articles", label=Label("文章数", "Articles"), type="whole", required=True, least=0),
            Ask(name="digest", label=Label("内容摘要", "Digest of the content"), required=True, plain=True),
        ),
    ),
)  # fmt: skip
