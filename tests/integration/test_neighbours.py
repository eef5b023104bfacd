"""The statistical neighbours' table equals what a spreadsheet gives: recomputed from the latest extract, cell by cell."""

import csv
import statistics
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import Installation
from tests.public_editions import public_editions_dir

STOCKPORT, NORTH_WEST, ENGLAND = "Stockport", "North West", "England"
STEP = Decimal("0.000001")

Series = tuple[str, str]
"""(short name of the measure, years as the extract has them)"""


@pytest.fixture(scope="module")
def folder() -> Path:
    return public_editions_dir() / "lait"


@pytest.fixture(scope="module")
def extract(folder: Path) -> dict[Series, dict[str, Decimal | None]]:
    """Values of the latest extract by series and area; None where it has a mark in place of a figure."""
    path = max(folder.glob("LAIT extract*.xlsx"))
    rows = openpyxl.load_workbook(path, read_only=True)["Data"].iter_rows(min_row=2, max_col=5, values_only=True)
    found: dict[Series, dict[str, Decimal | None]] = {}
    for short, _, years, area, text in rows:
        # fifteen digits are what Excel holds: 19.600000000000001 is 19.6
        value = None if text == "-" else Decimal(f"{float(str(text)):.9f}").quantize(STEP, ROUND_HALF_UP)
        found.setdefault((str(short), str(years)), {})[str(area)] = value
    return found


@pytest.fixture(scope="module")
def neighbours(folder: Path) -> list[str]:
    """Names of Stockport's ten, from the nearest on."""
    [path] = folder.glob("Statistical neighbours*.xlsx")
    _, _, headings, *rows = openpyxl.load_workbook(path, read_only=True)["LA SN Groups"].iter_rows(values_only=True)
    names = {str(row[0]): str(row[1]) for row in rows}
    [stockport] = [row for row in rows if row[1] == STOCKPORT]
    return [names[str(stockport[headings.index(f"SN{rank}")])] for rank in range(1, 11)]


@pytest.fixture(scope="module")
def polarity(folder: Path) -> dict[str, str]:
    with (folder / "LAIT data dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        return {line["Measure_short"]: line["Polarity"] for line in csv.DictReader(file)}


def rank(value: Decimal, values: Sequence[Decimal], good: str) -> int:
    """RANK.EQ: one more than how many are better."""
    return 1 + sum(other > value if good == "High" else other < value for other in values)


def quartile(value: Decimal, values: Sequence[Decimal], good: str) -> int | None:
    """1 + how many of QUARTILE.INC's three cuts are better than the value."""
    if len(values) < 4:
        return None
    cuts = statistics.quantiles(values, n=4, method="inclusive")
    return 1 + sum(cut > value if good == "High" else cut < value for cut in cuts)


def placing(area: str, eleven: Mapping[str, Decimal | None], good: str) -> tuple[int | None, int | None]:
    value, values = eleven.get(area), [value for value in eleven.values() if value is not None]
    if value is None or good == "NA":
        return (None, None)
    return (rank(value, values, good), quartile(value, values, good))


def test_every_row_of_the_table(
    with_public_editions: Installation,
    extract: dict[Series, dict[str, Decimal | None]],
    neighbours: list[str],
    polarity: dict[str, str],
) -> None:
    expected = []
    for (short, _), held in extract.items():
        eleven = {area: held.get(area) for area in (STOCKPORT, *neighbours)}
        for area in (*eleven, NORTH_WEST, ENGLAND):
            place = placing(area, eleven, polarity[short]) if area in eleven else (None, None)
            expected.append((short, area, held.get(area), *place))
    found = with_public_editions.rows(
        "select measure_short, area, value, rank, quartile from marts.comparison_area "
        "join staging.lait_measure using (measure_code)"
    )
    assert len(expected) == 13 * len(extract) > 3000
    assert sorted(found, key=repr) == sorted(expected, key=repr)


def summary(held: Mapping[str, Decimal | None], neighbours: Sequence[str], good: str) -> tuple[Any, ...]:
    value, others = held[STOCKPORT], [held.get(area) for area in neighbours]
    known = [other for other in others if other is not None]
    mean = (sum(known) / Decimal(len(known))).quantize(STEP, ROUND_HALF_UP) if known else None
    median = statistics.median(known) if known else None
    whole = (held.get(NORTH_WEST), held.get(ENGLAND))
    gaps = [None if value is None or other is None else value - other for other in (mean, median, *whole)]
    eleven = {area: held.get(area) for area in (STOCKPORT, *neighbours)}
    return (value, *placing(STOCKPORT, eleven, good), len(known), 10 - len(known), mean, median, *gaps)


def test_every_gap_of_stockport(
    with_public_editions: Installation,
    extract: dict[Series, dict[str, Decimal | None]],
    neighbours: list[str],
    polarity: dict[str, str],
) -> None:
    expected = [(short, *summary(held, neighbours, polarity[short])) for (short, _), held in extract.items()]
    found = with_public_editions.rows(
        "select measure_short, value, rank, quartile, neighbours_with_value, neighbours_missing, neighbours_mean, "
        "neighbours_median, gap_to_neighbours_mean, gap_to_neighbours_median, gap_to_region, gap_to_england "
        "from marts.comparison join staging.lait_measure using (measure_code)"
    )
    # a median of ten is half way between two values of six decimals, and values are kept to six
    assert [row for row in expected if row[7] is not None and row[7] != row[7].quantize(STEP)] == []
    assert len(expected) == 250
    assert sorted(found, key=repr) == sorted(normalised(expected), key=repr)


def normalised(rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rows with every figure to six decimals, so that they print alike."""
    return [tuple(each.quantize(STEP) if isinstance(each, Decimal) else each for each in row) for row in rows]


def test_neighbours_stand_in_the_order_of_the_list(with_public_editions: Installation, neighbours: list[str]) -> None:
    ordered = with_public_editions.rows(
        "select distinct neighbour_rank, area from marts.comparison_area where comparator = 'neighbour' order by all"
    )
    assert ordered == list(enumerate(neighbours, 1))
