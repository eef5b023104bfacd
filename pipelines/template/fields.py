"""What a contract and its schema say of each column, as a workbook to be filled needs it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.contract.convert import TOO_LARGE
from pipelines.contract.headings import headings_in
from pipelines.contract.model import (
    Column,
    Crosstab,
    Day,
    EditionPeriod,
    Fact,
    Figure,
    Layout,
    Rows,
    Statement,
    Table,
    TargetDate,
    Text,
)
from pipelines.periods import Period

_GROUP = re.compile(
    r"(?P<before>(?:[^()\\[\].*+?{}|^$]|\\[.()])*)\((?P<wanted>[^()]*)\)(?P<after>[^()\\\[\].*+?{}|^$]*)"
)
"""A pattern with plain words, one group, and plain words."""


@dataclass(frozen=True)
class Field:
    """A column as its contract and schema have it. `allowed` are its words, `least` and `most` its bounds."""

    heading: str
    column: Column
    description: str
    allowed: tuple[str, ...]
    least: int
    most: int
    nullable: bool


def fields_of(table: Table, columns: Mapping[str, Column], period: Period) -> dict[str, Field]:
    """The fields of a layout's columns, by staged name, with the headings of an edition of that period."""
    schema = table.schema.to_schema().columns
    fields = {}
    for name, column in columns.items():
        promised = schema.get(name)
        said = {str(check.name): check.statistics or {} for check in promised.checks} if promised else {}
        fields[name] = Field(
            heading=headings_in(column, period)[0] if column.headings else "",
            column=column,
            description=(promised.description or "") if promised else "",
            allowed=tuple(map(str, said.get("isin", {}).get("allowed_values", ()))),
            least=said.get("greater_than_or_equal_to", {}).get("min_value", -TOO_LARGE),
            most=said.get("less_than_or_equal_to", {}).get("max_value", TOO_LARGE),
            nullable=not column.required or promised is None or bool(promised.nullable),
        )
    return fields


def columns_of(layout: Layout) -> dict[str, Column]:
    """The columns of a layout by staged name; those of a crosstab as they are staged."""
    if isinstance(layout, Rows):
        return dict(layout.columns)
    if isinstance(layout, Statement):
        return {layout.name: Text(layout.wording)}
    name, figure = layout.value
    beside = dict(layout.beside.values())
    return {layout.down: Text(layout.down), layout.across: Text(layout.across), name: figure, **beside}


def lines_above(layout: Rows | Crosstab) -> dict[str, Fact]:
    """What lines above the table say: facts, and the first of the sections, by staged name."""
    return {**layout.facts, **layout.sections} if isinstance(layout, Rows) else dict(layout.facts)


def number_format(column: Column) -> str:
    """The format of a column's cells, such that Excel takes what is typed as the reader will: 36 as 36% under %."""
    match column:
        case Day():
            return "dd/mm/yyyy"
        case Figure(unit="%"):
            return "0.0%"
        case Figure(unit="£"):
            return "[$£-809]#,##0.00"
        case Figure(unit="", whole=True):
            return "#,##0"
        case Figure():
            return "General"
    return "@"


def kind_in_words(field: Field) -> str:
    """What may stand in a cell of the field, for the person who fills it."""
    column = field.column
    if field.allowed:
        return "one of: " + "; ".join(field.allowed)
    match column:
        case Day():
            return "a day, such as 22/04/2021"
        case EditionPeriod():
            return "the period that the file is of, on each row"
        case Figure():
            units = {"%": "a percentage, such as 36%", "£": "pounds, such as £486,557", None: "a figure with its unit"}
            said = [units.get(column.unit, "a whole number" if column.whole else "a number")]
            if field.least > -TOO_LARGE:
                said.append(f"at least {field.least}")
            if field.most < TOO_LARGE:
                said.append(f"at most {field.most}")
            return ", ".join([*said, *(f"or '{word}'" for word in column.words)])
        case TargetDate():
            return "a day, month, season or year: 26 May 2010, Autumn 2010, Quarterly, from Spring 2011, Ongoing"
    return "text"


def words_around(fact: Fact) -> tuple[str, str, str]:
    """A fact's pattern as words: before what is wanted, what is wanted (empty where it is free), and after it."""
    found = _GROUP.fullmatch(fact.pattern)
    if found is None:
        return "", "", ""
    free = re.search(r"[\\.\[+*?{]", found["wanted"])
    return re.sub(r"\\(.)", r"\1", found["before"]), "" if free else found["wanted"], found["after"]
