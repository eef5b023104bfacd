"""Reading and validating files beside the bare read of the same: fastexcel's of workbooks, Polars' of a CSV."""

import csv
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import fastexcel
import openpyxl
import pandera.polars as pa
import polars as pl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from benchmarks.ratios import Ratio, medians_in_turn, timed_here
from pipelines.contract.model import Figure, Rows, Source, Table, Text
from pipelines.contract.staging import Supplied, read_source
from pipelines.periods import financial_quarter
from pipelines.read.isolation import Wanted, shared_reader

ROWS, SMALL_ROWS, SMALL_FILES, CSV_ROWS = 100_000, 50, 40, 1_000_000
FIGURES = tuple(f"figure_{number}" for number in range(1, 11))
NAME = "Benchmark 2021-22 Q2.xlsx"
PANDAS = """
import sys, time, pandas
start = time.perf_counter()
frame = pandas.read_excel(sys.argv[1], engine="openpyxl", header=None, dtype=str)
assert frame.shape == (int(sys.argv[2]), 12), frame.shape
print(time.perf_counter() - start)
"""

Amount = Annotated[pl.Decimal, 28, 6]


class Measured(pa.DataFrameModel):
    """A key, a name and ten figures."""

    key: str = pa.Field(description="key")
    area: str = pa.Field(isin=["Bury", "Manchester", "Stockport"], description="area")
    figure_1: Amount = pa.Field(ge=0, description="a figure")
    figure_2: Amount = pa.Field(ge=0, description="a figure")
    figure_3: Amount = pa.Field(ge=0, description="a figure")
    figure_4: Amount = pa.Field(ge=0, description="a figure")
    figure_5: Amount = pa.Field(ge=0, description="a figure")
    figure_6: Amount = pa.Field(ge=0, description="a figure")
    figure_7: Amount = pa.Field(ge=0, description="a figure")
    figure_8: Amount = pa.Field(ge=0, description="a figure")
    figure_9: Amount = pa.Field(ge=0, description="a figure")
    figure_10: Amount = pa.Field(ge=0, description="a figure")


COLUMNS = {"key": Text("key"), "area": Text("area")} | {name: Figure(name, unit="") for name in FIGURES}
SOURCE = Source(
    name="benchmark",
    title="Benchmark",
    owner="nobody",
    licence="none",
    expected="never",
    period_in_words=NAME,
    tables=[Table("measured", Measured, ("key",), financial_quarter, [Rows(("Data", "csv"), COLUMNS)])],
)


def write_workbook(path: Path, rows: int, *, marked: bool = False) -> None:
    """A sheet of twelve columns; `marked` puts every hundredth row in italics and hides every thousandth."""
    chance = random.Random(rows)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    if marked:
        for row in range(1_000, rows, 1_000):
            sheet.row_dimensions[row].hidden = True
    sheet.append(list(COLUMNS))
    for row in range(rows):
        figures = [chance.randrange(10_000) if index % 2 else chance.randrange(10**6) / 100 for index in range(10)]
        values: list[Any] = [f"K{row}", chance.choice(["Bury", "Manchester", "Stockport"]), *figures]
        if marked and row % 100 == 0:
            cells = [WriteOnlyCell(sheet, value) for value in values]
            for cell in cells:
                cell.font = Font(italic=True)
            values = cells
        sheet.append(values)
    book.save(path)


def write_csv(path: Path, rows: int) -> None:
    """The same columns as text with commas."""
    chance = random.Random(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in range(rows):
            figures = [chance.randrange(10_000) if index % 2 else chance.randrange(10**6) / 100 for index in range(10)]
            writer.writerow([f"K{row}", chance.choice(["Bury", "Manchester", "Stockport"]), *figures])


def bare_csv(paths: list[Path]) -> None:
    """Polars' bare reading of the text, with the types that it infers."""
    for path in paths:
        pl.read_csv(path)


def bare_read(paths: list[Path]) -> None:
    """The bare reading of every sheet as text, and nothing else."""
    for path in paths:
        workbook = fastexcel.read_excel(path)
        for name in workbook.sheet_names:
            workbook.load_sheet(name, header_row=None, dtypes="string").to_polars()


def read_and_validate(paths: list[Path]) -> None:
    """What staging does, but for writing the result: guards, reading in a process of its own, contract, validation."""
    readings, _ = read_source(SOURCE, [Supplied(f"{path.stem} {_name(path)}", path.stem, path) for path in paths])
    for reading in readings:
        assert reading.loads, reading.reason


def pandas_read(path: Path, rows: int) -> float:
    """Seconds that pandas with openpyxl takes, in an environment of its own."""
    command = [
        str(Path(sys.executable).with_name("uv")),
        "run",
        "--no-project",
        "--quiet",
        "--with",
        "pandas",
        "--with",
        "openpyxl",
        "python",
        "-c",
        PANDAS,
    ]
    found = subprocess.run([*command, str(path), str(rows)], capture_output=True, text=True, check=True)
    return float(found.stdout)


def measure(smallest: bool) -> list[Ratio]:
    """Ratios of a large sheet, of the same with styles, of small workbooks, and of a CSV of a country."""
    rows, many = (ROWS // 10, CSV_ROWS // 10) if smallest else (ROWS, CSV_ROWS)
    with tempfile.TemporaryDirectory() as folder:
        plain, marked, country = (Path(folder) / name for name in ("plain.xlsx", "marked.xlsx", "country.csv"))
        write_workbook(plain, rows)
        write_workbook(marked, rows, marked=True)
        write_csv(country, many)
        small = [Path(folder) / f"small {number}.xlsx" for number in range(SMALL_FILES)]
        for number, path in enumerate(small):
            write_workbook(path, SMALL_ROWS + number % 7)
        found = [
            _compare(f"{rows:,} x 12 cells", [plain], bare_read, "validated", 2.5),
            _compare(f"{rows:,} x 12 cells with italics and hidden rows", [marked], bare_read, "validated", 4.0),
            _compare(f"{SMALL_FILES} small workbooks", small, bare_read, "read", 3.0),
            _compare(f"CSV of {many:,} rows", [country], bare_csv, "validated", 2.0),
        ]
        if not smallest:
            seconds = {"validated": lambda: timed_here(lambda: read_and_validate([plain]))}
            ours = medians_in_turn(seconds)["validated"].seconds
            times = pandas_read(plain, rows + 1) / ours
            found.append(Ratio("pandas with openpyxl reading alone to ours validated", times, 8.0, at_least=True))
    return found


def _compare(
    name: str, paths: list[Path], bare: Callable[[list[Path]], None], judged: Literal["read", "validated"], goal: float
) -> Ratio:
    """Reading, or reading and validating, to the bare read of the same files."""
    runs = {
        "bare": lambda: timed_here(lambda: bare(paths)),
        "read": lambda: timed_here(lambda: list(shared_reader().read(Wanted(path, _name(path)) for path in paths))),
        "validated": lambda: timed_here(lambda: read_and_validate(paths)),
    }
    costs = medians_in_turn(runs, warms_up=True)  # the first turn starts the process that reads
    bare_cost, read, validated = (costs[kind].seconds for kind in ("bare", "read", "validated"))
    told = f"bare {bare_cost:.3f} s, read {read:.3f} s, validated {validated:.3f} s"
    return Ratio(f"{name}: {judged} to the bare read", costs[judged].seconds / bare_cost, goal, told=told)


def _name(path: Path) -> str:
    """The name that a file comes under: its ending says of what kind it is."""
    return Path(NAME).with_suffix(path.suffix).name
