"""What a case file says about how it is read: handed over, to be accepted, opened in an emergency, hidden in
part. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from guitu import access
from guitu.casefile.kind import COMPARTMENTS
from guitu.kernel.labels import Label
from guitu.store.projections.compute import ACCEPTED
from guitu.web.components.button.component import Button
from guitu.web.components.notice.component import Notice
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.opened import Opened
from guitu.web.pages.casefile.page import Hidden

if TYPE_CHECKING:
    from guitu.web.pages.casefile.build import Reader

BREAK_GLASS: Final = "/break-glass/"


def erased_notices(opened: Opened) -> tuple[Notice, ...]:
    """That what was sealed in some compartments is lawfully erased, for those who would see it otherwise."""
    gone = [c for c in COMPARTMENTS if c in opened.view.erased and c in opened.sight.open]
    if not gone or opened.sight.narrow:
        return ()
    zh = "、".join(COMPARTMENTS[c].zh for c in gone)
    en = ", ".join(COMPARTMENTS[c].en.lower() for c in gone)
    return (
        Notice(
            "info",
            Label(f"已依法删除：{zh}。", f"Lawfully erased: {en}."),
            Label(
                "密钥已销毁，内容不能恢复；记录的先后与完整仍可校验。",
                "The keys are destroyed and nothing brings it back; that no entry was altered or lost can"
                " still be checked.",
            ),
        ),
    )


def access_notices(opened: Opened, reader: Reader) -> tuple[Notice, ...]:
    """How this reader comes to the file, where that is not their daily work."""
    sight, unit = opened.sight, opened.view.unit
    if sight.narrow:
        name = unit.name if unit else "—"
        return (
            Notice(
                "barred",
                Label(f"已移交给{name}，本单位只能查看自己登记的内容。",
                      f"Handed over to {name}. Your unit reads only what it recorded itself."),
            ),
        )  # fmt: skip
    if sight.receiving:
        return (_receiving(opened, reader),)
    if sight.emergency:
        return (
            Notice(
                "info",
                Label("应急查阅中，只能查看。", "Opened in an emergency: reading only."),
                Label("理由已记录，并已通知责任单位的主管和本人。",
                      "The reason is recorded; those above the responsible unit and the person are told."),
            ),
        )  # fmt: skip
    waiting = sight.target.receiving
    if waiting and not sight.read_only:
        to = reader.tree.get(waiting[-1])
        name = to.name if to else waiting[-1]
        return (
            Notice(
                "info",
                Label(f"已移交给{name}，等待接收。", f"Sent to {name}, to be accepted."),
                Label("接收之前仍由本单位负责。", "Until it is accepted your unit answers for the person."),
            ),
        )
    return ()


def _receiving(opened: Opened, reader: Reader) -> Notice:
    press = ()
    if ACCEPTED in reader.recordable:
        href = addresses.record(opened.case_no, ACCEPTED)
        press = (Button(Label("接收", "Accept"), href=href, look="primary"),)
    unit = opened.view.unit
    name = unit.name if unit else "—"
    return Notice(
        "gap",
        Label(f"{name}移交给本单位，等待接收。", f"Sent to your unit by {name}, to be accepted."),
        Label("接收之前仍由对方负责，本单位可以查看身份信息和法律文书。",
              "Until then they answer for the person; your unit reads identity and legal papers."),
        press,
    )  # fmt: skip


def hidden(opened: Opened) -> Hidden | None:
    """What is not shown, and where it may be asked for in an emergency."""
    if not opened.hidden:
        return None
    sight = opened.sight
    may = any(
        access.decide(sight.actor, "break_glass", replace(sight.target, compartment=name)).allowed
        for name, _ in opened.hidden
    )
    href = f"{BREAK_GLASS}?{urlencode({'case': opened.case_no})}" if may else ""
    return Hidden(tuple((COMPARTMENTS[name], n) for name, n in opened.hidden), href)
