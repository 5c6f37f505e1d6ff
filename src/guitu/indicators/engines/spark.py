"""Figures from the same Parquet files through Apache Spark: the queries that DuckDB gets, written in Spark's
dialect from the same syntax trees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq
from sqlglot import exp

from guitu.indicators.engines.duck import DuckSource
from guitu.indicators.engines.layout import Layout
from guitu.indicators.engines.sql import tree
from guitu.indicators.engines.views import Described
from guitu.indicators.tables import Table

DIALECT: Final = "spark"


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a query that Spark has run."""

    rows: Sequence[tuple[Any, ...]]

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All of them."""
        return list(self.rows)


class Spark:
    """A Spark session that is asked in the canonical dialect, as a DuckDB connection is."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self.relations = 0

    def execute(self, text: str) -> Answer:
        """Run a query."""
        return Answer([tuple(row) for row in self.frame(tree(text)).collect()])

    def frame(self, query: exp.Expr) -> Any:
        """A query as a data frame, not run yet."""
        return self.session.sql(apart(query).sql(dialect=DIALECT))

    def relation(self, files: Sequence[str]) -> str:
        """Files of one shape, under a name of their own."""
        self.relations += 1
        called = f"files_{self.relations}"
        self.session.read.parquet(*files).createOrReplaceTempView(called)
        return called

    def rows(self, called: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """A small relation of rows in hand."""
        self.session.createDataFrame(list(rows), columns).createOrReplaceTempView(called)


@dataclass(eq=False)
class SparkSource(DuckSource):
    """As DuckSource, on a Spark session (`pyspark.sql.SparkSession`): local or a cluster, which must see the
    files under the same paths. A session serves one source at a time."""

    connection: Any = field(default=None)

    def describe(self, files: Sequence[Path]) -> Described:
        """What every file holds: whole numbers are INTEGER of some size, days are DATE."""
        return {str(file): tuple(_columns(file)) for file in files}

    def make(self, statement: str) -> None:
        """Make a view; one whose rows are to be kept is computed once."""
        made = tree(statement)
        assert isinstance(made, exp.Create)
        for read in list(made.find_all(exp.ReadParquet)):
            files = [one.name for one in read.find_all(exp.Literal) if one.is_string]
            read.replace(exp.to_identifier(self.connection.relation(files)))
        frame = self.connection.frame(made.expression)
        kept = frame.cache() if made.kind == "TABLE" else frame
        kept.createOrReplaceTempView(made.this.name)

    def reach(self) -> None:
        """Make the relation of the day that the rows reach."""
        self.connection.rows("reach", "day date", [(self.on,)])

    def lay(self, layout: Layout) -> None:
        """Make the small tables by which a day finds its periods."""
        put = self.connection.rows
        periods = [(n, one.first, one.last, layout.stock_day(one)) for n, one in enumerate(layout.periods)]
        put("periods", "number int, first date, last date, stock_day date", periods)
        put("ends", "number int, stock_day date", [(number, day) for day, number in layout.ends.items()])
        layers = "".join(f", {column} int" for column in layout.columns)
        put("calendar", f"day date{layers}", [(day, *numbers) for day, numbers in layout.calendar()])

    def query(self, text: str) -> Any:
        """Run a query of the canonical dialect, through its syntax tree."""
        return self.connection.execute(text)


def apart(query: exp.Expr) -> exp.Expr:
    """The query with names of its own for what each inner WITH defines: written for Spark, all of them stand
    in one WITH at the top."""
    for number, inner in enumerate(reversed(list(query.find_all(exp.With)))):
        whole = inner.parent
        if whole is None or whole is query:
            continue
        names = {one.alias for one in inner.expressions}
        for one in inner.expressions:
            one.set("alias", exp.TableAlias(this=exp.to_identifier(f"{one.alias}_{number}")))
        for table in whole.find_all(exp.Table):
            if table.name in names:
                called = table.alias or table.name
                table.set("this", exp.to_identifier(f"{table.name}_{number}"))
                table.set("alias", exp.TableAlias(this=exp.to_identifier(called)))
    return query


def _columns(file: Path) -> Iterator[tuple[str, str]]:
    for one in pq.read_schema(file):
        whole = str(one.type).startswith(("int", "uint"))
        yield one.name, "INTEGER" if whole else str(one.type).upper()


def source(
    files: Mapping[str, Sequence[Path]], tables: Mapping[str, Table], on: date, session: Any
) -> SparkSource:
    """A source over these files on a session, which is set to the standard's arithmetic and UTC."""
    session.conf.set("spark.sql.ansi.enabled", "true")
    session.conf.set("spark.sql.session.timeZone", "UTC")
    return SparkSource(files, tables, on, Spark(session))
