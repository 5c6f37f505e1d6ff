"""What a centre plans with: its people with sex and skills, what each post needs, the rules' numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label, listed
from guitu.store import rosters
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.page import show, shows
from guitu.web.pages.roster import turns
from guitu.web.pages.roster.shown import SetupPage

SEXES: Final = {"male": Label("男", "Male"), "female": Label("女", "Female")}
NUMBERS: Final = {
    "rest": Label("班间休息至少（小时）", "Rest between shifts, at least (hours)"),
    "most_days_row": Label("连续上班最多（天）", "Days in a row, at most"),
    "most_nights_row": Label("连续夜班最多（个）", "Nights in a row, at most"),
    "most_week": Label("每周累计最多（小时）", "In a week in all, at most (hours)"),
    "most_period": Label("28 天累计最多（小时）", "In 28 days in all, at most (hours)"),
}
"""Rules by their name in the file, and how they are asked for. In a row and in all are two things."""

START: Final[Mapping[str, Any]] = {
    "shifts": [
        {"code": "D", "zh": "白班", "en": "Day", "start": "08:00", "hours": 8},
        {"code": "E", "zh": "中班", "en": "Late", "start": "16:00", "hours": 8},
        {"code": "N", "zh": "夜班", "en": "Night", "start": "00:00", "hours": 8, "night": True},
    ],
    "posts": [],
    "people": [],
    "demand": [],
    "rules": {"rest": 11, "most_days_row": 6, "most_nights_row": 3, "most_week": 48},
}
"""What a centre begins with: three shifts, no people yet."""


@shows("roster_plan")
def setup(request: HttpRequest) -> HttpResponse:
    """People, needs and rules; saving one person, or the numbers."""
    from guitu.web.pages.roster.view import Asked

    asked = Asked(request)
    data = rosters.setup(asked.unit) or dict(START)
    if request.method != "POST":
        return show(
            request,
            _page(
                asked.unit.name,
                data,
                request.GET.get("person", ""),
                {},
                done=request.GET.get("done", ""),
                on=asked.today,
            ),
        )
    faults: tuple[Fault, ...] = ()
    form = request.POST.get("form", "")
    try:
        if form == "person":
            data = _with_person(data, request.POST)
        elif form == "post":
            data = _with_post(data, request.POST)
        elif form == "closed":
            data = turns.with_closed(data, request.POST, asked.today)
        elif form == "rules":
            data = _with_numbers(data, request.POST)
        else:
            raise Http404(form)
        rosters.keep_setup(asked.unit, data, by=asked.reader.username, now=asked.now)
    except GuituError as wrong:
        faults = (Fault(wrong.label, wrong.where),)
        page = _page(
            asked.unit.name,
            rosters.setup(asked.unit) or dict(START),
            request.POST.get("id", ""),
            request.POST,
            faults=faults,
            on=asked.today,
        )
        return show(request, page, status=422)
    return HttpResponseRedirect("/roster/setup/?done=saved")


def _words(text: str) -> list[str]:
    return sorted({w for w in text.replace("，", ",").replace("、", ",").replace(" ", ",").split(",") if w})


def _with_person(data: dict[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    """What is planned with, and this person as typed."""
    identity, name = given.get("id", "").strip(), given.get("name", "").strip()
    if not identity or not name:
        raise GuituError(
            Label("请填写账号（或编号）和姓名。", "Enter an account (or a number) and a name."), where="f-id"
        )
    if given.get("sex") not in SEXES:
        raise GuituError(
            Label("请选择性别：女性病区由女性值班。", "Choose the sex: women hold women's wards."),
            where="f-sex",
        )
    old = next((p for p in data["people"] if p["id"] == identity), {"id": identity})
    new = old | {
        "name": name,
        "sex": given["sex"],
        "brigade": given.get("brigade", "").strip(),
        "skills": _words(given.get("skills", "")),
    }
    batch = given.get("batch", "").strip()
    if batch and not (batch.isdecimal() and 1 <= int(batch) <= 9):
        raise GuituError(Label("批次写 1 至 9 的数字。", "A batch is a number from 1 to 9."), where="f-batch")
    if batch:
        new["batch"] = int(batch) - 1
    else:
        new.pop("batch", None)
    people = [p for p in data["people"] if p["id"] != identity]
    if "remove" not in given:
        people.append(new)
    return {**data, "people": sorted(people, key=lambda p: (p.get("brigade", ""), p["name"]))}


def _with_post(data: dict[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    """What is planned with, and one more post."""
    code, name = given.get("code", "").strip(), given.get("post_name", "").strip()
    if not code or not name:
        raise GuituError(
            Label("请填写岗位代码和名称。", "Enter the post's code and its name."), where="f-code"
        )
    post = {
        "code": code,
        "zh": name,
        "en": given.get("post_en", "").strip() or name,
        "sex": given.get("post_sex", "") if given.get("post_sex") in SEXES else "",
        "skill": given.get("post_skill", "").strip(),
        "brigades": _words(given.get("post_brigades", "")),
    }
    return {**data, "posts": [*(p for p in data["posts"] if p["code"] != code), post]}


def _with_numbers(data: dict[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    """What is planned with, and the rules and needs as typed."""
    rules = dict(data.get("rules", {}))
    for key, label in NUMBERS.items():
        rules[key] = _number(given.get(key, ""), label, f"f-{key}")
    demand = [d for d in data["demand"] if f"need_{d['post']}_{d['shift']}" not in given]
    for post in data["posts"]:
        for shift in data["shifts"]:
            name = f"need_{post['code']}_{shift['code']}"
            label = Label(
                f"{post['zh']} {shift['zh']}", f"{post.get('en', post['zh'])} {shift.get('en', '')}"
            )
            heads = _number(given.get(name, ""), label, f"f-{name}")
            if heads:
                old = next(
                    (d for d in data["demand"] if (d["post"], d["shift"]) == (post["code"], shift["code"])),
                    {},
                )
                demand.append(old | {"post": post["code"], "shift": shift["code"], "heads": int(heads)})
    return {**data, "rules": rules, "demand": demand}


def _number(text: str, label: Label, box: str) -> float | int | None:
    text = text.strip()
    if not text:
        return None
    if not text.isdecimal() or int(text) > 1000:
        raise GuituError(
            Label(f"{label.zh}写数字，或留空。", f"{label.en}: a number, or nothing."), where=box
        )
    return int(text)


def _page(
    office: str,
    data: Mapping[str, Any],
    chosen: str,
    typed: Mapping[str, str],
    *,
    done: str = "",
    faults: tuple[Fault, ...] = (),
    on: date,
) -> SetupPage:
    one = next((p for p in data["people"] if p["id"] == chosen), {})
    errors = {f.box: f.text for f in faults}

    def field(name: str, label: Label, value: object = "", kind: str = "text", **more: Any) -> Field:
        shown = typed.get(name, "" if value is None else str(value))
        return Field(name, label, kind, shown, error=errors.get(f"f-{name}", ""), **more)  # type: ignore[arg-type]

    batch = one.get("batch")
    sexes = tuple(Option(k, v) for k, v in SEXES.items())
    person = (
        field(
            "id",
            Label("账号或编号", "Account or number"),
            one.get("id", ""),
            hint=Label(
                "写账号，本人就能在手机上看到自己的班。",
                "With the account, they see their shifts on their phone.",
            ),
        ),
        field("name", Label("姓名", "Name"), one.get("name", "")),
        field("sex", Label("性别", "Sex"), one.get("sex", ""), "choice", options=sexes),
        field("brigade", Label("所属大队", "Brigade"), one.get("brigade", ""), optional=True),
        field(
            "skills",
            Label("技能（用逗号分开）", "Skills, with commas between"),
            ",".join(one.get("skills", [])),
            optional=True,
        ),
        field(
            "batch",
            Label("封闭执勤批次", "Batch of closed duty"),
            batch + 1 if batch is not None else "",
            "whole",
            optional=True,
        ),
    )
    rules = data.get("rules", {})
    numbers = tuple(
        field(k, label, _shown(rules.get(k)), "whole", optional=True) for k, label in NUMBERS.items()
    )
    needs = tuple(
        field(
            f"need_{p['code']}_{s['code']}",
            Label(f"{p['zh']} {s['zh']}", f"{p.get('en', p['zh'])} {s.get('en', s['zh'])}"),
            _heads(data, p["code"], s["code"]),
            "whole",
            optional=True,
        )
        for p in data["posts"]
        for s in data["shifts"]
    )
    posts = (
        field(
            "code",
            Label("岗位代码", "Code"),
            hint=Label("同一代码再存一次即更改。", "The same code again changes it."),
        ),
        field("post_name", Label("岗位名称", "Name")),
        field("post_en", Label("英文名称", "Name in English"), optional=True),
        field(
            "post_sex",
            Label("只由一个性别值班", "Held by one sex only"),
            "",
            "choice",
            options=sexes,
            optional=True,
        ),
        field("post_skill", Label("须具备的技能", "Skill it asks for"), optional=True),
        field("post_brigades", Label("只由这些大队值班", "Only these brigades"), optional=True),
    )
    return SetupPage(
        office,
        _people(data),
        person,
        Button(Label("保存人员", "Save the person"), look="primary", name="form", value="person"),
        posts,
        Button(Label("保存岗位", "Save the post"), name="form", value="post"),
        needs,
        numbers,
        Button(Label("保存人数与规则", "Save needs and rules"), name="form", value="rules"),
        Button(Label("回到班表", "Back to the roster"), href="/roster/", look="link"),
        (
            Notice(
                "fresh",
                Label(
                    "已保存。已有的草稿按“按最新人员与规则”后才变。",
                    "Saved. Drafts follow once “Use the latest people and rules” is pressed.",
                ),
            ),
        )
        if done
        else (),
        ErrorSummary(faults) if faults else None,
        turns.part(data, typed, errors, on),
    )


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else ""


def _heads(data: Mapping[str, Any], post: str, shift: str) -> str:
    return str(next((d["heads"] for d in data["demand"] if (d["post"], d["shift"]) == (post, shift)), ""))


def _people(data: Mapping[str, Any]) -> Table:
    rows = []
    for p in data["people"]:
        sex = SEXES.get(p.get("sex", ""), Label("—", "—"))
        batch = p.get("batch")
        rows.append(
            Row(
                (
                    Cell(p["name"], href=f"/roster/setup/?person={p['id']}#person"),
                    sex,
                    p.get("brigade") or "—",
                    listed(p.get("skills", [])),
                    str(batch + 1) if batch is not None else "—",
                    p["id"],
                )
            )
        )
    return Table(
        Label("人员", "People"),
        (
            Column(Label("姓名", "Name"), phone="lead"),
            Column(Label("性别", "Sex")),
            Column(Label("大队", "Brigade")),
            Column(Label("技能", "Skills")),
            Column(Label("批次", "Batch")),
            Column(Label("账号或编号", "Account or number")),
        ),
        tuple(rows),
        counts=(Label(f"共 {len(rows)} 人", f"{len(rows)} people"),),
    )


def example(office: str, data: Mapping[str, Any]) -> SetupPage:
    """The page for a centre that plans with this: for the gallery."""
    return _page(office, data, "", {}, on=date(2026, 11, 23))
