"""The public site as a folder of plain files: what it shows and never shows, that it needs nothing else,
and how it is written."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from uuid import UUID

import pytest

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.exchange.site import MADE, digest_of, files, write
from guitu.kernel.errors import GuituError
from guitu.kernel.zone import CHINA
from guitu.levels.outreach.chains import Chains
from guitu.levels.outreach.photos import Photo
from guitu.levels.site.content import Site, site_of
from guitu.simulate import site_texts

TODAY = date(2026, 11, 23)
PHOTO = Photo(b"\xff\xd8 a photo", 640, 480, "jpg")
HREF = re.compile(r'(?:href|src)="([^"]*)"')


class Editor:
    """Writes entries of a site, as an editor would."""

    def __init__(self) -> None:
        self.all: list[Entry] = []

    def add(self, kind: str, on: str = "2026-11-20", **fields: Any) -> Entry:
        assert kinds()[kind].faults(fields) == []
        made = Entry(
            id=UUID(int=len(self.all) + 1), file=UUID(int=99), kind=kind, happened_on=date.fromisoformat(on),
            recorded_at=datetime(2026, 11, 21, 9, len(self.all) % 60, tzinfo=CHINA), author="x", unit="46",
            fields=fields,
        )  # fmt: skip
        self.all.append(made)
        return made

    def article(self, **more: Any) -> Entry:
        given = {"title_zh": "一篇文章", "section": "news", "body_zh": "正文", "shown": "yes"}
        return self.add("site_article", more.pop("on", "2026-11-20"), **{**given, **more})

    def site(self) -> Site:
        made = site_of(Chains(self.all), TODAY, {"469023100": "河西镇"})
        assert made is not None
        return made


@pytest.fixture
def editor() -> Editor:
    made = Editor()
    made.add("site_about", **site_texts.ABOUT)
    return made


@pytest.fixture
def full() -> Editor:
    return full_site(Editor())


def full_site(editor: Editor) -> Editor:
    """The site of the demonstration, with a talk and a photo."""
    editor.add("site_about", **site_texts.ABOUT)
    for _, fields in site_texts.ARTICLES:
        editor.add("site_article", **fields)
    for fields in site_texts.PLACES:
        editor.add("site_help_place", **fields)
    for fields in site_texts.QUESTIONS:
        editor.add("site_quiz", **fields)
    editor.add(
        "talk_planned", planned_on=date(2026, 12, 1), time=930, topic="健康人生", venue="文化广场",
        place="469023100", public="yes",
    )  # fmt: skip
    photo = editor.add(
        "outreach_photo", to="x", caption="讲台", caption_en="The stage", consent="nobody", digest="d" * 64
    )
    editor.article(title_zh="有照片", title_en="With a photo", body_en="Text", photo=str(photo.id))
    return editor


def pages(editor: Editor) -> dict[str, str]:
    made = files(editor.site(), {"d" * 64: PHOTO})
    return {path: content.decode() for path, content in made.items() if path.endswith(".html")}


def test_there_is_no_site_before_somebody_says_what_it_is() -> None:
    assert site_of(Chains([]), TODAY, {}) is None


def test_every_page_stands_alone_without_script_and_without_anything_from_elsewhere(full: Editor) -> None:
    for path, page in pages(full).items():
        assert "<script" not in page, path
        assert " style=" not in page, path
        assert "{{" not in page, path
        for address in HREF.findall(page):
            assert not address.startswith(("http:", "https:", "//", "data:", "javascript:")), (path, address)
        assert page.count("<h1>") == 1, path
        assert re.search(r'<html lang="(zh-CN|en)">', page), path


def test_every_link_leads_to_a_file_that_is_there_from_whatever_folder(full: Editor) -> None:
    made = files(full.site(), {"d" * 64: PHOTO})
    for path, page in pages(full).items():
        for address in HREF.findall(page):
            if not address.startswith("#"):
                assert normpath(join(dirname(path), address)) in made, (path, address)


def test_both_languages_have_the_same_pages(full: Editor) -> None:
    some = set(pages(full)) - {"404.html"}
    assert {p.removeprefix("en/") for p in some if p.startswith("en/")} == {
        p for p in some if not p.startswith("en/")
    }


def test_what_is_not_in_english_is_shown_in_chinese_and_said_so(editor: Editor) -> None:
    editor.article(title_zh="只有中文")
    (path,) = [p for p in pages(editor) if p.startswith("en/articles/")]
    page = pages(editor)[path]
    assert "This text exists in Chinese only." in page
    assert '<span lang="zh-CN">只有中文</span>' in page


def test_drafts_and_articles_of_days_to_come_are_not_shown(editor: Editor) -> None:
    editor.article(title_zh="草稿文章", shown="no")
    editor.article(title_zh="明天的文章", on="2026-11-24")
    together = "".join(pages(editor).values())
    assert "草稿文章" not in together
    assert "明天的文章" not in together
    drafts = site_of(Chains(editor.all), TODAY, {}, drafts=True)
    assert drafts is not None
    assert len(drafts.articles) == 2


@pytest.mark.parametrize(("consent", "shown"), [("written", True), ("nobody", True), ("none", False)])
def test_a_photo_is_shown_only_with_consent(editor: Editor, consent: str, shown: bool) -> None:
    photo = editor.add("outreach_photo", to="x", caption="讲台", consent=consent, digest="d" * 64)
    editor.article(photo=str(photo.id))
    made = files(editor.site(), {"d" * 64: PHOTO})
    assert any(p.startswith("photos/") for p in made) == shown
    assert any('alt="讲台"' in page for page in pages(editor).values()) == shown


def test_a_photo_whose_consent_was_taken_back_goes_and_the_article_stays(full: Editor) -> None:
    (photo,) = [e for e in full.all if e.kind == "outreach_photo"]
    full.all.append(
        Entry(id=UUID(int=900), file=photo.file, kind="void", happened_on=TODAY, corrects=photo.id,
              recorded_at=datetime(2026, 11, 22, 9, tzinfo=CHINA), author="x", unit="46", reason="撤回同意")
    )  # fmt: skip
    made = files(full.site(), {"d" * 64: PHOTO})
    assert not any(p.startswith("photos/") for p in made)
    assert "有照片" in "".join(pages(full).values())


def test_the_calendar_has_public_talks_to_come_and_no_others(editor: Editor) -> None:
    def plan(topic: str, day: str, public: str = "yes") -> Entry:
        on = date.fromisoformat(day)
        return editor.add("talk_planned", planned_on=on, topic=topic, venue="广场", public=public)

    plan("公开的", "2026-12-01")
    plan("不公开的", "2026-12-02", "no")
    plan("过去的", "2026-11-22")
    off = plan("取消的", "2026-12-03")
    editor.add("talk_cancelled", to=str(off.id), reason="台风")
    assert [t.topic.zh for t in editor.site().talks] == ["公开的"]
    assert "周二" in pages(editor)["calendar.html"]


def test_nothing_an_editor_types_becomes_markup(editor: Editor) -> None:
    bad = '<script>alert(1)</script>"onload="x'
    editor.add("site_about", **{**site_texts.ABOUT, "name_zh": bad})
    editor.article(title_zh=bad, body_zh=bad, title_en=bad, body_en=bad)
    editor.add("site_help_place", name_zh=bad, what_zh=bad, phone=bad)
    editor.add("site_quiz", question_zh=bad, a_zh=bad, b_zh=bad, right="a", why_zh=bad)
    for path, page in pages(editor).items():
        assert "<script" not in page, path
        assert '"onload="' not in page, path


def test_a_quiz_question_whose_right_answer_is_missing_is_left_out(editor: Editor) -> None:
    editor.add("site_quiz", question_zh="问", a_zh="甲", b_zh="乙", right="c", why_zh="因为")
    assert editor.site().questions == ()


def test_with_an_address_there_are_a_map_of_the_site_and_canonical_addresses(editor: Editor) -> None:
    editor.add("site_about", **{**site_texts.ABOUT, "address": "https://example.org/x"})
    made = files(editor.site(), {})
    assert b"<loc>https://example.org/x/en/</loc>" in made["sitemap.xml"]
    assert b"https://example.org/x/sitemap.xml" in made["robots.txt"]
    assert '<link rel="canonical" href="https://example.org/x/quiz.html">' in pages(editor)["quiz.html"]


# ── writing it ────────────────────────────────────────────────────────────────────────────────────


def test_the_same_site_is_the_same_bytes_and_is_not_written_again(full: Editor, tmp_path: Path) -> None:
    made = files(full.site(), {"d" * 64: PHOTO})
    assert digest_of(made) == digest_of(files(full.site(), {"d" * 64: PHOTO}))
    assert write(made, tmp_path / "site") == len(made)
    assert write(made, tmp_path / "site") == 0
    assert (tmp_path / "site" / "index.html").stat().st_mode & 0o777 == 0o644


def test_what_is_no_longer_part_of_the_site_goes_and_nothing_else(full: Editor, tmp_path: Path) -> None:
    made = files(full.site(), {"d" * 64: PHOTO})
    write(made, tmp_path)
    (tmp_path / "own.txt").write_text("一份别人的文件")
    less = {path: content for path, content in made.items() if not path.startswith("photos/")}
    less[MADE] = b"x\n" + "\n".join(less).encode()
    write(less, tmp_path)
    assert list((tmp_path / "photos").iterdir()) == []
    assert (tmp_path / "own.txt").exists()


def test_a_folder_with_other_files_is_not_written_to(full: Editor, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("别的网站")
    with pytest.raises(GuituError, match="other files"):
        write(files(full.site(), {}), tmp_path)
    assert (tmp_path / "index.html").read_text() == "别的网站"
    with pytest.raises(GuituError, match="not a folder"):
        write(files(full.site(), {}), tmp_path / "index.html")


def test_a_list_of_files_that_was_tampered_with_removes_nothing_outside(full: Editor, tmp_path: Path) -> None:
    (tmp_path / "keep.txt").write_text("不能删")
    folder = tmp_path / "site"
    made = files(full.site(), {})
    write(made, folder)
    (folder / MADE).write_text(f"x\n../keep.txt\n{tmp_path / 'keep.txt'}\n")
    write(made, folder)
    assert (tmp_path / "keep.txt").exists()
