"""Named things, collected by discovery and then frozen. Adding one edits no central list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, Protocol, TypeVar

from guitu.kernel.errors import DeclarationError, GuituError, nearest
from guitu.kernel.labels import Label


class Named(Protocol):
    """Anything with a name that is unique in its registry."""

    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=Named)


class Registry(Mapping[str, T], Generic[T]):
    """A read-only mapping by name; an unknown name is an error that suggests the nearest one."""

    def __init__(self, what: Label, things: Iterator[T] | tuple[T, ...] | list[T]) -> None:
        self.what = what
        self._things: dict[str, T] = {}
        for thing in things:
            if thing.name in self._things:
                raise DeclarationError(
                    Label(f"{what.zh}“{thing.name}”声明了两次", f"{what.en} “{thing.name}” is declared twice")
                )
            self._things[thing.name] = thing

    def __getitem__(self, name: str) -> T:
        try:
            return self._things[name]
        except KeyError:
            raise self.unknown(name) from None

    def get(self, name: str, default: T | None = None) -> T | None:  # type: ignore[override]
        """The thing of that name, or `default`."""
        return self._things.get(name, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)

    def __contains__(self, name: object) -> bool:
        return name in self._things

    def unknown(self, name: str) -> UnknownName:
        """The error for a name that is not here."""
        guess = nearest(name, self._things)
        hint = Label(f"，是不是“{guess}”？", f"; did you mean “{guess}”?") if guess else Label("。", ".")
        return UnknownName(
            Label(
                f"没有名为“{name}”的{self.what.zh}{hint.zh}", f"there is no {self.what.en} “{name}”{hint.en}"
            )
        )


class UnknownName(GuituError, KeyError):
    """A name that is in no registry."""
