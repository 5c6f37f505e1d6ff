"""The frame round every page: who may open what, in which language, and with which headers."""

from __future__ import annotations

import os
import pkgutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from guitu.access.pages import PAGES
from guitu.store import staff
from guitu.web import component, page, pages, preferences
from guitu.web.language import speaking
from guitu.web.middleware import CONTENT_SECURITY_POLICY

ROOT = Path(__file__).parents[2]
PASSWORD = "a-password-of-tests"

COMPONENT_STATES = [
    pytest.param(state.shown, id=f"{name}-{state.name}")
    for name, states in component.catalogue().items()
    for state in states
]


@pytest.fixture
def clerk(client: Client, places: object) -> Client:
    """Signed in, in the town office of 河东镇."""
    staff.add("clerk", PASSWORD, "李晓梅", [("town_office", "469023100")])
    sign_in(client, "clerk")
    return client


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str):
    return client.post("/sign-in/", {"username": username, "password": password, **more})


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("example", COMPONENT_STATES)
def test_every_component_is_drawn_in_every_state_and_language(example: object, language: str) -> None:
    with speaking(language):
        html = component.render(example, csrf_token="token")
    assert html.strip()
    assert "style=" not in html
    assert "<script" not in html


def test_every_component_and_every_page_has_named_states_with_both_languages() -> None:
    for found in (component.catalogue(), page.catalogue()):
        for folder, states in found.items():
            names = [state.name for state in states]
            assert len(names) == len(set(names)), folder
    assert all(states for states in component.catalogue().values())


NO_STORE = """
import sys, types
import tests.settings
nowhere = types.ModuleType("nowhere")
nowhere.__dict__.update(vars(tests.settings), DATABASES={"default": {}, "readings": {}})
sys.modules["nowhere"] = nowhere
import django
django.setup()
from guitu.web import page
assert page.catalogue()
"""


def test_the_states_of_pages_are_made_without_a_store() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", NO_STORE],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "nowhere"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]


def page_folders() -> list[str]:
    return [m.name for m in pkgutil.iter_modules(pages.__path__) if m.ispkg]


@pytest.mark.parametrize("folder", page_folders())
def test_every_page_folder_says_what_it_shows_and_where_it_is(folder: str) -> None:
    for needed in ("page", "view", "urls"):
        assert find_spec(f"guitu.web.pages.{folder}.{needed}"), f"pages/{folder}/{needed}.py is missing"
    module = import_module(f"guitu.web.pages.{folder}.page")
    with_template = (Path(module.__file__).parent / "template.html").exists()
    assert module.STATES or not with_template


def every_view() -> list[tuple[str, object]]:
    def walk(patterns, before=""):
        for found in patterns:
            where = before + str(found.pattern)
            if isinstance(found, URLResolver):
                yield from walk(found.url_patterns, where)
            elif isinstance(found, URLPattern):
                yield where, found.callback

    return list(walk(get_resolver().url_patterns))


def test_every_address_names_its_page_and_every_closed_page_stands_in_the_access_table() -> None:
    for where, view in every_view():
        name = getattr(view, "guitu_page", None)
        assert name, f"/{where} names no page: it opens to nobody"
        assert getattr(view, "guitu_public", False) or name in PAGES, f"/{where}: {name} is not in PAGES"


def test_headers_forbid_inline_script_and_keep_case_data_out_of_the_browser(clerk: Client) -> None:
    answer = clerk.get("/about/")
    assert answer["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    assert "HX-Request" in answer["Vary"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert int(answer["Content-Length"]) == len(answer.content)


def test_nothing_opens_before_sign_in_and_one_comes_back_where_one_was(
    client: Client, places: object
) -> None:
    staff.add("clerk", PASSWORD, "李晓梅", [("town_office", "469023100")])
    asked = client.get("/post/")
    assert asked.status_code == 302
    assert asked["Location"] == "/sign-in/"
    answer = sign_in(client, "clerk", next="/about/?x=1")
    assert (answer.status_code, answer["Location"]) == (302, "/about/?x=1")


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_sign_in_never_leads_to_another_server(client: Client, places: object, elsewhere: str) -> None:
    staff.add("clerk", PASSWORD, "李晓梅", [("town_office", "469023100")])
    assert sign_in(client, "clerk", next=elsewhere)["Location"] == "/"


def test_a_wrong_password_says_how_many_tries_are_left_and_never_which_word_was_wrong(
    client: Client, places: object
) -> None:
    staff.add("clerk", PASSWORD, "李晓梅", [("town_office", "469023100")])
    wrong = sign_in(client, "clerk", "not-it")
    unknown = sign_in(client, "somebody-else", "not-it")
    assert wrong.status_code == unknown.status_code == 422
    for answer in (wrong, unknown):
        assert "账号或密码不对，还可试 4 次" in answer.content.decode()
        assert "<title>有误：登录" in answer.content.decode()
    assert 'value="clerk"' in wrong.content.decode()


def test_five_wrong_passwords_close_the_account_for_a_quarter_of_an_hour_even_to_the_right_one(
    client: Client, places: object
) -> None:
    staff.add("closed", PASSWORD, "李晓梅", [("town_office", "469023100")])
    for _ in range(5):
        answer = sign_in(client, "closed", "not-it")
    assert answer.status_code == 429
    assert "已锁定 15 分钟" in answer.content.decode()
    assert sign_in(client, "closed").status_code == 429


def test_the_first_page_says_once_when_the_account_was_opened_before(clerk: Client) -> None:
    assert "上次登录" not in clerk.get("/about/").content.decode()  # the account is new
    clerk.post("/sign-out/")
    before = datetime(2026, 11, 20, 8, 42, tzinfo=UTC)
    get_user_model().objects.filter(username="clerk").update(last_login=before)
    sign_in(clerk, "clerk")
    assert "上次登录 2026-11-20 16:42" in clerk.get("/about/").content.decode()
    assert "上次登录" not in clerk.get("/about/").content.decode()
    assert get_user_model().objects.get(username="clerk").last_login > before


def test_signing_out_ends_the_session_on_the_server(clerk: Client) -> None:
    before = clerk.cookies["guitu_session"].value
    assert clerk.post("/sign-out/")["Location"] == "/sign-in/"
    thief = Client()
    thief.cookies["guitu_session"] = before
    assert thief.get("/post/")["Location"] == "/sign-in/"


def test_an_account_with_two_posts_chooses_which_it_acts_in(client: Client, places: object) -> None:
    staff.add("both", PASSWORD, "双岗位", [("town_office", "469023100"), ("village_worker", "469023100200")])
    assert sign_in(client, "both", next="/about/")["Location"] == "/post/"
    offered = client.get("/post/").content.decode()
    assert "河东镇" in offered
    assert "东坡村" in offered
    held = staff.posts("both")
    assert client.post("/post/", {"post": held[1].id})["Location"] == "/about/"
    shown = client.get("/about/").content.decode()
    assert "东坡村" in shown
    assert "村级专干" in shown


def test_a_post_that_is_not_ones_own_cannot_be_chosen(client: Client, places: object) -> None:
    staff.add("one", PASSWORD, "一", [("town_office", "469023100")])
    staff.add("two", PASSWORD, "二", [("county_supervisor", "469023")])
    sign_in(client, "one")
    client.post("/post/", {"post": staff.posts("two")[0].id})
    assert "县级主管" not in client.get("/about/").content.decode()


def test_an_account_without_a_post_sees_no_file_and_is_told_whom_to_ask(
    client: Client, places: object
) -> None:
    staff.add("nobody", PASSWORD, "无岗位", [])
    assert sign_in(client, "nobody")["Location"] == "/post/"
    assert "还没有岗位" in client.get("/post/").content.decode()


def test_the_unit_and_the_role_stand_on_every_page(clerk: Client) -> None:
    shown = clerk.get("/about/").content.decode()
    assert "河东镇" in shown
    assert "乡镇禁毒办" in shown
    assert "李晓梅" in shown


def test_every_page_says_on_paper_of_which_unit_it_is_who_printed_it_and_when(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")
    said = '<p class="on-paper">河东镇 · 制表人：李晓梅 · 打印时间：2026-11-23 10:00</p>'
    assert said in clerk.get("/about/").content.decode()
    clerk.cookies[preferences.COOKIE] = "en.normal.normal.normal"
    said = '<p class="on-paper">河东镇 · Made by 李晓梅 · Printed at 2026-11-23 10:00</p>'
    assert said in clerk.get("/about/").content.decode()
    clerk.post("/sign-out/")
    assert '<p class="on-paper">Printed at 2026-11-23 10:00</p>' in clerk.get("/sign-in/").content.decode()


def test_the_side_navigation_shows_only_what_the_post_may_open(client: Client, places: object) -> None:
    staff.add("auditor", PASSWORD, "审计", [("auditor", "46")])
    sign_in(client, "auditor")
    assert 'data-page="people"' not in client.get("/about/").content.decode()


def test_an_unknown_address_is_a_neutral_page_in_both_languages(client: Client) -> None:
    answer = client.get("/nothing-here/")
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()
    client.cookies[preferences.COOKIE] = "en.normal.normal.normal"
    english = client.get("/nothing-here/").content.decode()
    assert "There is no such page" in english
    assert '<html lang="en"' in english


@pytest.mark.parametrize("address", ["/sign-in/", "/static/guitu/guitu.css"])
def test_a_request_under_another_servers_name_is_refused_in_words(client: Client, address: str) -> None:
    answer = client.get(address, headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "这个请求读不懂" in answer.content.decode()
    assert answer["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    client.cookies[preferences.COOKIE] = "en.normal.normal.normal"
    english = client.get(address, headers={"host": "elsewhere.example"}).content.decode()
    assert "This request cannot be read" in english
    assert client.get("/sign-in/", headers={"host": "localhost:8700"}).status_code == 200


def test_chinese_comes_first_whatever_the_browser_asks_for(client: Client) -> None:
    answer = client.get("/sign-in/", headers={"accept-language": "en-GB,en"})
    assert '<html lang="zh-CN"' in answer.content.decode()
    assert answer["Content-Language"] == "zh-CN"


def test_a_form_without_its_token_is_refused_in_words(places: object) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/sign-in/", {"username": "x", "password": "y"})
    assert answer.status_code == 403
    assert "没有保存" in answer.content.decode()


def test_how_a_reader_likes_the_pages_is_kept_with_the_account(clerk: Client) -> None:
    answer = clerk.post("/view/", {"language": "en", "next": "/about/"})
    assert answer["Location"] == "/about/"
    clerk.post("/view/", {"size": "large", "next": "/about/"})
    elsewhere = Client()
    sign_in(elsewhere, "clerk")
    shown = elsewhere.get("/about/").content.decode()
    assert '<html lang="en"' in shown
    assert 'data-size="large"' in shown


@pytest.mark.parametrize("cookie", ["", "xx", "en.loud.huge.tiny", "en", "." * 500, "en.high"])
def test_a_mangled_cookie_falls_back_to_what_it_still_says(cookie: str) -> None:
    view = preferences.read({preferences.COOKIE: cookie})
    for name, words in preferences.CHOICES.items():
        assert getattr(view, name) in words


def test_a_fragment_asked_for_after_the_session_has_ended_sends_the_whole_page_to_sign_in(
    client: Client, places: object
) -> None:
    from guitu.web.middleware import SignedIn

    request = RequestFactory().get(
        "/x/", headers={"hx-request": "true", "hx-current-url": "http://testserver/x/?q=1"}
    )
    request.session = client.session
    from django_htmx.middleware import HtmxDetails

    request.htmx = HtmxDetails(request)

    def closed(_request): ...

    closed.guitu_page = "people"
    answer = SignedIn(lambda r: None).process_view(request, closed, (), {})
    assert answer["HX-Redirect"] == "/sign-in/?next=%2Fx%2F%3Fq%3D1"


def test_the_gallery_is_closed_outside_a_demonstration(client: Client, settings) -> None:
    settings.DEMO = False
    assert client.get("/gallery/").status_code == 404
    settings.DEMO = True
    shown = client.get("/gallery/")
    assert shown.status_code == 200
    assert b'="/static/guitu/plain.svg' not in shown.content, "files are served under other names"
    assert client.get("/gallery/no-such-thing/").status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("folder", page_folders())
def test_every_page_is_drawn_in_every_state_and_language(
    clerk: Client, settings, folder: str, language: str
) -> None:
    settings.DEMO = True
    clerk.cookies[preferences.COOKIE] = f"{language}.normal.normal.normal"
    for state in import_module(f"guitu.web.pages.{folder}.page").STATES:
        answer = clerk.get(f"/gallery/page/{folder}/{state.name}/")
        assert answer.status_code == 200, state.name
        html = answer.content.decode()
        assert html.count("<h1") == 1, state.name
        assert "style=" not in html, state.name
        assert 'hx-trigger="every' not in html, f"{state.name} does not stand still"


def test_an_idle_session_ends_and_a_used_one_does_not(
    clerk: Client, monkeypatch: pytest.MonkeyPatch, settings
) -> None:
    from guitu.web import middleware

    settings.IDLE_MINUTES = 30
    start = middleware.ticks()
    for minutes in (20, 40, 60):
        monkeypatch.setattr(middleware, "ticks", lambda m=minutes: start + m * 60)
        assert "李晓梅" in clerk.get("/about/").content.decode()
    monkeypatch.setattr(middleware, "ticks", lambda: start + 95 * 60)
    assert "李晓梅" not in clerk.get("/about/").content.decode()


def test_a_changed_password_ends_the_sessions_it_opened(clerk: Client) -> None:
    from django.contrib.auth.models import User

    user = User.objects.get(username="clerk")
    user.set_password("another-password")
    user.save()
    assert "李晓梅" not in clerk.get("/about/").content.decode()


def test_an_account_that_is_closed_is_out_at_once(clerk: Client) -> None:
    from django.contrib.auth.models import User

    User.objects.filter(username="clerk").update(is_active=False)
    assert "李晓梅" not in clerk.get("/about/").content.decode()


def test_a_post_that_is_withdrawn_opens_nothing_from_the_next_request_on(clerk: Client) -> None:
    from guitu.store.models import StaffPost

    assert clerk.get("/people/").status_code == 200
    StaffPost.objects.all().delete()
    assert clerk.get("/people/")["Location"] == "/post/"


def test_a_session_that_has_expired_is_over_although_it_was_read_before(clerk: Client) -> None:
    from django.contrib.sessions.models import Session

    assert clerk.get("/post/").status_code == 200
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert clerk.get("/post/")["Location"] == "/sign-in/"


@pytest.mark.parametrize("guess", ["nobody", "other", "gone"])
def test_a_wrong_guess_whose_session_it_is_shows_nobody_elses_name(clerk: Client, guess: str) -> None:
    from django.contrib.auth.models import User

    from guitu.web import sessions

    staff.add("other", PASSWORD, "别人", [("county_supervisor", "469023")])
    key = clerk.cookies["guitu_session"].value
    guessed = {"nobody": 0, "gone": 10**6, "other": User.objects.get(username="other").pk}[guess]
    sessions.OPENED_BY.keep(key, guessed)
    shown = clerk.get("/about/").content.decode()
    assert "李晓梅" in shown
    assert "别人" not in shown


def test_a_session_whose_text_was_tampered_with_opens_nothing(clerk: Client) -> None:
    from django.contrib.sessions.models import Session

    session = Session.objects.get()
    Session.objects.update(session_data=session.session_data[:-2] + "xx")
    assert clerk.get("/post/")["Location"] == "/sign-in/"


def test_the_token_in_a_page_opens_its_forms_and_its_cookie_comes_once(places: object) -> None:
    strict = Client(enforce_csrf_checks=True)
    staff.add("clerk", PASSWORD, "李晓梅", [("town_office", "469023100")])
    first, again = strict.get("/sign-in/"), strict.get("/sign-in/")
    assert "guitu_csrf" in first.cookies
    assert "guitu_csrf" not in again.cookies
    assert sign_in(strict, "clerk", csrfmiddlewaretoken=token_in(first.content.decode())).status_code == 302
    shown = strict.get("/about/").content.decode()
    assert strict.post("/sign-out/").status_code == 403
    assert strict.post("/sign-out/", {"csrfmiddlewaretoken": token_in(shown)}).status_code == 302


def token_in(html: str) -> str:
    return html.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


def test_the_kept_frame_never_shows_one_reader_the_name_or_token_of_another(places: object) -> None:
    shown = []
    for name in ("甲某", "乙<某>"):
        username = f"account-{len(shown)}"
        staff.add(username, PASSWORD, name, [("town_office", "469023100")])
        client = Client()
        sign_in(client, username)
        shown.append((client, client.get("/about/?q={{token}}").content.decode()))
    (_, first), (_, second) = shown
    assert "甲某" in first
    assert "甲某" not in second
    assert "乙&lt;某&gt;" in second
    assert "{{" not in first
    tokens = [token_in(html) for html in (first, second)]
    assert tokens[0] != tokens[1]
    assert all(len(token) == 64 for token in tokens)


def test_a_page_that_the_post_has_no_use_for_says_so_and_why(client: Client, places: object) -> None:
    staff.add("auditor", PASSWORD, "审计", [("auditor", "46")])
    sign_in(client, "auditor")
    answer = client.get("/people/")
    assert answer.status_code == 403
    assert "您的岗位不用这一页" in answer.content.decode()
    assert "岗位不需要此页" in answer.content.decode()


def test_a_fault_of_ours_says_what_is_safe_even_when_the_store_is_gone(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    from guitu.web import faults

    def gone(_request: object) -> object:
        raise RuntimeError("no store")

    monkeypatch.setattr(faults, "frame_of", gone)
    answer = faults.broken(rf.get("/x/"))
    assert answer.status_code == 500
    shown = answer.content.decode()
    assert "没有保存" in shown
    assert "已有的记录不受影响" in shown
    assert "RuntimeError" not in shown


def test_compact_rows_are_chosen_under_a_list_and_one_stays_there(clerk: Client) -> None:
    answer = clerk.post("/view/", {"rows": "compact"}, headers={"referer": "http://testserver/about/?page=2"})
    assert answer["Location"] == "/about/?page=2"
    assert 'data-rows="compact"' in clerk.get("/about/").content.decode()
    elsewhere = clerk.post("/view/", {"rows": "normal"}, headers={"referer": "https://example.org/x"})
    assert elsewhere["Location"] == "/"
