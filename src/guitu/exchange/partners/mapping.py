"""What a mapping says, read word by word: a word that is not known, a kind that may not come from outside, a
choice that does not exist are errors that name the place and the nearest word."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

import yaml

from guitu.casefile import Kind
from guitu.casefile.kind import APART, COMPARTMENTS
from guitu.compose import kinds
from guitu.home.contact import STATES as CONTACT
from guitu.kernel.citations import Citation
from guitu.kernel.errors import DeclarationError, unknown_key
from guitu.kernel.labels import Label
from guitu.kernel.registry import Registry
from guitu.policy import instruments, names
from guitu.policy.checking import citation_fault

HERE: Final = Path(__file__).resolve().parent / "declared"
OWN: Final = "partners"
"""The folder in GUITU_HOME with the office's own mappings."""

Form = Literal["table", "fhir"]

_NAME: Final = re.compile("[a-z][a-z0-9_]{0,59}")

FACTS: Final[dict[str, Label]] = {
    "case_no": Label("档案号", "Case number"),
    "name": Label("姓名", "Name"),
    "sex": Label("性别", "Sex"),
    "birth_year": Label("出生年", "Year of birth"),
    "id_tail": Label("证件号尾号", "Ending of the identity number"),
    "measure": Label("现措施", "Measure now"),
    "state": Label("状态", "State"),
    "ends_on": Label("期满", "Last day"),
    "unit_code": Label("责任单位代码", "Code of the responsible unit"),
    "unit_name": Label("责任单位", "Responsible unit"),
    "worker": Label("责任人", "Worker"),
    "contact": Label("联系状态", "Contact"),
}
"""What of a person a table may hold: no whole identity number, no address, no telephone, no health."""

RESOURCES: Final = ("Consent", "Observation", "Encounter")
"""What FHIR of a partner may become proposals here."""

COMES: Final = frozenset(
    {
        "contact_attempt", "service", "follow_up", "help_need", "job_placement", "counselling",
        "training_enrolled", "training_exam", "training_certificate", "partner_consent",
        "encounter", "vitals", "lab_result", "health_condition", "chronic_plan", "allergy", "referral_back",
    }
)  # fmt: skip
"""The kinds that a partner may tell, a closed list: that somebody was met, helped, taught, examined. Nothing
of it touches liberty; what another system says never begins, changes or ends a measure."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column that a partner is given: its head, the fact, and the partner's codes for our words."""

    head: str
    fact: str
    codes: Mapping[str, str] = field(default_factory=dict)
    otherwise: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Where an answer comes from: always `value`, or the column `head`, through the partner's codes."""

    name: str
    value: str = ""
    head: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    otherwise: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One sort of row: where the column `head` says `says`, an entry of the kind is proposed."""

    head: str
    says: str
    kind: str
    day: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Gives:
    """What a partner is given: rows of people under these measures, or a person's compartments."""

    measures: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    compartments: tuple[str, ...] = ()
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Takes:
    """What is taken from a partner: by which columns a person and a message are known, which rows become
    what; or which resources."""

    person: str = ""
    message: str = ""
    name: str = ""
    records: tuple[Record, ...] = ()
    resources: tuple[str, ...] = ()

    @property
    def heads(self) -> tuple[str, ...]:
        """Every column that a row has."""
        found = [self.message, self.person, *([self.name] if self.name else [])]
        for record in self.records:
            found += [record.head, record.day, *(a.head for a in record.answers if a.head)]
        return tuple(dict.fromkeys(filter(None, found)))


@dataclass(frozen=True, slots=True)
class Partner:
    """One mapping. `own` says that it is the office's; an `example` gives nobody away outside a
    demonstration."""

    name: str
    label: Label
    says: Label
    form: Form
    purpose: Label
    gives: Gives | None
    takes: Takes | None
    cites: tuple[str, ...] = ()
    example: bool = False
    own: bool = False
    sample: tuple[Mapping[str, str], ...] = ()


def partners() -> Registry[Partner]:
    """Every mapping by name: the office's own before those that came with the product. Raises
    DeclarationError for the first that cannot be read."""
    found: dict[str, Partner] = {}
    for path in sorted(HERE.glob("*.yaml")):
        one = _read(path, path.stat().st_mtime_ns, own=False)
        found[one.name] = one
    folder = Path(os.environ.get("GUITU_HOME", "")) / OWN
    if os.environ.get("GUITU_HOME") and folder.is_dir():
        for path in sorted(folder.glob("*.yaml")):
            one = _read(path, path.stat().st_mtime_ns, own=True)
            found[one.name] = one
    return Registry(Label("合作单位", "partner"), tuple(found.values()))


@lru_cache(maxsize=64)
def _read(path: Path, _written_ns: int, *, own: bool) -> Partner:
    """Read again only when the file was written again: a page asks for all of them."""
    return read_partner(path, own=own)


def read_partner(path: Path, *, own: bool = False) -> Partner:
    """The mapping in a file. Raises DeclarationError with the place."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as wrong:
        told = Label("读不出来，不是 YAML 文件", "cannot be read: this is no YAML file")
        raise DeclarationError(told, where=path.name) from wrong
    at = _At(path.name)
    top = at.keys(
        data, "name label says form purpose cites gives takes example sample", "name label says form purpose"
    )
    form = at.one_of(top["form"], ("table", "fhir"), "form")
    read = _table_parts if form == "table" else _fhir_parts
    gives, takes = read(top, at)
    cites = tuple(at.text(c, "cites") for c in at.list(top.get("cites") or [], "cites"))
    for text in cites:
        if (fault := citation_fault(Citation.parse(text), instruments())) is not None:
            raise DeclarationError(fault, where=f"{path.name} cites")
    return Partner(
        name=at.name(top["name"]),
        label=at.label(top["label"], "label"),
        says=at.label(top["says"], "says"),
        form=form,  # type: ignore[arg-type]
        purpose=at.label(top["purpose"], "purpose"),
        gives=gives,
        takes=takes,
        cites=cites,
        example=top.get("example") is True,
        own=own,
        sample=_sample(top.get("sample") or [], takes, at),
    )


def _table_parts(top: Mapping[str, Any], at: _At) -> tuple[Gives | None, Takes | None]:
    gives = takes = None
    if top.get("gives") is not None:
        part = at.keys(top["gives"], "measures columns", "measures columns", "gives")
        measures = tuple(at.one_of(m, tuple(names().measures), "gives.measures") for m in part["measures"])
        columns = tuple(_column(c, at) for c in at.list(part["columns"], "gives.columns"))
        gives = Gives(measures, columns)
    if top.get("takes") is not None:
        part = at.keys(top["takes"], "person message name records", "person message records", "takes")
        records = tuple(_record(r, at) for r in at.list(part["records"], "takes.records"))
        takes = Takes(
            at.text(part["person"], "takes.person"), at.text(part["message"], "takes.message"),
            at.text(part.get("name") or "", "takes.name"), records,
        )  # fmt: skip
    return gives, takes


def _fhir_parts(top: Mapping[str, Any], at: _At) -> tuple[Gives | None, Takes | None]:
    gives = takes = None
    if top.get("gives") is not None:
        part = at.keys(top["gives"], "compartments consent", "compartments", "gives")
        allowed = tuple(name for name in COMPARTMENTS if name not in APART)
        some = tuple(at.one_of(c, allowed, "gives.compartments") for c in part["compartments"])
        gives = Gives(compartments=some, consent=part.get("consent") is True)
    if top.get("takes") is not None:
        part = at.keys(top["takes"], "resources", "resources", "takes")
        takes = Takes(resources=tuple(at.one_of(r, RESOURCES, "takes.resources") for r in part["resources"]))
    return gives, takes


def _column(data: object, at: _At) -> Column:
    part = at.keys(data, "head from codes else", "head from", "gives.columns")
    fact = at.one_of(part["from"], tuple(FACTS), "gives.columns.from")
    head = at.text(part["head"], "gives.columns.head")
    codes = at.codes(part.get("codes"), f"gives {head}")
    for ours in codes if (known := words_of(fact)) else ():
        at.one_of(ours, tuple(known), f"gives {head} codes")
    return Column(head, fact, codes, at.otherwise(part))


def words_of(fact: str) -> Mapping[str, Label]:
    """Our words for a fact that has a closed list of them, by which a mapping codes it."""
    match fact:
        case "sex":
            return {c.value: c.label for c in kinds()["person"].ask("sex").choices}
        case "measure":
            return names().measures
        case "state":
            return names().states
        case "contact":
            return {str(name): label for name, label in CONTACT.items()}
    return {}


def _record(data: object, at: _At) -> Record:
    part = at.keys(data, "when kind day fields", "when kind day", "takes.records")
    when = at.keys(part["when"], "head is", "head is", "takes.records.when")
    kind = kinds()[at.text(part["kind"], "takes.records.kind")]
    if not may_come(kind):
        raise DeclarationError(
            Label(
                f"“{kind.label.zh}”不能由合作单位送来；可以送来的：{_listed('zh')}。",
                f"“{kind.label.en}” does not come from a partner; what may: {_listed('en')}.",
            ),
            where=f"{at.file} takes.records.kind",
        )
    answers = tuple(_answer(kind, name, told, at) for name, told in (part.get("fields") or {}).items())
    return Record(
        at.text(when["head"], "when.head"), at.text(when["is"], "when.is"), kind.name,
        at.text(part["day"], "day"), answers,
    )  # fmt: skip


def _listed(language: str) -> str:
    said = [kinds()[name].label.say(language) for name in sorted(COMES)]
    return ("、" if language == "zh" else ", ").join(said)


def may_come(kind: Kind) -> bool:
    """Whether an entry of the kind may be proposed on a partner's word."""
    return kind.name in COMES


def _answer(kind: Kind, name: str, data: object, at: _At) -> Answer:
    ask = kind.ask(name)
    where = f"{kind.name}.{name}"
    part = at.keys(data, "value head codes else", "", where)
    if ("value" in part) == ("head" in part):
        raise DeclarationError(
            Label("写 value 或者 head，只写其一", "say either value or head"), where=f"{at.file} {where}"
        )
    codes = at.codes(part.get("codes"), where)
    fixed = at.text(part.get("value") or "", where)
    known = {c.value for c in ask.choices}
    for value in (*codes.values(), *filter(None, (fixed, at.otherwise(part)))):
        if known and value not in known:
            raise unknown_key(value, known, where=f"{at.file} {where}")
    return Answer(name, fixed, at.text(part.get("head") or "", where), codes, at.otherwise(part))


def _sample(data: object, takes: Takes | None, at: _At) -> tuple[Mapping[str, str], ...]:
    heads = takes.heads if takes else ()
    rows = []
    for row in at.list(data, "sample"):
        part = at.keys(row, " ".join(heads), "", "sample")
        rows.append({head: str(part.get(head, "")) for head in heads})
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class _At:
    """Reads parts of one file; every fault says where."""

    file: str

    def fault(self, where: str, zh: str, en: str) -> DeclarationError:
        return DeclarationError(Label(zh, en), where=f"{self.file} {where}".strip())

    def keys(self, data: object, known: str, needed: str, where: str = "") -> Mapping[str, Any]:
        """A mapping whose keys are known and complete."""
        if not isinstance(data, dict):
            raise self.fault(where, "应为键和值", "keys with values are expected")
        words = known.split()
        for key in data:
            if str(key) not in words:
                raise unknown_key(str(key), words, where=f"{self.file} {where}".strip())
        for key in needed.split():
            if data.get(key) in (None, ""):
                raise self.fault(where, f"缺少“{key}”", f"“{key}” is missing")
        return data

    def list(self, data: object, where: str) -> list[Any]:
        if not isinstance(data, list):
            raise self.fault(where, "应为一列", "a list is expected")
        return data

    def text(self, data: object, where: str) -> str:
        if isinstance(data, bool) or not isinstance(data, str | int):
            raise self.fault(where, "应为文字", "a text is expected")
        return str(data).strip()

    def name(self, data: object) -> str:
        text = self.text(data, "name")
        if not _NAME.fullmatch(text):
            raise self.fault(
                "name", "名称只用小写字母、数字和下划线", "a name is lower-case letters, digits and _"
            )
        return text

    def label(self, data: object, where: str) -> Label:
        part = self.keys(data, "zh en", "zh en", where)
        return Label(self.text(part["zh"], where), self.text(part["en"], where))

    def one_of(self, data: object, known: tuple[str, ...], where: str) -> str:
        text = self.text(data, where)
        if text not in known:
            raise unknown_key(text, known, where=f"{self.file} {where}")
        return text

    def codes(self, data: object, where: str) -> Mapping[str, str]:
        if data is None:
            return {}
        if not isinstance(data, dict):
            raise self.fault(where, "codes 应为对照", "codes are a mapping")
        return {self.text(k, where): self.text(v, where) for k, v in data.items()}

    def otherwise(self, part: Mapping[str, Any]) -> str | None:
        return self.text(part["else"], "else") if part.get("else") is not None else None
