"""Is what was printed true? Every printed figure of the reader's area with ours beside it, and the way to its
records."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from guitu.access.figures import may_see_figures
from guitu.compose import kinds
from guitu.indicators.measures import tables
from guitu.kernel.labels import Label
from guitu.store import unitfiles
from guitu.store.analysis import folder
from guitu.store.levels import scoreboard as kept
from guitu.store.levels.scoreboard import PRINTED, PUBLISHED, Counted, Edition, Line
from guitu.store.units import Unit
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.notice.component import Notice
from guitu.web.inside.area import Area
from guitu.web.inside.shown import Ask, Board, Section
from guitu.web.page import show, shows
from guitu.web.pages.scoreboard import acts, build, words


@shows("scoreboard")
def scoreboard(request: HttpRequest) -> HttpResponse:
    """The page."""
    area = Area(request)
    return show(request, page(area))


@shows("scoreboard")
def take(request: HttpRequest, ending: str) -> HttpResponse:
    """The same as a file."""
    area = Area(request)
    lines, made = lines_of(area.unit)
    return build.taken(lines, ending, f"scoreboard_{area.unit.code}", notes(made))


def lines_of(unit: Unit) -> tuple[tuple[Line, ...], Counted | None]:
    """The lines of a unit and those below it, with what must be hidden over all there are."""
    made = kept.counted(folder() / "board")
    hidden = kept.hidden(kept.printed(), made)
    return kept.lines(kept.printed(unit), made, hidden), made


def notes(made: Counted | None) -> list[Label]:
    """What is said under the figures, and in their files."""
    as_of = Label("还没有算过本系统的数", "Ours have not been counted yet")
    if made is not None:
        as_of = Label(f"本系统的数截至 {made.day}", f"Ours as of {made.day}")
    return [as_of, words.NOT_OURS, words.HIDDEN]


def page(area: Area, summary: ErrorSummary | None = None) -> Board:
    """The page for this reader."""
    lines, made = lines_of(area.unit)
    notices = [*_saved(area)]
    if acts.running():
        notices.append(
            Notice(
                "info",
                Label("正在计算", "Being counted"),
                Label("稍后再打开看。", "Open it again later."),
                (Button(Label("看看好了没有", "Look again"), "/scoreboard/"),),
            )
        )
    latest = next((e for e in kept.editions(area.unit) if e.unit.no == area.unit.no), None)
    may_bring, may_publish = area.may(PRINTED), area.may(PUBLISHED)
    shown = board(
        area.title(words.TITLE), lines, made, records_for(area),
        (*notices,), summary, buttons(lines, area, may_bring=may_bring),
        build.Part.of(area.request.GET, "/scoreboard/", area.code),
    )  # fmt: skip
    if not lines:
        return shown
    more = [Section("count", Label("重新计算", "Count again"), on_paper=False, ask=Ask(
        "/scoreboard/count/", (), Button(Label("现在计算", "Count now")), hidden=_hidden(area),
        says=Label("用到这一刻的记录重新数一遍。平时随指标一起更新。",
                   "Counts with the records up to this moment. Otherwise it is done with all the figures."),
    ))]  # fmt: skip
    if may_publish and made is not None:
        more.append(publishing(latest, _hidden(area)))
    elif latest is not None:
        more.append(
            Section(
                "published", Label("已公布", "Published"), says=(_when(latest),), buttons=(_open(latest),)
            )
        )
    return Board(
        shown.title, shown.lead, (*shown.sections, *more), buttons=shown.buttons, notices=shown.notices,
        summary=summary,
    )  # fmt: skip


def _hidden(area: Area) -> tuple[tuple[str, str], ...]:
    return (("unit", area.code), ("id", str(area.new_id())))


def _saved(area: Area) -> list[Notice]:
    n = area.asked("brought")
    if n.isdigit() and len(n) < 6:
        return [Notice("fresh", Label(f"已登记 {n} 个印出的数字", f"{n} printed figures were recorded"))]
    if area.asked("published"):
        return [
            Notice(
                "fresh",
                Label("已公布", "Published"),
                "",
                (Button(Label("看公开页", "See the public page"), "/scoreboard/public/"),),
            )
        ]
    return []


def buttons(lines: tuple[Line, ...], area: Area, *, may_bring: bool) -> tuple[Button, ...]:
    """What may be done with the whole."""
    found = []
    if may_bring:
        found.append(Button(Label("导入目标文件", "Import a targets file"), "/scoreboard/import/", "primary"))
        href = f"/units/{area.unit.code}/file/record/{PRINTED}/"
        found.append(Button(Label("登记一个数字", "Record one figure"), href))
    if area.opens("figures_desk"):
        found.append(Button(Label("印之前先核对", "Check a draft first"), "/figures/"))
    if lines:
        tail = f"?unit={area.code}" if area.code else ""
        found += [
            Button(Label(f"下载 {name}", f"Download {name}"), f"/scoreboard/figures.{ending}{tail}", "small")
            for ending, name in (("csv", "CSV"), ("xlsx", "Excel"), ("json", "JSON"))
        ]
    return tuple(found)


def board(
    title: Label,
    lines: tuple[Line, ...],
    made: Counted | None,
    records: build.Records | None,
    notices: tuple[Notice, ...] = (),
    summary: ErrorSummary | None = None,
    some: tuple[Button, ...] = (),
    part: build.Part | None = None,
) -> Board:
    """The figures with what is said of them."""
    if not lines:
        empty = Empty(
            Label(
                "还没有登记印出的数字。导入目标文件，或者一个一个登记；本系统的数随后算在旁边。",
                "No printed figure is recorded yet. Import a targets file, or record them one by"
                " one; ours are"
                " counted beside them.",
            )
        )
        return Board(title, Label("没有数字", "No figures"), (Section("none", words.TITLE, empty=empty),),
                     buttons=some, notices=notices, summary=summary)  # fmt: skip
    said = Section("notes", Label("怎样读", "How to read it"), says=tuple(notes(made)))
    return Board(title, build.totals(lines), (*build.sections(lines, records, part), said), buttons=some,
                 notices=notices, summary=summary)  # fmt: skip


def publishing(latest: Edition | None, hidden: tuple[tuple[str, str], ...]) -> Section:
    """Publishing what stands here now."""
    says = (_when(latest),) if latest else ()
    return Section(
        "publish", Label("公布", "Publish"), on_paper=False, says=says,
        buttons=(_open(latest),) if latest else (),
        ask=Ask(
            "/scoreboard/publish/", (), Button(Label("公布这一版", "Publish this edition")), hidden=hidden,
            says=Label(
                "公开页不用登录就能看，显示与本页同样的数字，小数字同样隐去。公布的这一版固定下来，以后再算也不会变。",
                "The public page opens without signing in and shows the figures of this page, the small ones"
                " hidden likewise. What is published stays as it is, whatever is counted later.",
            ),
        ),
    )  # fmt: skip


def _when(edition: Edition) -> Label:
    return Label(
        f"上一版 {edition.day} 公布，数截至 {edition.counted_on}。",
        f"The edition before was published on {edition.day}, as of {edition.counted_on}.",
    )


def _open(edition: Edition) -> Button:
    return Button(
        Label("看公开页", "See the public page"), f"/scoreboard/public/?unit={edition.unit.code}", "small"
    )


def records_for(area: Area) -> Callable[[Line], tuple[Button, ...]]:
    """From a figure to its definition and values, and to the unit's records it is counted from, where this
    reader may open them. A list of people opens from the indicator's own page, to whoever works with them."""
    indicators, files = area.opens("indicators"), area.opens("unit_file")

    def records(line: Line) -> tuple[Button, ...]:
        unit, found = line.printed.unit, list[Button]()
        if line.indicator is None:
            return ()
        label = line.printed.target.label
        if indicators and may_see_figures(area.actor, unit.path, unit.level).allowed:
            href = f"/indicators/{line.indicator.key}/?unit={unit.code}"
            found.append(Button(Label("指标", "Indicator"), href, "small", describes=label))
        kind = next(
            (n for n in tables(line.indicator.value) if n in kinds() and kinds()[n].about == "unit"), ""
        )
        if kind and files and unitfiles.may_read(area.actor, unit).allowed:
            href = f"/units/{unit.code}/file/?kind={kind}"
            found.append(Button(Label("单位档案", "Unit's file"), href, "small", describes=label))
        return tuple(found)

    return records
