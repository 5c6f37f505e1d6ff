"""What was asked of which hospital, how far is it, and what is to be done? The states of these pages."""

from __future__ import annotations

from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State
from guitu.web.pages.remote import examples

STATES: Final = (
    State("worklist", Label("所内的工作单", "The centre's worklist"), examples.centre_list()),
    State("hospital", Label("医院的工作单", "The hospital's worklist"), examples.hospital_list()),
    State("empty", Label("没有会诊", "Nothing asked"), examples.nothing()),
    State("asked", Label("医院看请求", "The hospital looks at a request"), examples.asked()),
    State("advised", Label("所内处理意见", "The centre settles what was advised"), examples.advised()),
    State("over", Label("医院：已结束", "The hospital: it is over"), examples.over()),
    State("new", Label("请求会诊", "Asking for one"), examples.new()),
    State("refused", Label("本人不同意", "Refused consent"), examples.new(refused=True)),
    State("wrong", Label("请求有误", "A request with faults"), examples.new(wrong=True)),
    State("room", Label("会诊室", "The room"), examples.room()),
    State("import", Label("答复的文件有误", "An answer with faults"), examples.imported()),
)
