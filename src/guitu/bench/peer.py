"""The peer: the same workbook through django-import-export with bulk writes and the same checks, row by row
as it works.

It stores one flat row a person: no entries, no chain, no sealing, no lists. Our readers of numbers and
days serve both sides, so the difference is the way and not the care.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, models

from guitu.exchange.ledgers.days import read_day
from guitu.exchange.ledgers.fault import Fault
from guitu.exchange.ledgers.identity import Identity, IdentityReader
from guitu.kernel.days import last_day

_DAYS = {
    "出生年月日": "birth",
    "决定日期": "decided",
    "期限起": "starts",
    "期限止": "ends",
    "入所日期": "admitted",
}
_TEXTS = {
    "姓名": "name",
    "性别": "sex",
    "身份证号码": "id_number",
    "民族": "ethnicity",
    "户籍地": "place",
    "文化程度": "schooling",
    "决定书文号": "document_no",
    "决定机关": "authority",
    "吸食毒品种类": "drug",
    "患病情况": "illness",
    "家属电话": "phone",
    "备注": "note",
}
_REQUIRED = ("姓名", "性别", "身份证号码", "决定书文号", "决定日期", "入所日期")
_SEXES = {"男": "male", "男性": "male", "1": "male", "女": "female", "女性": "female", "2": "female"}


class FlatRow(models.Model):
    """One row of the ledger, as it stands."""

    name = models.CharField(max_length=200)
    sex = models.CharField(max_length=8)
    id_number = models.CharField(max_length=18, unique=True)
    birth = models.DateField(null=True)
    ethnicity = models.CharField(max_length=40)
    place = models.CharField(max_length=200)
    schooling = models.CharField(max_length=40)
    document_no = models.CharField(max_length=200)
    authority = models.CharField(max_length=200)
    decided = models.DateField()
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    admitted = models.DateField()
    drug = models.CharField(max_length=200)
    illness = models.CharField(max_length=200)
    phone = models.CharField(max_length=40)
    note = models.CharField(max_length=200)

    class Meta:
        app_label = "guitu_bench"
        db_table = "guitu_bench_flatrow"


def make_table() -> None:
    """An empty table."""
    with connection.schema_editor() as editor:
        if FlatRow._meta.db_table in connection.introspection.table_names():
            editor.delete_model(FlatRow)
        editor.create_model(FlatRow)


def _resource(on: date) -> Any:
    """The roster as django-import-export declares it, with the checks of ours before each row."""
    from import_export import fields, resources

    reader = IdentityReader(demo=True)
    seen: set[tuple[str, str]] = set()
    name_of: dict[str, str] = {}

    def before_import_row(self: Any, row: Any, **kwargs: Any) -> None:
        faults = _faults(row, reader, on, seen, name_of)
        if faults:
            raise ValueError("; ".join(faults))

    meta = type(
        "Meta",
        (),
        {
            "model": FlatRow,
            "import_id_fields": ("id_number",),
            "fields": (*_DAYS.values(), *_TEXTS.values()),
            "use_bulk": True,
            "batch_size": 5000,  # the fastest of 500, 1000 and 5000, by a little
            "skip_diff": True,
            "skip_html_diff": True,
            "report_skipped": False,
            "force_init_instance": True,
            "use_transactions": True,
        },
    )
    columns = {
        attribute: fields.Field(attribute=attribute, column_name=heading)
        for heading, attribute in {**_DAYS, **_TEXTS}.items()
    }
    made = type(
        "RosterResource",
        (resources.ModelResource,),
        {**columns, "Meta": meta, "before_import_row": before_import_row},
    )
    return made()


def _faults(
    row: Any, reader: IdentityReader, on: date, seen: set[tuple[str, str]], name_of: dict[str, str]
) -> list[str]:
    """What is wrong with a row: the checks of the facility roster."""
    found = [f"{column} is missing" for column in _REQUIRED if not row.get(column)]
    days: dict[str, date] = {}
    for column in _DAYS:
        day = read_day(row.get(column))
        if isinstance(day, Fault):
            found.append(f"{column}: {day.code}")
        elif day is not None:
            days[column] = day
            if day > on and column != "期限止":
                found.append(f"{column} is in the future")
        row[column] = None if isinstance(day, Fault) else day
    identity = reader(row.get("身份证号码"))
    sex = _SEXES.get(str(row.get("性别", "")).strip())
    if sex is None:
        found.append("性别 is unknown")
    if isinstance(identity, Fault):
        found.append(identity.code)
    elif isinstance(identity, Identity):
        row["身份证号码"] = identity.number
        if sex and identity.sex != sex:
            found.append("sex differs")
        if days.get("出生年月日", identity.birth) != identity.birth:
            found.append("birth differs")
        if name_of.setdefault(identity.number, row["姓名"]) != row["姓名"]:
            found.append("another name")
        key = (identity.number, str(row["决定书文号"]))
        if key in seen:
            found.append("twice")
        seen.add(key)
    row["性别"] = sex
    decided, admitted, ends = days.get("决定日期"), days.get("入所日期"), days.get("期限止")
    if decided and admitted and admitted < decided:
        found.append("admitted before the decision")
    if decided and ends and ends != last_day(decided, 24):
        found.append("the end differs")
    for column in _TEXTS:
        row[column] = row.get(column) or ""
    return found


def run(path: Path, on: date, *, write: bool) -> tuple[int, int]:
    """Read, check and, if wanted, store; rows accepted and rows refused."""
    import tablib

    dataset = tablib.Dataset().load(path.read_bytes(), format="xlsx")
    result = _resource(on).import_data(dataset, dry_run=not write, raise_errors=False)
    refused = len(result.row_errors())
    return len(dataset) - refused, refused
