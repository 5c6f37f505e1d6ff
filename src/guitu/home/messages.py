"""Reminders to people by short message: what is due to be said, to whom, in which words, and when not.

A message is read on a screen that lies on a table. So it says when and where and never what for: words that
betray rehabilitation are refused, and named, wherever they come from, an office's own text, a place's name or
a signature. Nobody is written to who has not agreed in so many words, and nobody at night. A message reminds;
no clock of the law hangs on it, and one that did not arrive is nobody's fault.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from guitu.casefile import Entry
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA

What = Literal["appointment", "visit", "report_in"]

SETTING: Final = "message_setting"
CONSENT: Final = "reminder_consent"
SENT: Final = "reminder_sent"
VISIT: Final = "visit_agreed"
TOLD: Final = "test_told"
DONE: Final[Mapping[str, frozenset[str]]] = {
    TOLD: frozenset({"urine_test"}),
    VISIT: frozenset({"contact_attempt", "urine_test"}),
}
"""By what entry of the same day an appointment is over: nobody is reminded of it any more."""
KINDS: Final = frozenset({CONSENT, SENT, VISIT, TOLD, "urine_test", "contact_attempt"})
"""What is read of a person's file."""
DUTY: Final = "report_in"
"""The person's own duty of which reminders may be sent."""

WHATS: Final[Mapping[What, Label]] = {
    "appointment": Label("约定的日期", "Appointment"),
    "visit": Label("约定的见面", "Visit"),
    "report_in": Label("报到的期限", "Reporting in"),
}

BETRAYING: Final = (
    "戒", "毒", "瘾", "吸食", "注射", "社康", "康复", "尿", "采样", "检测", "检验", "化验", "阳性", "阴性",
    "复吸", "强制", "隔离", "解除", "期满", "管控", "帮教", "矫正", "监管", "派出所", "公安", "警", "司法",
    "美沙酮", "艾滋", "专干", "大麻", "冰毒", "海洛因",
    "drug", "rehab", "urine", "addict", "detox", "methadone", "heroin", "sober", "relapse", "police",
    "custody", "compulsory", "treatment", "test", "hiv", "aids",
)  # fmt: skip
"""What no message may say, in its text, in a place or in a signature. English ones as whole words or their
beginnings."""

PLACES: Final = ("day", "time", "place", "phone")
MOST: Final = 120
"""Characters of an office's own text: with what is filled in, two short messages at the most."""

TEXTS: Final[Mapping[What, Label]] = {
    "appointment": Label(
        "您好，提醒您：{day}{time}请到{place}。不能来，请先打电话{phone}。",
        "Hello, a reminder: please come to {place} on {day}{time}. If you cannot, please ring {phone} first.",
    ),
    "visit": Label(
        "您好，提醒您：{day}{time}约好在{place}见面。不方便，请先打电话{phone}。",
        "Hello, a reminder: we meet on {day}{time}, {place}. If it does not suit, please ring {phone} first.",
    ),
    "report_in": Label(
        "您好，提醒您：请最晚在{day}带身份证到{place}。有困难，请打电话{phone}。",
        "Hello, a reminder: please come to {place} by {day} with your identity card. Ring {phone} if that is"
        " difficult.",
    ),
}

_PLACE: Final = re.compile(r"\{([^{}]*)\}")
_MASKED: Final = 4


def betrays(text: str) -> str:
    """The first word in a text that betrays rehabilitation; "" where there is none. Spaces and full-width
    letters hide nothing."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    tight = "".join(letter for letter in plain if not letter.isspace() and letter not in "·-_.*")
    for word in BETRAYING:
        if word.isascii():
            if re.search(rf"(?<![a-z]){word}", plain):
                return word
        elif word in tight:
            return word
    return ""


def unfit(text: str) -> Label | None:
    """What is wrong with words that are to stand in a message, in one sentence."""
    if word := betrays(text):
        return Label(
            f"短信里不能出现“{word}”：收件人身边的人会看到；请换一种说法",
            f"a message must not say “{word}”: whoever sits beside its reader sees it; say it otherwise",
        )
    return None


def unfit_text(text: str) -> Label | None:
    """The same of an office's own text, with the places that are filled in."""
    if len(text) > MOST:
        return Label(f"最多 {MOST} 个字", f"{MOST} characters at most")
    unknown = [name for name in _PLACE.findall(text) if name not in PLACES]
    if unknown or "{" in _PLACE.sub("", text) or "}" in _PLACE.sub("", text):
        known = " ".join(f"{{{name}}}" for name in PLACES)
        said = unknown[0] if unknown else "{"
        return Label(
            f"“{said}”处填不出内容；可用 {known}", f"“{said}” cannot be filled in; there are {known}"
        )
    if "{day}" not in text:
        return Label("须有 {day}，写明哪一天", "it needs {day}, to say when")
    return unfit(text)


# ── what an office has laid down ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Setting:
    """What an office has laid down for its messages; nothing is sent where it has not (`stated`). `opens` and
    `closes` are hours and minutes of four digits, between which messages go, both included."""

    stated: date | None = None
    whats: frozenset[What] = frozenset()
    days_before: int = 1
    opens: int = 830
    closes: int = 2000
    place: str = ""
    phone: str = ""
    signature: str = ""
    texts: Mapping[What, str] = field(default_factory=dict)

    def may_send(self, now: datetime) -> bool:
        """Whether messages may go at this moment."""
        at = now.astimezone(CHINA)
        return self.opens <= at.hour * 100 + at.minute <= self.closes


def setting_of(counted: Iterable[Entry], on: date) -> Setting:
    """The setting that stands on a day: the last one, whole."""
    given = [e for e in counted if e.kind == SETTING and e.happened_on <= on]
    if not given:
        return Setting()
    last = given[-1]
    return Setting(
        last.happened_on,
        frozenset(what for what in WHATS if last.get(what) == "yes"),
        _whole(last, "days_before", 1),
        _whole(last, "opens", 830),
        _whole(last, "closes", 2000),
        str(last.get("place") or ""),
        str(last.get("phone") or ""),
        str(last.get("signature") or ""),
        {what: text for what in WHATS if (text := str(last.get(f"{what}_text") or ""))},
    )


def _whole(entry: Entry, name: str, otherwise: int) -> int:
    value = entry.get(name)
    return value if isinstance(value, int) else otherwise


# ── whom, and of what ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Consent:
    """What the person said last about messages, and the number to which they may go."""

    entry: Entry
    given: bool
    phone: str
    language: str


def consent_of(counted: Iterable[Entry], on: date) -> Consent | None:
    """The person's last word; None where they were never asked."""
    said = [e for e in counted if e.kind == CONSENT and e.happened_on <= on]
    if not said:
        return None
    last = max(said, key=lambda e: (e.happened_on, e.recorded_at))
    phone = str(last.get("phone") or "")
    return Consent(
        last, last.get("agrees") == "yes" and bool(phone), phone, str(last.get("language") or "zh")
    )


@dataclass(frozen=True, slots=True)
class Due:
    """One reminder that is due: of what, of which day, at what time (0: none was said) and where (""), and
    what it is about: the id of an entry, or a duty with its day."""

    what: What
    on: date
    about: str
    time: int = 0
    place: str = ""


def due(counted: Iterable[Entry], report_in: date | None, setting: Setting, now: datetime) -> tuple[Due, ...]:
    """What this person would be reminded of now, the earliest first. `report_in` is the day of an open duty
    to report in. What is over, and what lies further ahead than the office says, is not there."""
    entries, at = tuple(counted), now.astimezone(CHINA)
    today, last = at.date(), at.date() + timedelta(days=setting.days_before)
    found: list[Due] = []
    for entry in entries:
        what: What | None = {TOLD: "appointment", VISIT: "visit"}.get(entry.kind)  # type: ignore[assignment]
        day = entry.get("for_day")
        if what is None or what not in setting.whats or not isinstance(day, date) or not today <= day <= last:
            continue
        time = _whole(entry, "time", 0)
        if day == today and time and time <= at.hour * 100 + at.minute:
            continue
        if any(e.kind in DONE[entry.kind] and e.happened_on == day for e in entries):
            continue
        place = str(entry.get("place") or "")
        found.append(Due(what, day, str(entry.id), time, "" if betrays(place) else place))
    if report_in is not None and "report_in" in setting.whats and today <= report_in <= last:
        found.append(Due("report_in", report_in, f"{DUTY} {report_in.isoformat()}"))
    # what two people have recorded is one appointment, and is told once
    once = {(one.what, one.on, one.time, one.place): one for one in reversed(found)}
    return tuple(sorted(once.values(), key=lambda one: (one.on, one.time, one.about)))


def key_of(file: UUID, about: Due) -> str:
    """What stands for this reminder of this file: the gateway takes it once, whoever sends it how often. It
    is made of what is told, so that an appointment which is corrected goes again only if that has changed."""
    told = f"{file.hex} {about.what} {about.on.isoformat()} {about.time} {about.place}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def sent(counted: Iterable[Entry]) -> dict[str, Entry]:
    """The reminders that have gone, or were refused for good, by their keys."""
    return {str(e.get("key")): e for e in counted if e.kind == SENT}


# ── the words ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Composed:
    """A message as it would go, or why it cannot."""

    text: str = ""
    why_not: Label | None = None


def composed(about: Due, setting: Setting, language: str) -> Composed:
    """The message. An appointment's own place is named where it betrays nothing, else the one that the office
    laid down. Looked through once more as a whole: what is filled in is somebody's typing too."""
    place = about.place if about.place and not betrays(about.place) else setting.place
    if not place or not setting.phone:
        return Composed(
            why_not=Label(
                "短信设置里没有写地点或者电话", "the office's setting lacks the place or the telephone"
            )
        )
    own = setting.texts.get(about.what) if language == "zh" else None
    text = (own or TEXTS[about.what].say(language)).format(
        day=_day(about.on, language), time=_time(about.time, language), place=place, phone=setting.phone
    )
    if setting.signature:
        text = f"【{setting.signature}】{text}" if language == "zh" else f"[{setting.signature}] {text}"
    wrong = unfit(text)
    return Composed(why_not=wrong) if wrong is not None else Composed(text)


def _day(day: date, language: str) -> str:
    if language == "zh":
        return f"{day.month}月{day.day}日（周{'一二三四五六日'[day.weekday()]}）"
    return f"{day:%a} {day.day} {day:%B}"


def _time(time: int, language: str) -> str:
    if not time:
        return ""
    told = f"{time // 100}:{time % 100:02d}"
    return told if language == "zh" else f" at {told}"


def masked(phone: str) -> str:
    """A number as lists show it."""
    if len(phone) <= 2 * _MASKED:
        return "*" * len(phone)
    return f"{phone[:3]}{'*' * (len(phone) - 3 - _MASKED)}{phone[-_MASKED:]}"
