"""What is installed is what was locked, and nothing secret is among the sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.repo.house import tool

ROOT = Path(__file__).resolve().parent.parent.parent
GOOD = "sha256:" + "0a" * 32


@pytest.mark.parametrize(
    ("lock", "fault"),
    [
        (f"django==5.2 \\\n    --hash={GOOD}\n    # via guitu\n", ""),
        (f"Zope.Interface[x]==1 \\\n    --hash={GOOD}\n", ""),
        ("django==5.2\n", "has no digest: django==5.2"),
        ("django==5.2 \\\n    --hash=md5:00\n", "has no digest"),
        (f"django>=5.2 \\\n    --hash={GOOD}\n", "is not pinned"),
        (f"django==5.1 \\\n    --hash={GOOD}\n", "installed as 5.2, locked as 5.1"),
        (f"--extra-index-url https://example.org/simple\ndjango==5.2 --hash={GOOD}\n", "holds an address"),
        (f"x @ git+https://example.org/x --hash={GOOD}\n", "holds an address"),
    ],
)
def test_a_lock_names_one_version_with_digests_and_no_address(lock: str, fault: str) -> None:
    found = tool("locked").faults_of(lock, {"django": "5.2"})
    assert (fault in " ".join(found)) if fault else (found == [])


def test_what_is_in_no_lock_is_named() -> None:
    locked = tool("locked")
    assert locked.unlocked({"django": "1", "guitu": "1", "stray": "1"}, [f"Django==1 --hash={GOOD}"]) == [
        "stray"
    ]


@pytest.mark.parametrize("spark", [False, True])
def test_what_a_new_environment_brings_is_compared_only_where_it_was_replaced(spark: bool) -> None:
    locked = tool("locked")
    here = {"setuptools": "65.5.0", "django": "5.2"} | ({"pyspark": "4.0.5"} if spark else {})
    found = locked.faults_of(f"setuptools==84.2.1 --hash={GOOD}", locked.compared(here))
    assert found == (["setuptools is installed as 65.5.0, locked as 84.2.1"] if spark else [])
    assert locked.faults_of(f"Django==5.1 --hash={GOOD}", locked.compared(here)), "all others always"


def test_what_is_installed_here_is_what_was_locked() -> None:
    assert tool("locked").main() == 0


SECRETS = (
    "-----BEGIN PRIVATE" + " KEY-----",
    "-----BEGIN RSA PRIVATE" + " KEY-----",
    "key = AK" + "IA0123456789ABCDEF",
    "gh" + "p_0123456789abcdefghijABCDEFGHIJ0123456789",
    "postgresql://guitu:" + "hunter2hunter2@db.example/guitu",
    'SECRET_KEY = "' + 'q8Zx0pLr5TnV2wYb7KdM4sHg9Jf3Cc1A"',
    "api_key: '" + "Zq8x0pLr5TnV2wYb7KdM4sHg9Jf3Cc1A'",
)
HARMLESS = (
    'password = os.environ["GUITU_DEMO_PASSWORD"]',
    "postgresql://用户:密码@主机:端口/库名",
    "postgresql://user:password@host:port/name",
    'DEMO_PASSWORD = "guitu-demo"',
    "--hash=sha256:694ae5cc8a42f4c4e2bf2ca0e64e51e23a040c6a517a85074683d3959e1346c1",
    'token = "csrfmiddlewaretoken_of_the_form"',
)


@pytest.mark.parametrize("line", SECRETS)
def test_what_looks_secret_is_found_and_not_printed_again(line: str) -> None:
    assert tool("secrets_scan").secrets_in(f"first\n{line}\n")[0][0] == 2


@pytest.mark.parametrize("line", HARMLESS)
def test_what_is_none_is_left_alone(line: str) -> None:
    assert tool("secrets_scan").secrets_in(line) == []


def test_there_is_no_secret_among_the_sources() -> None:
    assert tool("secrets_scan").main() == 0
