"""The statistical neighbours' table as a spreadsheet gives it: from the latest extract's cells, in plain Python."""

import csv
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl

STOCKPORT, NORTH_WEST, ENGLAND = "Stockport", "North West", "England"
STEP = Decimal("0.000001")

Values = Mapping[str, Decimal | None]
"""Values by area; None where a mark stands in place of a figure."""


@dataclass(frozen=True)
class Spreadsheet:
    """What the files hold: the values of each (measure, years), Stockport's ten from the nearest on, polarities."""

    extract: Mapping[tuple[str, str], Values]
    neighbours: Sequence[str]
    polarity: Mapping[str, str]

    def areas(self) -> list[tuple[Any, ...]]:
        """Measure, area, value, rank and quartile of all thirteen areas, for every measure and year."""
        rows = []
        for (short, _), held in self.extract.items():
            for area in (STOCKPORT, *self.neighbours):
                rows.append((short, area, held.get(area), *self._placing(short, area, held)))
            rows += [(short, area, held.get(area), None, None) for area in (NORTH_WEST, ENGLAND)]
        return rows

    def gaps(self) -> Iterator[tuple[Any, ...]]:
        """Measure, Stockport's value, rank and quartile, neighbours with and without value, their mean and median, and
        the gaps to mean, median, the North West and England, for every measure and year."""
        for (short, _), held in self.extract.items():
            value, others = held[STOCKPORT], [held.get(area) for area in self.neighbours]
            known = [other for other in others if other is not None]
            mean = kept(sum(known) / Decimal(len(known))) if known else None
            median = statistics.median(known) if known else None
            compared = (mean, median, held.get(NORTH_WEST), held.get(ENGLAND))
            gaps = [None if value is None or other is None else kept(value - other) for other in compared]
            placing = self._placing(short, STOCKPORT, held)
            counts = (len(known), len(others) - len(known))
            yield (short, value, *placing, *counts, mean, None if median is None else kept(median), *gaps)

    def _placing(self, short: str, area: str, held: Values) -> tuple[int | None, int | None]:
        value, good = held.get(area), self.polarity[short]
        eleven = [held.get(each) for each in (STOCKPORT, *self.neighbours)]
        if value is None or good == "NA":
            return (None, None)
        known = [each for each in eleven if each is not None]
        return (rank(value, known, good), quartile(value, known, good))


def kept(value: Decimal) -> Decimal:
    """A value as the warehouse keeps it, to six decimals; the median of ten may have one more."""
    return value.quantize(STEP, ROUND_HALF_UP)


def rank(value: Decimal, values: Sequence[Decimal], good: str) -> int:
    """RANK.EQ: one more than how many are better."""
    return 1 + sum(other > value if good == "High" else other < value for other in values)


def quartile(value: Decimal, values: Sequence[Decimal], good: str) -> int | None:
    """One more than how many of QUARTILE.INC's three cuts are better than the value; None of fewer than four values."""
    if len(values) < 4:
        return None
    cuts = statistics.quantiles(values, n=4, method="inclusive")
    return 1 + sum(cut > value if good == "High" else cut < value for cut in cuts)


def read_spreadsheet(folder: Path) -> Spreadsheet:
    """The latest extract, the list of neighbours and the dictionary in a folder of published editions."""
    path = max(folder.glob("LAIT extract*.xlsx"))
    rows = openpyxl.load_workbook(path, read_only=True)["Data"].iter_rows(min_row=2, max_col=5, values_only=True)
    extract: dict[tuple[str, str], dict[str, Decimal | None]] = {}
    for short, _, years, area, text in rows:
        # Excel holds fifteen digits and the file seventeen: 19.600000000000001 is 19.6
        value = None if text == "-" else kept(Decimal(f"{float(str(text)):.9f}"))
        extract.setdefault((str(short), str(years)), {})[str(area)] = value
    [path] = folder.glob("Statistical neighbours*.xlsx")
    _, _, headings, *lines = openpyxl.load_workbook(path, read_only=True)["LA SN Groups"].iter_rows(values_only=True)
    names = {str(line[0]): str(line[1]) for line in lines}
    [stockport] = [line for line in lines if line[1] == STOCKPORT]
    nearest = [names[str(stockport[headings.index(f"SN{place}")])] for place in range(1, 11)]
    with (folder / "LAIT data dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        polarity = {line["Measure_short"]: line["Polarity"] for line in csv.DictReader(file)}
    return Spreadsheet(extract, nearest, polarity)
