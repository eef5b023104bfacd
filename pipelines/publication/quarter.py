"""One reporting quarter that is to be published, as whoever makes its files is given it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

Row = dict[str, Any]


@dataclass(frozen=True)
class Publisher:
    """The authority that publishes: the name of its area, and its own."""

    area: str
    organisation: str


@dataclass(frozen=True)
class Quarter:
    """A quarter and its figures. connection: the public ones, see `pipelines.publication.public`."""

    connection: duckdb.DuckDBPyConnection
    label: str

    def rows(self, sql: str, **parameters: Any) -> list[Row]:
        """Rows of a query, by name of column; `$quarter` in it is this quarter."""
        given = parameters | ({"quarter": self.label} if "$quarter" in sql else {})
        cursor = self.connection.execute(sql, given or None)
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]

    @property
    def publisher(self) -> Publisher:
        """Whose figures these are."""
        [row] = self.rows("select authority_name, organisation from marts.authority")
        return Publisher(row["authority_name"], row["organisation"])


Maker = Callable[[Quarter], Mapping[str, bytes]]
"""Makes files: their names, relative to the quarter's folder with `/`, and their bytes, equal for equal figures."""
