"""Whether a bundle is one: the structure by fhir.resources, and what that leaves open – codes of required
bindings, references that lead nowhere, a document that is none. Every fault is one sentence and says
where."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from guitu.exchange.fhir.codes import REQUIRED, REQUIRED_CODED
from guitu.kernel.labels import Label

MOST_BYTES: Final = 1_000_000
MOST_FAULTS: Final = 20


@dataclass(frozen=True, slots=True)
class Wrong:
    """One fault: where in the file (as FHIR writes paths), and what is wrong."""

    where: str
    label: Label


def loaded(raw: bytes) -> tuple[dict[str, Any] | None, tuple[Wrong, ...]]:
    """The JSON of a file, or why it is none."""
    if len(raw) > MOST_BYTES:
        return None, (Wrong("", Label("文件超过 1 MB。", "the file is larger than 1 MB.")),)
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        return None, (
            Wrong(
                "",
                Label(
                    "这不是 JSON 文件；请让医院按 FHIR R4 的 JSON 格式导出。",
                    "this is no JSON file; ask the hospital for FHIR R4 as JSON.",
                ),
            ),
        )
    name = data.get("resourceType") if isinstance(data, dict) else None
    if name != "Bundle":
        told = Label("文件里没有 FHIR Bundle。", "there is no FHIR Bundle in the file.")
        if isinstance(name, str) and name[:1].isupper() and name.isalpha() and len(name) < 40:
            told = Label(
                f"文件里是一个 {name}，不是 Bundle；请让对方连同人员放进一个 Bundle（collection）再发来。",
                f"the file is one {name} and no Bundle; ask for a Bundle (collection) with the person in it.",
            )
        return None, (Wrong("resourceType", told),)
    return data, ()


def check(data: Mapping[str, Any], *, whole: bool = True) -> tuple[Wrong, ...]:
    """Everything that is wrong with a bundle, at most MOST_FAULTS; nothing if it is valid. `whole` asks that
    it holds all that it speaks of, as what we write and an answer to it do. The standard lets others refer to
    what lies on their server; what is named by the file's own ids (`#…`, `urn:…`) is in it in any case."""
    found = [*_structure(data)]
    if not found:  # what has no structure has no references either
        found = [*_empty(data, "Bundle"), *_codes(data), *_document(data), *_references(data, whole=whole)]
    return tuple(found[:MOST_FAULTS])


def _structure(data: Mapping[str, Any]) -> Iterator[Wrong]:
    from fhir.resources.R4B.bundle import Bundle  # most processes never need it: most of a second

    try:
        Bundle.model_validate(data)
    except ValidationError as problem:
        for fault in problem.errors(include_url=False, include_input=False):
            where = ".".join(str(part) for part in fault["loc"])
            yield Wrong(where, Label(f"结构不符合 FHIR R4：{fault['msg']}", f"not FHIR R4: {fault['msg']}"))
    except (KeyError, TypeError, ValueError, RecursionError, AttributeError) as problem:
        yield Wrong("", Label(f"结构不符合 FHIR R4：{problem}", f"not FHIR R4: {problem}"))


def _empty(value: Any, where: str) -> Iterator[Wrong]:
    """FHIR knows no empty list, object or text; the structure lets some of them pass."""
    if value in ("", [], {}):
        yield Wrong(where, Label("是空的；没有内容就不要写", "is empty; leave out what has no content"))
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _empty(inner, f"{where}.{name}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _empty(inner, f"{where}[{place}]")


def resources(data: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every resource of a bundle with its place."""
    for place, entry in enumerate(data.get("entry") or ()):
        resource = entry.get("resource") if isinstance(entry, Mapping) else None
        if isinstance(resource, dict):
            yield f"entry[{place}].resource", resource


def _codes(data: Mapping[str, Any]) -> Iterator[Wrong]:
    for where, one in (("", dict(data)), *resources(data)):
        name = str(one.get("resourceType"))
        prefix = f"{where}.{name}" if where else name
        for element, allowed in REQUIRED.get(name, {}).items():
            value = one.get(element)
            if value is not None and value not in allowed:
                yield Wrong(
                    f"{prefix}.{element}",
                    Label(f"没有代码“{value}”；可用：{'、'.join(allowed)}", f"no code “{value}”; one of"
                          f" {', '.join(allowed)}"),
                )  # fmt: skip
        for (resource, element), (system, allowed) in REQUIRED_CODED.items():
            if resource != name or element not in one:
                continue
            codes = [c.get("code") for c in one[element].get("coding") or () if c.get("system") == system]
            if not codes or any(code not in allowed for code in codes):
                yield Wrong(
                    f"{prefix}.{element}",
                    Label(f"须用 {system} 的代码", f"a code of {system} is required"),
                )


def _document(data: Mapping[str, Any]) -> Iterator[Wrong]:
    """What the standard says of bundles of type document (bdl-9, -10, -11, and -7 of every bundle)."""
    entries = [e for e in data.get("entry") or () if isinstance(e, Mapping)]
    urls = [(e.get("fullUrl"), _version(e)) for e in entries if e.get("fullUrl") is not None]
    twice = {url for url, version in urls if urls.count((url, version)) > 1}
    if twice and data.get("type") != "history":
        told = sorted(map(str, twice))[0]
        yield Wrong("Bundle.entry", Label(f"fullUrl 重复：{told}", f"fullUrl stands twice: {told}"))
    if data.get("type") != "document":
        return
    identifier = data.get("identifier") or {}
    if not (identifier.get("system") and identifier.get("value")):
        yield Wrong(
            "Bundle.identifier", Label("文档须有编号（system 和 value）", "a document has an identifier")
        )
    if not data.get("timestamp"):
        yield Wrong("Bundle.timestamp", Label("文档须有时间", "a document has a timestamp"))
    first = next((r for _, r in resources(data)), {})
    if first.get("resourceType") != "Composition":
        told_first = Label("文档的第一项须是 Composition", "a document begins with a Composition")
        yield Wrong("Bundle.entry[0]", told_first)


def _version(entry: Mapping[str, Any]) -> str:
    """Which version of a resource an entry holds: several of one may stand in a bundle."""
    return str(((entry.get("resource") or {}).get("meta") or {}).get("versionId") or "")


def _references(data: Mapping[str, Any], *, whole: bool) -> Iterator[Wrong]:
    """References that lead to nothing in the bundle; unless it has to be `whole`, of its own ids only."""
    known: set[str] = set()
    for entry in data.get("entry") or ():
        resource = entry.get("resource") or {}
        if entry.get("fullUrl"):
            known.add(str(entry["fullUrl"]))
        if resource.get("id"):
            known.add(f"{resource.get('resourceType')}/{resource['id']}")
    for where, one in resources(data):
        inside = {f"#{c.get('id')}" for c in one.get("contained") or ()}
        for path, target in _named(one, where):
            outside = not whole and not target.startswith(("#", "urn:"))
            if target not in known and target not in inside and not outside:
                yield Wrong(path, Label(f"引用“{target}”在文件里没有", f"nothing in the file is “{target}”"))


def _named(value: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name == "reference" and isinstance(inner, str):
                yield f"{where}.reference", inner
            else:
                yield from _named(inner, f"{where}.{name}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _named(inner, f"{where}[{place}]")
