"""How far something long has come, in words and as a bar; said aloud at each quarter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total`, which is 0 while it is not known.

    `poll` is the address of the next look, while it is not finished. `said` is the quarter, in percent, that
    was read aloud last.
    """

    label: Text
    done: int
    total: int
    note: Text = ""
    poll: str = ""
    id: str = "progress"
    said: int = 0

    @property
    def percent(self) -> int:
        """The last quarter that has been passed."""
        return 100 * self.done // self.total // 25 * 25 if self.total else 0

    @property
    def quarter(self) -> Label | None:
        """What is read aloud when another quarter has been passed."""
        percent = self.percent
        return Label(f"已完成 {percent}%", f"{percent}% done") if percent > self.said else None

    @property
    def next_look(self) -> str:
        """Where to ask again; it says what has been read aloud."""
        return f"{self.poll}?said={max(self.percent, self.said)}" if self.poll else ""


STATES: Final = (
    State(
        "running",
        Label("进行中", "Running"),
        Progress(
            Label("正在导入", "Importing"),
            640,
            1187,
            Label(
                "约 20 秒。可以离开，完成后在今日里提示。",
                "About 20 seconds. You may leave; Today will tell you.",
            ),
        ),
    ),
    State(
        "beginning",
        Label("刚开始", "Beginning"),
        Progress(Label("正在核对", "Checking"), 0, 0, id="progress-3"),
    ),
    State(
        "finished",
        Label("完成", "Finished"),
        Progress(Label("已导入", "Imported"), 1187, 1187, id="progress-2"),
    ),
)
