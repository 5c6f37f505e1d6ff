"""Errors a user reads: one clear sentence in both languages saying what, where and what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from guitu.kernel.labels import Label


class GuituError(Exception):
    """A fault that somebody can mend. `label` is the whole sentence; commands print it and exit with 2."""

    def __init__(self, label: Label, *, where: str = "") -> None:
        self.label = label
        self.where = where
        super().__init__(f"{where}: {label.en}" if where else label.en)

    def say(self, language: str) -> str:
        """The sentence in `language`, with the place in front of it when one is known."""
        sentence = self.label.say(language)
        if not self.where:
            return sentence
        return f"{self.where}: {sentence}" if language.startswith("en") else f"{self.where}：{sentence}"


class DeclarationError(GuituError):
    """A kind, rule, indicator or page is declared wrongly: a fault in the house, found at start."""


class NotCovered(GuituError):
    """The rules have no verified answer; a named officer must decide by hand. A valid answer, not a
    failure."""


_MACHINE: Final = {
    errno.ENOSPC: Label("磁盘已满", "the disk is full"),
    errno.EACCES: Label("没有权限", "not allowed"),
    errno.EPERM: Label("没有权限", "not allowed"),
    errno.EROFS: Label("只读", "read-only"),
    errno.ENOENT: Label("没有这个文件或文件夹", "there is no such file or folder"),
    errno.ENOTDIR: Label("不是文件夹", "not a folder"),
    errno.EISDIR: Label("是文件夹", "a folder"),
    errno.EEXIST: Label("已经有同名的文件", "a file of this name is there already"),
    errno.EADDRINUSE: Label("已被占用", "it is taken"),
}


def machine_reason(fault: OSError) -> Label:
    """Why the machine refused, in words; its own where we have none."""
    own = str(fault.strerror or fault)
    return _MACHINE.get(fault.errno or 0, Label(own, own))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was most likely meant to be, or None."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def unknown_key(word: str, known: Iterable[str], *, where: str) -> DeclarationError:
    """The error for a key outside a closed vocabulary; it names the nearest known key."""
    names = sorted(known)
    guess = nearest(word, names)
    if guess:
        label = Label(
            f"不认识的键“{word}”，是不是“{guess}”？", f"unknown key “{word}”; did you mean “{guess}”?"
        )
    else:
        listed = ", ".join(names)
        label = Label(
            f"不认识的键“{word}”，可用的有：{listed}", f"unknown key “{word}”; known keys: {listed}"
        )
    return DeclarationError(label, where=where)
