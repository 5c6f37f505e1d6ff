"""Instruments read from YAML: a closed set of keys, and every fault one sentence that names the nearest."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from guitu.centre.instruments.model import (
    FILLED_BY,
    MODES,
    TRANSLATIONS,
    Band,
    Flag,
    Instrument,
    Item,
    Level,
    Option,
    Scale,
    Test,
)
from guitu.kernel.errors import unknown_key
from guitu.kernel.labels import Label
from guitu.policy.schema import Section, fault, load_yaml, read_all

MOST_ITEMS: Final = 400
MOST_POINTS: Final = 1000
_KEY: Final = re.compile(r"^[a-z][a-z0-9_]{0,39}$")
_RANGE: Final = re.compile(r"^(\d+)-(\d+)$")


def read_instrument(text: str, where: str) -> Instrument:
    """One instrument from the text of its file. Raises DeclarationError: the place, and the nearest key."""
    top = Section(load_yaml(text, where), where)
    key = top.text("key")
    if not _KEY.match(key):
        raise fault(where, f"key“{key}”只能用小写字母、数字和下划线", f"“{key}” may hold a-z, 0-9 and _")
    sets = _option_sets(top)
    items = _items(top, sets)
    keys = [item.key for item in items]
    scales = read_all(top.items("scales", []), f"{where}.scales", lambda v, w: _scale(v, w, items))
    names = [scale.key for scale in scales]
    mode = top.word("mode", MODES)
    found = Instrument(
        key=key,
        version=top.whole("version"),
        label=top.label("label"),
        measures=top.label("measures"),
        window=top.label("window"),
        mode=mode,
        filled_by=top.word("filled_by", FILLED_BY),
        higher=top.word("higher", ("worse", "better")),
        translation=top.word("translation", TRANSLATIONS),
        licence=top.label("licence"),
        credit=top.text("credit"),
        sources=tuple(str(s) for s in top.items("sources")),
        last_checked=top.day("last_checked"),
        items=items,
        scales=scales,
        flags=read_all(top.items("flags", []), f"{where}.flags", lambda v, w: _flag(v, w, keys, names)),
        levels=read_all(top.items("levels", []), f"{where}.levels", lambda v, w: _level(v, w, keys, names)),
        cautions=read_all(top.items("cautions", []), f"{where}.cautions", _label),
    )
    top.close()
    _sensible(found, where)
    return found


def _label(value: Any, where: str) -> Label:
    section = Section(value, where)
    label = Label(str(section.raw("zh")), str(section.raw("en")))
    section.close()
    return label


def _number(value: Any, where: str) -> Decimal:
    """A number as written: 1.25 stays 1.25."""
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        found = Decimal("NaN")
    if isinstance(value, bool) or not found.is_finite() or abs(found) > MOST_POINTS:
        raise fault(where, f"“{value}”不是可用的数", f"“{value}” is no usable number")
    return found


# ── items ─────────────────────────────────────────────────────────────────────────────────────────


def _option_sets(top: Section) -> dict[str, tuple[Option, ...]]:
    if not top.has("options"):
        return {}
    section = top.section("options")
    return {name: _options(section.raw(name), f"{section.where}.{name}") for name in section.written()}


def _options(value: Any, where: str) -> tuple[Option, ...]:
    """A list of options; or `{least, most}` for digits without words, with `points: reversed` for items that
    count the other way, and `words` for some of them."""
    if isinstance(value, list):
        found = read_all(value, where, _option)
    else:
        section = Section(value, where)
        least, most = section.whole("least"), section.whole("most")
        if not 0 <= least < most <= MOST_POINTS:
            raise fault(where, f"范围 {least}–{most} 不可用", f"the range {least}–{most} is of no use")
        turned = section.word("points", ("same", "reversed"), "same") == "reversed"
        words = section.section("words") if section.has("words") else None
        labels = _words(words) if words else {}
        section.close()
        found = tuple(
            Option(a, Decimal(least + most - a if turned else a), labels.get(a))
            for a in range(least, most + 1)
        )
    if len({o.answer for o in found}) != len(found) or len(found) < 2:
        raise fault(where, "选项至少两个，答案不能重复", "at least two options, and no digit twice")
    return found


def _words(section: Section) -> dict[int, Label]:
    """The words beside some digits of a scale; the digits stand in quotes."""
    found: dict[int, Label] = {}
    for key in section.written():
        if not key.isdigit():
            raise fault(section.where, f"“{key}”应为加引号的数字", f"“{key}” should be a digit in quotes")
        found[int(key)] = section.label(key)
    return found


def _option(value: Any, where: str) -> Option:
    section = Section(value, where)
    answer = section.whole("answer")
    points = _number(section.raw("points", answer), f"{where}.points")
    option = Option(answer, points, section.label("label", None))
    section.close()
    return option


def _items(top: Section, sets: dict[str, tuple[Option, ...]]) -> tuple[Item, ...]:
    """The items: a list, or `{count, options}` for numbered ones without words."""
    written = top.raw("items")
    where = f"{top.where}.items"
    if isinstance(written, list):
        stems: list[Label | None] = [None]
        found = read_all(written, where, lambda v, w: _item(v, w, sets, stems))
    else:
        section = Section(written, where)
        count, options = section.whole("count"), _chosen(section, sets)
        turned = {f"q{n}" for n in _numbers(section.items("reversed", []), where)}
        section.close()
        if not 0 < count <= MOST_ITEMS:
            raise fault(where, f"题数应在 1 到 {MOST_ITEMS} 之间", f"there are from 1 to {MOST_ITEMS} items")
        names = [f"q{n}" for n in range(1, count + 1)]
        for name in turned - set(names):
            raise unknown_key(name, names, where=f"{where}.reversed")
        found = tuple(Item(k, None, _turned(options) if k in turned else options) for k in names)
    keys = [item.key for item in found]
    for item in found:
        if keys.count(item.key) > 1:
            raise fault(where, f"“{item.key}”写了两次", f"“{item.key}” is written twice")
        if item.only_when and item.only_when[0] not in keys[: keys.index(item.key)]:
            raise unknown_key(item.only_when[0], keys[: keys.index(item.key)], where=f"{where}.{item.key}")
    return found


def _turned(options: tuple[Option, ...]) -> tuple[Option, ...]:
    ends = options[0].points + options[-1].points
    return tuple(Option(o.answer, ends - o.points, o.label) for o in options)


def _chosen(section: Section, sets: dict[str, tuple[Option, ...]]) -> tuple[Option, ...]:
    raw = section.raw("options")
    if isinstance(raw, str):
        if raw not in sets:
            raise unknown_key(raw, sets, where=f"{section.where}.options")
        return sets[raw]
    return _options(raw, f"{section.where}.options")


def _item(value: Any, where: str, sets: dict[str, tuple[Option, ...]], stems: list[Label | None]) -> Item:
    """One item. A `stem` stands above it and those after it, until the next one (`stem: none` ends it)."""
    section = Section(value, where)
    if section.has("stem"):
        stems[0] = None if section.raw("stem") == "none" else section.label("stem")
    options = _chosen(section, sets)
    if section.truth("reversed", False):
        options = _turned(options)
    only: tuple[str, frozenset[int]] | None = None
    if section.has("only_when"):
        inner = section.section("only_when")
        only = inner.text("item"), frozenset(int(a) for a in inner.items("answers"))
        inner.close()
    item = Item(section.text("key"), section.label("text", None), options, only, stems[0])
    section.close()
    return item


# ── scales, flags ─────────────────────────────────────────────────────────────────────────────────


def _numbers(values: list[Any], where: str) -> list[int]:
    """Numbers and ranges: `[1, 4, 8-14]`."""
    found: list[int] = []
    for value in values:
        span = _RANGE.match(str(value))
        if span:
            found += range(int(span[1]), int(span[2]) + 1)
        elif isinstance(value, int):
            found.append(value)
        else:
            raise fault(where, f"“{value}”应为题号", f"“{value}” should be an item's number")
    return found


def _keys(section: Section, keys: list[str]) -> tuple[str, ...]:
    """Items by their number in order (`[1, 4, 8-14]`), by key, or `all`."""
    where = f"{section.where}.items"
    values = section.items("items")
    if values == ["all"]:
        return tuple(keys)
    found: list[str] = []
    for value in values:
        if isinstance(value, str) and not _RANGE.match(value):
            if value not in keys:
                raise unknown_key(value, keys, where=where)
            found.append(value)
            continue
        for n in _numbers([value], where):
            if not 0 < n <= len(keys):
                raise fault(where, f"没有第 {n} 题，共 {len(keys)} 题", f"no item {n} of {len(keys)}")
            found.append(keys[n - 1])
    return tuple(found)


def _scale(value: Any, where: str, items: tuple[Item, ...]) -> Scale:
    section = Section(value, where)
    keys = _keys(section, [item.key for item in items])
    how = section.word("how", ("sum", "mean", "count"), "sum")
    times = _number(section.raw("times", 1), f"{where}.times")
    of = [next(i for i in items if i.key == k).options for k in keys]
    low, high = [min(o.points for o in os) for os in of], [max(o.points for o in os) for os in of]
    count_from = _number(section.raw("counts_from", 1), f"{where}.counts_from")
    match how:
        case "sum":
            ends = sum(low, Decimal(0)), sum(high, Decimal(0))
        case "mean":
            ends = min(low), max(high)
        case _:
            ends = Decimal(0), Decimal(len(keys))
    missing = section.whole("missing", 0)
    if not 0 <= missing < len(keys):
        raise fault(f"{where}.missing", "允许缺失的应少于题数", "fewer than the items")
    scale = Scale(
        key=section.text("key"),
        label=section.label("label"),
        items=keys,
        how=how,
        times=times,
        places=section.whole("places", 0),
        down=section.word("rounded", ("nearest", "down"), "nearest") == "down",
        missing=missing,
        counts_from=count_from,
        bands=read_all(section.items("bands", []), f"{where}.bands", _band),
        least=ends[0] * times,
        most=ends[1] * times,
    )
    section.close()
    for before, after in zip(scale.bands, scale.bands[1:], strict=False):
        if after.least <= before.most:
            raise fault(f"{where}.bands", "分段重叠或次序有误", "bands overlap or are out of order")
    return scale


def _band(value: Any, where: str) -> Band:
    section = Section(value, where)
    band = Band(
        _number(section.raw("from"), where), _number(section.raw("to"), where), section.label("label")
    )
    section.close()
    if band.most < band.least:
        raise fault(where, "分段的上限小于下限", "the band ends before it begins")
    return band


def _test(value: Any, where: str, keys: list[str], scales: list[str]) -> Test:
    section = Section(value, where)
    if section.has("scale"):
        scale = section.word("scale", scales)
        low = section.raw("at_least", None)
        over = section.raw("more_than", None)
        test = Test(
            scale=scale,
            at_least=None if low is None else _number(low, where),
            more_than=None if over is None else _number(over, where),
        )
    else:
        test = Test(_keys(section, keys), section.whole("answer", 1), section.whole("count", 1))
    section.close()
    return test


def _tests(section: Section, key: str, keys: list[str], scales: list[str]) -> tuple[Test, ...]:
    return read_all(section.items(key, []), f"{section.where}.{key}", lambda v, w: _test(v, w, keys, scales))


def _flag(value: Any, where: str, keys: list[str], scales: list[str]) -> Flag:
    section = Section(value, where)
    flag = Flag(
        section.text("key"),
        section.label("label"),
        _tests(section, "all_of", keys, scales),
        _tests(section, "any_of", keys, scales),
        section.truth("today", False),
    )
    section.close()
    if not flag.all_of and not flag.any_of:
        raise fault(where, "提示应写 all_of 或 any_of", "a flag needs “all_of” or “any_of”")
    return flag


def _level(value: Any, where: str, keys: list[str], scales: list[str]) -> Level:
    section = Section(value, where)
    level = Level(section.text("key"), section.label("label"), _tests(section, "any_of", keys, scales))
    section.close()
    return level


def _sensible(found: Instrument, where: str) -> None:
    """What makes no sense as a whole: texts where the licence says none, or nothing that is worked out."""
    if found.version < 1:
        raise fault(where, "version 从 1 起", "versions begin with 1")
    texts = [item.text is not None for item in found.items]
    if found.mode == "bundled" and not all(texts):
        raise fault(where, "bundled 的量表每题都要有题目", "a bundled instrument has a text for every item")
    if found.mode == "score_only" and found.translation != "none":
        raise fault(where, "score_only 的 translation 写 none", "“score_only” has translation: none")
    if not found.scales and not found.levels:
        raise fault(where, "没有任何可以计算的分数", "nothing is worked out: “scales” or “levels” is missing")
    if len({s.key for s in found.scales}) != len(found.scales):
        raise fault(where, "分量表的 key 重复", "two scales have the same key")
