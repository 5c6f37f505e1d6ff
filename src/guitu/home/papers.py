"""The papers of the way home that are made from a template which the office may edit: what they are called
and what they say unless an office puts its own in their place. The wording is ours, not an official form;
every article named in it was read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from guitu.kernel.labels import Label

AGREEMENT: Final = "agreement"
TEMPLATES: Final[Mapping[str, Label]] = {
    AGREEMENT: Label("社区戒毒（康复）协议书", "Agreement of a community measure")
}

FIELDS: Final[Mapping[str, Label]] = {
    "measure": Label("措施", "the measure"),
    "centre": Label("乡镇（街道）", "the town office"),
    "name": Label("姓名", "name"),
    "sex": Label("性别", "sex"),
    "birth": Label("出生日期", "day of birth"),
    "id_number": Label("公民身份号码", "identity number"),
    "organ": Label("决定机关", "deciding organ"),
    "decision_no": Label("决定书文号", "number of the decision"),
    "decided_on": Label("决定日期", "day of the decision"),
    "starts_on": Label("期限起", "first day of the term"),
    "ends_on": Label("期限止", "last day of the term"),
    "help": Label("约定的帮助", "help agreed on"),
    "measures": Label("具体措施", "concrete measures"),
    "other": Label("其他约定", "anything else agreed"),
    "group": Label("工作小组", "working group"),
    "number": Label("编号", "number"),
    "made_on": Label("出具日期", "day made out"),
}
"""The places that the template of an agreement may have."""

TITLE: Final = "{{ measure }}协议书"
BODY: Final = (
    "甲方：{{ centre }}",
    "乙方：{{ name }}，{{ sex }}，{{ birth }}出生，公民身份号码 {{ id_number }}",
    "{{ organ }}于{{ decided_on }}以 {{ decision_no }} 决定乙方接受{{ measure }}，期限自{{ starts_on }}至"
    "{{ ends_on }}。期满之日起依法解除，不以是否收到文书为准。依照《戒毒条例》的规定，双方约定如下。",
    "一、乙方的权利",
    "（一）在入学、就业、享受社会保障等方面不受歧视，戒毒的个人信息依法予以保密（《戒毒条例》第七条）。",
    "（二）知道自己的档案里写了什么，可以要求更正，可以要求说明（《个人信息保护法》第四十四条至第四十八条）。",
    "（三）对检测结果有异议，可以提出；现场检测阳性未经实验室确认，不作任何处理。",
    "（四）有正当理由未报到、未检测或者外出的，可以说明并提交材料；说明和材料一并记入档案。",
    "（五）对决定不服，可以依法申请行政复议或者提起行政诉讼；可以投诉，可以申请法律援助。",
    "二、甲方提供的帮助",
    "甲方依照《戒毒条例》第十八条，提供戒毒知识辅导、教育、心理疏导、职业技能培训、职业指导，以及就学、就业、就医援助。"
    "双方具体约定：",
    "{{ help }}",
    "三、乙方的义务",
    "（一）履行本协议。",
    "（二）根据公安机关的要求，定期接受检测。",
    "（三）离开执行地所在县（市、区）三日以上的，须书面报告（《戒毒条例》第十九条）。",
    "四、具体措施",
    "{{ measures }}",
    "五、工作小组",
    "{{ group }}",
    "六、不履行协议的后果",
    "逃避或者拒绝接受检测三次以上，擅自离开执行地所在县（市、区）三次以上或者累计超过三十日的，属于严重违反协议"
    "（《戒毒条例》第二十条）。是否作出新的决定，由公安机关依法决定。",
    "七、其他约定",
    "{{ other }}",
    "本协议一式两份，双方各执一份。乙方不识字的，已由甲方逐条读给乙方听。",
    "乙方（签名）：＿＿＿＿＿＿　　　　日期：＿＿＿＿＿＿",
)
