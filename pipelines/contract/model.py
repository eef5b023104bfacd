"""What a source promises, declared once: where its tables stand, their columns, units, keys, totals and rules."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

import pandera.polars as pa
import polars as pl

from pipelines.periods import PeriodFinder

Unit = Literal["", "%", "£"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column found by any of its headings; `{year}` in one stands for the edition's year, such as 2021/22,
    `{next_year}` for the one after, and `*` for any text. An empty heading is that of a column without one, left of all
    that have one.

    `{year-1}` and `{year-2}` are the years before it, `{quarter}` its quarter, such as Q2; `{authority}` is any name of
    the authority, here and in the texts of a source.

    `required` says that every row has a value in it; `optional` that the column itself may be absent.
    located: `<name>_cell` is staged too: where the value stands or would stand; of a row that a page break cut in two,
    `A20, A22`. Figures are located always.
    """

    headings: tuple[str, ...]
    required: bool = True
    optional: bool = False
    located: bool = False

    def __init__(self, *headings: str, required: bool = True, optional: bool = False, located: bool = False) -> None:
        object.__setattr__(self, "headings", headings)
        object.__setattr__(self, "required", required and not optional)
        object.__setattr__(self, "optional", optional)
        object.__setattr__(self, "located", located)


@dataclass(frozen=True, slots=True, init=False)
class Text(Column):
    """Words, with white space made single spaces."""


@dataclass(frozen=True, slots=True, init=False)
class Printed(Column):
    """What a publication prints, taken as it stands; beside it `<name>_cell` and `<name>_figures`, those read in it.

    The figures are rows of `read.printed.Printed`. Nothing that is printed is refused: whether it is right is for the
    findings to say.
    """


@dataclass(frozen=True, slots=True, init=False)
class Day(Column):
    """A day, as Excel holds it or typed by hand, day first."""


@dataclass(frozen=True, slots=True, init=False)
class TargetDate(Column):
    """When something is to be done, in words: `Autumn 2010`, `Quarterly, from Spring 2011`.

    Beside the text are staged `<name>_kind` (`dated`, `recurring`, `ongoing` or `undated`) and the days `<name>_start`
    and `<name>_end`, a half-open interval.
    """


@dataclass(frozen=True, slots=True, init=False)
class EditionPeriod(Column):
    """The period that the edition is of, repeated on each row: a row that says another one is in the wrong file."""


@dataclass(frozen=True, slots=True, init=False)
class Figure(Column):
    """A number with its unit; beside it are staged the columns that `staging.FIGURE_COLUMNS` names.

    unit: what every figure of the column is in; None leaves each cell its own (`36%`, `1,672`, `£100k`).
    plain_is_fraction: a cell that shows neither % nor £ is in the column's unit, and 0.36 then means 36%.
    words: texts that stand for a kind of answer rather than a number, with what `_availability` says of them.
    markers: the marks that may stand for a missing figure, of those that `read.figures` knows; None allows all.
    approximate: allows figures such as `c. 17,000`, whose `_qualifier` then says so.
    thousands, millions: those of the headings under which the cells are in thousands or millions: `Spend (£000)`.
    counts: allows `94.9% (1653)` and `23% (54/231)`; also stages `<name>_numerator` and `<name>_denominator`.
    parts: labels of the parts that a cell may state, `Q1 = £486,557 Q2 = £34,329`, staged as `<name>_q1`, `<name>_q2`.
    by_row: where rows are in different units, the name of a column that the contract lists before this one, and what
    this one promises in the rows of each label there; in a row of another label what it says itself, with a warning.
    """

    unit: Unit | None = None
    whole: bool = False
    plain_is_fraction: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    markers: frozenset[str] | None = None
    approximate: bool = False
    thousands: tuple[str, ...] = ()
    millions: tuple[str, ...] = ()
    counts: bool = False
    parts: tuple[str, ...] = ()
    by_row: tuple[str, Mapping[str, "Figure"]] | None = None

    def __init__(
        self,
        *headings: str,
        unit: Unit | None = None,
        whole: bool = False,
        plain_is_fraction: bool = False,
        words: Mapping[str, str] | None = None,
        markers: Sequence[str] | None = None,
        approximate: bool = False,
        thousands: tuple[str, ...] = (),
        millions: tuple[str, ...] = (),
        counts: bool = False,
        parts: tuple[str, ...] = (),
        by_row: tuple[str, Mapping[str, "Figure"]] | None = None,
        required: bool = True,
        optional: bool = False,
    ) -> None:
        Column.__init__(self, *headings, *thousands, *millions, required=required, optional=optional)
        given = {
            "unit": unit,
            "whole": whole,
            "plain_is_fraction": plain_is_fraction,
            "words": {word.casefold(): meaning for word, meaning in (words or {}).items()},
            "markers": None if markers is None else frozenset(mark.casefold() for mark in markers),
            "approximate": approximate,
            "thousands": thousands,
            "millions": millions,
            "counts": counts,
            "parts": parts,
            "by_row": by_row,
        }
        for name, value in given.items():
            object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something said once, above the table: the first group of `pattern` in any cell there. Becomes a text column.

    figure: what it promises where it is a figure; it is then staged like one, with the cell that says it.
    """

    pattern: str
    required: bool = True
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """A table with a row per record below up to three rows of headings (`Learners / Starts` is Starts under Learners).

    A heading that ends in ` #2` is the second column so called. `*` in labels stands for any text.
    fill_down: columns whose value is written once and holds until the next.
    totals: label to the columns that group it; `{subject} total` holds the group's value. Set aside, and checked.
    derived: labels of rows that repeat what the table says in another form. Set aside.
    ignored: headings of columns that are left out on purpose.
    units: labels that stand alone in a row, such as the unit of the columns below. Set aside.
    empty_note: pattern of a note below the headings that says why there are no rows. A table without rows is refused
    unless such a note stands there, or else a table that somebody forgot to fill would pass for one of nothing.
    begins_at: of several tables in a sheet, the label of the row that begins this one; the next such row ends it. The
    first table needs none.
    sections: rows of one cell that hold for the rows below, such as `ACTION 1A: ...`, outermost first. Each becomes a
    text column; a new one ends those within it. Set aside.
    page_breaks: headings repeat where a page breaks, and a row that the break cuts in two goes on below them. The first
    row there is joined to the one above, with a warning, when it begins in lower case, lacks a required value, or the
    one above ends in the middle of a sentence.
    """

    sheets: tuple[str, ...]
    columns: Mapping[str, Column]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    fill_down: tuple[str, ...] = ()
    totals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    derived: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    empty_note: str = ""
    begins_at: str = ""
    sections: Mapping[str, Fact] = field(default_factory=dict)
    page_breaks: bool = False


@dataclass(frozen=True, slots=True)
class Crosstab:
    """A table with one column per value of `across`: below the heading `corner` stands `down`, in the cells `value`.

    beside: label of a row whose cells belong to all others of their column; becomes the column of that name.
    """

    sheets: tuple[str, ...]
    corner: str
    down: str
    across: str
    value: tuple[str, Figure]
    beside: Mapping[str, tuple[str, Figure]] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sheet that says in a sentence what others say in a table: that there is nothing to report, and of what.

    The one row below the title that is like `wording` (`*` for any text, `{year}` for the edition's) becomes the text
    column `name`, with its address in `<name>_cell`. Anything else below the title is refused: it may be the table.
    """

    sheets: tuple[str, ...]
    name: str
    wording: str


Layout = Rows | Crosstab | Statement


@dataclass(frozen=True, slots=True)
class Plausible:
    """Warns of a figure that has grown or shrunk, since the period before, more than it ever did before.

    by: columns that name the same thing in every edition. most: factor of a change that needs no second look at all.
    """

    figure: str
    by: tuple[str, ...]
    most: Decimal = Decimal("1.5")


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold between the tables of one workbook: `broken` gives the rows that break it, of the table `of`.

    `broken` gets the staged rows of each table of the workbook by name, and answers with rows of `of`, `sheet` and
    `row_number` among their columns, and `cell` where one cell is to be looked at.
    severity: whether a broken rule refuses the workbook, or warns of it.
    """

    name: str
    description: str
    of: str
    broken: Callable[[Mapping[str, pl.DataFrame]], pl.DataFrame]
    severity: Literal["fail", "warn"] = "fail"


@dataclass(frozen=True, slots=True)
class Table:
    """One staged table: the schema that its rows keep, its key, and each layout in which editions have brought it.

    plausible: what is compared with the editions of earlier periods; what it finds warns and refuses nothing.
    optional: whether workbooks of its period may come without it.
    """

    name: str
    schema: type[pa.DataFrameModel]
    key: tuple[str, ...]
    period: PeriodFinder
    layouts: Sequence[Layout]
    plausible: Sequence[Plausible] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a source sends, and how long after a period its file is due.

    months: of a quarter or a year. year_ends: number of the month in which its years end, and with every third month
    before it its quarters. due_days: days from the first day after the period to the last on which the file is in time;
    negative where it is due before the period ends. grace_days: further days in which nobody need be chased.
    """

    months: Literal[3, 12]
    due_days: int
    year_ends: int = 3
    grace_days: int = 14


@dataclass(frozen=True, slots=True)
class Source:
    """A service's workbooks. Tables with the same `period` come together: a workbook brings all of them or none, those
    left out that are `optional`.

    period_in_words: how a file name must state the period, for the person who named the file.
    set_aside_sheets: sheets that hold no figures to load, with the reason; a name may end in `*`, for any other sheet.
    rules: what must hold between its tables.
    rhythm: what `expected` says, as days that can be counted; None where no day can be told.
    illustrative: what of the source is made-up detail behind a published aggregate; said wherever it is shown.
    """

    name: str
    title: str
    owner: str
    licence: str
    expected: str
    period_in_words: str
    tables: Sequence[Table]
    set_aside_sheets: Mapping[str, str] = field(default_factory=lambda: {"Notes": "notes of the supplier"})
    rules: Sequence[Rule] = ()
    rhythm: Rhythm | None = None
    illustrative: str = ""
