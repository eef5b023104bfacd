"""The SQL files as models: what each is for, its columns with their meaning, and the tables that it reads."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.kept import code_of, kept_results
from pipelines.settings import default_paths

if TYPE_CHECKING:
    from sqlglot import exp

LAYERS = ("staging", "measures", "marts", "findings")
"""Folders of models in the order in which a figure travels; a model reads its own layer or an earlier one."""

FIGURES = "measures.figure"
"""The union of all models of the measures layer: the one long table of cells that observations are made of."""

FINDINGS = "marts.reconciliation_finding"
"""The union of all models of the findings layer: what does not fit together in the figures that were supplied."""

UNIONS = {
    FIGURES: (
        "measures",
        "Every figure of every source, cell by cell. One row per observation and cell that it rests on.",
    ),
    FINDINGS: (
        "findings",
        "What does not fit together in the figures that were supplied, for a person to look into. One row per finding.",
    ),
}
"""Views over all models of a layer, which have the same columns: the layer, and what the view is for."""


STATUS_AS_AT = "marts.status_as_at"
"""Table macro that answers with the rows of `RATED` as they were known on the day that it is given."""

RATED = "marts.computed_status"
"""The model that the macro is made of; whoever calls the macro reads this, and is built after it."""


MODELS_CODE = Path(__file__)
"""What says of SQL what this module reads off it: results that are kept are of this version of it."""


class ModelError(Exception):
    """A SQL file is not a model; the message names the file and what is missing."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a SELECT says: its output columns with their meaning, and the tables that it reads, as `schema.table`."""

    columns: dict[str, str]
    reads: frozenset[str]


@dataclass(frozen=True)
class Model:
    """One SQL file: a SELECT whose rows become the table `name` (`layer.table`). known: what it says, if not parsed."""

    name: str
    sql: str
    purpose: str
    grain: str
    key: tuple[str, ...]
    known: Said | None = field(default=None, compare=False, repr=False)

    @property
    def layer(self) -> str:
        """Schema of the table."""
        return self.name.split(".")[0]

    @cached_property
    def query(self) -> "exp.Query":
        """The parsed SELECT, a call of the macro of any day taken as the table whose rows it answers with."""
        import sqlglot
        from sqlglot import exp

        parsed = sqlglot.parse_one(self.sql, dialect="duckdb")
        if not isinstance(parsed, exp.Query):
            raise ModelError(f"{self.name}: expected one SELECT")
        for table in list(parsed.find_all(exp.Table)):
            if f"{table.db}.{table.this.name}" == STATUS_AS_AT:
                table.replace(exp.alias_(exp.to_table(RATED), table.alias, table=True))
        return parsed

    @cached_property
    def said(self) -> Said:
        """What the SELECT says, parsed unless it is known: parsing all models takes seconds at every start."""
        if self.known is not None:
            return self.known
        from sqlglot import exp

        columns = {
            column.alias_or_name: " ".join(comment.strip() for comment in column.comments or [])
            for column in self.query.selects
        }
        tables = self.query.find_all(exp.Table)
        return Said(columns, frozenset(f"{table.db}.{table.name}" for table in tables if table.db))

    @property
    def columns(self) -> dict[str, str]:
        """Description of each output column, from the comment that ends its line."""
        return self.said.columns

    @property
    def reads(self) -> frozenset[str]:
        """Tables that the SELECT names, as `schema.table`, its own steps left out."""
        return self.said.reads

    @cached_property
    def code_version(self) -> str:
        """Hash of the SELECT without its comments and layout."""
        bare = " ".join(re.sub(r"--[^\n]*", "", self.sql).split())
        return hashlib.sha256(bare.encode()).hexdigest()[:16]


def parse_model(name: str, sql: str) -> Model:
    """A model from the text of a SQL file: purpose, grain and key are in the comment at its head.

    Raises ModelError when the head does not state them.
    """
    head = [line[2:].strip() for line in sql.splitlines()[: _head_length(sql)]]
    stated = {"grain": "", "key": ""}
    purpose = []
    for line in head:
        label, _, rest = line.partition(":")
        if label in stated and rest:
            stated[label] = rest.strip()
        else:
            purpose.append(line)
    if not purpose or not all(stated.values()):
        raise ModelError(f"{name}: the comment at its head must state its purpose, '-- grain:' and '-- key:'")
    key = tuple(part.strip() for part in stated["key"].split(","))
    return Model(name, sql, " ".join(purpose), stated["grain"], key)


def _head_length(sql: str) -> int:
    lines = sql.splitlines()
    return next((index for index, line in enumerate(lines) if not line.startswith("--")), len(lines))


@cache
def read_models(folder: Path) -> Mapping[str, Model]:
    """All models below `sql/`, by name, each after those that it reads; read once per process.

    Raises ModelError for a file that does not describe itself, graphlib.CycleError for models that read in a circle.
    """
    models = {
        f"{layer}.{path.stem}": parse_model(f"{layer}.{path.stem}", path.read_text(encoding="utf-8"))
        for layer in LAYERS
        for path in sorted((folder / layer).glob("*.sql"))
    }
    models = with_what_they_say(models, default_paths().kept_models)
    for name, model in models.items():
        silent = [column for column, meaning in model.columns.items() if not meaning]
        if silent:
            path = folder / f"{name.replace('.', '/')}.sql"
            raise ModelError(f"{path}: say what {', '.join(silent)} mean: '-- meaning' at the end of the column's line")
    return in_order(models)


def with_what_they_say(models: Mapping[str, Model], kept: Path) -> dict[str, Model]:
    """The models, knowing what they say; of SQL that is unchanged the file `kept` tells it."""

    def parsed(name: str) -> list[Any]:
        said = models[name].said
        return [list(said.columns.items()), sorted(said.reads)]

    code = code_of(MODELS_CODE)
    found = kept_results(kept, {name: f"{code}\n{model.sql}" for name, model in models.items()}, parsed)
    return {
        name: replace(model, known=Said(dict(columns), frozenset(reads)))
        for name, model in models.items()
        for columns, reads in [found[name]]
    }


def in_order(models: Mapping[str, Model]) -> dict[str, Model]:
    """The models, each after those that it reads; a union's parts before whoever reads the union."""
    graph = {
        name: {read for read in upstream_models(model, models) if read in models} for name, model in models.items()
    }
    return {name: models[name] for name in TopologicalSorter(graph).static_order()}


def upstream_models(model: Model, models: Iterable[str]) -> frozenset[str]:
    """What a model reads, a union taken as the models that it unites."""
    parts = {name for union in model.reads & UNIONS.keys() for name in united_in(union, models)}
    return (model.reads - UNIONS.keys()) | parts


def united_in(union: str, models: Iterable[str]) -> list[str]:
    """The models that a union unites."""
    layer, _ = UNIONS[union]
    return [name for name in models if name.startswith(f"{layer}.")]


def build_order(models: Sequence[str]) -> list[str]:
    """The models in their order, and each union behind the last of its parts."""
    order = list(models)
    for union in UNIONS:
        order.insert(order.index(united_in(union, order)[-1]) + 1, union)
    return order
