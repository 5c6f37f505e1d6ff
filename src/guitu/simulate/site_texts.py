"""What the public site of the fictional province says: invented offices and events, and of the law only what
stands in articles that were read for the rules of this house."""

from __future__ import annotations

from typing import Final

from guitu.casefile import Value

Fields = dict[str, Value]

ABOUT: Final[Fields] = {
    "name_zh": "示例省禁毒宣传",
    "name_en": "Outreach of the Example Province",
    "office_zh": "示例省禁毒宣讲团",
    "office_en": "Outreach team of the Example Province",
    "says_zh": "我们到学校、企业和村里讲毒品的危害，也讲怎样帮助正在恢复的人。\n\n这是示例网站："
    "单位、活动和电话都是虚构的。",
    "says_en": "We go to schools, firms and villages to speak about drugs, and about how to help"
    " those who are on"
    " their way back.\n\nThis is an example: its offices, events and telephone numbers are invented.",
    "phone": "000-0000000",
}  # fmt: skip

ARTICLES: Final[tuple[tuple[int, Fields], ...]] = (
    (6, {
        "title_zh": "宣讲走进校园", "title_en": "Talks in schools", "section": "news", "shown": "yes",
        "body_zh": "本月宣讲团到了三所学校。学生提的问题最多的是：朋友递过来的东西，怎样拒绝才不伤和气？\n\n"
        "## 可以这样说\n\n- 我不想要，谢谢。\n- 我家里人在等我，先走了。\n- 你也别碰，我们去打球。\n\n"
        "下一场的时间和地点，请看活动日历。",
        "body_en": "This month our speakers went to three schools. What pupils asked most: how"
        " does one refuse what"
        " a friend holds out, without offending him?\n\n## What one can say\n\n- No, thank you.\n-"
        " They are waiting"
        " for me at home.\n- Leave it too; let us go and play.\n\nThe calendar has the next talks.",
    }),
    (20, {
        "title_zh": "家人可以做什么", "title_en": "What a family can do", "section": "home", "shown": "yes",
        "body_zh": "戒毒要很久，有时会反复。家人的态度，比一次谈话更有用。\n\n- 先听，不急着讲道理。\n"
        "- 陪他去报到、去检测，记住日子。\n- 有难处，向乡镇禁毒办、村里的专干求助。\n\n"
        "求助去处一栏有可以打的电话。",
        "body_en": "Recovery takes long, and sometimes it fails before it succeeds. How a family"
        " behaves helps more"
        " than any one talk.\n\n- Listen first.\n- Go along to reporting and tests, and keep the"
        " days in mind.\n"
        "- When it is hard, ask the town office or the village worker.\n\nThe page “Find help” has telephone"
        " numbers.",
    }),
    (33, {
        "title_zh": "戒毒的人在入学、就业上不受歧视", "title_en": "No discrimination in school and work",
        "section": "law", "shown": "yes",
        "body_zh": "《禁毒法》第五十二条、《戒毒条例》第七条：戒毒人员在入学、就业、"
        "享受社会保障等方面不受歧视。\n\n"
        "遇到这样的事，可以向乡镇禁毒办反映。",
        "body_en": "Anti-Drug Law art. 52 and Drug Rehabilitation Regulations art. 7: people in"
        " rehabilitation must"
        " not be discriminated against in school, work and social security.\n\nTell the town office if it"
        " happens.",
    }),
    (2, {
        "title_zh": "下一季的宣讲安排（草稿）", "section": "news", "shown": "no",
        "body_zh": "正在与各校商定，定下来再登出。",
    }),
)  # fmt: skip

PLACES: Final[tuple[Fields, ...]] = (
    {
        "name_zh": "示例省禁毒咨询电话", "name_en": "Example advice line",
        "what_zh": "任何人都可以问：毒品、戒毒、家人怎么办。不问姓名。",
        "what_en": "Anybody may ask about drugs, rehabilitation and what a family can do. No names"
        " are asked.",
        "phone": "000-0000001", "hours_zh": "周一至周五 8:30—17:30", "hours_en": "Mon to Fri, 8:30 to 17:30",
    },
    {
        "name_zh": "示例社戒社康指导站", "name_en": "Example guidance station",
        "what_zh": "帮助正在社区戒毒、社区康复的人：谈话、就业、看病怎样办。",
        "what_en": "For those in community treatment or recovery: talks, work, medical care.",
        "phone": "000-0000002", "where_zh": "示例县示例路1号", "where_en": "1 Example Road, Example County",
    },
)  # fmt: skip

QUESTIONS: Final[tuple[Fields, ...]] = (
    {
        "question_zh": "社区戒毒的期限是多长？", "question_en": "How long does community treatment last?",
        "a_zh": "一年", "a_en": "One year", "b_zh": "三年", "b_en": "Three years", "c_zh": "五年",
        "c_en": "Five years", "right": "b",
        "why_zh": "《禁毒法》第三十三条：社区戒毒的期限为三年。",
        "why_en": "Anti-Drug Law art. 33: three years.",
    },
    {
        "question_zh": "收到社区戒毒决定后，几天内要去报到？",
        "question_en": "Within how many days of receiving the order must one report in?",
        "a_zh": "十五日", "a_en": "Fifteen days", "b_zh": "三十日", "b_en": "Thirty days", "right": "a",
        "why_zh": "《戒毒条例》第十四条：自收到责令社区戒毒决定书之日起十五日内报到。",
        "why_en": "Drug Rehabilitation Regulations art. 14: within fifteen days of receiving the decision.",
    },
    {
        "question_zh": "戒毒的人找工作，可以因为戒过毒就不要吗？",
        "question_en": "May somebody be refused work for having been in rehabilitation?",
        "a_zh": "可以", "a_en": "Yes", "b_zh": "不可以，法律规定不受歧视", "b_en": "No: the law forbids it",
        "right": "b",
        "why_zh": "《禁毒法》第五十二条：戒毒人员在入学、就业、享受社会保障等方面不受歧视。",
        "why_en": "Anti-Drug Law art. 52: no discrimination in school, work and social security.",
    },
)  # fmt: skip
