"""Reading YAML against a closed schema: every key is asked for by name, and one that nobody asked for is an
error.

Words stay words: only `true` and `false` are truth values, so the law's 是/否 choices `yes` and `no` need no
quotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final, TypeVar

import yaml

from guitu.kernel.errors import DeclarationError, unknown_key
from guitu.kernel.labels import Label

T = TypeVar("T")

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """The safe loader, with `true`/`false` as the only truth values and with repeated keys refused."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """The mapping of a node; a key written twice would silently lose the first."""
        mapping: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in mapping:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key “{key}” is written twice", key_node.start_mark
                )
            mapping[key] = self.construct_object(value_node, deep=True)
        return mapping


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in _Base.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$", re.IGNORECASE), list("tTfF")
)


def load_yaml(text: str, where: str) -> Any:
    """The value of a YAML document; a fault is one sentence that names the line."""
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        if mark is None:  # no text at all: what cannot be printed has no line
            said = Label("不是 YAML 文本", "this is no YAML text")
        else:
            line, why = mark.line + 1, getattr(fault, "problem", None) or "—"
            said = Label(f"第 {line} 行不是有效的 YAML：{why}", f"line {line} is not valid YAML: {why}")
        raise DeclarationError(said, where=where) from None
    except ValueError as fault:  # an impossible day such as 2023-02-30
        raise DeclarationError(
            Label(f"有不存在的日期或数值：{fault}", f"an impossible day or number: {fault}"), where=where
        ) from None


def fault(where: str, zh: str, en: str) -> DeclarationError:
    """A declaration error at a place."""
    return DeclarationError(Label(zh, en), where=where)


_MISSING: Final = object()
_ISO_DAY: Final = re.compile(r"^\d{4}-\d{2}-\d{2}$")


class Section:
    """One mapping being read. Ask for each key; `close` then refuses what was not asked for."""

    def __init__(self, value: Any, where: str) -> None:
        if not isinstance(value, Mapping):
            raise fault(
                where, f"应为若干“键: 值”，现为“{value}”", f"expected keys and values, found “{value}”"
            )
        self.where = where
        self._value = value
        self._asked: list[str] = []

    def has(self, key: str) -> bool:
        """Whether the key is written, with a value."""
        self._asked.append(key)
        return self._value.get(key) is not None

    def raw(self, key: str, default: Any = _MISSING) -> Any:
        """The value under the key; without a default a missing one is an error."""
        self._asked.append(key)
        value = self._value.get(key)
        if value is None:
            if default is _MISSING:
                raise self._missing(key)
            return default
        return value

    def _missing(self, key: str) -> DeclarationError:
        """The error for a key that must be there; if a near miss was written instead, that one is named."""
        stray = [str(k) for k in self._value if k not in self._asked]
        guess = unknown_key(stray[0], self._asked, where=self.where) if stray else None
        if guess is not None and f"“{key}”" in guess.label.zh:
            return guess
        return fault(self.where, f"缺少“{key}”", f"“{key}” is missing")

    def _typed(self, key: str, kind: type[T], zh: str, en: str, default: Any) -> Any:
        value = self.raw(key, default)
        if value is default and default is not _MISSING:
            return value
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise fault(f"{self.where}.{key}", f"“{value}”应为{zh}", f"“{value}” should be {en}")
        return value

    def text(self, key: str, default: Any = _MISSING) -> Any:
        """A text."""
        return self._typed(key, str, "文字", "text", default)

    def whole(self, key: str, default: Any = _MISSING) -> Any:
        """A whole number."""
        return self._typed(key, int, "整数", "a whole number", default)

    def truth(self, key: str, default: Any = _MISSING) -> Any:
        """true or false."""
        return self._typed(key, bool, "true 或 false", "true or false", default)

    def day(self, key: str, default: Any = _MISSING) -> Any:
        """A day, written 2026-11-23, with or without quotes."""
        written = self.raw(key, default)
        if isinstance(written, str) and _ISO_DAY.match(written):
            try:
                return date.fromisoformat(written)
            except ValueError:
                raise fault(
                    f"{self.where}.{key}", f"没有 {written} 这一天", f"there is no day {written}"
                ) from None
        value = self._typed(key, date, "日期，如 2026-11-23", "a day such as 2026-11-23", default)
        return value.date() if isinstance(value, datetime) else value

    def label(self, key: str, default: Any = _MISSING) -> Any:
        """A label: {zh, en}."""
        value = self.raw(key, default)
        if value is default and default is not _MISSING:
            return value
        return read_label(value, f"{self.where}.{key}")

    def word(self, key: str, known: Iterable[str], default: Any = _MISSING) -> Any:
        """One of the known words; another one is an error that names the nearest."""
        value = self.text(key, default)
        if value is default and default is not _MISSING:
            return value
        names = tuple(known)
        if value not in names:
            raise unknown_key(value, names, where=f"{self.where}.{key}")
        return value

    def items(self, key: str, default: Any = _MISSING) -> list[Any]:
        """A list; a single value stands for a list of one."""
        value = self.raw(key, default)
        return list(value) if isinstance(value, list | tuple) else [value]

    def section(self, key: str) -> Section:
        """The mapping under the key."""
        return Section(self.raw(key), f"{self.where}.{key}")

    def written(self) -> list[str]:
        """The keys as written."""
        return [str(key) for key in self._value]

    def close(self) -> None:
        """Refuse every key that was not asked for, naming the nearest one that was."""
        for key in self._value:
            if key not in self._asked:
                raise unknown_key(str(key), self._asked, where=self.where)


def read_label(value: Any, where: str) -> Label:
    """A label from {zh, en}; both must be there."""
    section = Section(value, where)
    label = Label(str(section.raw("zh")), str(section.raw("en")))
    section.close()
    return label


def read_all(values: list[Any], where: str, read: Callable[[Any, str], T]) -> tuple[T, ...]:
    """Each value read in turn, its place counted from 1."""
    return tuple(read(value, f"{where}[{place}]") for place, value in enumerate(values, start=1))
