"""What a request may be: from our own pages, by known methods, of a sensible size, under our own name."""

from __future__ import annotations

import re

import pytest
from django.test import Client, override_settings

from guitu.store import engine
from guitu.web import counters, limits
from guitu.web.bounds import MOST_FORM, RATES, rates_in
from tests.security.matrix_routes import ROUTES
from tests.security.world import World, addresses, build, patterns, signed_in
from tests.store.writing import TOWN

EVIL = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    " //evil.example",
    "https:evil.example",
    "/%0d%0aSet-Cookie:x=1",
    "///evil.example",
)
"""Addresses elsewhere, as browsers understand them."""

STRICT = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture
def world(places: object) -> World:
    """The planted files."""
    return build()


def stored() -> int:
    return int(engine.rows("SELECT count(*) FROM store_entry")[0][0])


def test_every_form_is_refused_without_the_token_of_one_of_our_pages(world: World) -> None:
    client = signed_in("centre", [("centre_head", "46J01")], enforce_csrf_checks=True)
    before = stored()
    for pattern in patterns():
        for address in addresses(world.file("centre"), pattern):
            answer = client.post(address, {"id": "x"})
            if address.startswith("/sync/"):  # a phone shows its own token, and no page's form has one
                assert answer.status_code in (401, 403), (address, answer.status_code)
                continue
            if address.startswith("/api/"):  # so does a program
                assert answer.status_code in (401, 403, 405), (address, answer.status_code)
                continue
            assert answer.status_code in (403, 404), (address, answer.status_code)
            told = answer.content.decode()
            assert "没有改动任何记录" in told or answer.status_code == 403, address
    assert stored() == before


def test_a_form_from_another_site_is_refused_even_with_a_token(places: object) -> None:
    client = signed_in("town", [("town_office", TOWN)], enforce_csrf_checks=True)
    page = client.get("/people/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    sent = {"csrfmiddlewaretoken": token[1], "language": "en"}
    assert client.post("/view/", sent, headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post("/view/", sent, headers={"Origin": "null"}).status_code == 403
    assert client.post("/view/", sent, headers={"Origin": "http://testserver"}).status_code == 302


def test_other_methods_are_refused_everywhere_and_write_nothing(world: World) -> None:
    client = world.client("centre_head", "centre")
    before = stored()
    for pattern in patterns():
        for address in addresses(world.file("centre"), pattern):
            for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"):
                answer = client.generic(method, address)
                assert answer.status_code == 405, (method, address)
                of_api = address.startswith("/api/")  # which names those of each address
                assert answer.headers["Allow"] == "GET, HEAD, POST" or (of_api and answer.headers["Allow"])
    assert stored() == before


def test_looking_writes_nothing(world: World) -> None:
    """Whatever is behind a link can be fetched by a program that reads ahead."""
    client = world.client("centre_head", "centre")
    before = stored()
    for pattern in patterns():
        for address in addresses(world.file("centre"), pattern):
            client.get(address)
    assert stored() == before
    assert client.get("/people/").status_code == 200, "a link has signed us out"


def test_every_answer_has_strict_headers_and_none_that_shows_a_case_may_be_kept(world: World) -> None:
    client = world.client("centre_head", "centre")
    for pattern in patterns():
        for address in addresses(world.file("centre"), pattern):
            for answer in (client.get(address), Client().get(address)):
                for name, value in STRICT.items():
                    assert answer.headers[name] == value, (address, name)
                assert answer.headers["Cache-Control"] == "no-store", address
                policy = answer.headers["Content-Security-Policy"]
                assert "frame-ancestors 'none'" in policy
                assert "unsafe" not in policy
                assert "*" not in policy
                assert answer.headers["Server"] == "-"
                assert "X-Powered-By" not in answer.headers


def test_pages_hold_no_inline_script_style_or_handler(world: World) -> None:
    client = world.client("centre_head", "centre")
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=\"|\son[a-z]+=\"|href=\"javascript:", re.I)
    for pattern in patterns():
        for address in addresses(world.file("centre"), pattern):
            answer = client.get(address)
            if answer.headers["Content-Type"].startswith("text/html"):
                found = inline.search(answer.content.decode())
                assert found is None, (address, found)


@pytest.mark.parametrize("elsewhere", EVIL)
def test_nobody_is_led_to_another_site(elsewhere: str, places: object) -> None:
    client = signed_in("town", [("town_office", TOWN)])
    answers = [
        client.get("/sign-in/", {"next": elsewhere}),
        client.post("/view/", {"language": "en", "next": elsewhere}),
        client.post("/people/screen/", {"next": elsewhere}),
        client.post("/view/", {"language": "en"}, headers={"Referer": elsewhere}),
        client.post("/view/", {"language": "en"}, headers={"Referer": f"http://testserver/{elsewhere}"}),
        Client().get("/people/", headers={"HX-Request": "true", "HX-Current-URL": elsewhere}),
    ]
    for answer in answers:
        where = answer.headers.get("Location") or answer.headers.get("HX-Redirect") or ""
        assert re.match(r"/(?![/\\\t])", where), where
        assert "\r" not in where
        assert "\n" not in where
    page = Client().get("/sign-in/", {"next": elsewhere}).content.decode()
    assert 'name="next" value="/"' in page or "%0d%0a" in elsewhere


def test_only_our_own_names_are_answered_under(client: Client) -> None:
    for name in ("evil.example", "testserver.evil.example", "testserver:80@evil.example"):
        answer = client.get("/about/", headers={"Host": name})
        assert answer.status_code == 400
        assert "evil.example" not in answer.content.decode()
    answer = client.get("/about/", headers={"X-Forwarded-Host": "evil.example"})
    assert answer.status_code == 200
    assert "evil.example" not in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/static/../guitu.sqlite3",
        "/static/%2e%2e/%2e%2e/secret_key",
        "/static/..%2f..%2fsecret_key",
        "/static//etc/passwd",
        "/static/guitu/....//....//secret_key",
    ],
)
def test_the_static_files_lead_nowhere_else(address: str, client: Client) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert b"only-for-tests" not in answer.content


def test_a_fault_page_says_nothing_of_the_inside(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from guitu.web.pages.people import view

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret of the inside /srv/guitu/keys 标记")

    client = world.client("town_office", "home")
    monkeypatch.setattr(view, "choices_of", broken)
    answer = client.get("/people/")
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "系统出了差错" in page
    for inside in ("secret of the inside", "RuntimeError", "Traceback", "site-packages", "/srv/", "标记"):
        assert inside not in page


class TestSizes:
    """More than a form of ours can hold."""

    def test_too_many_bytes(self, places: object) -> None:
        client = signed_in("town", [("town_office", TOWN)])
        answer = client.post("/view/", {"next": "/about/", "language": "x" * (MOST_FORM + 1)})
        assert answer.status_code == 413
        assert "一次送来的内容太多" in answer.content.decode()

    def test_a_length_that_is_announced_is_enough(self, client: Client) -> None:
        answer = client.generic(
            "POST",
            "/sign-in/",
            b"",
            content_type="application/x-www-form-urlencoded",
            CONTENT_LENGTH=str(MOST_FORM * 1000),
        )
        assert answer.status_code == 413
        lying = client.generic("POST", "/sign-in/", b"", CONTENT_LENGTH="-5")
        assert lying.status_code == 413

    def test_too_many_boxes(self, places: object) -> None:
        client = signed_in("town", [("town_office", TOWN)])
        answer = client.post("/view/", {f"a{n}": "1" for n in range(1200)})
        assert answer.status_code == 413
        assert "没有改动任何记录" in answer.content.decode()

    def test_a_file_where_none_is_taken_is_not_even_read(self, client: Client) -> None:
        from django.core.files.uploadedfile import SimpleUploadedFile

        answer = client.post("/sign-in/", {"username": SimpleUploadedFile("x", b"x" * 100_000)})
        assert answer.status_code == 400

    def test_a_file_that_is_much_too_large_is_not_read(self, places: object) -> None:
        client = signed_in("head", [("centre_head", "46J01")])
        answer = client.generic("POST", "/ledgers/", b"x", CONTENT_LENGTH=str(10**12))
        assert answer.status_code == 413

    @pytest.mark.parametrize("query", ["page=" + "9" * 5000, "size=" + "9" * 5000, "page=²", "page=-1"])
    def test_a_number_without_end_in_an_address(self, query: str, world: World) -> None:
        client = world.client("county_supervisor", "home")
        for address in (
            "/",
            "/people/?list=all&",
            "/today/print/?",
            f"/files/{world.file('home').case}/history/?",
        ):
            asked = f"{address}{'' if '?' in address else '?'}{query}"
            assert client.get(asked).status_code == 200, asked


class TestRates:
    """How often anybody may ask."""

    @pytest.fixture(autouse=True)
    def _counted(self, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
        fresh = counters.Counters(tmp_path / "rates", "key")
        monkeypatch.setattr(limits, "_counters", lambda: fresh)
        monkeypatch.setattr(limits, "ticks", lambda: 1_700_000_005.0)

    @pytest.fixture
    def clients(self, places: object) -> tuple[Client, Client]:
        return (
            signed_in("one", [("county_supervisor", "469023")]),
            signed_in("two", [("county_supervisor", "469023")]),
        )

    @override_settings(RATES={**rates_in({}), "search": 3, "export": 2, "number": 1, "upload": 1})
    def test_one_too_many_is_refused_in_words_and_to_nobody_else(
        self, clients: tuple[Client, Client]
    ) -> None:
        one, two = clients
        for _ in range(3):
            assert one.get("/people/", {"q": "王"}).status_code == 200
        refused = one.get("/people/", {"q": "王"})
        assert refused.status_code == 429
        assert refused.headers["Retry-After"] == "35"
        assert "查找太频繁" in refused.content.decode()
        assert "35 秒后再试" in refused.content.decode()
        one.cookies["guitu_view"] = "en.normal.normal.normal"
        assert "Too many searches in a minute" in one.get("/units/", {"q": "东"}).content.decode()
        assert one.get("/people/").status_code == 200
        assert two.get("/people/", {"q": "王"}).status_code == 200
        assert one.get("/people/list.csv").status_code == 200
        assert one.get("/people/list.xlsx").status_code == 200
        assert one.get("/people/list.csv").status_code == 429
        assert one.post("/ledgers/").status_code == 422
        assert one.post("/ledgers/").status_code == 429

    @override_settings(RATES={**rates_in({}), "number": 1})
    def test_identity_numbers_are_not_shown_by_the_hundred(self, world: World) -> None:
        client, case = world.client("town_office", "home"), world.file("home").case
        assert client.post(f"/files/{case}/number/").status_code == 200
        refused = client.post(f"/files/{case}/number/")
        assert refused.status_code == 429
        assert not world.file("home").shown_in(refused.content, asked=case)

    @override_settings(RATES={**rates_in({}), "sign_in": 2})
    def test_signing_in_is_counted_by_address(self, db: None) -> None:
        for name in ("a", "b"):
            sent = {"username": name, "password": "x"}
            assert Client(REMOTE_ADDR="192.0.2.1").post("/sign-in/", sent).status_code == 422
        assert Client(REMOTE_ADDR="192.0.2.1").post("/sign-in/", {"username": "c"}).status_code == 429
        assert Client(REMOTE_ADDR="192.0.2.2").post("/sign-in/", {"username": "c"}).status_code == 422
        spoofed = {"X-Forwarded-For": "198.51.100.9"}
        refused = Client(REMOTE_ADDR="192.0.2.1").post("/sign-in/", {"username": "c"}, headers=spoofed)
        assert refused.status_code == 429

    @override_settings(RATES={**rates_in({}), "pages": 4})
    def test_a_script_that_reads_file_after_file_is_stopped(self, clients: tuple[Client, Client]) -> None:
        assert [clients[0].get("/people/").status_code for _ in range(6)] == [200] * 4 + [429] * 2
        assert clients[0].get("/about/").status_code == 429
        assert clients[1].get("/about/").status_code == 200

    def test_a_new_minute_begins_anew_and_counters_are_shared_by_processes(self, tmp_path) -> None:
        first, second = (counters.Counters(tmp_path / "shared", "key") for _ in range(2))
        assert [first.count("a", 1), second.count("a", 1), first.count("b", 1), second.count("a", 2)] == [
            1,
            2,
            1,
            1,
        ]
        assert b"\0" * 8 in (tmp_path / "shared").read_bytes()
        assert (tmp_path / "shared").stat().st_mode & 0o077 == 0

    def test_rates_are_settings_and_a_malformed_one_is_one_sentence(self) -> None:
        assert rates_in({"GUITU_RATE_SEARCH": "7", "GUITU_RATE_EXPORT": "0"}) == {
            **{rate.name: rate.most for rate in RATES},
            "search": 7,
            "export": 0,
        }
        assert set(rates_in({"GUITU_RATES": "off"}).values()) == {0}
        with pytest.raises(ValueError, match="GUITU_RATE_SEARCH"):
            rates_in({"GUITU_RATE_SEARCH": "many"})


def test_every_download_is_counted() -> None:
    from guitu.web.bounds import COUNTED

    downloads = {name for name in ROUTES if re.search(r"xlsx|csv|export|held|sheet|pdf|copy", name)}
    downloads -= {"handover_held"}  # a page: what is held for a later day
    assert downloads - COUNTED.keys() == set(), "add a line to COUNTED in guitu/web/bounds.py"
