"""What is said of the file itself: what waits for a second officer, and what it is joined with."""

from __future__ import annotations

from guitu.access import Actor
from guitu.casefile import records
from guitu.kernel.labels import Label
from guitu.store.proposals import may_approve
from guitu.store.read import proposals
from guitu.store.read.targets import other_law
from guitu.web.components.button.component import Button
from guitu.web.components.notice.component import Notice
from guitu.web.pages.casefile.opened import Opened
from guitu.web.pages.proposals.told import act_label


def notices(opened: Opened, actor: Actor) -> tuple[Notice, ...]:
    """What waits, asked only where the file says that something does; from the entries, the rest."""
    return (*_joined(opened), *_standing(opened), *_other_law(opened), *_waiting(opened, actor))


def _waiting(opened: Opened, actor: Actor) -> tuple[Notice, ...]:
    if opened.view.waiting == 0:
        return ()
    found = []
    for proposal in proposals.about(opened.view.no):
        what = act_label(proposal)
        own = proposal.username == actor.name
        look = Button(Label("查看", "Look at it"), href=f"/proposals/{proposal.id}/", look="small")
        text = Label(f"待第二人复核：{what.zh}", f"Waits for a second officer: {what.en}")
        found.append(
            Notice("gap", text, actions=(look,) if own or may_approve(proposal, actor).allowed else ())
        )
    return tuple(found)


def _joined(opened: Opened) -> tuple[Notice, ...]:
    others = [number for file, number in opened.view.case_nos.items() if file != opened.view.id]
    if not others:
        return ()
    listed = "、".join(others)
    return (
        Notice(
            "info",
            Label(
                f"本档案并有：{listed}；经历中注明各条来自哪份档案。",
                f"Merged into this file: {', '.join(others)}; the history names the file of each entry.",
            ),
        ),
    )


def _standing(opened: Opened) -> tuple[Notice, ...]:
    sealed, closed = records.sealing(opened.counted), records.closing(opened.counted)
    found = []
    if sealed is not None:
        found.append(
            Notice(
                "barred",
                Label(
                    f"已封存（{sealed.happened_on}）：不得向任何单位和个人提供或者公开，法律另有规定的除外。",
                    f"Sealed on {sealed.happened_on}: not to be given to anybody or made public, save where"
                    " the law says otherwise.",
                ),
            )
        )
    if closed is not None:
        found.append(
            Notice(
                "info",
                Label(
                    f"自 {closed.happened_on} 起不再实行动态管控，不列入名单。",
                    f"Dynamic control ended on {closed.happened_on}; the file is in no list.",
                ),
            )
        )
    return tuple(found)


def _other_law(opened: Opened) -> tuple[Notice, ...]:
    says = other_law(opened.sight.target)
    return (Notice("gap", says),) if says else ()
