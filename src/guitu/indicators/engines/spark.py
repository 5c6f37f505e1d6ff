"""Figures from the same Parquet files through Apache Spark: the queries that DuckDB gets, written in Spark's
dialect from the same syntax trees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from guitu.indicators.engines import views
from guitu.indicators.engines.duck import DuckSource
from guitu.indicators.engines.layout import Layout
from guitu.indicators.engines.sql import tree
from guitu.indicators.running import Known
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
        return Answer([tuple(row) for row in self.frame(text).collect()])

    def frame(self, text: str) -> Any:
        """A query as a data frame, not run yet."""
        return self.session.sql(tree(text).sql(dialect=DIALECT))

    def columns(self, file: Path) -> Mapping[str, str]:
        """The columns of a file with their types: whole numbers are INTEGER of some size, days are DATE."""
        described = pq.read_schema(file)
        return {one.name: "INTEGER" if str(one.type).startswith(("int", "uint")) else str(one.type).upper()
                for one in described}  # fmt: skip

    def relation(self, files: Sequence[Path]) -> str:
        """Files of one shape, under a name of their own."""
        self.relations += 1
        called = f"files_{self.relations}"
        self.session.read.parquet(*(str(file) for file in files)).createOrReplaceTempView(called)
        return called

    def rows(self, called: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """A small relation of rows in hand."""
        self.session.createDataFrame(list(rows), columns).createOrReplaceTempView(called)


@dataclass(eq=False)
class SparkSource(DuckSource):
    """As DuckSource, on a Spark session (`pyspark.sql.SparkSession`): local or a cluster, which must see the
    files under the same paths. A session serves one source at a time."""

    connection: Any = field(default=None)

    def see(self, known: Known) -> None:
        """Make the views of the rows that count as known then."""
        if self._known == known:
            return
        for view in views.all_views(self.files, self.tables, known, self.connection):
            frame = self.connection.frame(view.select)
            (frame.cache() if view.kept else frame).createOrReplaceTempView(view.name)
        self.connection.rows("reach", "day date", [(self.on,)])
        self._known = known

    def lay(self, layout: Layout) -> None:
        """Make the small tables by which a day finds its periods."""
        put = self.connection.rows
        periods = [(number, one.first, one.last) for number, one in enumerate(layout.periods)]
        put("periods", "number int, first date, last date", periods)
        put("ends", "number int, last date", [(number, last) for last, number in layout.ends.items()])
        layers = "".join(f", {column} int" for column in layout.columns)
        put("calendar", f"day date{layers}", [(day, *numbers) for day, numbers in layout.calendar()])

    def query(self, text: str) -> Any:
        """Run a query of the canonical dialect, through its syntax tree."""
        return self.connection.execute(text)


def source(
    files: Mapping[str, Sequence[Path]], tables: Mapping[str, Table], on: date, session: Any
) -> SparkSource:
    """A source over these files on a session."""
    session.conf.set("spark.sql.ansi.enabled", "true")
    session.conf.set("spark.sql.session.timeZone", "UTC")
    return SparkSource(files, tables, on, Spark(session))
