"""The public site on its page: writing it, looking at it beforehand, publishing it; and the command."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from guitu.access import house
from guitu.casefile import Entry
from guitu.cli.main import main
from guitu.simulate import site_texts
from guitu.store import unitfiles
from guitu.store.units import tree
from tests.web.desk import html, links, text
from tests.web.recording import hidden, signed_in

TODAY = date(2026, 11, 23)
PROVINCE = "46"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object, tmp_path: Path) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())
    monkeypatch.setenv("GUITU_HOME", str(tmp_path / "home"))


@pytest.fixture
def team() -> Client:
    return signed_in("outreach", "outreach", PROVINCE)


def of_unit(kind: str, code: str = PROVINCE) -> list[Entry]:
    return [e for e in unitfiles.unit_file(tree().find(code)).counted() if e.kind == kind]


def told(now: datetime, kind: str, code: str = PROVINCE, **fields: Any) -> Entry:
    entry = unitfiles.new_entry(code, kind, date(2026, 11, 20), fields, now=now, author="x", office=code)
    unitfiles.record(entry, actor=house(), now=now)
    return entry


def write(client: Client, kind: str, status: int = 302, **answers: str) -> Any:
    where = f"/site/write/{kind}/"
    asked = {"corrects": answers["corrects"]} if "corrects" in answers else {}
    page = html(client, where, data=asked)
    sent = {"id": hidden(page, "id"), "happened_on": "2026-11-20", **answers}
    answer = client.post(where, sent)
    assert answer.status_code == status, text(answer.content.decode())[:600]
    return answer


ARTICLE = {"title_zh": "宣讲走进校园", "section": "news", "body_zh": "正文", "shown": "yes"}


def test_a_site_begins_with_what_it_is(team: Client) -> None:
    page = html(team, "/site/")
    assert "还没有网站" in text(page)
    assert team.get("/site/preview/index.html").status_code == 404
    assert team.post("/site/publish/").status_code == 422
    write(team, "site_about", **{k: str(v) for k, v in site_texts.ABOUT.items()})
    assert "还没有发布过" in text(html(team, "/site/"))
    again = team.get("/site/write/site_about/")
    assert again.status_code == 302
    assert "corrects=" in again["Location"]


def test_an_article_is_written_edited_without_a_reason_seen_and_published(
    team: Client, now: datetime, tmp_path: Path
) -> None:
    told(now, "site_about", **site_texts.ABOUT)
    write(team, "site_article", **ARTICLE)
    (article,) = of_unit("site_article")
    page = html(team, "/site/")
    assert "缺英文" in text(page)
    ((look, _),) = links(page, "/site/preview/articles/")
    assert "正文" in html(team, look)
    write(team, "site_article", corrects=str(article.id), **{**ARTICLE, "body_zh": "改过的正文"})
    (edited,) = of_unit("site_article")
    assert edited.corrects == article.id
    assert "改过的正文" in html(team, look), "its address stays"
    answer = team.post("/site/publish/")
    assert answer.status_code == 302
    assert "没有新的改动" in text(html(team, answer["Location"]))
    folder = tmp_path / "home" / "site" / PROVINCE
    published = (folder / look.removeprefix("/site/preview/")).read_text(encoding="utf-8")
    assert "改过的正文" in published
    (entry,) = of_unit("site_published")
    assert entry.get("articles") == 1
    write(team, "site_article", **{**ARTICLE, "title_zh": "第二篇"})
    assert "以后有改动" in text(html(team, "/site/"))


def test_a_draft_is_seen_beforehand_and_not_published(team: Client, now: datetime) -> None:
    told(now, "site_about", **site_texts.ABOUT)
    told(now, "site_article", **{**ARTICLE, "title_zh": "草稿文章", "shown": "no"})
    page = html(team, "/site/")
    ((look, _),) = links(page, "/site/drafts/articles/")
    assert "草稿文章" in html(team, look)
    assert "草稿文章" not in html(team, "/site/preview/articles.html")
    with zipfile.ZipFile(io.BytesIO(team.get("/site/site.zip").content)) as archive:
        assert "index.html" in archive.namelist()
        assert "草稿文章" not in archive.read("articles.html").decode()


def test_an_identity_number_is_refused_and_what_was_typed_is_kept(team: Client, now: datetime) -> None:
    told(now, "site_about", **site_texts.ABOUT)
    answer = write(team, "site_article", 422, **{**ARTICLE, "body_zh": "他是 98010119900305001X"})
    page = answer.content.decode()
    assert "身份证号码" in text(page)
    assert "他是 98010119900305001X" in page
    assert of_unit("site_article") == []


def test_a_photo_may_be_chosen_only_if_it_may_be_public(team: Client, now: datetime) -> None:
    told(now, "site_about", **site_texts.ABOUT)
    held = str(told(now, "outreach_event", form="talk", given_by="office").id)
    yes = told(now, "outreach_photo", to=held, caption="可公开的", consent="written", digest="d" * 64)
    no = told(now, "outreach_photo", to=held, caption="不公开的", consent="none", digest="e" * 64)
    page = html(team, "/site/write/site_article/")
    assert "可公开的" in page
    assert "不公开的" not in page
    write(team, "site_article", 422, photo=str(no.id), **ARTICLE)
    write(team, "site_article", photo=str(yes.id), **ARTICLE)


def test_quiz_and_places_are_written_and_withdrawn(team: Client, now: datetime) -> None:
    told(now, "site_about", **site_texts.ABOUT)
    write(team, "site_help_place", name_zh="咨询电话", what_zh="什么都可以问", phone="000-0000001")
    write(team, "site_quiz", question_zh="期限？", a_zh="三年", b_zh="五年", right="a", why_zh="禁毒法第33条")
    page = html(team, "/site/")
    assert "1 道题，1 处求助去处" in text(page)
    assert "禁毒法第33条" in html(team, "/site/preview/quiz.html")
    where = next(href for href, _ in links(page, "/withdraw/"))
    form = html(team, where)
    sent = {"id": hidden(form, "id"), "happened_on": "2026-11-23", "reason": "停用"}
    assert team.post(where, sent).status_code == 302
    assert "0 处求助去处" in text(html(team, "/site/"))


def test_each_office_writes_its_own_site(team: Client, now: datetime) -> None:
    told(now, "site_about", **site_texts.ABOUT)
    county = signed_in("county", "county_supervisor", "469023")
    assert "还没有网站" in text(html(county, "/site/"))
    assert signed_in("town", "town_office", "469023100").get("/site/").status_code == 403


def test_the_command_writes_the_same_files(now: datetime, tmp_path: Path, capsys: Any) -> None:
    assert main(["site", "publish", "--to", str(tmp_path / "a")]) == 2
    assert "宣传网站" in capsys.readouterr().err
    told(now, "site_about", **site_texts.ABOUT)
    told(now, "site_article", **ARTICLE)
    assert main(["site", "publish", "--to", str(tmp_path / "a"), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["files"] == said["changed"]
    assert (tmp_path / "a" / "en" / "index.html").exists()
    assert main(["site", "publish", "--to", str(tmp_path / "a"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["changed"] == 0
    assert main(["site", "publish", "--to", str(tmp_path / "no" / "such" / "folder")]) == 2
    assert main(["site", "publish", "--to", str(tmp_path / "b"), "--unit", "99"]) == 2
