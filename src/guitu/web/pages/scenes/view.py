"""Which scenes there are; a scene opened for somebody whose screen passed; the session kept in their file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile.protocol import DifferentContent
from guitu.centre import protocols, scenes
from guitu.centre.scenes import ScenePack
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import gate
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.notice.component import Notice
from guitu.web.noted import noted_write
from guitu.web.page import show, shows
from guitu.web.pages.psychology import words as centre
from guitu.web.pages.psychology.desk import Desk
from guitu.web.pages.record import form as record
from guitu.web.pages.scenes import build, form, packs, words
from guitu.web.pages.scenes.shown import BeforePage, PacksPage, ScenePage

GO: Final = "go"
NOT_TODAY: Final = Label(
    "今天不打开。先照应本人，需要时请医生；哪天都可以再来。",
    "Not today. See to the person first, and call the doctor if needed; any other day will do.",
)


@shows("psychology")
def every(request: HttpRequest) -> HttpResponse:
    """The packs, and what is wrong with files of the office's own."""
    known, faults = packs.known()
    crumbs = Crumbs(
        (
            Crumb(Label("心理中心", "Psychology centre"), centre.address()),
            Crumb(Label("场景包", "Scene packs")),
        )
    )
    return show(request, PacksPage(crumbs, build.table(known), tuple(build.wrong(f) for f in faults)))


@shows("psychology")
def scene(request: HttpRequest, case: str, pack: str) -> HttpResponse:
    """A scene for one person. It opens only where nothing bars it; if something does, the page of the method
    says what."""
    desk = Desk(request, case, f"scene {pack}")
    one = packs.found(pack)
    if one is None or not desk.may_write("vr_session"):
        raise Http404(pack)
    if scenes.barred(one, desk.counted, desk.today) is not None:
        return HttpResponseRedirect(f"{centre.protocol(desk.case_no, 'vr')}#scenes")
    if request.method != "POST":
        operator = {"operator": desk.reader.name}
        return show(request, _before(desk, one, form.Before(operator, {}, unwell=False)))
    before = form.read_before(one, request.POST, desk.today.isoformat())
    if before.faults or before.unwell:
        return show(request, _before(desk, one, before), status=422 if before.faults else 200)
    if request.POST.get(GO) != "save":
        return show(request, _scene(desk, one, before, record.Answers({}), began=form.clock(desk.now)))
    return _save(desk, one, before)


def _save(desk: Desk, pack: ScenePack, before: form.Before) -> HttpResponse:
    """Keep the session, or say what is wrong with it."""
    earlier = sum(entry.kind == "vr_session" for entry in desk.counted)
    data = desk.request.POST
    answers, done = form.session(pack, data, desk.today.isoformat(), earlier)
    back = centre.protocol(desk.case_no, "vr")
    if not answers.faults:
        fields = {name: v for name, v in answers.fields.items() if isinstance(v, str | int) and v != ""}
        made = desk.entry("vr_session", desk.identifier(), desk.today, **fields)
        try:
            gate.record(made, actor=desk.reader.actor, now=desk.now)
        except DifferentContent:
            return HttpResponseRedirect(back)
        except GuituError as refused:
            box = "aftercare_by" if protocols.needs_aftercare(fields) else ""
            answers = answers.with_fault(box, refused.label)
        else:
            noted_write(desk.request, desk.opened.view.no, made.id, made.kind, desk.opened.view.area)
            return HttpResponseRedirect(f"{back}?saved={made.id}")
    page = _scene(desk, pack, before, answers, began=data.get("began", ""), done=done, sent=True)
    return show(desk.request, page, status=422)


def _before(desk: Desk, pack: ScenePack, before: form.Before) -> BeforePage:
    return BeforePage(
        identity=desk.identity,
        crumbs=desk.crumbs(
            Crumb(protocols.METHODS["vr"], centre.protocol(desk.case_no, "vr")), Crumb(pack.label)
        ),
        title=pack.label,
        about=pack.about,
        facts=words.facts(pack),
        action=words.scene(desk.case_no, pack.key),
        id=str(desk.identifier()),
        fields=form.before_fields(pack, before),
        back=Button(Label("不做了", "Leave it"), href=centre.protocol(desk.case_no, "vr"), look="link"),
        notice=Notice("barred", NOT_TODAY) if before.unwell and not before.faults else None,
        summary=form.summary_of(before.faults, form.labels_of(pack)),
    )


def _scene(
    desk: Desk,
    pack: ScenePack,
    before: form.Before,
    answers: record.Answers,
    *,
    began: str,
    done: Iterable[str] = (),
    sent: bool = False,
) -> ScenePage:
    carried = [*before.typed.items(), ("began", began)]
    if sent:
        carried.append((form.SECONDS, desk.request.POST.get(form.SECONDS, "")))
    return ScenePage(
        title=pack.label,
        who=str(desk.opened.identity.get("name") or "—"),
        about=pack.about,
        facts=words.facts(pack),
        place=pack.place,
        limit=protocols.LONGEST["vr"] * 60,
        action=words.scene(desk.case_no, pack.key),
        back=centre.protocol(desk.case_no, "vr"),
        id=str(desk.identifier()),
        steps=build.steps(pack, frozenset(done)),
        fields=form.after_fields(answers),
        carried=tuple(carried),
        sent=sent,
        summary=form.summary_of(answers.faults, form.labels_of(pack)),
    )
