"""Three administrators kept apart: none acts in another's name alone, none looks after their own account."""

from __future__ import annotations

import re
import time

import pytest
from django.contrib.auth.models import User
from django.test import Client

from guitu.cli import main as command
from guitu.store import staff
from guitu.web.accounts import factors
from tests.web.phoning import WorkPhone
from tests.web.signing import PASSWORD, give_codes, make, sign_in


def administrator(kind: str, unit: str = "46") -> Client:
    make(f"{kind}.{unit}", f"{kind}_admin", unit, name="管理员")
    client = Client()
    sign_in(client, f"{kind}.{unit}")
    return client


@pytest.fixture
def li(places: object) -> User:
    return make("li")


def act(client: Client, user: User, word: str):
    return client.post(f"/accounts/{user.pk}/act/", {"act": word})


def test_the_system_administrator_makes_an_account_that_sees_nothing(places: object) -> None:
    system = administrator("system")
    made = system.post("/accounts/new/", {"username": "wang", "name": "王建国"})
    password = re.search(r'account-once">([a-z2-9-]{17})<', made.content.decode())
    assert password
    assert staff.posts("wang") == []
    user = User.objects.get(username="wang")
    assert password[1] not in system.get(f"/accounts/{user.pk}/").content.decode()
    assert "设置自己的密码" in sign_in(Client(), "wang", password[1]).content.decode()
    again = system.post("/accounts/new/", {"username": "wang", "name": "另一人"})
    assert again.status_code == 422
    assert "已有这个账号" in again.content.decode()


@pytest.mark.parametrize("word", ["factor", "post"])
def test_the_system_administrator_gives_no_post_and_resets_no_second_factor(li: User, word: str) -> None:
    system = administrator("system")
    give_codes(li, time.time())
    assert act(system, li, word).status_code == 404
    given = system.post(f"/accounts/{li.pk}/post/", {"role": "doctor", "unit": "46J01"})
    assert given.status_code == 404
    assert factors.of(li.pk).totp
    assert len(staff.posts("li")) == 1


def test_the_security_administrator_gives_and_takes_posts_and_no_password(li: User) -> None:
    security = administrator("security")
    for unit in ("469023101", "西坡村"):
        answer = security.post(f"/accounts/{li.pk}/post/", {"role": "village_worker", "unit": unit})
        assert answer["Location"] == f"/accounts/{li.pk}/?done=post"
    held = staff.posts("li")
    assert [h.unit.code for h in held] == ["469023100", "469023101", "469023101200"]
    taken = security.post(f"/accounts/{li.pk}/post/take/", {"post": held[1].id})
    assert taken["Location"] == f"/accounts/{li.pk}/?done=post_taken"
    assert len(staff.posts("li")) == 2
    assert act(security, li, "password").status_code == 404
    assert security.get("/accounts/new/").status_code == 404
    assert sign_in(Client(), "li").status_code == 302


@pytest.mark.parametrize(
    "role", ["system_admin", "security_admin", "audit_admin", "person", "family", "", "x"]
)
def test_no_page_gives_an_administrators_post_or_a_persons(li: User, role: str) -> None:
    security = administrator("security")
    answer = security.post(f"/accounts/{li.pk}/post/", {"role": role, "unit": "46"})
    assert answer.status_code == 422
    assert len(staff.posts("li")) == 1


def test_a_post_outside_the_area_or_at_no_unit_is_not_given_and_what_was_typed_stays(li: User) -> None:
    county = administrator("security", "469023")
    for unit in ("469024100", "46", "没有的村"):
        answer = county.post(f"/accounts/{li.pk}/post/", {"role": "doctor", "unit": unit})
        assert answer.status_code == 422
        assert f'value="{unit}"' in answer.content.decode()
    assert len(staff.posts("li")) == 1


def test_an_account_of_another_area_is_not_there(li: User) -> None:
    other = administrator("system", "469024")
    assert "li" not in re.findall(r'href="/accounts/\d+/">(\w+)<', other.get("/accounts/").content.decode())
    assert other.get(f"/accounts/{li.pk}/").status_code == 404
    assert act(other, li, "close").status_code == 404
    assert other.get("/accounts/999999/").status_code == 404
    assert sign_in(Client(), "li").status_code == 302


@pytest.mark.parametrize("kind", ["system", "security"])
def test_nobody_looks_after_their_own_account(places: object, kind: str) -> None:
    own = administrator(kind)
    user = User.objects.get(username=f"{kind}.46")
    for word in ("password", "factor", "close", "end", "unlock"):
        assert act(own, user, word).status_code == 404
    given = own.post(f"/accounts/{user.pk}/post/", {"role": "doctor", "unit": "46J01"})
    assert given.status_code == 404
    assert len(staff.posts(user.username)) == 1
    assert "另一位管理员" in own.get(f"/accounts/{user.pk}/").content.decode()


def test_it_takes_both_administrators_to_get_into_an_account_that_has_a_second_factor(li: User) -> None:
    system, security = administrator("system"), administrator("security")
    give_codes(li, time.time())
    given = act(system, li, "password").content.decode()
    password = re.search(r'account-once">([a-z2-9-]{17})<', given)
    assert password
    thief = Client()
    proof = re.search(r'name="proof" value="([^"]+)"', sign_in(thief, "li", password[1]).content.decode())
    assert proof
    own = "a-thiefs-long-words"
    stopped = thief.post("/set-password/", {"proof": proof[1], "own": own, "again": own})
    assert stopped["Location"] == "/sign-in/second/"
    assert act(security, li, "factor").status_code == 302
    assert not factors.of(li.pk).any


def test_a_one_time_password_ends_the_sessions_and_a_closed_account_does_not_sign_in(li: User) -> None:
    system, theirs = administrator("system"), Client()
    sign_in(theirs, "li")
    act(system, li, "password")
    assert theirs.get("/account/").status_code == 302
    staff.set_own(li, PASSWORD)
    sign_in(theirs, "li")
    assert act(system, li, "close")["Location"] == f"/accounts/{li.pk}/?done=close"
    assert theirs.get("/account/").status_code == 302
    assert sign_in(Client(), "li").status_code == 422
    act(system, li, "open")
    assert sign_in(Client(), "li").status_code == 302


def test_a_locked_account_is_unlocked_on_the_page(li: User) -> None:
    system = administrator("system")
    for n in range(5):
        sign_in(Client(REMOTE_ADDR=f"192.0.2.{n}"), "li", "not-it")
    assert "已锁定" in system.get("/accounts/?q=li").content.decode()
    act(system, li, "unlock")
    assert sign_in(Client(), "li").status_code == 302


@pytest.mark.parametrize("role", ["audit_admin", "auditor", "town_office", "provincial_supervisor"])
def test_nobody_else_opens_the_page(places: object, role: str) -> None:
    make("other", role, "46")
    client = Client()
    sign_in(client, "other")
    assert client.get("/accounts/").status_code == 403
    assert client.get("/accounts/new/").status_code == 403


def test_searching_finds_by_account_and_by_name_and_knows_no_wildcards(li: User) -> None:
    system = administrator("system")
    make("wang_jg", name="王建国")

    def found(words: str) -> list[str]:
        page = system.get("/accounts/", {"q": words}).content.decode()
        return re.findall(
            r'href="/accounts/\d+/"><span class="nowrap">([\w.]+)<|href="/accounts/\d+/">(\w+)<', page
        )

    assert len(found("LI")) == 1
    assert len(found("建国")) == 1
    assert len(found("%")) == 0
    assert len(found("g_j")) == 1
    assert len(found("w_n")) == 0


def test_what_matters_here_is_asked_for_again_after_a_quarter_of_an_hour(li: User) -> None:
    system = administrator("system")
    session = system.session
    session["confirmed"] = int(time.time()) - 16 * 60
    session.save()
    assert act(system, li, "close")["Location"].startswith("/account/confirm/")
    li.refresh_from_db()
    assert li.is_active


def test_the_first_administrator_is_made_by_a_command_and_a_second_only_on_purpose(
    places: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--lang", "zh", "staff", "admin", "root", "--name", "陈管理"]) == 0
    said = capsys.readouterr().out
    password = re.search(r"一次性密码：(\S+)", said)
    assert password
    assert "系统管理员" in said
    assert [h.role.name for h in staff.posts("root")] == ["system_admin"]
    assert "设置自己的密码" in sign_in(Client(), "root", password[1]).content.decode()
    assert command.main(["--lang", "zh", "staff", "admin", "another"]) == 2
    assert "已有这类管理员：root" in capsys.readouterr().err
    assert not staff.exists("another")
    assert command.main(["--lang", "zh", "staff", "admin", "another", "--another"]) == 0
    assert command.main(["--lang", "zh", "staff", "admin", "root", "--kind", "security"]) == 2
    assert "三员分立" in capsys.readouterr().err
    assert command.main(["--lang", "zh", "staff", "admin", "guard", "--kind", "security"]) == 0


def test_without_units_the_command_says_what_to_do_first(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--lang", "en", "staff", "admin", "root"]) == 2
    assert "guitu units" in capsys.readouterr().err


# ── a phone that is lost ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["system", "security"])
def test_an_administrator_tells_a_lost_phone_to_erase_itself_and_it_is_let_in_no_more(
    places: object, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")
    phone = WorkPhone("wang")
    user = User.objects.get(username="wang")
    admin = administrator(kind)
    page = admin.get(f"/accounts/{user.pk}/").content.decode()
    assert "测试手机" in page
    assert "在用" in page
    where = f"/accounts/{user.pk}/phone/"
    told = {"id": phone.told["device"], "what": "wipe_erase"}
    assert admin.post(where, told)["Location"] == f"/accounts/{user.pk}/?done=wipe"
    page = admin.get(f"/accounts/{user.pk}/?done=wipe").content.decode()
    assert "已下令清除" in page
    assert "待清除：全部" in page
    answer = phone.calls.get("/sync/pull/", headers=phone.headers)
    assert (answer.status_code, answer.json()["outbox"]) == (410, "erase")
    assert phone.calls.post("/sync/wiped/", headers=phone.headers).status_code == 204
    assert "已清除" in admin.get(f"/accounts/{user.pk}/").content.decode()
    told["what"] = "ended"
    assert admin.post(where, told)["Location"] == f"/accounts/{user.pk}/?done=phone_ended"
    assert "测试手机" not in admin.get(f"/accounts/{user.pk}/").content.decode()


def test_a_phone_of_another_account_or_area_and_a_word_unknown_are_not_there(
    li: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")
    phone = WorkPhone("wang")
    user = User.objects.get(username="wang")
    admin = administrator("security")
    good = {"id": phone.told["device"], "what": "wipe_keep"}
    assert admin.post(f"/accounts/{li.pk}/phone/", good).status_code == 404
    assert admin.post(f"/accounts/{user.pk}/phone/", {**good, "what": "open"}).status_code == 404
    assert admin.post(f"/accounts/{user.pk}/phone/", {**good, "id": "x"}).status_code == 404
    far = administrator("system", "469024")
    assert far.post(f"/accounts/{user.pk}/phone/", good).status_code == 404
    assert phone.browser.post(f"/accounts/{user.pk}/phone/", good).status_code == 403
    assert phone.calls.get("/sync/pull/", headers=phone.headers).status_code == 200
