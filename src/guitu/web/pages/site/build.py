"""The desk of the public site as a board: whether it is published, what it says, what is still lacking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guitu.casefile import Entry
from guitu.exchange.site.gathering import Made
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.levels.outreach.chains import Chains, over
from guitu.levels.site.content import key_of
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.shown import Ask, Board, Fact, Section
from guitu.web.pages.site import words

if TYPE_CHECKING:
    from guitu.web.inside.area import Area

ENGLISH: Final = Label("英文", "English")
EDIT: Final = Label("修改", "Edit")
GONE: Final = Label("作废", "Withdraw")
_EDIT: Final = Column(EDIT, phone="act", hide_label=True)
_GONE: Final = Column(GONE, phone="act", hide_label=True)


def board(desk: Area, chains: Chains, made: Made | None, summary: ErrorSummary | None = None) -> Board:
    """The page."""
    published = chains.of("site_published")
    about = Button(Label("网站说明", "About the site"), words.write("site_about"))
    article = Button(Label("写文章", "Write an article"), words.write("site_article"), "primary")
    figures = Button(Label("核对文中的数字", "Check figures"), "/figures/")
    if made is None:
        first = Button(Label("填写网站说明", "Say what the site is"), words.write("site_about"), "primary")
        said = Label("还没有网站。先填写名称和主办单位。", "There is no site yet: say what it is called.")
        return Board(
            desk.title(words.TITLE), said,
            (Section("none", words.TITLE, empty=Empty(said, (first,)), says=(words.PLAIN,)),),
            notices=desk.saved(), summary=summary,
        )  # fmt: skip
    last = published[-1] if published else None
    changed = last is None or last.get("digest") != made.digest
    lead = _state(last, changed=changed)
    look = Button(Label("先看一看", "Look at it"), words.address("preview/index.html"))
    drafts = Button(Label("连同草稿看", "Look with drafts"), words.address("drafts/index.html"))
    pack = Button(Label("下载整站", "Download it all"), words.address("site.zip"))
    sections = (
        Section(
            "publish", Label("发布", "Publishing"), facts=_facts(made, last),
            ask=Ask(words.address("publish"), (), Button(
                Label("发布到网站文件夹", "Publish it"), look="primary" if changed else "plain"
            ), says=words.PLAIN),
            buttons=(look, drafts, pack), on_paper=False,
        ),
        _articles(desk, chains),
        _places(desk, chains),
        _questions(desk, chains),
    )  # fmt: skip
    return Board(
        desk.title(words.TITLE), lead, sections, buttons=(article, about, figures), notices=desk.saved(),
        summary=summary,
    )  # fmt: skip


def _state(last: Entry | None, *, changed: bool) -> Label:
    if last is None:
        return Label("还没有发布过", "Not published yet")
    at = f"{last.recorded_at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    if changed:
        return Label(f"{at} 发布过，以后有改动", f"Published {at}, changed since")
    return Label(f"{at} 发布，没有新的改动", f"Published {at}, nothing new since")


def _facts(made: Made, last: Entry | None) -> tuple[Fact, ...]:
    site = made.site
    name, office = site.said("name"), site.said("office")
    return (
        Fact(Label("名称", "Name"), Label(name.zh, name.in_(True))),
        Fact(Label("主办单位", "Office"), Label(office.zh, office.in_(True))),
        Fact(Label("内容", "Content"), Label(
            f"{len(site.articles)} 篇文章，{len(site.talks)} 场公开活动，{len(site.questions)} 道题，"
            f"{len(site.places)} 处求助去处",
            f"{len(site.articles)} articles, {len(site.talks)} public talks, {len(site.questions)} questions,"
            f" {len(site.places)} places of help",
        )),
        Fact(Label("上次发布", "Last published"),
             Label(f"{last.get('files')} 个文件", f"{last.get('files')} files") if last else "—"),
    )  # fmt: skip


def _english(entry: Entry, *names: str) -> Cell:
    """Whether everything that is said in Chinese is said in English too."""
    lacking = [n for n in names if entry.get(f"{n}_zh") and not entry.get(f"{n}_en")]
    if lacking:
        return Cell(part=Word("gap", Label("缺英文", "Lacking")))
    return Cell(part=Word("done", Label("有", "There")))


def _edit(entry: Entry, name: Text) -> Cell:
    return Cell(part=Button(EDIT, words.write(entry.kind, entry), "small", describes=name))


def _gone(desk: Area, entry: Entry, name: Text) -> Cell:
    href = f"/units/{desk.unit.code}/file/withdraw/{entry.id}/"
    return Cell(part=Button(GONE, href, "link", describes=name))


def _articles(desk: Area, chains: Chains) -> Section:
    rows = []
    every = sorted(chains.of("site_article"), key=lambda e: e.happened_on, reverse=True)
    shown = 0
    for entry in every:
        title = str(entry.get("title_zh"))
        state = Word("barred", Label("草稿", "Draft"))
        where = "drafts"
        if entry.get("shown") == "yes" and entry.happened_on > desk.today:
            state = Word("open", Label("到日子再登", "On its day"))
        elif entry.get("shown") == "yes":
            state, where = Word("done", Label("登出", "Shown")), "preview"
            shown += 1
        href = f"{words.ROOT}{where}/articles/{key_of(chains, entry)}.html"
        rows.append(
            Row(
                (
                    Cell(title, href), words.choice(entry, "section"), entry.happened_on.isoformat(),
                    Cell(part=state), _english(entry, "title", "body"), _edit(entry, title),
                    _gone(desk, entry, title),
                )
            )
        )  # fmt: skip
    new = Button(Label("写文章", "Write an article"), words.write("site_article"))
    table = Table(
        Label("文章", "Articles"),
        (
            Column(Label("标题", "Title"), phone="lead"),
            Column(Label("栏目", "Section")),
            Column(Label("日期", "Date")),
            Column(Label("状态", "State"), phone="bare"),
            Column(ENGLISH),
            _EDIT,
            _GONE,
        ),
        tuple(rows),
        (Label(f"{len(rows)} 篇，登出 {shown} 篇", f"{len(rows)} articles, {shown} shown"),),
        empty=Empty(Label("还没有文章。", "No articles yet."), (new,)),
        id="article-list",
    )
    return Section("articles", Label("文章", "Articles"), table, says=(words.RULES,))


def _places(desk: Area, chains: Chains) -> Section:
    some = [e for e in chains.of("site_help_place") if not over(e, desk.today)]
    new = Button(Label("登记求助去处", "Enter a place of help"), words.write("site_help_place"), "small")
    rows = tuple(
        Row(
            (
                str(e.get("name_zh")), str(e.get("phone") or "—"), str(e.get("hours_zh") or "—"),
                _english(e, "name", "what", "hours", "where"), _edit(e, str(e.get("name_zh"))),
                _gone(desk, e, str(e.get("name_zh"))),
            )
        )
        for e in some
    )  # fmt: skip
    table = Table(
        Label("求助去处", "Where to find help"),
        (
            Column(Label("名称", "Name"), phone="lead"),
            Column(Label("电话", "Telephone")),
            Column(Label("时间", "Hours")),
            Column(ENGLISH),
            _EDIT,
            _GONE,
        ),
        rows,
        (Label(f"{len(rows)} 处", f"{len(rows)} places"),),
        empty=Empty(Label("还没有求助去处。", "No place of help yet."), (new,)),
        id="place-list",
    )
    heading = Label("求助去处", "Where to find help")
    return Section("places", heading, table, buttons=(new,) if rows else ())


def _questions(desk: Area, chains: Chains) -> Section:
    some = [e for e in chains.of("site_quiz") if not over(e, desk.today)]
    new = Button(Label("出一道题", "Add a question"), words.write("site_quiz"), "small")
    rows = tuple(
        Row(
            (
                str(e.get("question_zh")), words.choice(e, "right"),
                _english(e, "question", "a", "b", "c", "why"), _edit(e, str(e.get("question_zh"))),
                _gone(desk, e, str(e.get("question_zh"))),
            )
        )
        for e in some
    )  # fmt: skip
    table = Table(
        Label("知识问答", "Quiz"),
        (
            Column(Label("问题", "Question"), phone="lead"),
            Column(Label("正确答案", "Right answer")),
            Column(ENGLISH),
            _EDIT,
            _GONE,
        ),
        rows,
        (Label(f"{len(rows)} 道题", f"{len(rows)} questions"),),
        empty=Empty(Label("还没有题目。", "No questions yet."), (new,)),
        id="quiz-list",
    )
    return Section("quiz", Label("知识问答", "Quiz"), table, buttons=(new,) if rows else ())
