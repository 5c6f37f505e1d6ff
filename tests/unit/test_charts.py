"""Pictures of figures: the same bytes for the same figures, nothing said by colour alone, nothing hidden
drawn."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import altair
import pytest

from guitu.exchange.charts import (
    Bar,
    Chart,
    Point,
    Series,
    Shape,
    Step,
    Tile,
    bars,
    line,
    scale_of,
    shapes,
    steps,
    tiles,
)
from guitu.exchange.charts.chart import apart
from guitu.exchange.charts.look import PALETTES, WIDTHS, width_of, wrapped

ROOT = Path(__file__).resolve().parents[2]
MONTHS = [f"2026-{m:02}" for m in range(1, 13)]


def trend(**more: object) -> Chart:
    """A year with a hidden month and a definition that changed in July."""
    points = tuple(
        Point(
            at,
            None if n == 3 else 80.0 + n,
            "※不足10" if n == 3 else f"{80 + n}.0%（{80 + n}/100）",
            1 if n < 6 else 2,
        )
        for n, at in enumerate(MONTHS)
    )
    return line([Series("示例县", points)], unit="%", **more)  # type: ignore[arg-type]


def words_in(svg: str) -> list[str]:
    """Every piece of text in a picture."""
    return [t.text or "" for t in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_the_same_figures_give_the_same_bytes_also_in_another_process() -> None:
    code = (
        "import sys; from guitu.exchange.charts import Bar, bars;"
        "c = bars([Bar('甲', 1.5, '1.5'), Bar('乙', None, '※不足10')], title='在册');"
        "sys.stdout.write(c.svg()); sys.stdout.flush(); sys.stdout.buffer.write(c.png(1.0))"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT / "src").stdout
        for _ in range(2)
    ]
    assert runs[0] == runs[1]
    chart = bars([Bar("甲", 1.5, "1.5"), Bar("乙", None, "※不足10")], title="在册")
    assert runs[0] == chart.svg().encode() + chart.png(1.0)


def test_a_picture_may_stand_in_a_page_under_the_strictest_policy() -> None:
    svg = trend(title="按期见面率").svg()
    assert not re.search(r"style=|<style|<script|href=|\son\w+=", svg)


def test_a_picture_says_itself_what_it_shows() -> None:
    chart = trend(title="按期见面率")
    assert "<title>按期见面率</title><desc>趋势图。示例县：2026-01 为 80.0%（80/100）" in chart.svg()


@pytest.mark.parametrize("size", ["wide", "narrow", "page"])
def test_every_picture_is_as_wide_and_high_as_it_says(size: str) -> None:
    chart = trend(title="按期见面率", note="数据截至 2026-11-23 06:00", size=size)
    root = ElementTree.fromstring(chart.svg())
    assert (float(root.get("width", 0)), float(root.get("height", 0))) == (chart.width, chart.height)
    assert chart.width == WIDTHS[size]  # type: ignore[index]


def test_what_two_definitions_counted_is_not_joined_and_the_break_is_named() -> None:
    chart = trend()
    parts = {
        v["i"]: v["part"]
        for layer in json.loads(chart.spec)["layer"]
        for v in layer["data"]["values"]
        if "part" in v
    }
    assert parts[5] != parts[6]
    assert "口径改为第 2 版" in words_in(chart.svg())


def test_a_hidden_month_is_a_gap_with_its_mark_and_never_a_nought() -> None:
    chart = trend()
    drawn = [
        v["i"] for layer in json.loads(chart.spec)["layer"] for v in layer["data"]["values"] if "part" in v
    ]
    assert 3 not in drawn
    assert "※" in words_in(chart.svg())
    assert chart.table.rows[3] == ("2026-04", "※不足10")


def test_lines_that_end_together_have_their_names_apart() -> None:
    heights = apart([50.0, 51.0, 52.0], 18, 8, 252)
    assert all(b - a >= 18 for a, b in itertools.pairwise(heights))
    crowded = apart([250.0, 251.0, 252.0], 18, 8, 252)
    assert max(crowded) <= 252
    assert all(b - a >= 18 for a, b in itertools.pairwise(crowded))


def test_more_lines_than_can_be_told_apart_in_grey_are_refused() -> None:
    one = Series("甲", (Point("2026-01", 1.0, "1"),))
    with pytest.raises(ValueError, match="1–4 series, not 5"):
        line([one] * 5)


def test_bars_stand_in_the_order_given_with_numerator_and_denominator() -> None:
    chart = bars([Bar("乙镇", 50.0, "50.0%（5/10）"), Bar("甲镇", 90.0, "90.0%（9/10）")])
    words = words_in(chart.svg())
    assert words.index("乙镇") < words.index("甲镇")
    assert "50.0%（5/10）" in words


def test_nought_has_its_place_and_what_is_hidden_has_no_bar() -> None:
    chart = bars([Bar("甲镇", 0.0, "0"), Bar("乙镇", None, "※不足10")])
    drawn = [v for layer in json.loads(chart.spec)["layer"] for v in layer["data"]["values"] if "zero" in v]
    assert [v["v"] for v in drawn] == [0.0]
    assert {"0", "※不足10"} <= set(words_in(chart.svg()))


def test_a_cohort_always_shows_the_lost_beside_the_kept() -> None:
    cohort = [
        Step(m, k, o, f"{k:.0%}", f"{o:.0%}", "5", "100") for m, k, o in ((3, 0.9, 0.05), (6, 0.8, 0.11))
    ]
    chart = steps(cohort)
    words = words_in(chart.svg())
    assert {"失联", "5%", "11%"} <= set(words)
    assert chart.table.head == ("月", "保持", "失联", "其他或未到期", "起始人数")


def test_a_month_that_nobody_reached_yet_is_not_drawn() -> None:
    cohort = [Step(3, 0.9, 0.05, "90%", "5%", "5", "100"), Step(6, None, None, "—", "—", "—", "—")]
    values = [v for layer in json.loads(steps(cohort).spec)["layer"] for v in layer["data"]["values"]]
    assert 6 not in {v.get("m") for v in values}


def test_a_map_says_each_class_in_words_and_with_a_mark() -> None:
    values = [70.0, 78.0, 91.2]
    scale = scale_of(values, "%")
    chart = tiles([Tile(str(v), v, f"{v}%") for v in values] + [Tile("丁", None, "※不足10")], scale)
    words = words_in(chart.svg())
    for one in scale.classes:
        assert f"{one.mark} {one.words.zh}" in words
    assert "无数值或已隐去" in words
    assert chart.table.rows[-1] == ("丁", "※不足10", "—")


@pytest.mark.parametrize(
    "values", [[5.0], [5.0, 5.0], [0.0, 0.0], [-3.0, 12.0], [0.01, 0.09], [1240.0, 98000.0]]
)
def test_classes_take_in_every_value_and_are_at_most_four(values: list[float]) -> None:
    scale = scale_of(values)
    assert 1 <= len(scale.classes) <= 4
    for value in values:
        one = scale.classes[scale.of(value)]
        assert one.least <= value < one.below


def test_the_classes_of_a_map_differ_in_lightness_also_in_grey() -> None:
    def lightness(colour: str) -> float:
        red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for palette in PALETTES.values():
        shades = [lightness(c) for c in palette.ramp]
        assert all(abs(a - b) > 30 for a, b in itertools.pairwise(shades))


def test_pictures_have_the_colours_of_the_pages() -> None:
    css = (ROOT / "src/guitu/web/static/guitu/guitu.css").read_text()
    for start, look in (
        (":root", "light"),
        ('[data-contrast="high"]', "high"),
        ('[data-contrast="dark"]', "dark"),
    ):
        block = css[css.index(f"\n{start} {{") :].split("}")[0]
        for token, name in (
            ("ink", "ink"),
            ("ink-2", "ink_2"),
            ("edge", "edge"),
            ("line", "line"),
            ("act", "act"),
        ):
            wanted = re.search(rf"--{token}: (#\w+);", block)
            assert wanted is not None
            assert getattr(PALETTES[look], name) == wanted[1]  # type: ignore[index]


def test_every_specification_is_one_that_the_schema_knows() -> None:
    for chart in (
        trend(title="甲"),
        bars([Bar("甲", 1.0, "1")]),
        steps([Step(3, 0.5, 0.1, "50%", "10%", "0", "9")]),
    ):
        altair.Chart.from_dict(json.loads(chart.spec), validate=True)


def test_long_words_are_cut_into_lines_that_fit() -> None:
    for text in (
        "数据截至 2026-11-23 06:00；※ 为不足10人，已隐去。" * 2,
        "As of 23 November 2026, hidden where fewer than ten",
    ):
        rows = wrapped(text, 200)
        assert len(rows) > 1
        assert all(width_of(row, 13) <= 230 for row in rows)
        assert "".join(rows).replace(" ", "") == text.replace(" ", "")


def test_islands_far_off_are_drawn_in_a_box_of_their_own_so_that_the_rest_can_be_read() -> None:
    def square(x: float, y: float) -> dict[str, object]:
        ring = [[x, y], [x + 0.5, y], [x + 0.5, y + 0.5], [x, y + 0.5], [x, y]]
        return {"type": "Polygon", "coordinates": [ring]}

    at = [(109.0, 19.0), (109.5, 19.0), (109.0, 19.5), (109.5, 19.5), (112.0, 12.0)]
    places = [
        Shape(Tile(str(n), float(n), str(n)), square(x, y), (x + 0.25, y + 0.25))
        for n, (x, y) in enumerate(at)
    ]
    chart = shapes(places, scale_of([0.0, 4.0]))
    outlines = [
        v for layer in json.loads(chart.spec)["layer"] for v in layer["data"]["values"] if "part" in v
    ]
    wide = [v["x"] for v in outlines if v["part"] < 4]
    assert max(wide) - min(wide) > 300
    assert all(0 <= v["x"] <= chart.width and 0 <= v["y"] <= chart.height for v in outlines)
    assert {"0", "4"} <= set(words_in(chart.svg()))
